"""What the processes that make datasets have in common: limits, word of how far they are, an answer left whole."""

import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from layerloom.data import storage
from layerloom.data.reading.source import Report, Unreadable
from layerloom.data.uploads import ANSWER, PROGRESS, Answer, Limits, Progress, Stage
from layerloom.problem import Refusal


@dataclass(frozen=True)
class Work:
    """What such a process works with: an empty folder that is gone afterwards, whom to tell, what it may take."""

    scratch: Path
    report: Report
    limits: Limits


def answer(make: Callable[[], str], what: str, limits: Limits) -> Answer:
    """The id that `make` gives as an answer, or why it gave none; `what` is made, for people."""
    limit_memory(limits)
    try:
        return Answer(dataset=make())
    except Unreadable as error:
        return Answer(code=error.code, message=error.message, notes=error.notes)
    except Refusal as error:
        return Answer(code=error.code, message=error.message)
    except MemoryError:
        message = f"{what} needs more memory than reading a file may take (setting ingest_memory_bytes)."
        return Answer(code="too-large", message=message)


def leave(folder: Path, said: Answer) -> None:
    """Put the answer into the folder, whole or not at all."""
    draft = folder / f"{ANSWER}.new"
    storage.write_bytes(draft, said.model_dump_json().encode())
    draft.replace(folder / ANSWER)


def limit_memory(limits: Limits) -> None:
    """What is not there can not be taken: a request beyond the limit fails instead of filling the machine."""
    resource.setrlimit(resource.RLIMIT_DATA, (limits.memory_bytes, limits.memory_bytes))


class Reporter:
    """Leaves word of how far the work is, in a file that is replaced whole, a few times a second."""

    EVERY_S = 0.1

    def __init__(self, folder: Path) -> None:
        self._place = folder / PROGRESS
        self._told: tuple[Stage | None, float] = (None, 0.0)

    def tell(self, stage: Stage, done: float) -> None:
        """Say it, unless the same stage was told of a moment ago."""
        last, at = self._told
        if stage == last and time.monotonic() - at < self.EVERY_S:
            return
        self._told = (stage, time.monotonic())
        draft = self._place.with_suffix(".new")
        draft.write_text(Progress(stage=stage, done=done).model_dump_json(), "utf-8")
        draft.replace(self._place)
