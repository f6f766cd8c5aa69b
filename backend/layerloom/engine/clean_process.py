"""A program of a training, run in a clean interpreter; its epochs are heard, and it can be ended at any moment."""

import asyncio
import contextlib
import json
import os
import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

RUNNER = Path(__file__).with_name("clean_run.py")
NICENESS = 10
TAIL_BYTES = 20_000
EPOCH = re.compile(rb"Epoch (\d+)/\d+")
PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH", "CUDA_VISIBLE_DEVICES", "KERAS_HOME", "TZ")


class ProgramFailed(Exception):
    """The program ended by a mistake; the message is the last line that it said."""


async def run_clean(program: Path, data: Path, on_epoch: Callable[[int], None]) -> dict[str, Any]:
    """What the program said: `history` (name to one value an epoch, None if not finite), `versions`, `clean`.

    It works in its own folder. `on_epoch` hears the number of each epoch (from 1) as it begins. Cancelled, it ends the
    program. Raises ProgramFailed.
    """
    result = program.with_suffix(".json")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-u", str(RUNNER), str(program), str(data), str(result)),
        cwd=program.parent,
        env=_environment(),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        with contextlib.suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)
        said = await _listened(process, on_epoch)
        code = await process.wait()
    finally:
        await _ended(process)
    if code != 0 or not result.exists():
        raise ProgramFailed(_last_line(said, code))
    return dict(json.loads(await asyncio.to_thread(result.read_bytes)))


async def _listened(process: asyncio.subprocess.Process, on_epoch: Callable[[int], None]) -> bytes:
    """The end of what it says, once it has said all; tells of each epoch on the way."""
    assert process.stdout is not None
    said, heard = b"", 0
    while chunk := await process.stdout.read(TAIL_BYTES):
        said = (said + chunk)[-TAIL_BYTES:]
        newest = int(numbers[-1]) if (numbers := EPOCH.findall(said)) else 0
        if newest > heard:
            heard = newest
            on_epoch(newest)
    return said


async def _ended(process: asyncio.subprocess.Process) -> None:
    """Kill what is left of it, with whatever it started."""
    with contextlib.suppress(ProcessLookupError):
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
    await process.wait()


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {**kept, "TF_CPP_MIN_LOG_LEVEL": "3", "KERAS_BACKEND": "tensorflow"}


def _last_line(said: bytes, code: int) -> str:
    lines = [line.strip() for line in said.decode("utf-8", "replace").splitlines() if line.strip()]
    return lines[-1][:500] if lines else f"exit code {code}"
