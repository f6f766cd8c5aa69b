"""What is inside a model, layer by layer: configuration, weights, their statistics and values."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, JsonValue

ValuesFormat = Literal["json", "npy", "csv"]

Shape = list[int | None]


class UnknownLayer(LookupError):
    """The model has no such layer, or the layer no such weight."""


class _Report(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


class WeightLine(_Report):
    """One weight of a layer: its place (from 0), its name within the layer, shape and dtype."""

    index: int
    name: str
    shape: list[int]
    dtype: str
    trainable: bool


class WeightHistogram(_Report):
    """How many values lie between each two edges; one edge more than counts."""

    edges: list[float]
    counts: list[int]


class WeightStatistics(_Report):
    """Of the finite values of a weight; `deviation` is the standard deviation, `zeros` a share between 0 and 1.

    `not_finite` counts NaN and infinities.
    """

    mean: float
    deviation: float
    minimum: float
    maximum: float
    zeros: float
    not_finite: int
    histogram: WeightHistogram


class WeightReport(WeightLine):
    """A weight with its statistics; null where it has no finite value."""

    statistics: WeightStatistics | None


class _Layer(_Report):
    index: int
    name: str
    type: str
    inputs: list[Shape]
    outputs: list[Shape]
    parameters: int
    trainable: bool


class LayerLine(_Layer):
    """One layer in the order of the model; shapes have the batch axis as null first, `type` is its class."""

    weights: list[WeightLine]


class LayerReport(_Layer):
    """All of one layer, as it was after `epoch`; null before a training."""

    epoch: int | None
    config: dict[str, JsonValue]
    weights: list[WeightReport]


class LayerList(_Report):
    """The layers of a model as they were after `epoch`; null before a training."""

    epoch: int | None
    layers: list[LayerLine]


class WeightValues(WeightLine):
    """The values of a weight as nested lists, null where not finite, to six digits.

    Of a large weight only every n-th along each axis, by `steps`.
    """

    epoch: int
    steps: list[int]
    values: JsonValue
