"""What goes into a built model and what comes out, by node names: what data must look like."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
from pydantic import BaseModel, ConfigDict, Field

from layerloom.data.drawing import inputs
from layerloom.graph.blocks import expand
from layerloom.graph.document import Graph
from layerloom.graph.naming import layer_names
from layerloom.modeling.custom import codes, make_known

FILE = "signature.json"


class Tensor(BaseModel):
    """One input or output: the shape of one sample (no batch axis, null for a free size) and its dtype.

    `takes_empty` says of an input of numbers that the model fills cells that are no number (NaN).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    shape: list[int | None]
    dtype: str
    takes_empty: bool = False


class Signature(BaseModel):
    """Inputs and outputs of a model by the names of their Input and Output nodes, in the order of the drawing.

    `code` is the Python of its custom layers, without which a saved model can not be loaded.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    inputs: dict[str, Tensor]
    outputs: dict[str, Tensor]
    code: list[str] = Field(default_factory=list)


@dataclass(frozen=True)
class Names:
    """Layer names of the Input and Output nodes, in the order of the drawing."""

    inputs: list[str]
    outputs: list[str]


def names_of(graph: Graph) -> Names:
    """The names by which data, losses and predictions are addressed."""
    names = layer_names(graph)
    inputs, outputs = ([names[n.id] for n in graph.nodes if n.type == type] for type in ("Input", "Output"))
    return Names(inputs, outputs)


def signature(graph: Graph, model: keras.Model) -> Signature:
    """What the built model of this drawing takes and gives."""
    names, drawn = names_of(graph), expand(graph).graph
    filled = {form.name for form in inputs(drawn) if form.takes_empty and form.dtype != "string"}
    taken = _tensors(names.inputs, model.input)
    return Signature(
        inputs={name: tensor.model_copy(update={"takes_empty": name in filled}) for name, tensor in taken.items()},
        outputs=_tensors(names.outputs, model.output),
        code=codes(graph),
    )


def read(place: Path) -> Signature:
    """The signature that a checkpoint folder holds; the classes of its code are known to Keras from then on.

    Raises Refusal where this process may not run code of drawings.
    """
    signature = Signature.model_validate_json((place / FILE).read_bytes())
    make_known(signature.code)
    return signature


def bare(values: dict[str, Any]) -> Any:
    """As `build_model` has it: the value itself if it is the only one, else the dict by name."""
    return next(iter(values.values())) if len(values) == 1 else values


def _tensors(names: list[str], tensors: Any) -> dict[str, Tensor]:
    by_name = tensors if isinstance(tensors, dict) else {names[0]: tensors}
    return {name: Tensor(shape=list(by_name[name].shape[1:]), dtype=by_name[name].dtype) for name in names}
