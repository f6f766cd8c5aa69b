"""Whose class a description names: Keras's own by its catalog name, or something of another's."""

from dataclasses import dataclass

from pydantic import JsonValue

from layerloom.modeling.importing.fields import fields, text

OPERATIONS = "keras.src.ops"
_KERAS = frozenset({"keras", "tf_keras", "builtins"})
_MAX_TYPE = 150


@dataclass(frozen=True)
class Named:
    """The class of a description. `type` is Keras's class name, or `package>Name` for a class that is not Keras's."""

    type: str
    config: dict[str, JsonValue]
    operation: bool = False


def named(value: JsonValue, what: str) -> Named:
    """The class and arguments that a serialized object names. Raises Refusal where it is none."""
    described = fields(value, what)
    name = text(described.get("class_name"), f"the class of {what}")[:_MAX_TYPE]
    config = described.get("config")
    module = described.get("module")
    own = config if isinstance(config, dict) else {}
    registered = described.get("registered_name")
    if isinstance(registered, str) and ">" in registered:
        return Named(registered[:_MAX_TYPE], own)
    if isinstance(module, str) and module.split(".")[0] not in _KERAS:
        return Named(f"{module}>{name}"[:_MAX_TYPE], own)
    return Named(name, own, isinstance(module, str) and module.startswith(OPERATIONS))
