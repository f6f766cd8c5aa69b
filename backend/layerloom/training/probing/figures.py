"""What a look saw, in words: signs for the log, histograms for the file."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from layerloom.events import ProbeEvent
from layerloom.inside import WeightHistogram, WeightStatistics
from layerloom.probes import LayerProbe, LayerSigns, ProbeReport, ProbeTime
from layerloom.training.probing.meter import SAMPLED_VALUES
from layerloom.training.probing.taps import Tap
from layerloom.training.weight_statistics import Array, statistics

DIGITS = 6
SIGNS = tuple(LayerSigns.model_fields)

Look = Mapping[str, Mapping[str, Any]]


def event_of(look: Look, time: ProbeTime, samples: int, seconds: float) -> ProbeEvent:
    """The numbers of a look, those that are not finite set to null and named `layer/number`."""
    layers = {name: LayerSigns(**_signs(seen)) for name, seen in look.items()}
    odd = [f"{name}/{sign}" for name, seen in look.items() for sign in SIGNS if not math.isfinite(seen.get(sign, 0.0))]
    return ProbeEvent(**time.model_dump(), samples=samples, seconds=seconds, layers=layers, not_finite=odd)


def report_of(look: Look, taps: list[Tap], time: ProbeTime, samples: int) -> ProbeReport:
    """The same with histograms of activations and weights."""
    layers = {
        tap.name: LayerProbe(
            **_signs(look[tap.name]),
            activations=_short(look[tap.name].get("values")),
            weights={_weight_name(tap, variable): _short(_sampled(variable)) for variable in tap.weights},
        )
        for tap in taps
    }
    return ProbeReport(**time.model_dump(), samples=samples, layers=layers)


def _signs(seen: Mapping[str, Any]) -> dict[str, float | None]:
    return {sign: _rounded(float(seen[sign])) for sign in SIGNS if sign in seen}


def _rounded(value: float) -> float | None:
    return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None


def _weight_name(tap: Tap, variable: Any) -> str:
    return str(variable.path.removeprefix(f"{tap.name}/"))


def _sampled(variable: Any) -> Array | None:
    """Some values of a weight, evenly taken; None where they are no numbers."""
    values = variable.value.numpy()
    if values.dtype.kind == "V":  # bfloat16, which NumPy does not have
        values = values.astype(np.float32)
    flat = values.ravel()
    return flat[:: (flat.size // SAMPLED_VALUES + 1) | 1] if values.dtype.kind in "fiu" else None


def _short(values: Array | None) -> WeightStatistics | None:
    """Statistics to DIGITS digits: hundreds of histograms are kept of a run."""
    found = None if values is None else statistics(values)
    if found is None:
        return None
    numbers = {name: value for name, value in found if isinstance(value, float)}
    edges = [float(f"{edge:.{DIGITS}g}") for edge in found.histogram.edges]
    histogram = WeightHistogram(edges=edges, counts=found.histogram.counts)
    return found.model_copy(
        update={**{name: _rounded(value) for name, value in numbers.items()}, "histogram": histogram}
    )
