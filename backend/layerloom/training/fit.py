"""One training from beginning to end: build, adapt, compile, go on from where it was, fit, judge."""

import time
from collections.abc import Callable
from typing import Literal

from layerloom.data.library import Library
from layerloom.events import EvaluationEvent, Event, LogEvent, StartedEvent, StoppedEarlyEvent
from layerloom.job import Job, NoPauses, Pauses
from layerloom.modeling.build import model_name
from layerloom.training.adapt import adapt
from layerloom.training.callbacks import make_callbacks
from layerloom.training.catching_up import catch_up
from layerloom.training.checkpointer import Checkpointer
from layerloom.training.checkpointing import Checkpoints
from layerloom.training.compiling import compile_model
from layerloom.training.devices import GPU, devices_for
from layerloom.training.ending import keeps_averages, restored_epoch, stop_reason
from layerloom.training.findings.doctor import Doctor
from layerloom.training.findings.listening import explained, looking_through
from layerloom.training.keeping import Keeping
from layerloom.training.pausing import Waiting
from layerloom.training.pipeline import EpochOrder
from layerloom.training.probing.probe import Probe
from layerloom.training.quickly import quickly
from layerloom.training.rehearsal import Rehearsal, Traced, make, take
from layerloom.training.reporter import Reporter, Stopped, StopWatch
from layerloom.training.start import Start
from layerloom.training.steps import run_in_calls

Report = Callable[[Event], None]
Outcome = Literal["finished", "stopped"]

SAMPLES_IF_DIVERGED = 64


def train(
    job: Job, report: Report, should_stop: Callable[[], bool], pauses: Pauses | None = None, kind: str = GPU
) -> Outcome:
    """Train until the recipe's last epoch, an early stop or until asked to stop; report everything on the way.

    Goes on from the newest whole checkpoint in the run's folder, and waits while it is paused. Raises Refusal
    `diverged` when loss or weights are no numbers any more, and whatever TensorFlow raises. `kind` is TensorFlow's word
    for the devices to be spread over, if the recipe asks for all.
    """
    try:
        with quickly():
            training = _Training(job, report, should_stop, pauses or NoPauses(), kind)
        training.run()
    except Stopped:
        return "stopped"
    return "finished"


class _Training:
    """Everything one attempt at a run holds."""

    def __init__(self, job: Job, report: Report, should_stop: Callable[[], bool], pauses: Pauses, kind: str) -> None:
        self._job = job
        self._report = Doctor(report, job.graph)
        self._watch = StopWatch(should_stop)
        self._library = Library(job.home)
        self._traced = take(job.content)
        made = self._traced.rehearsal if self._traced else self._made(kind)
        self._devices = made.devices
        self._signature, self._data = made.signature, made.data
        self._checkpoints = Checkpoints(job.folder, job.attempt, made.signature, Keeping.of(job.recipe.callbacks))
        with self._devices.scope():
            self._resumed = None if self._traced else self._checkpoints.newest(self._report)
        self._model = self._resumed.model if self._resumed else made.model
        if self._traced:
            self._take_over(self._traced.rehearsal)
        elif not self._resumed:
            self._prepare()
        self._callbacks = make_callbacks(job.recipe.callbacks, job.folder, self._epochs_done)
        done = (self._epochs_done, self._steps_done, self._resumed.state.seconds if self._resumed else 0.0)
        self._reporter = Reporter(self._report, self._data.training.steps, job.recipe.fit.epochs, *done)
        self._waiting = Waiting(pauses, should_stop, self._reporter)

    def _made(self, kind: str) -> Rehearsal:
        job = self._job
        return make(job.graph, job.recipe, job.home, devices_for(job.graph, job.recipe, kind), memory=job.memory)

    def _prepare(self) -> None:
        """Adapt and compile the model of a first attempt, from what it starts from."""
        start = Start(self._job, self._report)
        adapt(self._model, self._data, self._report, start.give_weights(self._model))
        compile_model(self._model, self._job.recipe.compile, self._signature, self._devices)
        start.give_optimizer(self._model)

    def _take_over(self, rehearsal: Rehearsal) -> None:
        """Go on with what a dry run has prepared. It did not look at the drawing's name, nor had it anyone to tell."""
        rehearsal.model.name = model_name(self._job.graph)
        for event in rehearsal.told:
            self._report(event)

    def run(self) -> None:
        """Fit, then judge the final weights on rows that were never trained on; say what is found on the way."""
        sample = self._data.sample(SAMPLES_IF_DIVERGED)[0]
        with (
            looking_through(self._report, self._library, self._job.recipe, self._signature),
            explained(self._report, self._model, sample),
        ):
            self._train()

    def _train(self) -> None:
        self._tell_start()
        traced = self._traced or self._trace()
        self._report.begins_at(traced.pace.first_loss)
        checkpointer = Checkpointer(
            *(self._checkpoints, self._callbacks, self._report, self._resumed, self._reporter, self._waiting),
            every_s=self._job.recipe.fit.checkpoint_seconds,
        )
        self._fit(checkpointer, traced)
        self._settle(checkpointer)
        if self._data.test:
            metrics = self._model.evaluate(
                self._data.test.batches, verbose=0, return_dict=True, callbacks=[self._watch, checkpointer]
            )
            self._report(EvaluationEvent.of(metrics, split="test", rows=self._data.test.rows))

    def _trace(self) -> Traced:
        """Make the graphs of the steps, and measure a moment."""
        began = time.monotonic()
        with quickly():
            pace = run_in_calls(self._model, self._data.training, self._devices.strategy)
        made = Rehearsal(self._model, self._data, self._signature, self._devices, told=[])
        return Traced(made, pace, time.monotonic() - began)

    @property
    def _epochs_done(self) -> int:
        return self._resumed.manifest.epoch if self._resumed else 0

    @property
    def _steps_done(self) -> int:
        return self._resumed.manifest.step if self._resumed else 0

    def _tell_start(self) -> None:
        data = self._data
        event = StartedEvent(
            parameters=self._model.count_params(),
            epochs=self._job.recipe.fit.epochs,
            steps_per_epoch=data.training.steps,
            batch_size=self._job.recipe.fit.batch_size,
            training_rows=data.training.rows,
            validation_rows=data.validation.rows if data.validation else 0,
            test_rows=data.test.rows if data.test else 0,
            initial_epoch=self._epochs_done,
            initial_step=self._steps_done,
            device=self._devices.name,
        )
        self._report(event)
        self._tell_of_sharing()
        if self._resumed:
            where = f"step {self._steps_done:,} of epoch {self._epochs_done + 1}"
            after = where if self._steps_done else f"epoch {self._epochs_done}"
            self._report(LogEvent(message=f"Going on after {after}, from its checkpoint."))
            catch_up(self._job, self._epochs_done, self._report)

    def _tell_of_sharing(self) -> None:
        if self._devices.why_one:
            self._report(LogEvent(level="warning", message=self._devices.why_one))
        if self._data.left_out:
            rows = f"{self._data.left_out} training row{'s' if self._data.left_out > 1 else ''}"
            self._report(LogEvent(message=f"Left out {rows}: each of {self._devices.name} gets as many."))

    def _fit(self, checkpointer: Checkpointer, traced: Traced) -> None:
        """Keras's fit. A run that had ended fits no epoch: then only the ends of its callbacks are made up for."""
        epochs = self._job.recipe.fit.epochs
        data = self._data
        order = EpochOrder(data, self._steps_done)
        share = self._job.probe_share
        looking = (share, traced.seconds, self._epochs_done, traced.meter)
        probe = Probe(self._report, data, self._job.folder, *looking)
        self._model.fit(
            data.training.batches,
            epochs=self._epochs_done if self._resumed and self._resumed.state.ended else epochs,
            initial_epoch=self._epochs_done,
            validation_data=data.validation.batches if data.validation else None,
            shuffle=False,  # the data shuffles itself
            verbose=0,
            callbacks=[self._watch, order, self._reporter, probe, *self._callbacks, checkpointer],
        )

    def _settle(self, checkpointer: Checkpointer) -> None:
        """Tell of an early stop; where the end of training changed the weights, save them anew."""
        last = checkpointer.last
        if last is None:
            return
        restored = restored_epoch(self._callbacks)
        if last.epoch < self._job.recipe.fit.epochs:
            self._report(
                StoppedEarlyEvent(epoch=last.epoch, restored_epoch=restored, reason=stop_reason(self._callbacks))
            )
        elif restored not in (None, last.epoch):
            self._report(LogEvent(message=f"EarlyStopping put the weights of epoch {restored} back, the best ones."))
        if keeps_averages(self._model.optimizer) or restored not in (None, last.epoch):
            checkpointer.save_final(last, like=self._checkpoints.of(restored))
