"""The same work without a browser: a file is checked or trained, and a person reads what comes of it."""

import asyncio
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from layerloom.api.bodies import DrawingFile, NewRun
from layerloom.api.checking import check_text
from layerloom.api.errors import ApiError
from layerloom.api.graphs import SOURCE
from layerloom.api.rooms import Rooms, open_rooms
from layerloom.api.submit import submit
from layerloom.engine import forkserver
from layerloom.engine.calls import WorkerDied, WorkerTimedOut
from layerloom.engine.workers import Worker
from layerloom.events import EpochEvent, Event, FailedEvent, LogEvent, StartedEvent, StateEvent, StepEvent
from layerloom.problem import Problem, Refusal
from layerloom.report import CheckReport
from layerloom.runs.store import ENDED
from layerloom.runs.summary import RunDetail
from layerloom.settings import Settings

OK, FAILED = 0, 1


async def check_file(asked: NewRun, settings: Settings) -> int:
    """Print what is wrong with a drawing and its recipe; the exit code."""
    console = Console(highlight=False)
    forkserver.start()
    checker = Worker("check", settings.worker_memory_bytes, settings.allow_custom_code)
    try:
        text = await check_text(checker, settings, asked.graph, asked.recipe)
    finally:
        await checker.aclose()
    report = CheckReport.model_validate_json(text)
    _print_problems(console, report.problems)
    if report.ready:
        console.print(f"Ready to train: {report.parameters:,} parameters.")
    return OK if report.ready else FAILED


async def export_file(asked: DrawingFile, style: str, settings: Settings) -> int:
    """Print the drawing as Python code on stdout, what is wrong on stderr; the exit code."""
    errors = Console(stderr=True, highlight=False)
    forkserver.start()
    checker = Worker("check", settings.worker_memory_bytes)
    arguments = (asked.graph, asked.recipe, style, settings.home)
    try:
        text: str = await checker.call(SOURCE, *arguments, timeout_s=settings.source_timeout_s)
    except Refusal as refusal:
        errors.print(refusal.message, markup=False)
        _print_problems(errors, refusal.problems)
        return FAILED
    except (WorkerDied, WorkerTimedOut) as failure:
        errors.print(str(failure), markup=False)
        return FAILED
    finally:
        await checker.aclose()
    sys.stdout.write(text)
    return OK


async def train_file(asked: NewRun, settings: Settings) -> int:
    """Train in the home folder as the server would, with a progress bar; the exit code. Ctrl-C stops the run."""
    console = Console(highlight=False)
    async with open_rooms(settings) as rooms:
        try:
            run = await submit(rooms, asked)
        except ApiError as error:
            console.print(error.body.message, markup=False)
            _print_problems(console, error.body.problems)
            return FAILED
        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, _Stopper(rooms, run.id))
        await _watch(console, rooms, run)
        ended = await asyncio.to_thread(rooms.store.get, run.id)
    console.print(f"Run {ended.id} {ended.state}. Its folder: {ended.folder}", markup=False, soft_wrap=True)
    return FAILED if ended.state == "failed" else OK


class _Stopper:
    """What Ctrl-C does: the run is asked to stop once, and keeps its checkpoints."""

    def __init__(self, rooms: Rooms, run: int) -> None:
        self._rooms = rooms
        self._run = run
        self._asked: asyncio.Task[None] | None = None

    def __call__(self) -> None:
        if self._asked is None:
            self._asked = asyncio.ensure_future(self._rooms.dispatcher.stop(self._run))


async def _watch(console: Console, rooms: Rooms, run: RunDetail) -> None:
    """Show what the run says until it has ended."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[metrics]}"),
        TimeRemainingColumn(),
    )
    with rooms.feed.subscribe(run.id) as news, Progress(*columns, console=console) as progress:
        shown = _Shown(progress)
        told = await asyncio.to_thread(rooms.store.events, run.id)
        shown.show(told)
        last = told[-1].seq
        async for batch in news:
            events = [one.event for one in batch]
            shown.show([event for event in events if event.seq > last])
            if any(isinstance(event, StateEvent) and event.state in ENDED for event in events):
                return


@dataclass
class _Shown:
    """A progress bar that follows events. `steps` counts those of an epoch."""

    progress: Progress
    steps: int = 1

    def __post_init__(self) -> None:
        self.task = self.progress.add_task("Waiting for Keras", total=None, metrics="")

    def show(self, events: Sequence[Event]) -> None:
        """Move the bar, print what is to stay."""
        for event in events:
            match event:
                case StartedEvent():
                    self.steps = event.steps_per_epoch
                    self.progress.update(self.task, total=event.epochs * self.steps, description="Training")
                case StepEvent():
                    self.progress.update(self.task, completed=event.global_step, metrics=_numbers(event.metrics))
                case EpochEvent():
                    self.progress.update(self.task, completed=event.global_step)
                    self._print(f"epoch {event.epoch}  {event.seconds:.1f} s  {_numbers(event.metrics)}")
                case LogEvent() | FailedEvent():
                    self._print(event.message)

    def _print(self, text: str) -> None:
        self.progress.console.print(text, markup=False)


def _numbers(metrics: Mapping[str, float | None]) -> str:
    return "  ".join(f"{name} {'nan' if value is None else format(value, '.4g')}" for name, value in metrics.items())


def _print_problems(console: Console, problems: Sequence[Problem]) -> None:
    for problem in problems:
        place = problem.node or ".".join(problem.recipe or [])
        where = f" at {place}" if place else ""
        console.print(f"{problem.severity}{where} [{problem.code}]: {problem.message}", markup=False)
