"""What the curves of loss and validation loss tell: a loss that never moved, and overfitting."""

import math
from collections.abc import Iterator

from layerloom.training.findings.finding import Finding, Story

MOVED = 0.01
"""Of the loss: what counts as a movement from epoch to epoch."""
FELL = 0.7
"""Of the first loss, which is that of one batch and so quite uncertain: what has fallen below did move."""
EPOCHS_TO_MOVE = 3
WORSE = 1.1
NOISE = 0.02
"""Of the first loss: a smaller rise is nothing, however large it is beside a loss of nearly 0."""
EPOCHS_TO_RECOVER = 3
LEARNED = 0.8
"""Of the first loss: a training loss above has not learned enough to overfit."""


def loss_stuck(story: Story) -> Iterator[Finding]:
    """A training loss that stands after some epochs where it stood before the first step."""
    losses, first = story.curve("loss"), story.first_loss
    if first is None or story.first_epoch or len(losses) < EPOCHS_TO_MOVE:
        return
    if max(losses) - min(losses) > MOVED * abs(losses[0]) or losses[-1] < FELL * first:
        return
    yield Finding(
        code="loss-stuck",
        message=f"The training loss never moved: {first:.4g} before the first step, {losses[-1]:.4g} after "
        f"{story.epoch} epochs.",
        advice="Look at the learning rate (ten times more or less), at dead or frozen layers, "
        "and whether the inputs can tell the target at all.",
        metric="loss",
        evidence={"first_loss": first, "loss": losses[-1], "epochs": len(losses)},
    )


def overfitting(story: Story) -> Iterator[Finding]:
    """A validation loss that has risen for some epochs since its best one while the training loss fell on."""
    validation, training = story.curve("val_loss"), story.curve("loss")
    if not validation or not training:
        return
    best = validation.index(min(validation))
    since = len(validation) - 1 - best
    lately = min(validation[-EPOCHS_TO_RECOVER:])
    risen = lately >= WORSE * validation[best] and lately - validation[best] >= NOISE * (story.first_loss or 0)
    learned = training[-1] < training[best] and training[-1] < LEARNED * (story.first_loss or math.inf)
    # A validation loss that was never better than after its first epoch has other reasons.
    if best == 0 or since < EPOCHS_TO_RECOVER or not risen or not learned:
        return
    began = story.first_epoch + best + 1
    yield Finding(
        code="overfitting",
        message=f"Since epoch {began} the validation loss rose from {validation[best]:.4g} to {validation[-1]:.4g} "
        f"while the training loss fell from {training[best]:.4g} to {training[-1]:.4g}.",
        advice=f"Take the weights of epoch {began}. Stop there by EarlyStopping with restore_best_weights, or try "
        "Dropout, weight regularizers, fewer units or more data.",
        metric="val_loss",
        began=began,
        evidence={
            "best_val_loss": validation[best],
            "val_loss": validation[-1],
            "loss_then": training[best],
            "loss": training[-1],
        },
    )
