"""What a layer is called with, as the text between the brackets of its call."""

from collections.abc import Mapping
from typing import Any

from layerloom.catalog import Entry
from layerloom.graph.document import Node
from layerloom.modeling.ports import STATES
from layerloom.modeling.source.expressions import call_settings
from layerloom.modeling.source.literals import list_of
from layerloom.modeling.states import pack_states


def call_arguments(owner: Node, entry: Entry | None, values: Mapping[str, str | list[str]]) -> str:
    """The first port by place, the others by name. `values`: expressions by port, a list of them at a variadic one."""
    texts = {port: _text(owner, port, value) for port, value in values.items()}
    (_, first), *others = texts.items()
    settings = call_settings(entry, owner.config) if entry else []
    return ", ".join([first, *(f"{port}={value}" for port, value in others), *settings])


def _text(owner: Node, port: str, value: str | list[str]) -> str:
    if isinstance(value, list) and port in STATES:
        return _nested(pack_states(owner.type, owner.config, value))
    return _nested(value)


def _nested(value: Any) -> str:
    return list_of(map(_nested, value)) if isinstance(value, list) else str(value)
