"""How a description says what a layer is called on: Keras 3's arguments, and the bare lists of Keras 2."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from pydantic import JsonValue

from layerloom.modeling.importing.configs import ARRAYS, plain
from layerloom.modeling.importing.fields import fields, index, items, text
from layerloom.modeling.importing.refusals import not_a_model
from layerloom.modeling.objects import narrow
from layerloom.modeling.values import value_shape


class Ref(NamedTuple):
    """A tensor: the `output`-th of what came out of the `call`-th call of a layer, all from 0.

    `described` says its shape and dtype, where the file does.
    """

    layer: str
    call: int
    output: int
    described: Mapping[str, JsonValue] = MappingProxyType({})


@dataclass(frozen=True)
class Array:
    """A constant tensor: its values, and its dtype (None for that which Keras would give them)."""

    value: Any
    dtype: str | None

    @property
    def is_narrow(self) -> bool:
        """Whether a config says all of it by its values: a list whose dtype Keras would choose by itself."""
        if self.dtype is None or value_shape(self.value) is None:
            return True  # what is no array says the check
        return isinstance(self.value, list) and narrow(self.value).dtype.name == self.dtype


@dataclass(frozen=True)
class Inbound:
    """The arguments of one call, with a `Ref` where a tensor stands and an `Array` where a constant one does.

    `legacy` counts calls of models from 1.
    """

    positional: list[Any] = field(default_factory=list)
    named: dict[str, Any] = field(default_factory=dict)
    legacy: bool = False


def calls_of(described: dict[str, JsonValue], name: str) -> list[Inbound]:
    """Every call of a layer. Raises Refusal."""
    return [_inbound(node, name) for node in items(described.get("inbound_nodes", []), f"the calls of '{name}'")]


def reference(value: JsonValue, what: str) -> Ref:
    """The tensor that `[layer, call, output]` names. Raises Refusal."""
    parts = items(value, what)
    if len(parts) < 3:
        raise not_a_model(f"The description of the model is damaged: {what} should name layer, call and output.")
    return Ref(text(parts[0], what), index(parts[1], what), index(parts[2], what))


def references(value: Any) -> Iterator[Ref]:
    """Every tensor in an argument, in order."""
    if isinstance(value, Ref):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from references(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from references(item)


def _inbound(node: JsonValue, name: str) -> Inbound:
    if isinstance(node, list):
        return _legacy(node, name)
    call = fields(node, f"a call of '{name}'")
    return Inbound(
        [_argument(value) for value in items(call.get("args", []), f"the arguments of '{name}'")],
        {key: _argument(value) for key, value in fields(call.get("kwargs", {}), f"the arguments of '{name}'").items()},
    )


def _argument(value: JsonValue) -> Any:
    if isinstance(value, list):
        return [_argument(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("class_name") == "__keras_tensor__":
        described = fields(value.get("config"), "a tensor")
        return reference(described.get("keras_history"), "a tensor")._replace(described=described)
    if value.get("class_name") in ARRAYS:
        return _array(fields(value.get("config"), "a constant"))
    unwrapped = plain(value)
    if unwrapped is value:
        return {key: _argument(item) for key, item in value.items()}
    return _argument(unwrapped) if isinstance(unwrapped, list) else unwrapped


def _array(described: dict[str, JsonValue]) -> Array:
    dtype = described.get("dtype")
    return Array(described.get("value"), dtype if isinstance(dtype, str) else None)


def _legacy(node: list[JsonValue], name: str) -> Inbound:
    """Keras 2: one list a tensor, `[layer, call, output, other arguments]`."""
    lists = [node] if node and isinstance(node[0], str) else node
    refs = [reference(one, f"a call of '{name}'") for one in lists]
    named: dict[str, Any] = {}
    for one in lists:
        rest = items(one, f"a call of '{name}'")[3:]
        others = fields(rest[0], f"the arguments of '{name}'") if rest else {}
        named |= {key: _legacy_argument(value) for key, value in others.items()}
    return Inbound(refs[:1] if len(refs) == 1 else [refs], named, legacy=True)


def _legacy_argument(value: JsonValue) -> Any:
    is_tensor = isinstance(value, list) and len(value) == 3 and isinstance(value[0], str)
    return reference(value, "a tensor") if is_tensor else value
