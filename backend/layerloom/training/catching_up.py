"""What was done but could not be told: the server was gone before it had written the end of an epoch down."""

import time
from collections.abc import Callable

from layerloom.checkpoint import checkpoint_folder, whole_checkpoints
from layerloom.events import CheckpointEvent, Event
from layerloom.job import Job
from layerloom.training import state


def catch_up(job: Job, epochs_done: int, report: Callable[[Event], None]) -> None:
    """Tell of the epochs up to `epochs_done` whose checkpoints are there and of which the log does not know."""
    if job.epochs_told is None or job.checkpoints_told is None:
        return
    for manifest in whole_checkpoints(job.folder):
        if manifest.epoch > epochs_done:
            return
        told = state.read(checkpoint_folder(job.folder, manifest.epoch)).told
        if told is not None and manifest.epoch > job.epochs_told:
            report(told.model_copy(update={"seq": 0, "at": time.time()}))
        if manifest.epoch not in job.checkpoints_told:
            saved = {"epoch": manifest.epoch, "best": manifest.best, "monitor": manifest.monitor}
            report(CheckpointEvent(**saved, size_bytes=manifest.size_bytes))
