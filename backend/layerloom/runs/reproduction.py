"""Whether the program of a run gave the losses of the run: the comparison, and the file in the run's folder.

The numbers of both sides are those that Keras reports at the end of each epoch.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from layerloom.checkpoint import sync

FILE = "reproduction.json"
CLOSE = 1e-6
"""A difference, relative to numbers above 1, that rounding in another order explains."""

Epochs = Sequence[Mapping[str, float | None]]
"""Each epoch's metrics by name; None for one that was not finite."""


class Difference(BaseModel):
    """One number that differs: `expected` is the run's, `received` the program's; null was not finite or not there."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)

    epoch: int
    metric: str
    expected: float | None
    received: float | None


class Reproduction(BaseModel):
    """What came of training a run again by its script alone.

    `equal`: every number is the same to the last bit; `close`: none differs by more than 1e-6; `different`: `first` is
    the first number that does, and `largest` the largest difference. `versions` are the packages that it ran with and
    the run had not.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)

    verdict: Literal["equal", "close", "different"]
    epochs: int
    metrics: list[str]
    largest: float | None
    first: Difference | None = None
    versions: dict[str, str] = Field(default_factory=dict)
    seconds: float
    ended_at: float


def first_difference(expected: Epochs, received: Epochs) -> Difference | None:
    """The first number of the run that the program did not come close to, in the order of epochs."""
    return next((one for one in _differences(expected, received) if not _close(one)), None)


def largest_difference(expected: Epochs, received: Epochs) -> float | None:
    """By how much the numbers differ at most, relative to those above 1; None where one is missing or not finite."""
    sizes = [_size(one) for one in _differences(expected, received)]
    return None if None in sizes else max((size for size in sizes if size is not None), default=0.0)


def write(folder: Path, reproduction: Reproduction) -> None:
    """Keep it in the folder of its run, in place of an older one."""
    aside = folder / f"{FILE}.tmp"
    aside.write_text(reproduction.model_dump_json(indent=1), encoding="utf-8")
    sync(aside)
    aside.replace(folder / FILE)


def read(folder: Path) -> Reproduction | None:
    """What came of the newest one that ended; None where there is none, or another version wrote it."""
    try:
        return Reproduction.model_validate_json((folder / FILE).read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


def _differences(expected: Epochs, received: Epochs) -> Iterator[Difference]:
    """Every number of the run that the program did not give exactly."""
    for number, metrics in enumerate(expected, start=1):
        found = received[number - 1] if number <= len(received) else {}
        for name, value in metrics.items():
            if name not in found or found[name] != value:
                yield Difference(epoch=number, metric=name, expected=value, received=found.get(name))


def _close(difference: Difference) -> bool:
    size = _size(difference)
    return size is not None and size <= CLOSE


def _size(difference: Difference) -> float | None:
    if difference.expected is None or difference.received is None:
        return None
    size = abs(difference.expected - difference.received)
    return size / max(1.0, abs(difference.expected)) if math.isfinite(size) else None
