"""Whether a plain JSON value is what an argument takes, and the words that say what was expected and what came."""

import json
import math
from collections.abc import Callable, Mapping

from pydantic import JsonValue

from layerloom.catalog import Kind, Parameter

MAX_INTEGER = 2**31 - 1
MAX_NUMBER = 3.4e38
"""The largest float32, about."""

MAX_TEXT = 10_000
MAX_CODE = 100_000
MAX_RATES = 1_000
_MAX_SHOWN = 60

_WORDS: Mapping[Kind, str] = {
    "boolean": "true or false",
    "integer": "a whole number{range}",
    "number": "a number{range}",
    "string": "text",
    "integers": "{single}a list of {length}whole numbers{range}",
    "numbers": "{single}a list of {length}numbers{range}",
    "strings": "a list of words",
    "shape": "a list of whole numbers{range}, with null for a free size",
    "axis": "an axis number or a list of axis numbers",
    "number_or_schedule": 'a number{range}, or a schedule as {{"type", "config"}}',
    "rates": 'a list of [epoch, learning rate] with rising epochs from 1, or a schedule as {{"type", "config"}}',
    "scalar": "a number{range}",
    "value": "a number or a list of numbers, nested evenly",
    "json": "a plain value with finite numbers",
    "code": "Python text",
}
_SINGLE: Mapping[Kind, str] = {"integers": "a whole number", "numbers": "a number"}


def accepts(parameter: Parameter, value: JsonValue) -> bool:
    """Whether a value of a plain kind (no object inside) is in its type, range, choices and length."""
    if value is None:
        return parameter.nullable
    return _CHECKS[parameter.kind](parameter, value)


def expectation(parameter: Parameter) -> str:
    """What an argument takes, as words after "must be"."""
    text = f"one of {', '.join(parameter.choices)}" if parameter.choices is not None else _words(parameter)
    return f"{text}, or null" if parameter.nullable else text


def _words(parameter: Parameter) -> str:
    return _WORDS[parameter.kind].format(
        single="" if parameter.list_only else f"{_SINGLE.get(parameter.kind)} or ",
        length=f"{parameter.length} " if parameter.length else "",
        range=_range(parameter),
    )


def shown(value: JsonValue) -> str:
    """A value as it was written, cut where it is long."""
    try:
        text = json.dumps(value, ensure_ascii=True)
    except ValueError:  # Python refuses to write whole numbers of more than 4,300 digits.
        return "a number with thousands of digits"
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}…"


def _range(parameter: Parameter) -> str:
    low, high = parameter.minimum, parameter.maximum
    if low is not None and high is not None:
        return f" from {_figure(low)} to {_figure(high)}"
    if low is not None:
        return f" of at least {_figure(low)}"
    return "" if high is None else f" of at most {_figure(high)}"


def _figure(bound: float) -> str:
    return f"{int(bound):,}" if bound == int(bound) else f"{bound:g}"


def _is_integer(parameter: Parameter, value: JsonValue) -> bool:
    whole = isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MAX_INTEGER
    return whole and _in_range(parameter, value)


def _is_number(parameter: Parameter, value: JsonValue) -> bool:
    return _is_finite(value) and _in_range(parameter, value)


def _is_finite(value: JsonValue) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return not (isinstance(value, float) and math.isnan(value)) and abs(value) <= MAX_NUMBER


def _in_range(parameter: Parameter, value: JsonValue) -> bool:
    if not isinstance(value, int | float):
        return False
    above = parameter.minimum is None or value >= parameter.minimum
    return above and (parameter.maximum is None or value <= parameter.maximum)


def _is_text(_: Parameter, value: JsonValue) -> bool:
    if not isinstance(value, str) or len(value) > MAX_TEXT or "\0" in value:
        return False
    return not any("\ud800" <= character <= "\udfff" for character in value)


def _is_code(parameter: Parameter, value: JsonValue) -> bool:
    if not isinstance(value, str) or len(value) > MAX_CODE:
        return False
    return all(_is_text(parameter, line) for line in value.split("\n"))


def _is_choice(parameter: Parameter, value: JsonValue) -> bool:
    return isinstance(value, str) and value in (parameter.choices or ())


def _is_list(parameter: Parameter, value: JsonValue, item: Callable[[Parameter, JsonValue], bool]) -> bool:
    if not isinstance(value, list) or (parameter.length is not None and len(value) != parameter.length):
        return False
    return all(item(parameter, each) for each in value)


def _is_rates(parameter: Parameter, value: JsonValue) -> bool:
    """Pairs of an epoch (from 1, each later than the one before) and a rate within the parameter's bounds."""
    if not isinstance(value, list) or not 0 < len(value) <= MAX_RATES:
        return False
    if not all(isinstance(pair, list) and len(pair) == 2 and _is_number(parameter, pair[1]) for pair in value):
        return False
    epochs = [pair[0] for pair in value if isinstance(pair, list)]
    whole = [epoch for epoch in epochs if isinstance(epoch, int) and 1 <= epoch <= MAX_INTEGER and epoch is not True]
    return epochs == whole and whole == sorted(set(whole))


def _is_size(parameter: Parameter, value: JsonValue) -> bool:
    return value is None or _is_integer(parameter, value)


def _is_plain(parameter: Parameter, value: JsonValue) -> bool:
    if isinstance(value, dict):
        return all(_is_text(parameter, key) and _is_plain(parameter, item) for key, item in value.items())
    if isinstance(value, list):
        return all(_is_plain(parameter, item) for item in value)
    return value is None or isinstance(value, bool) or _is_finite(value) or _is_text(parameter, value)


def _is_value(value: JsonValue) -> bool:
    """A number or a list that is as deep and as long in every row."""
    return value_shape(value) is not None


def value_shape(value: JsonValue) -> tuple[int, ...] | None:
    """The shape of a nested list of numbers, () for a number; None where it is uneven or holds anything else."""
    if not isinstance(value, list):
        return () if isinstance(value, bool) or _is_finite(value) else None
    shapes = {value_shape(item) for item in value}
    if len(shapes) > 1 or None in shapes or not shapes:
        return None
    [inner] = shapes
    return None if inner is None else (len(value), *inner)


_CHECKS: Mapping[Kind, Callable[[Parameter, JsonValue], bool]] = {
    "boolean": lambda _, value: isinstance(value, bool),
    "integer": _is_integer,
    "number": _is_number,
    "string": _is_text,
    "choice": _is_choice,
    "dtype": _is_choice,
    "integers": lambda p, value: (_is_integer(p, value) and not p.list_only) or _is_list(p, value, _is_integer),
    "numbers": lambda p, value: (_is_number(p, value) and not p.list_only) or _is_list(p, value, _is_number),
    "strings": lambda p, value: _is_list(p, value, _is_text),
    "shape": lambda p, value: _is_list(p, value, _is_size),
    "axis": lambda p, value: _is_integer(p, value) or _is_list(p, value, _is_integer),
    "number_or_schedule": _is_number,
    "rates": _is_rates,
    "scalar": _is_number,
    "value": lambda _, value: _is_value(value),
    "json": _is_plain,
    "code": _is_code,
}
