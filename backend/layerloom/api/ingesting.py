"""Reading uploads in processes of their own: one at a time, with a time limit, ended when nobody wants it any more."""

import asyncio
import contextlib
import os
import signal
import sys
from pathlib import Path

from layerloom.data.library import PACKAGE_PARENT
from layerloom.data.storage import write_bytes
from layerloom.data.uploads import ANSWER, ORDER, PROGRESS, Answer, Limits, Order, Uploads, UploadState
from layerloom.settings import Settings

PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR", "TZ")
NICENESS = 5


class Ingestions:
    """The uploads that are being read now. One after the other: each may take much of the memory."""

    def __init__(self, uploads: Uploads, settings: Settings) -> None:
        self._uploads = uploads
        self._settings = settings
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._turn = asyncio.Semaphore(1)

    def start(self, token: str, order: Order) -> None:
        """Begin to read an upload; nothing happens if it is being read. Raises UnknownUpload."""
        if token in self._tasks:
            return
        folder = self._uploads.folder(token)
        limits = Limits(
            max_unpacked_bytes=self._settings.max_unpacked_bytes, memory_bytes=self._settings.ingest_memory_bytes
        )
        for left in (ANSWER, PROGRESS):
            (folder / left).unlink(missing_ok=True)
        write_bytes(folder / ORDER, order.model_copy(update={"limits": limits}).model_dump_json().encode())
        task = self._tasks[token] = asyncio.create_task(self._read(folder))
        task.add_done_callback(lambda _: self._tasks.pop(token, None))

    def state(self, token: str) -> UploadState:
        """Where an upload stands. Raises UnknownUpload."""
        return self._uploads.state(token, token in self._tasks)

    async def finished(self, token: str) -> UploadState:
        """Where it stands once nobody reads it any more. Raises UnknownUpload."""
        if task := self._tasks.get(token):
            await asyncio.wait({task})
        return self.state(token)

    async def cancel(self, token: str) -> None:
        """End the reading of an upload, if it is under way."""
        if task := self._tasks.get(token):
            task.cancel()
            await asyncio.wait({task})

    async def aclose(self) -> None:
        """End everything."""
        for token in list(self._tasks):
            await self.cancel(token)

    async def _read(self, folder: Path) -> None:
        async with self._turn:
            command = (sys.executable, "-P", "-m", "layerloom.data.ingest", str(folder), str(self._settings.home))
            process = await asyncio.create_subprocess_exec(
                *command, env=child_environment(), stdout=asyncio.subprocess.DEVNULL, start_new_session=True
            )
            try:
                with contextlib.suppress(ProcessLookupError):
                    os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)
                async with asyncio.timeout(self._settings.ingest_timeout_s):
                    await process.wait()
                if not (folder / ANSWER).exists():
                    _say(folder, Answer(code="unreadable", message=_DIED))
            except TimeoutError:
                seconds = f"{self._settings.ingest_timeout_s:.0f} s (setting ingest_timeout_s)"
                _say(folder, Answer(code="too-slow", message=f"Reading this file took longer than {seconds}."))
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                await process.wait()


_DIED = "Reading this file ended the process that read it: it is damaged, or needs more memory than reading may take."


def _say(folder: Path, answer: Answer) -> None:
    write_bytes(folder / ANSWER, answer.model_dump_json().encode())


def child_environment() -> dict[str, str]:
    """What a child that reads data knows of the outside: where its programs are, and no secrets."""
    paths = os.pathsep.join(filter(None, [str(PACKAGE_PARENT), os.environ.get("PYTHONPATH")]))
    return {**{name: os.environ[name] for name in PASSED_ON if name in os.environ}, "PYTHONPATH": paths}
