"""A file becomes a dataset once; the same file asked for in the same way again is not read again."""

from pathlib import Path

import pytest

from layerloom.data.dataset import Reading
from layerloom.data.ingest import ingest
from layerloom.data.reading.source import Given
from tests.data.reading.packing import packed, plain_picture

PICTURES = packed({f"{kind}/{k}.png": plain_picture(k) for kind in "ab" for k in range(2)})


def stages(folder: Path, content: bytes, reading: Reading | None = None) -> tuple[str, set[str]]:
    """Which set comes of a file, and what had to be done for it."""
    told: list[str] = []
    scratch = folder / f"scratch {len(list(folder.iterdir()))}"
    scratch.mkdir()
    (scratch / "file").write_bytes(content)
    given = Given(scratch / "file", "a.zip", reading, scratch, lambda stage, _: told.append(stage))
    return ingest(given, "pictures", folder).id, set(told)


@pytest.mark.parametrize("reading", [None, Reading(format="images", image_size=(2, 2))], ids=["found", "asked for"])
def test_the_same_pictures_are_not_decoded_twice(tmp_path: Path, reading: Reading | None) -> None:
    first, done = stages(tmp_path, PICTURES, reading)
    again, done_again = stages(tmp_path, PICTURES, reading)

    assert (again, "reading" in done, done_again) == (first, True, {"looking"})


def test_the_same_pictures_in_another_size_are_another_set(tmp_path: Path) -> None:
    sets = {stages(tmp_path, PICTURES, reading)[0] for reading in (None, Reading(format="images", image_size=(2, 2)))}

    assert len(sets) == 2
