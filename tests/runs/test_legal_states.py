"""Random sequences of everything that can happen to runs, against a model of the legal states."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

from layerloom.events import LogEvent, RunState
from layerloom.runs.store import ENDED, UnknownRun, WrongState
from tests.runs.building import checkpoint, create, epoch, open_store, started


class Runs(RuleBasedStateMachine):
    """The model: what state, attempt and count of events each run has, the order of the queue, what is deleted."""

    runs = Bundle("runs")

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp())
        self.store = open_store(self.home)
        self.states: dict[int, RunState] = {}
        self.attempts: dict[int, int] = {}
        self.events: dict[int, int] = {}
        self.interruptions: dict[int, int] = {}
        self.checkpoints: dict[int, int] = {}
        self.places: dict[int, int] = {}
        self.queue: list[int] = []

    def teardown(self) -> None:
        self.store.close()
        shutil.rmtree(self.home)

    def enter(self, run: int, state: RunState) -> None:
        self.states[run] = state
        self.events[run] += 1

    def wait_in_line(self, run: int) -> None:
        self.places[run] = max(self.places.values(), default=0) + 1
        self.queue.append(run)

    def move(self, run: int, to: RunState, allowed: set[RunState]) -> bool:
        """Try a transition in the store; whether the model says it is legal, which must be what the store did."""
        if self.states[run] not in allowed:
            with pytest.raises(WrongState, match=self.states[run]):
                self.store.transition(run, to, allowed)
            return False
        self.store.transition(run, to, allowed)
        self.enter(run, to)
        return True

    @rule(target=runs)
    def create(self) -> int:
        run = create(self.store).id
        self.states[run], self.attempts[run], self.events[run], self.interruptions[run] = "queued", 0, 1, 0
        self.wait_in_line(run)
        return run

    @rule()
    def claim(self) -> None:
        claimed = self.store.claim_next()
        assert (claimed and claimed.id) == (self.queue[0] if self.queue else None)
        if claimed:
            self.queue.remove(claimed.id)
            self.attempts[claimed.id] += 1
            self.enter(claimed.id, "running")
            assert claimed.attempt == self.attempts[claimed.id]

    @rule(run=runs)
    def stop(self, run: int) -> None:
        if self.move(run, "stopped", {"queued"}):
            self.queue.remove(run)

    @rule(run=runs)
    def pause(self, run: int) -> None:
        if self.move(run, "paused", {"queued", "running"}) and run in self.queue:
            self.queue.remove(run)

    @rule(run=runs)
    def go_on(self, run: int) -> None:
        if self.move(run, "queued", {"paused"}):
            self.queue = sorted([*self.queue, run], key=lambda run: self.places[run])

    @rule(run=runs)
    def die(self, run: int) -> None:
        if self.states[run] != "running":
            with pytest.raises(WrongState, match=self.states[run]):
                self.store.died(run, self.attempts[run], "It died.")
            return
        self.store.died(run, self.attempts[run], "It died.")
        self.interruptions[run] += 1
        if self.interruptions[run] < 3:
            self.enter(run, "queued")
            self.queue = sorted([*self.queue, run], key=lambda run: self.places[run])
        else:
            self.enter(run, "failed")
            self.events[run] += 1

    @rule(run=runs)
    def finish(self, run: int) -> None:
        self.move(run, "finished", {"running"})

    @rule(run=runs)
    def fail(self, run: int) -> None:
        self.move(run, "failed", {"running"})

    @rule(run=runs)
    def resume(self, run: int) -> None:
        if self.move(run, "queued", {"stopped", "failed"}):
            self.wait_in_line(run)
            self.interruptions[run] = 0

    @rule(run=runs, zombie=st.booleans())
    def say(self, run: int, zombie: bool) -> None:
        attempt = self.attempts[run] - zombie
        written = self.store.append(run, attempt, [LogEvent(message="x")] * 3)
        legal = self.states[run] == "running" and not zombie
        assert len(written) == (3 if legal else 0)
        self.events[run] += len(written)

    @rule(run=runs)
    def end_an_epoch(self, run: int) -> None:
        self.checkpoints[run] = self.checkpoints.get(run, 0) + 1
        number = self.checkpoints[run]
        said = [started(number - 1), epoch(number, 5 * number, loss=1.0), checkpoint(number)]
        if self.store.append(run, self.attempts[run], said):
            self.events[run] += 3
            self.interruptions[run] = 0

    @rule(target=runs, run=consumes(runs))
    def delete(self, run: int) -> object:
        try:
            self.store.delete(run)
        except WrongState:
            assert self.states[run] in ("running", "paused")
            return multiple(run)
        assert self.states.pop(run) in ENDED | {"queued"}
        self.queue = [waiting for waiting in self.queue if waiting != run]
        with pytest.raises(UnknownRun):
            self.store.get(run)
        return multiple()

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = open_store(self.home)
        running = [run for run, state in self.states.items() if state == "running"]
        again = [run for run in running if self.interruptions[run] < 3]
        assert self.store.requeue_interrupted() == len(again)
        for run in running:
            self.enter(run, "queued" if run in again else "failed")
            self.events[run] += run not in again  # why it failed
            self.interruptions[run] += run in again
        # An interrupted run keeps the place that it had in the queue.
        self.queue = sorted([*self.queue, *again], key=lambda run: self.places[run])

    @invariant()
    def the_store_agrees(self) -> None:
        listed = self.store.list(limit=1000)
        assert {run.id: run.state for run in listed.runs} == self.states
        for run in self.states:
            assert [event.seq for event in self.store.events(run)] == list(range(1, self.events[run] + 1))


TestRuns = Runs.TestCase
TestRuns.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
