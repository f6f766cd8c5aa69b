"""Where in a config something stands, how a message names it, and the changes that mend it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import JsonValue

from layerloom.graph.patch import Change, SetConfig, UnsetConfig
from layerloom.problem import Fix, Problem


@dataclass(frozen=True)
class Place:
    """A value inside the config of a node (or of an object of a recipe, then `node` is None), by its path."""

    node: str | None
    root: Mapping[str, JsonValue]
    path: tuple[str, ...] = ()

    def at(self, *steps: str) -> "Place":
        """The place `steps` further in."""
        return replace(self, path=(*self.path, *steps))

    @property
    def parameter(self) -> str | None:
        """The path as one word: `units`, `layer.config.units`; None for the whole config."""
        return ".".join(self.path) or None

    def problem(self, code: str, message: str, fixes: Sequence[Fix] = ()) -> Problem:
        """An error at this place."""
        return Problem(code=code, message=message, node=self.node, parameter=self.parameter, fixes=list(fixes))

    def put(self, value: JsonValue, label: str) -> list[Fix]:
        """The fix that puts `value` here; none outside of a node (a recipe's path is not known here)."""
        return self._fix(label, _put(dict(self.root), self.path, value))

    def drop(self, label: str) -> list[Fix]:
        """The fix that takes the value here away."""
        if self.node is None:
            return []
        if len(self.path) == 1:
            return [Fix(label=label, patch=[UnsetConfig(node=self.node, parameter=self.path[0])])]
        return self._fix(label, _drop(dict(self.root), self.path))

    def rename(self, name: str, label: str) -> list[Fix]:
        """The fix that keeps the value under another argument name."""
        value = _get(dict(self.root), self.path)
        moved = _put(_drop(dict(self.root), self.path), (*self.path[:-1], name), value)
        if self.node is None:
            return []
        if len(self.path) > 1:
            return self._fix(label, moved)
        patch: list[Change] = [
            UnsetConfig(node=self.node, parameter=self.path[0]),
            SetConfig(node=self.node, parameter=name, value=value),
        ]
        return [Fix(label=label, patch=patch)]

    def _fix(self, label: str, config: JsonValue) -> list[Fix]:
        if self.node is None or not isinstance(config, dict):
            return []
        changed = SetConfig(node=self.node, parameter=self.path[0], value=config[self.path[0]])
        return [Fix(label=label, patch=[changed])]


def _get(value: JsonValue, path: Sequence[str]) -> JsonValue:
    for step in path:
        value = value[int(step)] if isinstance(value, list) else value[step] if isinstance(value, dict) else None
    return value


def _put(value: JsonValue, path: Sequence[str], new: JsonValue) -> JsonValue:
    if not path:
        return new
    step, *rest = path
    if isinstance(value, list):
        return [_put(item, rest, new) if str(index) == step else item for index, item in enumerate(value)]
    known = value if isinstance(value, dict) else {}
    return {**known, step: _put(known.get(step), rest, new)}


def _drop(value: JsonValue, path: Sequence[str]) -> JsonValue:
    *parents, last = path
    parent = _get(value, parents)
    kept = {key: item for key, item in parent.items() if key != last} if isinstance(parent, dict) else parent
    return _put(value, parents, kept)
