"""A long-lived child that answers calls: named by dotted path, so that this process imports nothing of what it runs.

Our own instead of pebble's pool: that one gives up for good when its worker is killed between two calls.
"""

import asyncio
import logging
import pickle
import threading
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Pipe
from typing import Any

from layerloom.engine import forkserver
from layerloom.engine.calls import WorkerDied, WorkerTimedOut, opened
from layerloom.engine.child import serve
from layerloom.engine.death import in_words

START_TIMEOUT_S = 120.0
BURIAL_TIMEOUT_S = 5.0

log = logging.getLogger(__name__)


class Worker:
    """One child and a queue of calls to it, answered in order.

    A child that dies or hangs fails only the call it was at. A call that dies in a child which has served others is
    tried once more in a fresh one: the damage may be another's. A child is replaced after `calls` calls, if given:
    what it works with may load much and never give it back.
    """

    def __init__(
        self, name: str, memory_bytes: int | None = None, custom_code: bool = False, calls: int | None = None
    ) -> None:
        self._name = name
        self._memory_bytes = memory_bytes
        self._custom_code = custom_code
        self._calls = calls
        self._child: _Child | None = None
        self._closed = False
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"worker-{name}")

    async def warm(self) -> None:
        """Have a child ready for the next call."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._ready)

    async def call(self, function: str, *args: Any, timeout_s: float) -> Any:
        """What `function` ("package.module:name") returns for `args`, within `timeout_s` from when its turn comes.

        Raises what the function raises if this process knows the class (Refusal), else WorkerFailed; WorkerDied,
        WorkerTimedOut.
        """
        request = pickle.dumps((function, args))
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._call, request, timeout_s)

    async def aclose(self) -> None:
        """End the child; a call that is being answered fails."""
        self._closed = True
        if self._child is not None:
            self._child.end()
        await asyncio.to_thread(self._thread.shutdown)
        if self._child is not None:
            self._child.bury()

    def _call(self, request: bytes, timeout_s: float) -> Any:
        child = self._ready()
        if self._closed:
            raise WorkerDied(f"The {self._name} process was ended with the server.")
        served_others = child.calls > 0
        try:
            answer = child.ask(request, timeout_s)
        except (EOFError, OSError):
            self._child = None
            reason = in_words(f"The {self._name} process", child.bury())
            log.warning("%s", reason)
            if child.timed_out:
                raise WorkerTimedOut(f"This took longer than {timeout_s:g} s and was ended.") from None
            if served_others:
                return self._call(request, timeout_s)
            raise WorkerDied(reason) from None
        return opened(answer)

    def _ready(self) -> "_Child":
        if self._child is not None and (self._child.is_gone() or self._child.calls == self._calls):
            self._child.bury()
            self._child = None
        if self._child is None:
            self._child = _Child(self._name, self._memory_bytes, self._custom_code)
        return self._child


class _Child:
    """One process, from fork to burial."""

    def __init__(self, name: str, memory_bytes: int | None, custom_code: bool) -> None:
        self.calls = 0
        self.timed_out = False
        self._connection, theirs = Pipe()
        lifeline, self._lifeline = Pipe(duplex=False)
        with theirs, lifeline:
            self._process = forkserver.fork(serve, theirs, lifeline, memory_bytes, custom_code, name=name)
        if not self._connection.poll(START_TIMEOUT_S):
            self.end()
        try:
            self._connection.recv_bytes()
        except (EOFError, OSError):
            raise WorkerDied(in_words(f"The {name} process", self.bury())) from None

    def ask(self, request: bytes, timeout_s: float) -> bytes:
        """The answer. Raises EOFError or OSError if the child ends before, which it does when the time is up."""
        self.calls += 1
        self.timed_out = False  # the clock of the call before may have run out just as it was answered
        clock = threading.Timer(timeout_s, self._time_out)
        clock.start()
        try:
            self._connection.send_bytes(request)
            return self._connection.recv_bytes()
        finally:
            clock.cancel()

    def is_gone(self) -> bool:
        """Whether the child ended since the last call: a living one says nothing unasked."""
        return self._connection.poll(0)

    def end(self) -> None:
        """Kill the process, by its id."""
        self._process.kill()

    def bury(self) -> int | None:
        """Close everything and give the exit code. A child that nobody can signal any more ends by its lifeline."""
        self.end()
        self._process.join(BURIAL_TIMEOUT_S)
        for connection in (self._connection, self._lifeline):
            connection.close()
        return self._process.exitcode

    def _time_out(self) -> None:
        self.timed_out = True
        self.end()
