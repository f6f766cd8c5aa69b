"""Which kind of value a constructor argument takes: from the overlay, else from its name, else from its default."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from layerloom.catalog import Kind
from layerloom.modeling import application_overlay, layer_overlay, operation_overlay, training_overlay
from layerloom.modeling.spec import Spec

_SUFFIXES: Mapping[str, Kind] = {
    "_initializer": "initializer",
    "_regularizer": "regularizer",
    "_constraint": "constraint",
}
_OVERLAYS = {"layers": layer_overlay, "operations": operation_overlay, "applications": application_overlay}
_DIMENSIONS = re.compile(r"([123])D")


def spec_of(family: str, owner: str, name: str, default: Any) -> Spec | None:
    """What the argument `name` of class `owner` takes; None where nothing tells (then it is not offered)."""
    overlay = _OVERLAYS.get(family, training_overlay)
    spec = overlay.BY_CLASS.get(f"{owner}.{name}") or overlay.BY_NAME.get(name)
    # A flag may share its name with an amount elsewhere (`scale` of BatchNormalization): its default tells them apart.
    if isinstance(default, bool) and (spec is None or spec.kind not in ("boolean", "choice")):
        return Spec("boolean")
    if spec is not None:
        return _sized(spec, owner) if spec.spatial else spec
    return _by_suffix(name) or _by_default(default)


def _sized(spec: Spec, owner: str) -> Spec:
    """The spec with the number of spatial axes in the class name as its length."""
    match = _DIMENSIONS.search(owner)
    return replace(spec, length=int(match[1]) if match else None)


def _by_suffix(name: str) -> Spec | None:
    kind = next((kind for suffix, kind in _SUFFIXES.items() if name.endswith(suffix)), None)
    return Spec(kind) if kind else None


def _by_default(default: Any) -> Spec | None:
    """Plain numbers alone: a default that is text or null says nothing about what else may be given."""
    if isinstance(default, int):
        return Spec("integer")
    return Spec("number") if isinstance(default, float) else None
