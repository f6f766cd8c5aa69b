"""The problems a config can have, in words: what was expected, what came, what to do, with fixes where there are."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from pydantic import JsonValue

from layerloom.catalog import Entry, Parameter
from layerloom.graph.document import Node
from layerloom.graph.patch import SetType
from layerloom.modeling.families import family
from layerloom.modeling.left_out import NODE_FIELDS, parameter_reason
from layerloom.modeling.place import Place
from layerloom.modeling.reflection import entries, node_family
from layerloom.modeling.values import accepts, expectation, shown
from layerloom.problem import Fix, Problem

_SINGULAR: Mapping[str, str] = {
    "layers": "layer",
    "operations": "operation",
    "applications": "application",
    "losses": "loss",
    "metrics": "metric",
    "optimizers": "optimizer",
    "schedules": "schedule",
    "callbacks": "callback",
    "initializers": "initializer",
    "regularizers": "regularizer",
    "constraints": "constraint",
    "activations": "activation",
}
_FORM = '{"type": ..., "config": {...}}'
_MAX_NAME = 60


class ConfigError(Exception):
    """A config that Keras can not be given, or refused. Survives pickling."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return " ".join(problem.message for problem in self.problems)


def unknown_node_type(node: Node) -> Problem:
    """A node whose type is not in the catalog."""
    name = node_family(node.type)
    reason = family(name).left_out.get(node.type)
    if reason:
        return Problem(code="not-offered", message=f"{node.type} is not offered. {reason}", node=node.id)
    guess = _close_type(name, node.type, entries(name))
    fixes = [Fix(label=f"Make it {guess}", patch=[SetType(node=node.id, type=guess)])] if guess else []
    return Problem(code="unknown-type", message=_no_such(name, node.type, guess), node=node.id, fixes=fixes)


def unknown_type(family_name: str, type: str, place: Place) -> Problem:
    """An object inside a config or a recipe whose type is not in the catalog. `place` is that of the type."""
    where = f"config.{place.parameter}: " if place.parameter else ""
    reason = family(family_name).left_out.get(type)
    if reason:
        return place.problem("not-offered", f"{where}{type} is not offered. {reason}")
    if type in entries(family_name):
        return place.problem(
            "not-offered", f"{where}{type} is a node of the drawing; it can not stand inside a config."
        )
    guess = _close_type(family_name, type, family(family_name).members)
    fixes = place.put(guess, f"Make it {guess}") if guess else []
    return place.problem("unknown-type", where + _no_such(family_name, type, guess), fixes)


def unknown_name(parameter: Parameter, family_name: str, name: str, place: Place) -> Problem:
    """A string that names no activation, initializer, regularizer or constraint."""
    guess = _close_type(family_name, name, entries(family_name))
    fixes = place.put(guess, f"Set {parameter.name} to {guess}") if guess else []
    known = ", ".join(entries(family_name))
    message = f"{place.parameter} must be the name of {_article(family_name)}, got {shown(name)}. There are: {known}."
    return place.problem("bad-value", message, fixes or _reset(parameter, place))


def unknown_parameter(entry: Entry, name: str, place: Place) -> Problem:
    """An argument that the class does not have or that is not offered."""
    word = _cut(name)
    removal = place.drop(f"Remove {word}")
    reason = NODE_FIELDS.get(name) if hasattr(entry, "inputs") else None
    reason = reason or parameter_reason(entry.type, name)
    if reason:
        return place.problem("not-offered", f"{entry.type} is not offered with {word}. {reason}", removal)
    known = [parameter.name for parameter in entry.parameters]
    guess = _close(name, known)
    if guess is None:
        listed = f"It has {', '.join(known)}." if known else "It has none."
        return place.problem(
            "unknown-parameter", f"{entry.type} has no argument '{word}'. {listed} Remove it.", removal
        )
    message = f"{entry.type} has no argument '{word}'. Did you mean {guess}?"
    return place.problem("unknown-parameter", message, [*place.rename(guess, f"Rename it to {guess}"), *removal])


def missing_parameter(entry: Entry, parameter: Parameter, place: Place) -> Problem:
    """A required argument that was not given."""
    message = f"{entry.type} needs {parameter.name}: {_wanted(parameter)}."
    value = parameter.suggestion
    fixes = place.put(value, f"Set {parameter.name} to {shown(value)}") if value is not None else []
    return place.problem("missing-parameter", message, fixes)


def bad_value(parameter: Parameter, value: JsonValue, place: Place) -> Problem:
    """A value of the wrong type, out of its range or not among the choices."""
    message = f"{place.parameter} must be {_wanted(parameter)}, got {shown(value)}."
    meant = _meant(parameter, value)
    fixes = place.put(meant, f"Set {parameter.name} to {shown(meant)}") if meant is not None else []
    return place.problem("bad-value", message, fixes or _reset(parameter, place))


def not_an_object(parameter: Parameter, family_name: str, value: JsonValue, place: Place) -> Problem:
    """A value that stands where an object is wanted, but is none."""
    message = f"{place.parameter} must be {_object_words(family_name)}, got {shown(value)}."
    return place.problem("bad-value", message, _reset(parameter, place))


def not_wrappable(parameter: Parameter, type: str, place: Place) -> Problem:
    """A layer of a type that can not be wrapped here. `place` is that of the type."""
    message = f"config.{place.parameter} must be one of {', '.join(parameter.choices or ())}, got {type}."
    return place.problem("bad-value", message)


def _object_words(family_name: str) -> str:
    return f"{_article(family_name)} as {_FORM}"


def _wanted(parameter: Parameter) -> str:
    match parameter.kind:
        case "layers":
            text = f"a list of layers, each as {_FORM}"
        case "layer" | "initializer" | "regularizer" | "constraint":
            text = _object_words(f"{parameter.kind}s")
        case "activation":
            text = "the name of an activation"
        case _:
            return expectation(parameter)
    return f"{text}, or null" if parameter.nullable else text


def _meant(parameter: Parameter, value: JsonValue) -> JsonValue:
    """The acceptable value that someone who wrote `value` probably meant; None where there is no guess."""
    guesses: list[JsonValue] = []
    if isinstance(value, str):
        guesses += [_close(value, parameter.choices or []), _as_number(value)]
    if isinstance(value, float) and value == value and abs(value) < 2**31:
        guesses.append(round(value))
    return next((guess for guess in guesses if guess is not None and accepts(parameter, guess)), None)


def _as_number(text: str) -> int | float | None:
    try:
        return int(text) if text.strip("+-").isdecimal() and len(text) < 12 else float(text)
    except ValueError:
        return None


def _reset(parameter: Parameter, place: Place) -> list[Fix]:
    """Back to what Keras takes by itself, or to a value to start from."""
    if not parameter.required:
        return place.drop(f"Use the default, {shown(parameter.default)}")
    value = parameter.suggestion
    return place.put(value, f"Set {parameter.name} to {shown(value)}") if value is not None else []


def _no_such(family_name: str, type: str, guess: str | None) -> str:
    hint = f"Did you mean {guess}?" if guess else "Pick one from the catalog."
    return f"There is no {_SINGULAR[family_name]} '{_cut(type)}'. {hint}"


def _close_type(family_name: str, type: str, known: Iterable[str]) -> str | None:
    """The type that was probably meant: by Keras's other names, then by spelling."""
    if alias := family(family_name).aliases.get(type):
        return alias
    prefix, dot, word = type.rpartition(".")
    close = _close(word, [name.rpartition(".")[2] for name in known])
    return f"{prefix}{dot}{close}" if close else None


def _close(word: str, known: Iterable[str]) -> str | None:
    by_lower = {name.lower(): name for name in known}
    matches = get_close_matches(word[:_MAX_NAME].lower(), by_lower, n=1, cutoff=0.7)
    return by_lower[matches[0]] if matches else None


def _article(family_name: str) -> str:
    word = _SINGULAR[family_name]
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"


def _cut(name: str) -> str:
    return name if len(name) <= _MAX_NAME else f"{name[:_MAX_NAME]}…"
