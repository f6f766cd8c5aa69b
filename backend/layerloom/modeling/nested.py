"""Objects inside a config: `{"type": ..., "config": ...}`."""

from collections.abc import Mapping

from pydantic import JsonValue

from layerloom.catalog import Kind

FAMILY_OF_KIND: Mapping[Kind, str] = {
    "activation": "activations",
    "initializer": "initializers",
    "regularizer": "regularizers",
    "constraint": "constraints",
    "layer": "layers",
    "layers": "layers",
    "number_or_schedule": "schedules",
    "rates": "schedules",
}
"""The family that an argument of this kind names an object of."""

OR_PLAIN = frozenset({"number_or_schedule", "rates"})
"""Kinds that take a plain value as well."""

NAMED_BY_TEXT = frozenset({"activations", "initializers", "regularizers", "constraints"})
"""Families whose objects may be given as Keras's string name alone."""


def nested(value: JsonValue) -> tuple[str, dict[str, JsonValue]] | None:
    """Type and config of an object inside a config; None where the value is not of that form."""
    if not isinstance(value, dict) or not value.keys() <= {"type", "config"}:
        return None
    type, config = value.get("type"), value.get("config", {})
    return (type, config) if isinstance(type, str) and isinstance(config, dict) else None
