"""Parameters put into configs: `{"$parameter": "filters"}` stands for the value that a call of the block gives.

Values may hold values that hold values: what comes out is measured while it is made, and refused where it multiplies
beyond all bounds, before anybody walks through it.
"""

from collections.abc import Mapping
from typing import NamedTuple

from pydantic import JsonValue

from layerloom.graph.document import MAX_CONFIG_DEPTH

PARAMETER = "$parameter"
MAX_VALUES = 500_000
"""In all configs of one expansion together."""


class Measured(NamedTuple):
    """A JSON value, how many values it holds (itself included), and how many levels it nests."""

    value: JsonValue
    size: int
    depth: int


class Unknown(Exception):
    """A parameter that is not there, by its name."""


class TooLarge(Exception):
    """A value that has grown too large or too deep."""


Arguments = Mapping[str, Measured]


class Putter:
    """Puts parameters in, as many as one expansion may take."""

    def __init__(self) -> None:
        self._left = MAX_VALUES

    def put(self, value: JsonValue, arguments: Arguments) -> Measured:
        """`value` with its parameters put in. Raises Unknown, TooLarge."""
        measured = self._put(value, arguments)
        self._left -= measured.size
        if self._left < 0 or measured.depth > MAX_CONFIG_DEPTH:
            raise TooLarge
        return measured

    def _put(self, value: JsonValue, arguments: Arguments) -> Measured:
        name = parameter_of(value)
        if name is not None:
            if name not in arguments:
                raise Unknown(name)
            return arguments[name]
        if isinstance(value, dict):
            parts = {key: self._put(item, arguments) for key, item in value.items()}
            return _whole({key: part.value for key, part in parts.items()}, list(parts.values()))
        if isinstance(value, list):
            items = [self._put(item, arguments) for item in value]
            return _whole([item.value for item in items], items)
        return Measured(value, 1, 0)


def parameter_of(value: JsonValue) -> str | None:
    """The name of the parameter that this value stands for, if it does."""
    if isinstance(value, dict) and len(value) == 1 and isinstance(name := value.get(PARAMETER), str):
        return name
    return None


def _whole(value: JsonValue, parts: list[Measured]) -> Measured:
    size = 1 + sum(part.size for part in parts)
    return Measured(value, size, 1 + max((part.depth for part in parts), default=0))
