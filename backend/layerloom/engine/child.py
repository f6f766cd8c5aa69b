"""What runs inside the children: a loop that answers calls, and the frame around one training."""

import contextlib
import os
import pickle
import re
import resource
import sys
import threading
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from layerloom.data.library import UnknownDataset
from layerloom.engine.calls import answer, resolve
from layerloom.engine.steering import Steering
from layerloom.events import Event, FailedEvent
from layerloom.job import CUSTOM_CODE, Job
from layerloom.problem import Refusal

NICENESS = 5
OOM_SCORE = 500  # of 1000: when memory runs out, the system is to end a training before the server
ABSOLUTE_PATH = re.compile(r"(?<![\w.])(?:/[\w.@+-]+){2,}/?")
MAX_MESSAGE_LENGTH = 500

READY = b"ready"


def serve(calls: Connection, lifeline: Connection, memory_bytes: int | None, custom_code: bool) -> None:
    """Answer calls one after another until the other side hangs up. `memory_bytes` is what they may add to now."""
    os.setsid()
    _permit(custom_code)
    heed(lifeline)
    if memory_bytes is not None:
        os.environ["CUDA_VISIBLE_DEVICES"] = "-1"  # CUDA maps far more memory than it uses, so no limit would fit it
        limit_memory(memory_bytes)
    calls.send_bytes(READY)
    with contextlib.suppress(EOFError, OSError):
        while True:
            calls.send_bytes(answer(*pickle.loads(calls.recv_bytes())))
    os._exit(0)


def train(
    function: str,
    warming: str | None,
    jobs: Connection,
    said: Connection,
    control: Connection,
    memory_bytes: int | None,
    custom_code: bool,
) -> None:
    """Wait for a job, and run `function(job, report, should_stop, pauses)`; `warming` names what is done before.

    Until the job comes it answers calls, which may add `memory_bytes` to what there is now. Says its events as JSON, at
    the end the outcome as a word. Ends when it is hung up on before there is a job.
    """
    os.setsid()
    _permit(custom_code)
    report = _Reporter(said)
    steering = Steering(report)
    heed(control, steering.hear)
    os.nice(NICENESS)
    _write_to(Path(os.devnull))  # there is no run yet whose log could hold what is printed
    if warming is not None:
        resolve(warming)()
    job = _awaited(jobs, said, memory_bytes)
    _write_to(job.folder / "log.txt")
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(str(OOM_SCORE), encoding="ascii")
    outcome = _train(function, job, report, steering)
    said.send_bytes(outcome.encode())
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)  # the interpreter's own end could hang in a native library, and has nothing left to do


def _awaited(jobs: Connection, said: Connection, memory_bytes: int | None) -> Job:
    """The job, when it comes; answers what is asked before."""
    unlimited = resource.getrlimit(resource.RLIMIT_AS)
    try:
        while not isinstance(asked := pickle.loads(jobs.recv_bytes()), Job):
            if memory_bytes is not None:
                limit_memory(memory_bytes, for_now=True)
            said.send_bytes(answer(*asked))
            resource.setrlimit(resource.RLIMIT_AS, unlimited)
    except (EOFError, OSError):
        os._exit(0)
    return asked


def _permit(custom_code: bool) -> None:
    """Whether this process may run code that drawings hold; decided once, by who forks it."""
    os.environ[CUSTOM_CODE] = "1" if custom_code else "0"


def heed(lifeline: Connection, hear: Callable[[bytes], None] = lambda _: None) -> None:
    """From now on end this process at once when the other end of `lifeline` closes; `hear` is told its messages."""

    def listen() -> None:
        try:
            while True:
                hear(lifeline.recv_bytes())
        except (EOFError, OSError):
            os._exit(1)

    threading.Thread(target=listen, name="lifeline", daemon=True).start()


def limit_memory(added_bytes: int, for_now: bool = False) -> None:
    """Let the address space grow by so much from now on; beyond, allocations fail. Does nothing outside Linux.

    A limit `for_now` can be lifted again by this process.
    """
    with contextlib.suppress(FileNotFoundError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + added_bytes
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1] if for_now else most))


class _Reporter:
    """Sends events to the server at once; may be called from any thread."""

    def __init__(self, said: Connection) -> None:
        self._said = said
        self._lock = threading.Lock()

    def __call__(self, event: Event) -> None:
        body = event.model_dump_json().encode()
        with self._lock:
            self._said.send_bytes(body)


def _train(function: str, job: Job, report: _Reporter, steering: Steering) -> str:
    try:
        return str(resolve(function)(job, report, steering.should_stop, steering))
    except Exception as error:  # noqa: BLE001 (a mistake in a run ends the run, with words)
        traceback.print_exc()
        report(failure(error))
        return "failed"


def failure(error: Exception) -> FailedEvent:
    """The event that tells a person why the training failed. The traceback is in the run's log.txt."""
    if isinstance(error, Refusal):
        nodes = (problem.node for problem in error.problems if problem.node)
        return FailedEvent(code=error.code, message=error.message, node=next(nodes, None))
    if isinstance(error, UnknownDataset):
        return FailedEvent(code="unknown-dataset", message=f"{error} Choose another one, or bring it again.")
    if isinstance(error, MemoryError) or type(error).__name__ == "ResourceExhaustedError":
        message = "There was not enough memory for this training. Halve the batch size, or use a smaller model."
        return FailedEvent(code="out-of-memory", message=message)
    first = next((line.strip() for line in str(error).splitlines() if line.strip()), "no message")
    said = ABSOLUTE_PATH.sub("…", first)[:MAX_MESSAGE_LENGTH].encode("utf-8", "replace").decode()
    message = f"The training ended by a mistake ({type(error).__name__}: {said}). Its log.txt has the details."
    return FailedEvent(code="training-failed", message=message)


def _write_to(log: Path) -> None:
    """Send what this process prints, and what native libraries print, to the end of this file."""
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    os.close(descriptor)
