"""Values of a model's description, each looked at before use: it is what it should be, or the file is refused."""

from pydantic import JsonValue

from layerloom.modeling.importing.refusals import not_a_model


def fields(value: JsonValue, what: str) -> dict[str, JsonValue]:
    """An object. Raises Refusal."""
    if not isinstance(value, dict):
        raise _expected(what, "an object")
    return value


def items(value: JsonValue, what: str) -> list[JsonValue]:
    """A list. Raises Refusal."""
    if not isinstance(value, list):
        raise _expected(what, "a list")
    return value


def text(value: JsonValue, what: str) -> str:
    """A text. Raises Refusal."""
    if not isinstance(value, str):
        raise _expected(what, "a text")
    return value


def index(value: JsonValue, what: str) -> int:
    """A whole number from 0. Raises Refusal."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**6:
        raise _expected(what, "a whole number")
    return value


def _expected(what: str, kind: str) -> Exception:
    return not_a_model(f"The description of the model is damaged: {what} should be {kind}.")
