"""One line a figure: what we took, what the rival or the limit allows, and whether the promise is kept."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass
class Row:
    """One line of the table: what we took against what the rival took, or against a limit."""

    what: str
    ours: float
    rival: float
    unit: str
    at_most: float
    note: str = ""

    @property
    def ratio(self) -> float:
        """Ours as a share of the rival's (or of 1 where there is only a limit)."""
        return self.ours / self.rival


def limited(what: str, ours: float, unit: str, at_most: float, note: str = "") -> Row:
    """A figure without a rival."""
    return Row(what, ours, 1, unit, at_most, note)


def percentile(values: Sequence[float], share: int) -> float:
    """The value that `share` percent of these (at least two) do not exceed."""
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]


def show(rows: list[Row]) -> None:
    """The table, and whether each figure keeps its promise."""
    table = Table("figure", "ours", "rival", "ratio", "promise", "kept", "note")
    for row in rows:
        limit = row.rival == 1
        kept = "yes" if row.ratio <= row.at_most else "NO"
        rival, ratio = ("", "") if limit else (f"{row.rival:.2f} {row.unit}", f"{row.ratio:.2f}")
        promise = f"≤ {row.at_most:g}" + (f" {row.unit}" if limit else "")
        table.add_row(row.what, f"{row.ours:.2f} {row.unit}", rival, ratio, promise, kept, row.note)
    Console(width=160).print(table)
