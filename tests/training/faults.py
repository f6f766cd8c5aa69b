"""A disk that fails at one call, for files that are real: writes, syncs, renames and the making of folders."""

import builtins
import errno
import io
import os
from collections.abc import Callable
from types import TracebackType
from typing import Any

import pytest


class Fault:
    """Within its block, the n-th call that changes the disk fails with this error number.

    A full disk stays full for what needs room; any other fault passes. `happened` says whether it came to that call.
    """

    NEEDS_ROOM = ("mkdir", "write", "fsync")
    OTHER = ("rename", "rmdir", "unlink")

    def __init__(self, number: int, at: int) -> None:
        self._number = number
        self._left = at
        self._patch = pytest.MonkeyPatch()

    @property
    def happened(self) -> bool:
        return self._left <= 0

    def __enter__(self) -> "Fault":
        for name in ("mkdir", "fsync", *self.OTHER):
            self._patch.setattr(os, name, self._failing(name, getattr(os, name)))
        for module in (builtins, io):
            self._patch.setattr(module, "open", self._open)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._patch.undo()

    def count(self, name: str) -> None:
        """One more call: raise OSError if it is the one."""
        self._left -= 1
        stays = self._number == errno.ENOSPC and name in self.NEEDS_ROOM
        if self._left == 0 or (self._left < 0 and stays):
            raise OSError(self._number, os.strerror(self._number))

    def _failing(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            self.count(name)
            return real(*args, **kwargs)

        return call

    def _open(self, file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        if isinstance(file, int) or not set(mode) & set("wax+"):
            return OPEN(file, mode, *args, **kwargs)
        raw = _Raw(file, mode.replace("b", "").replace("t", ""), opener=kwargs.get("opener"))
        raw.fault = self
        buffered = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        return buffered if "b" in mode else io.TextIOWrapper(buffered, kwargs.get("encoding"))


class _Raw(io.FileIO):
    fault: Fault

    def write(self, data: Any) -> int:
        self.fault.count("write")
        return super().write(data)


OPEN = builtins.open


class Killed(BaseException):
    """Stands for the end of the process: nothing that catches an OSError or an Exception runs."""

    @staticmethod
    def at_rename(at: int, patched: pytest.MonkeyPatch) -> None:
        """End the process at the n-th rename, before it is done."""
        left = at
        real = os.rename

        def rename(*args: Any, **kwargs: Any) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                raise Killed
            real(*args, **kwargs)

        patched.setattr(os, "rename", rename)
