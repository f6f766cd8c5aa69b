"""The word that every rule gives back, and what the rules are told of a training."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from layerloom.events import ProbeEvent


@dataclass(frozen=True)
class Finding:
    """`code` is a kebab-case word, `message` what was seen, `advice` what to do.

    `layer` is the place if there is one, `metric` the chart that shows it, `began` the epoch in which it began if that
    is not the one at hand, `evidence` the numbers behind it.
    """

    code: str
    message: str
    advice: str
    layer: str | None = None
    metric: str | None = None
    began: int | None = None
    evidence: Mapping[str, float] = field(default_factory=dict)


@dataclass
class Story:
    """A training so far. `first_loss` is the loss of a batch before the first step of this attempt.

    The other lists have one item for each epoch done, the metrics by name; a number that is not finite is missing.
    """

    first_loss: float | None = None
    epochs: list[dict[str, float]] = field(default_factory=list)
    rates: list[float | None] = field(default_factory=list)
    looks: list[ProbeEvent] = field(default_factory=list)
    first_epoch: int = 0
    last_epoch: int = 0

    @property
    def epoch(self) -> int:
        """How many epochs are done, those of earlier attempts too."""
        return self.first_epoch + len(self.epochs)

    @property
    def ended(self) -> bool:
        """Whether the last epoch of the recipe is done."""
        return self.epoch >= self.last_epoch

    def curve(self, metric: str) -> list[float]:
        """The values of a metric, one for each epoch; empty if one is missing."""
        values = [epoch[metric] for epoch in self.epochs if metric in epoch]
        return values if len(values) == len(self.epochs) else []

    def update_ratio(self) -> float | None:
        """The largest update ratio of a layer at the newest look: single layers stand still for other reasons."""
        newest = self.looks[-1].layers.values() if self.looks else ()
        return max((signs.update_ratio for signs in newest if signs.update_ratio is not None), default=None)
