"""When the next look may be taken: looks take a fixed share of the training's time, and grow rarer by themselves."""

from dataclasses import dataclass, field

CHEAP_S = 1.0
"""The look at the last epoch is taken at this price even where the training was too short for its share to pay it."""
LAST_SHARES = 3
"""So many shares may the look at the last epoch take: without it there would be nothing to see of a run of a minute."""
PAUSE_S = 0.5
IN_EPOCH_S = 5.0
MOST_PER_RUN = 100
"""After so many looks at an even pace they grow rarer as the run grows longer."""


@dataclass
class Budget:
    """Times in seconds; `elapsed` counts from the first step, `whole` is how long the training will take in all.

    `first_cost` is what the first look is expected to cost, which makes its graph too.
    """

    share: float
    first_cost: float
    spent: float = 0.0
    _cost: float | None = field(default=None, init=False)
    _last: float = field(default=0.0, init=False)

    def allows(self, elapsed: float, whole: float, in_epoch: bool) -> bool:
        """Whether to look now, at the end of an epoch or within one."""
        cost = self.first_cost if self._cost is None else self._cost
        if self.spent + cost > self.share * whole:
            return False
        pause = max(IN_EPOCH_S if in_epoch else PAUSE_S, elapsed / MOST_PER_RUN)
        if self._cost is None:
            return not in_epoch or elapsed >= pause
        return elapsed - self._last >= max(pause, cost / self.share)

    def allows_last(self, elapsed: float) -> bool:
        """Whether to look at the last epoch."""
        cost = self.first_cost if self._cost is None else self._cost
        return self.share > 0 and cost <= max(CHEAP_S, LAST_SHARES * self.share * elapsed - self.spent)

    def paid(self, seconds: float, again: float, elapsed: float) -> None:
        """A look took `seconds`; the next one will take `again`."""
        self.spent += seconds
        self._cost = again
        self._last = elapsed
