"""What a check says of a drawing: shapes, counts and problems, node by node."""

from pydantic import BaseModel, ConfigDict, Field

from layerloom.problem import Problem


class _Report(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


class TensorReport(_Report):
    """One output: its shape with the batch axis as null first, unknown sizes as null too, and its dtype.

    A constant is not `batched`: its shape has no batch axis.
    """

    shape: list[int | None]
    dtype: str
    batched: bool = True


class NodeReport(_Report):
    """What Keras makes of one node.

    `outputs` by port name, empty where the node could not be computed. `parameters` counts its weights (a shared layer
    counts at its first node only). `operations` estimates multiply-adds for one sample; `activation_bytes` is what its
    outputs take for one sample.
    """

    outputs: dict[str, TensorReport] = Field(default_factory=dict)
    parameters: int = 0
    trainable_parameters: int = 0
    operations: int = 0
    activation_bytes: int = 0


class CheckReport(_Report):
    """`ready` says that no problem is an error. `nodes` has every node of the graph, by id."""

    ready: bool
    nodes: dict[str, NodeReport]
    parameters: int
    problems: list[Problem]


class LearningRates(BaseModel):
    """The rate at some steps, counted from 0 at the first of the run; the first and the last step are among them."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)

    steps: list[int]
    rates: list[float]
    steps_per_epoch: int
