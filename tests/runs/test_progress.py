"""How events move a run's summary."""

import pytest

from layerloom.events import EvaluationEvent
from layerloom.runs.progress import Progress, bigger_is_better
from tests.runs.building import checkpoint, epoch, started, step


def test_best_follows_the_direction_of_the_metric_and_last_the_time() -> None:
    progress = Progress(epochs=3)
    progress.advance([epoch(1, 5, loss=2.0, accuracy=0.5), epoch(2, 10, loss=3.0, accuracy=0.4)])
    assert progress.metrics == {"loss": {"last": 3.0, "best": 2.0}, "accuracy": {"last": 0.4, "best": 0.5}}


def test_steps_move_last_only() -> None:
    progress = Progress(epochs=3)
    progress.advance([epoch(1, 5, loss=2.0), step(6, loss=1.0)])
    assert progress.metrics == {"loss": {"last": 1.0, "best": 2.0}}


def test_a_value_that_is_not_finite_is_never_the_best() -> None:
    progress = Progress(epochs=3)
    progress.advance([epoch(1, 5, loss=2.0), epoch(2, 10, loss=float("nan"))])
    assert progress.metrics == {"loss": {"last": None, "best": 2.0}}


def test_the_test_split_gets_its_own_names() -> None:
    progress = Progress(epochs=3)
    progress.advance([EvaluationEvent.of({"accuracy": 0.97}, split="test", rows=10)])
    assert progress.metrics == {"test_accuracy": {"last": 0.97, "best": 0.97}}


def test_checkpoints_are_counted_and_those_beyond_a_restart_forgotten() -> None:
    progress = Progress(epochs=3)
    progress.advance([checkpoint(1), checkpoint(2, best=False), checkpoint(3)])
    assert (progress.checkpoint_epochs, progress.best_epoch) == ([1, 2, 3], 3)
    progress.advance([started(initial_epoch=2)])
    assert (progress.checkpoint_epochs, progress.best_epoch, progress.epochs_done) == ([1, 2], None, 2)


def test_checkpoints_that_were_let_go_are_forgotten() -> None:
    progress = Progress(epochs=3)
    later = checkpoint(3, best=False).model_copy(update={"removed": [1]})
    progress.advance([checkpoint(1), checkpoint(2), later])
    assert (progress.checkpoint_epochs, progress.best_epoch) == ([2, 3], 2)


@pytest.mark.parametrize(
    ("metric", "bigger"),
    [("val_accuracy", True), ("digit_auc", True), ("loss", False), ("cosine_similarity_loss", False), ("mae", False)],
)
def test_the_direction_is_told_by_the_name(metric: str, bigger: bool) -> None:
    assert bigger_is_better(metric) is bigger
