"""Programs in a clean interpreter; these have no Keras in them, so that they take no time."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from layerloom.engine.clean_process import ProgramFailed, run_clean
from tests.engine.waiting import gone, until, wait_until

ROOT = Path(__file__).parents[2]
TRAINING = """
import os, sys
from types import SimpleNamespace
print("Epoch 1/2")
print("Epoch 2/2")
history = SimpleNamespace(history={"loss": [0.5, float("nan")]})
"""
ENDLESS = """
import os, pathlib, time
pathlib.Path("pid").write_text(str(os.getpid()))
time.sleep(600)
"""


def program(folder: Path, text: str) -> Path:
    path = folder / "train.py"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_program_tells_its_epochs_and_its_history(tmp_path: Path) -> None:
    epochs: list[int] = []

    said = asyncio.run(run_clean(program(tmp_path, TRAINING), tmp_path / "data.npz", epochs.append))

    assert (said["history"], said["clean"], epochs[-1]) == ({"loss": [0.5, None]}, True, 2)


def test_a_program_that_imports_this_app_is_not_clean(tmp_path: Path) -> None:
    text = f"import sys; sys.path.insert(0, {str(ROOT / 'backend')!r}); import layerloom\n{TRAINING}"

    said = asyncio.run(run_clean(program(tmp_path, text), tmp_path / "data.npz", lambda _: None))

    assert said["clean"] is False


def test_a_program_that_fails_says_its_last_line(tmp_path: Path) -> None:
    with pytest.raises(ProgramFailed, match="ValueError: no such column"):
        asyncio.run(run_clean(program(tmp_path, "raise ValueError('no such column')"), tmp_path / "x", print))


def test_a_cancelled_program_ends(tmp_path: Path) -> None:
    async def begin_and_cancel() -> int:
        running = asyncio.create_task(run_clean(program(tmp_path, ENDLESS), tmp_path / "x", print))
        pid = tmp_path / "pid"
        await until(lambda: pid.exists() and pid.read_text())
        running.cancel()
        await asyncio.wait({running})
        return int(pid.read_text())

    assert gone(asyncio.run(begin_and_cancel()))


def test_a_program_ends_with_the_server_that_is_killed(tmp_path: Path) -> None:
    program(tmp_path, ENDLESS)
    server_text = (
        "import asyncio, pathlib, sys; from layerloom.engine.clean_process import run_clean; "
        "asyncio.run(run_clean(pathlib.Path('train.py').absolute(), pathlib.Path('x'), print))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "backend")}
    server = subprocess.Popen([sys.executable, "-c", server_text], cwd=tmp_path, env=environment)
    pid = tmp_path / "pid"
    wait_until(lambda: pid.exists() and pid.read_text())

    server.kill()
    server.wait()

    wait_until(lambda: gone(int(pid.read_text())), timeout_s=5)
