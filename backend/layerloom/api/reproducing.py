"""Training a run again by its exported script in a clean process, and saying whether it gave the same losses."""

import asyncio
import shutil
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from layerloom.api.bodies import ReproductionState
from layerloom.api.errors import ApiError
from layerloom.data.archive import archive
from layerloom.data.library import Library
from layerloom.engine.calls import WorkerDied, WorkerFailed, WorkerTimedOut
from layerloom.engine.clean_process import ProgramFailed, run_clean
from layerloom.engine.workers import Worker
from layerloom.events import EpochEvent
from layerloom.imported import START
from layerloom.problem import Refusal
from layerloom.recipe import Recipe
from layerloom.runs import reproduction
from layerloom.runs.reproduction import Reproduction
from layerloom.runs.store import ENDED, RunStore, UnknownRun
from layerloom.runs.summary import RunDetail
from layerloom.settings import Settings

SOURCE = "layerloom.training.source:source"
PROGRAM = "train.py"
DATA = "data.npz"


@dataclass
class _Attempt:
    """One that is under way, or how it failed."""

    epochs: int
    epoch: int = 0
    error: str | None = None
    task: "asyncio.Task[None]" = field(init=False)

    @property
    def running(self) -> bool:
        return not self.task.done()


class Reproductions:
    """All that are under way, one at work at a time. Belongs to one event loop; ends with the server."""

    def __init__(self, store: RunStore, library: Library, writer: Worker, settings: Settings) -> None:
        self._store = store
        self._library = library
        self._writer = writer
        self._settings = settings
        self._attempts: dict[int, _Attempt] = {}
        self._turn = asyncio.Semaphore(1)

    async def begin(self, run: RunDetail) -> None:
        """Train this run again by its script. Does nothing if that is under way. Raises ApiError 409, 422."""
        if run.id in self._attempts and self._attempts[run.id].running:
            return
        _require_reproducible(run, self._library)
        attempt = _Attempt(epochs=run.epochs_done)
        attempt.task = asyncio.create_task(self._follow(run, attempt))
        self._attempts[run.id] = attempt

    async def state(self, run: RunDetail) -> ReproductionState:
        """How far it is, or what came of the newest one."""
        attempt = self._attempts.get(run.id)
        if attempt is not None and attempt.running:
            return ReproductionState(state="running", epoch=attempt.epoch, epochs=attempt.epochs)
        if attempt is not None and attempt.error is not None:
            return ReproductionState(state="failed", error=attempt.error)
        result = await asyncio.to_thread(reproduction.read, run.folder)
        return ReproductionState(state="none" if result is None else "done", result=result)

    async def cancel(self, run: int) -> None:
        """End one that is under way."""
        attempt = self._attempts.pop(run, None)
        if attempt is not None:
            attempt.task.cancel()
            await asyncio.wait({attempt.task})

    async def aclose(self) -> None:
        """End all."""
        for run in [*self._attempts]:
            await self.cancel(run)

    async def _follow(self, run: RunDetail, attempt: _Attempt) -> None:
        try:
            async with self._turn:
                await self._reproduce(run, attempt)
        except ProgramFailed as failed:
            attempt.error = f"The script ended by a mistake: {failed}"
        except (WorkerDied, WorkerFailed, WorkerTimedOut, Refusal) as failed:
            attempt.error = f"The script could not be written: {failed}"
        except (UnknownRun, OSError) as failed:
            attempt.error = f"The script could not be run: {failed}"

    async def _reproduce(self, run: RunDetail, attempt: _Attempt) -> None:
        began = time.monotonic()
        recipe = _recipe(run)
        arguments = (run.graph, recipe, "script", self._settings.home)
        text: str = await self._writer.call(SOURCE, *arguments, timeout_s=self._settings.source_timeout_s)
        folder = Path(tempfile.mkdtemp(prefix="layerloom-reproduction-"))
        try:
            await asyncio.to_thread(self._lay_out, folder, text, recipe)
            said = await run_clean(folder / PROGRAM, folder / DATA, lambda epoch: setattr(attempt, "epoch", epoch))
        finally:
            await asyncio.shield(asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True))
        epochs = await asyncio.to_thread(self._store.epochs, run.id)
        result = _judged(run, epochs, said, time.monotonic() - began)
        await asyncio.to_thread(reproduction.write, run.folder, result)

    def _lay_out(self, folder: Path, program: str, recipe: Recipe) -> None:
        (folder / PROGRAM).write_text(program, encoding="utf-8")
        with (folder / DATA).open("wb") as file:
            file.writelines(archive(self._library, recipe.data.dataset))


def _require_reproducible(run: RunDetail, library: Library) -> None:
    if run.state not in ENDED:
        message = f"This run is {run.state}. It can be reproduced once it has ended."
        raise ApiError(409, run.state, message)
    if not run.epochs_done:
        raise ApiError(409, "no-epoch", "This run has not finished an epoch, so there are no losses to reproduce.")
    if (run.folder / START).exists():
        message = "This run started from given weights, which its script does not hold. It can not be reproduced alone."
        raise ApiError(422, "not-reproducible", message)
    if library.get(run.recipe.data.dataset).fingerprint != run.fingerprint:
        message = "The dataset has changed since this run was made, so its losses can not be expected again."
        raise ApiError(422, "dataset-changed", message)


def _recipe(run: RunDetail) -> Recipe:
    """That of the run; of one that was ended from outside, only for the epochs that it has."""
    if run.state == "finished":
        return run.recipe
    return run.recipe.model_copy(update={"fit": run.recipe.fit.model_copy(update={"epochs": run.epochs_done})})


def _judged(run: RunDetail, events: Iterable[EpochEvent], said: dict[str, Any], seconds: float) -> Reproduction:
    """The verdict, from the epochs of the run and what the program said."""
    expected = [event.metrics for event in events]
    history: dict[str, list[float | None]] = said["history"]
    lengths = max((len(values) for values in history.values()), default=0)
    received = [{name: values[n] for name, values in history.items() if n < len(values)} for n in range(lengths)]
    first = reproduction.first_difference(expected, received)
    largest = reproduction.largest_difference(expected, received)
    return Reproduction(
        verdict="different" if first else "equal" if largest == 0 else "close",
        epochs=len(expected),
        metrics=[*expected[0]] if expected else [],
        largest=largest,
        first=first,
        versions={name: found for name, found in said["versions"].items() if run.versions.get(name, found) != found},
        seconds=seconds,
        ended_at=time.time(),
    )
