import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from layerloom import __version__
from layerloom.api.app import create_app
from layerloom.settings import Settings
from tests.api.building import iris_run
from tests.server import ROOT

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "backend"), "COLUMNS": "200"}


def start(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "layerloom.cli", *arguments]
    return subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def layerloom(*arguments: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of `layerloom` with these arguments."""
    process = start(*arguments)
    out, err = process.communicate(timeout=240)
    return process.returncode, out, err


@pytest.fixture
def drawing(tmp_path: Path) -> Path:
    return written(tmp_path, iris_run(2))


def written(folder: Path, document: Any) -> Path:
    file = folder / "drawing.json"
    file.write_text(document if isinstance(document, str) else json.dumps(document))
    return file


def test_the_version_is_that_of_the_package() -> None:
    assert layerloom("--version")[1] == f"layerloom, version {__version__}\n"


def test_the_document_printed_is_the_document_served(tmp_path: Path) -> None:
    assert json.loads(layerloom("openapi")[1]) == create_app(Settings(home=tmp_path)).openapi()


def test_a_file_is_trained_and_its_run_kept(drawing: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    code, out, err = layerloom("train", str(drawing), "--home", str(home))
    assert (code, err) == (0, ""), out
    assert f"Run 1 finished. Its folder: {home / 'runs' / '1'}" in out
    assert (home / "runs" / "1" / "checkpoints" / "epoch-00002" / "model.keras").exists()


@pytest.mark.slow
def test_a_file_that_is_not_ready_is_not_trained(tmp_path: Path) -> None:
    document = iris_run()
    document["graph"]["nodes"][1]["config"]["units"] = 0
    code, out, _ = layerloom("train", str(written(tmp_path, document)), "--home", str(tmp_path / "home"))
    assert (code, "error at n2 [bad-value]" in out) == (1, True), out


def test_ctrl_c_stops_the_run_and_keeps_its_folder(tmp_path: Path) -> None:
    process = start("train", str(written(tmp_path, iris_run(100_000))), "--home", str(tmp_path / "home"))
    first = tmp_path / "home" / "runs" / "1" / "checkpoints" / "epoch-00001" / "manifest.json"
    deadline = time.monotonic() + 120
    while not first.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, "Run 1 stopped." in out) == (0, True), out + err


@pytest.mark.slow
def test_a_ready_file_is_checked(drawing: Path, tmp_path: Path) -> None:
    assert layerloom("check", str(drawing), "--home", str(tmp_path)) == (0, "Ready to train: 67 parameters.\n", "")


@pytest.mark.slow
@pytest.mark.parametrize("format", ["keras", "json", "yaml"])
def test_a_drawing_is_written_as_a_model_file(drawing: Path, tmp_path: Path, format: str) -> None:
    output = tmp_path / "model"
    code, out, err = layerloom("export", str(drawing), "--format", format, "-o", str(output), "--home", str(tmp_path))
    starts = {"json": b"{", "yaml": b"module: keras", "keras": b"PK"}[format]
    assert (code, out, output.read_bytes().startswith(starts)) == (0, "", True), err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["drawing.json", "model"]


@pytest.mark.slow
def test_a_drawing_with_mistakes_is_not_written(tmp_path: Path) -> None:
    document = iris_run()
    document["graph"]["nodes"][1]["config"]["units"] = 0
    file, output = written(tmp_path, document), tmp_path / "model.keras"
    code, _, err = layerloom("export", str(file), "--format", "keras", "-o", str(output), "--home", str(tmp_path))
    assert (code, "error at n2 [bad-value]" in err, output.exists()) == (1, True, False), err


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("{", "Expected JSON"),
        ({"graph": {}}, "recipe: field required"),
        ({**iris_run(), "extra": 1}, "extra: extra inputs are not permitted"),
    ],
)
def test_a_file_that_cannot_be_read_says_where(tmp_path: Path, document: Any, said: str) -> None:
    code, _, err = layerloom("check", str(written(tmp_path, document)), "--home", str(tmp_path))
    assert (code, said in err) == (1, True), err


@pytest.mark.slow
def test_a_drawing_is_exported_as_python(tmp_path: Path) -> None:
    file = written(tmp_path, {"graph": iris_run()["graph"]})

    code, out, err = layerloom("export", str(file), "--style", "sequential", "--home", str(tmp_path))

    assert (code, err) == (0, "")
    assert 'keras.layers.Dense(3, activation="softmax"),\n' in out


@pytest.mark.slow
def test_a_drawing_that_the_style_does_not_fit_is_not_exported(tmp_path: Path) -> None:
    file = written(tmp_path, {"graph": iris_run()["graph"]})

    code, out, err = layerloom("export", str(file), "--style", "script", "--home", str(tmp_path))

    assert (code, out, err) == (1, "", "A script trains the model; it needs a recipe. Choose a dataset first.\n")


def test_an_example_of_the_app_is_read_as_the_readme_says() -> None:
    example = ROOT / "backend" / "layerloom" / "api" / "examples" / "iris_mlp.json"
    code, out, err = layerloom("check", str(example))
    assert (code, out) == (0, "Ready to train: 412 parameters.\n"), (out, err)
