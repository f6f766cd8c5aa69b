"""A server without its web part, to be killed: `python -m tests.engine.a_server HOME`.

Trains what waits in HOME and keeps a worker in an endless call; writes the worker's pid to HOME/worker.
"""

import asyncio
import sys
from pathlib import Path

from layerloom.engine.dispatcher import Dispatcher
from layerloom.engine.executor import LocalExecutor
from layerloom.engine.workers import Worker
from layerloom.runs.feed import Feed
from layerloom.settings import Settings
from tests.runs.building import open_store


async def main(home: Path) -> None:
    executor = LocalExecutor("tests.engine.jobs:train", preload=[], warming=None)
    dispatcher = Dispatcher(open_store(home), Feed(1000), executor, Settings(home=home, concurrent_runs=1))
    await dispatcher.start()
    worker = Worker("check")
    (home / "worker").write_text(str(await worker.call("tests.engine.jobs:pid", timeout_s=60)))
    await worker.call("tests.engine.jobs:sleep", 600, timeout_s=600)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
