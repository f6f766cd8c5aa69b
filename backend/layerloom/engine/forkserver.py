"""Children by fork from a process that has the heavy imports done already, so that one is ready in milliseconds.

The web process itself imports none of what is preloaded. Children must be given the read end of a pipe whose write end
stays here (`layerloom.engine.child.heed`): their parent is the fork server, so nothing else tells them that this
process has died.
"""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import forkserver
from multiprocessing.context import ForkServerProcess
from multiprocessing.popen_forkserver import Popen
from pathlib import Path
from types import ModuleType
from typing import Any

import layerloom

PRELOAD = ("layerloom.training.preload",)
REPLACED_WITHIN_S = 5.0
RETRY_S = 0.02
PACKAGE_ROOT = str(Path(layerloom.__file__).parents[1])

_lock = threading.Lock()


def start(preload: Sequence[str] = PRELOAD) -> None:
    """Start the fork server, or one anew if it died. Returns at once; its imports go on in the background."""
    with _lock, _package_on_path():
        forkserver.set_forkserver_preload(list(preload))
        forkserver.ensure_running()


def fork(target: Callable[..., None], *args: Any, name: str) -> ForkServerProcess:
    """Run `target(*args)` in a new child. Blocks while the fork server is still importing. Raises OSError, EOFError.

    A fork server that was killed is replaced as soon as the system says that it has ended.
    """
    deadline = time.monotonic() + REPLACED_WITHIN_S
    while True:
        try:
            return _forked(target, args, name)
        except (OSError, EOFError):
            if time.monotonic() > deadline:
                raise
            time.sleep(RETRY_S)


def _forked(target: Callable[..., None], args: tuple[Any, ...], name: str) -> ForkServerProcess:
    child = _Child(target=target, args=args, name=name, daemon=True)
    child.start()
    return child


class _Child(ForkServerProcess):
    """A child that does not run this process's `__main__` again: that would import the whole web server into it."""

    @staticmethod
    def _Popen(process_obj: Any) -> Popen:
        with _lock, _package_on_path(), _hidden_main():
            return Popen(process_obj)


@contextmanager
def _hidden_main() -> Iterator[None]:
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _package_on_path() -> Iterator[None]:
    """A fork server that starts in here finds this package: Python 3.11 does not hand it our `sys.path` to preload."""
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (PACKAGE_ROOT, before)))
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before
