"""Idempotency: a run asked for twice under one key (double click, retry after a lost answer) is made once."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from layerloom.api.bodies import NewRun
from layerloom.api.errors import ApiError
from layerloom.runs.summary import RunDetail

REMEMBERED = 1_000


class Submissions:
    """Remembers the newest keys and what was made under them. Belongs to one event loop."""

    def __init__(self) -> None:
        self._made: OrderedDict[str, tuple[str, asyncio.Task[RunDetail]]] = OrderedDict()

    async def once(self, key: str, asked: NewRun, make: Callable[[], Awaitable[RunDetail]]) -> RunDetail:
        """What `make` gave the first time. Raises ApiError if the key was used for another request before."""
        body = asked.model_dump_json()
        if key not in self._made:
            self._remember(key, body, asyncio.ensure_future(_awaited(make)))
        first, made = self._made[key]
        if first != body:
            message = "This Idempotency-Key was used for another run. Use a new key for a new run."
            raise ApiError(422, "idempotency-key-reused", message)
        # A caller that hangs up must not cancel the run that another one waits for.
        return await asyncio.shield(made)

    def _remember(self, key: str, body: str, made: "asyncio.Task[RunDetail]") -> None:
        self._made[key] = (body, made)
        made.add_done_callback(lambda done: self._forget_failure(key, done))
        while len(self._made) > REMEMBERED:
            self._made.popitem(last=False)

    def _forget_failure(self, key: str, done: "asyncio.Task[RunDetail]") -> None:
        if (done.cancelled() or done.exception() is not None) and self._made.get(key, (None, None))[1] is done:
            del self._made[key]


async def _awaited(make: Callable[[], Awaitable[RunDetail]]) -> RunDetail:
    return await make()
