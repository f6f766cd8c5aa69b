"""What the tests run in children: small stand-ins at training's door, named by dotted path."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from layerloom.events import CheckpointEvent, EpochEvent, Event, LogEvent, StartedEvent, StepEvent
from layerloom.job import Job, Pauses
from layerloom.problem import Problem, Refusal

Report = Callable[[Event], None]
ShouldStop = Callable[[], bool]

STEPS_PER_EPOCH = 5


def train(job: Job, report: Report, should_stop: ShouldStop, pauses: Pauses) -> str:
    """Trains nothing, as training would: a file is the checkpoint, every step says its number."""
    (job.folder / "pid").write_text(str(os.getpid()))
    done = len(list(job.folder.glob("checkpoints/epoch-*")))
    epochs = job.recipe.fit.epochs
    report(started(epochs, done))
    for epoch in range(done + 1, epochs + 1):
        for step in range(1, STEPS_PER_EPOCH + 1):
            if pauses.asked():
                pauses.hold(None)
            if should_stop():
                return "stopped"
            time.sleep(0.005)
            report(stepped(epoch, step))
        at = epoch * STEPS_PER_EPOCH
        report(EpochEvent.of({"loss": 1 / epoch, "val_loss": 2 / epoch}, epoch=epoch, global_step=at, seconds=0.1))
        time.sleep(0.03)  # a real save takes this long too: what was told before it has been written by then
        (job.folder / "checkpoints" / f"epoch-{epoch:05}").mkdir()
        report(CheckpointEvent(epoch=epoch, best=True, monitor="val_loss", size_bytes=1))
    return "finished"


def get_warm() -> None:
    """What a process in reserve does before there is a job."""
    os.environ["LAYERLOOM_TEST_WARM"] = "1"


def tell_warmth(_job: Job, report: Report, _should_stop: ShouldStop, _pauses: Pauses) -> str:
    report(LogEvent(message=f"{os.getpid()} {os.environ.get('LAYERLOOM_TEST_WARM', '0')}"))
    return "finished"


def started(epochs: int, initial_epoch: int) -> StartedEvent:
    return StartedEvent(
        parameters=1,
        epochs=epochs,
        steps_per_epoch=STEPS_PER_EPOCH,
        batch_size=1,
        training_rows=5,
        validation_rows=1,
        test_rows=1,
        initial_epoch=initial_epoch,
    )


def stepped(epoch: int, step: int) -> StepEvent:
    at = (epoch - 1) * STEPS_PER_EPOCH + step
    return StepEvent.of({"loss": 1 / at}, epoch=epoch, step=step, global_step=at)


def wait_for_stop(_job: Job, report: Report, should_stop: ShouldStop, _pauses: Pauses) -> str:
    report(LogEvent(message=f"{os.getpid()} {os.nice(0)}"))
    while not should_stop():
        time.sleep(0.005)
    return "stopped"


def hang(_job: Job, report: Report, _should_stop: ShouldStop, _pauses: Pauses) -> str:
    report(LogEvent(message=str(os.getpid())))
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        time.sleep(60)


def refuse(_job: Job, _report: Report, _should_stop: ShouldStop, _pauses: Pauses) -> str:
    problem = Problem(code="shape-mismatch", message="Add needs equal shapes.", node="n3")
    raise Refusal("diverged", "The loss became infinite at step 3.", [problem])


def break_down(_job: Job, _report: Report, _should_stop: ShouldStop, _pauses: Pauses) -> str:
    sys.stdout.write("on the way\n")
    raise ValueError("cannot read /home/someone/data/x.npy\nand more")


def die(_job: Job, report: Report, _should_stop: ShouldStop, _pauses: Pauses) -> str:
    report(LogEvent(message="about to die"))
    os.kill(os.getpid(), signal.SIGKILL)
    return "finished"


def echo(value: object) -> object:
    return value


def pid() -> int:
    return os.getpid()


def pid_after(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def write_pid_and_wait(file: Path) -> None:
    file.write_text(str(os.getpid()))
    time.sleep(60)


def sleep(seconds: float) -> None:
    time.sleep(seconds)


def exit_with(code: int) -> None:
    os._exit(code)


def die_once(marker: Path) -> str:
    """Ends its process the first time, answers the second."""
    if marker.exists():
        return "second time"
    marker.touch()
    os._exit(3)


def refusal() -> None:
    raise Refusal("bad-value", "units must be positive.", [Problem(code="bad-value", message="units", node="n1")])


def unknown_to_the_caller() -> None:
    raise type("Strange", (Exception,), {"__module__": "layerloom.nowhere"})("odd")


def has_loaded(module: str) -> bool:
    return module in sys.modules


def allocate(count: int) -> int:
    return len(bytearray(count))
