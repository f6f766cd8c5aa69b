"""What can be put into a graph or a recipe: the shape of the catalog that `modeling` reflects from Keras."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

Kind = Literal[
    "boolean",
    "integer",
    "number",
    "string",
    "choice",
    "integers",
    "numbers",
    "strings",
    "shape",
    "axis",
    "dtype",
    "activation",
    "initializer",
    "regularizer",
    "constraint",
    "layer",
    "layers",
    "number_or_schedule",
    "rates",
    "scalar",
    "value",
    "json",
    "code",
]
"""What a parameter takes; the kinds path, URL, callable and module do not exist. `integers` is a whole number or a
tuple of them (kernel_size), `axis` a whole number or a tuple of axis numbers, `shape` a tuple with null for a free
size, `dtype` a dtype name, `layer` a wrapped layer as {"type", "config"}, `scalar` a number that stays whole if it was
written so, `value` a number, true or false, or a (nested) list of them, `rates` learning rates by epoch:
a schedule or a list of [epoch from 1, rate], `json` a plain JSON value, `code` Python."""


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


class Parameter(_Entry):
    """One constructor argument. `choices` closes a choice; bounds are inclusive; null is accepted if `nullable`.

    `suggestion` is a value to start from where Keras requires one and has no default; null where there is none.
    `list_only` refuses a single number where the kind would take one. `choices` of a wrapped layer are its types.
    `of_call` says that it is an argument of the layer's `call`, not of its constructor. A parameter with the name of an
    input port gives that port its value where no wire ends there.
    """

    name: str
    kind: Kind
    required: bool = False
    default: JsonValue = None
    suggestion: JsonValue = None
    nullable: bool = False
    choices: list[str] | None = None
    minimum: float | None = None
    maximum: float | None = None
    length: int | None = None
    list_only: bool = False
    of_call: bool = False
    group: Literal["main", "initializers", "regularizers", "general"] = "main"
    doc: str = ""


class InputPort(_Entry):
    """One tensor argument of `call`; a variadic one takes several wires, in order."""

    name: str
    required: bool = True
    variadic: bool = False


class OutputPort(_Entry):
    """One tensor that comes out."""

    name: str


class Entry(_Entry):
    """One Keras class that a recipe may name."""

    type: str
    category: str
    doc: str = ""
    parameters: list[Parameter] = Field(default_factory=list)


class NodeEntry(Entry):
    """One node type: a class with ports."""

    inputs: list[InputPort]
    outputs: list[OutputPort]


class Catalog(_Entry):
    """Everything the installed Keras offers here, by its version."""

    keras: str
    layers: list[NodeEntry]
    operations: list[NodeEntry] = Field(default_factory=list)
    applications: list[NodeEntry] = Field(default_factory=list)
    losses: list[Entry]
    metrics: list[Entry]
    optimizers: list[Entry]
    schedules: list[Entry]
    callbacks: list[Entry]
    initializers: list[Entry]
    regularizers: list[Entry]
    constraints: list[Entry]
    activations: list[Entry]
