"""What a probe leaves on disk: one file `probes/<k>-<epoch>-<global step>.json` of a run for each look at its layers.

Numbers of the log are few; histograms are many and are read one layer or one moment at a time, so they lie in files.
A file gets its name when it is whole.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from layerloom.inside import WeightStatistics

PROBES = "probes"
PROBE_SHARE = 0.025
"""Of the time of a training, what looking at its layers may take."""
_NAME = re.compile(r"(\d+)-(\d+)-(\d+)\.json")


class UnknownProbe(LookupError):
    """The run has no such probe."""

    def __str__(self) -> str:
        return f"There is no probe '{self.args[0]}'."


class _Word(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


class ProbeTime(_Word):
    """When the `k`-th look (from 0) was taken: in `epoch` (from 1), after `global_step` steps of the run."""

    k: int
    epoch: int
    global_step: int


class LayerSigns(_Word):
    """How a layer learns, on the probe batch, in inference mode; null where it does not apply or is not finite.

    `gradient` and `output_gradient` are L2 norms of the gradient of the loss, by the trainable weights and by the
    outputs. `update_ratio` is ‖Δw‖/‖w‖ for the step that the optimizer would take from here on the probe batch. `dead`
    is the share of units that are zero for every sample, `saturated` of those at an end of their range for nearly all.
    """

    gradient: float | None = None
    output_gradient: float | None = None
    update_ratio: float | None = None
    dead: float | None = None
    saturated: float | None = None


class LayerProbe(LayerSigns):
    """A layer with the histograms of its activations and, by their names, of its weights (of samples of the values)."""

    activations: WeightStatistics | None = None
    weights: dict[str, WeightStatistics | None] = Field(default_factory=dict)


class ProbeReport(ProbeTime):
    """All layers by name, seen on `samples` rows of the training data."""

    samples: int
    layers: dict[str, LayerProbe]


class LayerMoment(ProbeTime):
    """One layer in one probe."""

    layer: LayerProbe


class ProbeFile(NamedTuple):
    """Where a probe lies, and when it was."""

    path: Path
    time: ProbeTime


def probe_files(folder: Path) -> list[ProbeFile]:
    """The probes of the run in `folder`, oldest first."""
    found = ((path, _NAME.fullmatch(path.name)) for path in (folder / PROBES).glob("*.json"))
    files = [
        ProbeFile(path, ProbeTime(k=int(name[1]), epoch=int(name[2]), global_step=int(name[3])))
        for path, name in found
        if name
    ]
    return sorted(files, key=lambda file: file.time.k)


def read_probe(folder: Path, k: int) -> ProbeReport:
    """The `k`-th probe of the run in `folder`. Raises UnknownProbe."""
    for path, time in probe_files(folder):
        if time.k == k:
            return ProbeReport.model_validate_json(path.read_bytes())
    raise UnknownProbe(k)


def history(folder: Path, layer: str) -> Iterator[LayerMoment]:
    """One layer in every probe that saw it, oldest first."""
    for path, time in probe_files(folder):
        seen = ProbeReport.model_validate_json(path.read_bytes()).layers.get(layer)
        if seen:
            yield LayerMoment(**time.model_dump(), layer=seen)


def write_probe(folder: Path, report: ProbeReport) -> None:
    """Write a probe of the run in `folder`; it is there whole or not at all. Raises OSError."""
    name = f"{report.k:05d}-{report.epoch:05d}-{report.global_step:09d}.json"
    aside = folder / PROBES / f"{name}.tmp"
    aside.parent.mkdir(exist_ok=True)
    aside.write_text(report.model_dump_json(), encoding="utf-8")
    aside.rename(aside.with_suffix(""))


def forget_probes(folder: Path, after_step: int) -> int:
    """Remove the probes after `after_step` steps, which a resumed run takes again; the number of the next one."""
    for path, time in probe_files(folder):
        if time.global_step > after_step:
            path.unlink()
    return max((file.time.k + 1 for file in probe_files(folder)), default=0)
