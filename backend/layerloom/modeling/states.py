"""States of recurrent layers: a drawing has one wire for each, Keras takes those of stacked cells cell by cell."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import JsonValue

from layerloom.modeling.nested import nested
from layerloom.modeling.ports import cell_states

Config = Mapping[str, JsonValue]
_STACK = "StackedRNNCells"
_LEAF = 1


def pack_states(type: str, config: Config, states: Sequence[Any]) -> list[Any]:
    """The states that reach a layer of this type, nested as it takes them: `[[h, c], h]` for an LSTM and a GRU cell.

    Raises ValueError where it takes another number of them.
    """
    structure = _structure(type, config)
    if not structure:
        return [*states]
    wanted = _count(structure)
    if len(states) != wanted:
        raise ValueError(f"It takes {wanted} states, one wire for each state of each cell, got {len(states)}.")
    given = iter(states)
    return [_packed(part, given) for part in structure]


def _structure(type: str, config: Config) -> list[Any]:
    """How the states nest, with a 1 for each; empty where they do not."""
    if type == _STACK:
        cells = config.get("cells")
        return [_of_cell(*_inner(cell)) for cell in cells] if isinstance(cells, list) else []
    if type == "RNN":
        inner = _inner(config.get("cell"))
        return _structure(*inner) if inner[0] == _STACK else []
    if type == "Bidirectional":
        return _structure(*_inner(config.get("layer"))) * 2
    return []


def _of_cell(type: str, config: Config) -> Any:
    if type == _STACK:
        return _structure(type, config)
    count = len(cell_states(type, config))
    return [_LEAF] * count if count > 1 else _LEAF


def _count(structure: Any) -> int:
    return sum(map(_count, structure)) if isinstance(structure, list) else 1


def _packed(structure: Any, states: Iterator[Any]) -> Any:
    return [_packed(part, states) for part in structure] if isinstance(structure, list) else next(states)


def _inner(value: JsonValue) -> tuple[str, Config]:
    return nested(value) or ("", {})
