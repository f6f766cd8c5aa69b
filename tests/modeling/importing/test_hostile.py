"""Every hostile file is answered in words, soon, with little memory, and nothing of it is run, opened or fetched."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import keras
import pytest

from layerloom.engine import forkserver
from layerloom.engine.workers import Worker
from tests.modeling.importing.hostile import corpus, lambda_model
from tests.modeling.importing.watched import Watched

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

WATCHED = "tests.modeling.importing.watched:import_watched"
MOST_SECONDS, MOST_ADDED_BYTES, WORKER_BYTES = 10, 600_000_000, 4_000_000_000


async def answered(files: list[tuple[Path, str]]) -> list[Watched]:
    """In one child: the server takes one for each, which would be a minute for all."""
    worker = Worker("import", WORKER_BYTES)
    try:
        watched: list[Watched] = await worker.call(WATCHED, files, timeout_s=200)
        return watched
    finally:
        await worker.aclose()


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "hostile"
    folder.mkdir()
    forkserver.start()
    yield folder
    shutil.rmtree(folder)


def test_no_hostile_file_is_run_or_reaches_outside_and_each_has_its_answer(workshop: Path) -> None:
    files = corpus(workshop)
    uploads: list[tuple[Path, str]] = []
    for number, hostile in enumerate(files.values()):
        folder = workshop / f"job{number}"
        folder.mkdir()
        (folder / "upload").write_bytes(hostile.body)
        uploads.append((folder / "upload", hostile.filename))
    answers = dict(zip(files, asyncio.run(answered(uploads)), strict=True))
    assert len(files) >= 40
    assert {name: answer.codes for name, answer in answers.items()} == {name: h.expected for name, h in files.items()}
    assert {name: answer.touched for name, answer in answers.items() if answer.touched} == {}
    assert {name: a.seconds for name, a in answers.items() if a.seconds > MOST_SECONDS} == {}
    assert {name: a.added_bytes for name, a in answers.items() if a.added_bytes > MOST_ADDED_BYTES} == {}
    assert [name for name, answer in answers.items() if "sesame" in answer.message] == []
    assert not (workshop / "marker").exists()


@pytest.mark.parametrize("suffix", [".keras", ".h5"])
def test_the_corpus_bites_where_keras_is_told_to_trust_it(workshop: Path, suffix: str) -> None:
    path, marker = workshop / f"bites{suffix}", workshop / "marker"
    lambda_model(marker).save(path)
    marker.unlink(missing_ok=True)
    keras.models.load_model(path, safe_mode=False)
    assert marker.exists()
