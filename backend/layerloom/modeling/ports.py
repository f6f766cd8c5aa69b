"""Where wires meet a layer: its input ports from the signature of `call`, its output ports from class and config."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import JsonValue

from layerloom.catalog import InputPort, OutputPort
from layerloom.modeling.nested import nested
from layerloom.modeling.operation_ports import operation_outputs

OUTPUT = "output"
CALL_SETTINGS: Mapping[str, str] = {
    "return_attention_scores": "Whether to give out the attention scores too.",
    "use_causal_mask": "Whether each position may attend to itself and to earlier positions alone, as in a decoder.",
}
"""Arguments of `call` that are settings of a node -> help."""
NOT_TENSORS = frozenset({"training", "reverse", "kwargs", *CALL_SETTINGS})
"""Arguments of `call` that are settings."""
MASKS = frozenset({"mask", "query_mask", "value_mask", "key_mask"})
"""Arguments of `call` that Keras fills by itself along the wires."""
TENSORS = frozenset(
    {
        "inputs",
        "data",
        "x",
        "sequence",
        "sequences",
        "query",
        "value",
        "key",
        "attention_mask",
        "count_weights",
        "initial_state",
        "states",
    }
)
STATES = frozenset({"initial_state", "states"})
"""Arguments of `call` that take a list of states."""
_TAKES_SEVERAL = frozenset({"Attention", "AdditiveAttention", "HashedCrossing"})
_CELL_STATES: Mapping[str, tuple[str, ...]] = {
    "LSTMCell": ("state_h", "state_c"),
    "GRUCell": ("state_h",),
    "SimpleRNNCell": ("state_h",),
}
_LAYER_STATES: Mapping[str, tuple[str, ...]] = {
    "LSTM": ("state_h", "state_c"),
    "GRU": ("state_h",),
    "SimpleRNN": ("state_h",),
    "ConvLSTM1D": ("state_h", "state_c"),
    "ConvLSTM2D": ("state_h", "state_c"),
    "ConvLSTM3D": ("state_h", "state_c"),
}


def input_ports(layer: Callable[..., Any], type: str, category: str) -> list[InputPort]:
    """The tensor arguments of `call`, in order; arguments that nobody classified are no ports."""
    several = category == "Merging" or type in _TAKES_SEVERAL
    call = inspect.signature(layer.call)  # type: ignore[attr-defined]
    return [
        InputPort(
            name=argument.name,
            required=argument.default is argument.empty,
            variadic=argument.name in STATES or (several and argument.name == "inputs"),
        )
        for argument in call.parameters.values()
        if argument.name in TENSORS
    ]


def default_output_ports(type: str) -> list[OutputPort]:
    """The output ports of a layer with an empty config."""
    return [OutputPort(name=name) for name in output_ports(type, {})]


def output_ports(type: str, config: Mapping[str, JsonValue]) -> list[str]:
    """The names of what comes out of a node of this type, in the order in which Keras returns them (flattened)."""
    if type == "Output":
        return []
    if type.startswith("ops."):
        return operation_outputs(type, config)
    if type == "Bidirectional":
        return _bidirectional_ports(config)
    if type in _CELL_STATES or type == "StackedRNNCells":
        return [OUTPUT, *cell_states(type, config)]
    if config.get("return_attention_scores") is True:
        return [OUTPUT, "attention_scores"]
    return [OUTPUT, *_returned_states(type, config)]


def port_names(known: Sequence[str], count: int) -> list[str]:
    """Names for `count` outputs: the known ones, then `output_1`, ... by their places."""
    return [*known, *(f"{OUTPUT}_{index}" for index in range(len(known), count))][:count]


def _returned_states(type: str, config: Mapping[str, JsonValue]) -> list[str]:
    if config.get("return_state") is not True:
        return []
    if type == "RNN":
        return cell_states(*_inner(config.get("cell")))
    return list(_LAYER_STATES.get(type, ()))


def cell_states(type: str, config: Mapping[str, JsonValue]) -> list[str]:
    """The names of the states of a cell, in the order in which it returns them; of stacked ones, numbered by cell."""
    if type != "StackedRNNCells":
        return list(_CELL_STATES.get(type, ()))
    cells = config.get("cells")
    nested = [_inner(cell) for cell in cells] if isinstance(cells, list) else []
    return [f"{state}_{index}" for index, cell in enumerate(nested) for state in cell_states(*cell)]


def _bidirectional_ports(config: Mapping[str, JsonValue]) -> list[str]:
    states = _returned_states(*_inner(config.get("layer")))
    outputs = ["forward", "backward"] if config.get("merge_mode", "concat") is None else [OUTPUT]
    return [*outputs, *(f"forward_{state}" for state in states), *(f"backward_{state}" for state in states)]


def _inner(value: JsonValue) -> tuple[str, Mapping[str, JsonValue]]:
    """Type and config of a wrapped object, empty where it is malformed (validation says so)."""
    return nested(value) or ("", {})
