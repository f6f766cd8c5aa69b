"""What was done but could not be told: the server was gone before it had written the end of an epoch down."""

import time
from collections.abc import Callable

from layerloom.checkpoint import checkpoint_folder, whole_checkpoints
from layerloom.events import Event
from layerloom.job import Job
from layerloom.training import state
from layerloom.training.checkpointing import checkpoint_event


def catch_up(job: Job, epochs_done: int, report: Callable[[Event], None]) -> None:
    """Tell of the epochs up to `epochs_done` whose checkpoints are there and of which the log does not know."""
    if job.epochs_told is None or job.checkpoints_told is None:
        return
    there = whole_checkpoints(job.folder)
    removed = sorted({*job.checkpoints_told} - {manifest.epoch for manifest in there})
    for manifest in there:
        if manifest.epoch > epochs_done:
            return
        told = state.read(checkpoint_folder(job.folder, manifest.epoch)).told
        if told is not None and manifest.epoch > job.epochs_told:
            report(told.model_copy(update={"seq": 0, "at": time.time()}))
        if manifest.epoch not in job.checkpoints_told:
            report(checkpoint_event(manifest, removed))
