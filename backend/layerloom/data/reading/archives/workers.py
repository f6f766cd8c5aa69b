"""Many files of one archive, read side by side: what unpacks and decodes them lets other threads run meanwhile."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from layerloom.data.reading.members import Broken
from layerloom.data.reading.source import Report
from layerloom.data.uploads import Stage

FILES_AT_ONCE = 16
MOST_THREADS = 8


def each(count: int, work: Callable[[int], None], report: Report, stage: Stage) -> dict[int, Broken]:
    """Call `work` with every number below `count`, in several threads; what raised Broken is given back by number.

    Any other error ends the work and is raised.
    """
    broken: dict[int, Broken] = {}

    def some(start: int) -> int:
        for number in range(start, min(start + FILES_AT_ONCE, count)):
            try:
                work(number)
            except Broken as error:
                broken[number] = error
        return start

    with ThreadPoolExecutor(min(MOST_THREADS, os.cpu_count() or 1)) as threads:
        try:
            for done in threads.map(some, range(0, count, FILES_AT_ONCE)):
                report(stage, done / max(1, count))
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            raise
    return broken
