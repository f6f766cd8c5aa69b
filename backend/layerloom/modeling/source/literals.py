"""Values and prose as Python text: what stands between code and the words of whoever drew."""

from collections.abc import Iterable

from pydantic import JsonValue

_SHORT_PROSE = 200
_MARKS = frozenset("\\`*_{}[]()<>#+-!|&~$")


def literal(value: JsonValue) -> str:
    """A JSON value as a Python literal. Raises ValueError for a number that is not finite."""
    text = repr(value)
    if isinstance(value, float) and text.lstrip("-") in ("inf", "nan"):
        raise ValueError("a number in code must be finite")
    return text


def tuple_of(items: Iterable[str]) -> str:
    """Expressions as a tuple."""
    listed = list(items)
    return f"({', '.join(listed)}{',' if len(listed) == 1 else ''})"


def list_of(items: Iterable[str]) -> str:
    """Expressions as a list."""
    return f"[{', '.join(items)}]"


def dict_of(items: Iterable[tuple[str | int, str]]) -> str:
    """Keys (plain text or whole numbers) and expressions as a dict."""
    return f"{{{', '.join(f'{literal(key)}: {value}' for key, value in items)}}}"


def prose(text: str) -> str:
    """Text as one line of a comment or a Markdown cell: visible characters, single blanks, not endless."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= _SHORT_PROSE else f"{line[: _SHORT_PROSE - 1]}…"


def doc(text: str) -> str:
    """Text as one line inside a docstring: nothing in it ends the string or begins an escape."""
    return prose(text).replace("\\", "\\\\").replace('"', '\\"')


def markdown(text: str) -> str:
    """Text as one line of Markdown: what would be a mark, a link or HTML is escaped."""
    return "".join(f"\\{c}" if c in _MARKS else c for c in prose(text))
