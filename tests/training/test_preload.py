"""What children start with: everything heavy imported, and none of it walked through again by garbage collection."""

import asyncio

import pytest

from layerloom.engine import forkserver
from layerloom.engine.workers import Worker

TIMEOUT_S = 60
MANY = 100_000


@pytest.mark.slow
def test_a_child_collects_garbage_without_what_was_imported_for_it() -> None:
    async def asked() -> tuple[int, bool]:
        worker = Worker("check")
        try:
            frozen: int = await worker.call("gc:get_freeze_count", timeout_s=TIMEOUT_S)
            enabled: bool = await worker.call("gc:isenabled", timeout_s=TIMEOUT_S)
            return frozen, enabled
        finally:
            await worker.aclose()

    forkserver.start()
    frozen, enabled = asyncio.run(asked())

    assert (frozen > MANY, enabled) == (True, True)
