"""An import in a child process under a hook that notes every file, connection and command that Python is asked for."""

import sys
import sysconfig
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from layerloom.imported import Imported
from layerloom.modeling.importing.job import import_json
from layerloom.problem import Refusal

_OWN = tuple(
    {"/proc/self/", sys.prefix, sys.base_prefix, *sysconfig.get_paths().values(), str(Path(__file__).parents[3])}
)
_NOTED = ("socket.connect", "socket.bind", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec", "os.spawn")


@dataclass(frozen=True)
class Watched:
    """How a file was answered: the codes, what Python touched outside of the folder, seconds, bytes of memory added."""

    codes: tuple[str, ...]
    message: str
    touched: list[str]
    seconds: float
    added_bytes: int


def import_watched(files: list[tuple[Path, str]]) -> list[Watched]:
    """Import files as the server does, each in its own folder; what came of each and what it touched."""
    here = _Here()
    sys.addaudithook(here)
    return [_watched(here, path, filename) for path, filename in files]


class _Here:
    """The hook, which can never be taken off again: it notes what is done outside of the folder at hand."""

    def __init__(self) -> None:
        self.folder = Path()
        self.touched: list[str] = []

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        """Note an event."""
        if event in _NOTED:
            self.touched.append(f"{event} {args!r:.200}")
        elif event == "open" and isinstance(args[0], str | bytes):
            name = args[0] if isinstance(args[0], str) else args[0].decode(errors="replace")
            if not name.startswith((str(self.folder), *_OWN)):
                self.touched.append(f"open {name}")


def _watched(here: _Here, path: Path, filename: str) -> Watched:
    here.folder, here.touched = path.parent, []
    before, began = _peak_bytes(), time.monotonic()
    try:
        answer = import_json(path, filename, path.parent)
        codes, message = ("opens", *_codes(answer)), answer
    except Refusal as refusal:
        codes, message = (refusal.code,), refusal.message
    return Watched(codes, message, here.touched, time.monotonic() - began, _peak_bytes() - before)


def _codes(answer: str) -> list[str]:
    return [problem.code for problem in Imported.model_validate_json(answer).problems]


def _peak_bytes() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM"))
