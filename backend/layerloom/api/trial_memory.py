"""The dry runs that were made: what was measured once is not measured again."""

import asyncio
from collections import OrderedDict

from layerloom.trial import Trial

KEPT = 200


class TrialMemory:
    """The newest dry runs by the content that they tried. `turn` lets one at a time go on."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Trial] = OrderedDict()
        self.turn = asyncio.Semaphore(1)

    def get(self, content: str) -> Trial | None:
        """What was found for this content, if it is still known."""
        return self._known.get(content)

    def keep(self, content: str, trial: Trial) -> None:
        """Remember it, in place of the oldest if there are too many."""
        self._known[content] = trial
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
