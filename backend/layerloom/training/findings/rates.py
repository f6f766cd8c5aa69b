"""A learning rate that is too high, so that the loss jumps, or too low, so that nothing comes of the steps.

The share of a weight that a step moves is about 0.001 where learning goes well (CS231n, "Ratio of weights:updates").
"""

from collections.abc import Iterator
from itertools import pairwise

from layerloom.training.findings.finding import Finding, Story

ROSE = 1.5
JUMP = 0.1
"""Of the first loss: smaller jumps are noise."""
EPOCHS_TO_JUDGE = 3
SLOW_RATIO = 1e-4
LITTLE = 0.05
"""Of the loss: what some epochs gain at least."""
FELL = 0.7
"""Of the first loss, which is that of one batch: what has fallen below has learned in its first epoch."""


def rate_too_high(story: Story) -> Iterator[Finding]:
    """A training loss that has risen far above its best or the first one, or that jumps up in every other epoch."""
    losses, first = story.curve("loss"), story.first_loss
    if first is None or len(losses) < EPOCHS_TO_JUDGE:
        return
    best, jump = min(first, *losses), JUMP * abs(first)
    jumps = sum(after - before > jump for before, after in pairwise(losses))
    risen = losses[-1] > ROSE * best and losses[-1] - best > jump
    restless = jumps >= 2 and 2 * jumps >= len(losses) - 1
    if not (risen or restless):
        return
    what = f"rose to {losses[-1]:.4g} from {best:.4g}" if risen else f"jumped up {jumps} times in {len(losses)} epochs"
    yield Finding(
        code="rate-too-high",
        message=f"The training loss {what}{_at_rate(story)}: the steps are too long.",
        advice="Try a learning rate of a third or a tenth, or a schedule that lets it fall.",
        metric="loss",
        evidence={"loss": losses[-1], "best_loss": best, "jumps": jumps, **_steps(story)},
    )


def rate_too_low(story: Story) -> Iterator[Finding]:
    """A loss that has hardly fallen since the first step while each step moves the weights by next to nothing."""
    losses, first, ratio = story.curve("loss"), story.first_loss, story.update_ratio()
    if first is None or ratio is None or story.first_epoch or len(losses) < EPOCHS_TO_JUDGE:
        return
    gained = losses[0] - min(losses) > LITTLE * abs(losses[0]) or losses[-1] < FELL * first
    if ratio >= SLOW_RATIO or gained:
        return
    yield Finding(
        code="rate-too-low",
        message=f"A step moves the weights by {ratio:.0e} of their size (about 1e-03 is healthy){_at_rate(story)}, and "
        f"the training loss went from {first:.4g} to {losses[-1]:.4g} only.",
        advice="Try a learning rate ten or a hundred times as high.",
        metric="loss",
        evidence={"loss": losses[-1], "first_loss": first, **_steps(story)},
    )


def _steps(story: Story) -> dict[str, float]:
    """How long the steps are: the learning rate and the update ratio, where they are known."""
    known = {"learning_rate": story.rates[-1] if story.rates else None, "update_ratio": story.update_ratio()}
    return {name: value for name, value in known.items() if value is not None}


def _at_rate(story: Story) -> str:
    rate = story.rates[-1] if story.rates else None
    return "" if rate is None else f" at a learning rate of {rate:.2g}"
