"""JSON as it arrives, read strictly: what two readers could understand differently is refused.

Python's own reader takes NaN, doubled keys, lone surrogates and other encodings than UTF-8. Here each is malformed.
"""

import json
import math
import re
from typing import NoReturn

from pydantic import JsonValue

MAX_DIGITS = 308
"""A longer whole number is infinite to a browser."""

_SUSPECT_ESCAPE = re.compile(rb"\\u(0000|[dD][89a-fA-F])")


class Malformed(ValueError):
    """The body is not the JSON that this server reads; the text says what is wrong with it, without echoing it."""


def parse(body: bytes) -> JsonValue:
    """The value that `body` (UTF-8) spells. Raises Malformed."""
    try:
        text = body.decode("utf-8")
        value: JsonValue = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_no_constant,
            parse_float=_finite,
            parse_int=_whole,
        )
    except UnicodeDecodeError as error:
        raise Malformed(f"Expected JSON in UTF-8; byte {error.start} is not UTF-8.") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Malformed(f"Expected JSON; it breaks at {where}: {error.msg}.") from None
    except RecursionError:
        raise Malformed("Expected JSON that nests a few dozen levels; this nests too deep.") from None
    if _SUSPECT_ESCAPE.search(body):
        _refuse_unclean(value)
    return value


def _object(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    value = dict(pairs)
    if len(value) < len(pairs):
        raise Malformed("Expected each key of an object once; one is there twice.")
    return value


def _no_constant(name: str) -> NoReturn:
    raise Malformed(f"Expected finite numbers; {name} is not JSON.")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise Malformed("Expected finite numbers; one is too large for a 64-bit float.")
    return number


def _whole(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise Malformed(f"Expected whole numbers of at most {MAX_DIGITS} digits; one has {len(digits)}.")
    return int(digits)


def _refuse_unclean(value: JsonValue) -> None:
    waiting: list[JsonValue] = [value]
    while waiting:
        match waiting.pop():
            case str() as text:
                _refuse_unclean_text(text)
            case dict() as fields:
                waiting += [*fields, *fields.values()]
            case list() as items:
                waiting += items


def _refuse_unclean_text(text: str) -> None:
    if "\0" in text:
        raise Malformed("Expected text without the NUL character (\\u0000).")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Malformed("Expected text in Unicode; a \\ud800..\\udfff escape stands without its other half.") from None
