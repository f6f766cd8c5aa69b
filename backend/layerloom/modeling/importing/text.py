"""JSON and YAML, read as plain values and nothing more."""

import json

import yaml
from pydantic import JsonValue

from layerloom.graph.document import depth
from layerloom.modeling.importing.limits import MAX_CONFIG_BYTES, MAX_DEPTH, MAX_YAML_BYTES, MEGABYTE
from layerloom.modeling.importing.refusals import not_a_model, unsafe
from layerloom.strict_json import Malformed, parse


def read_json(body: bytes) -> JsonValue:
    """The value that UTF-8 JSON spells. Raises Refusal."""
    _bounded(body, MAX_CONFIG_BYTES)
    try:
        value = parse(body)
    except Malformed as error:
        raise not_a_model(f"The description of the model can not be read. {error}") from None
    if depth(value) > MAX_DEPTH:
        raise _too_deep()
    return value


def read_yaml(body: bytes) -> JsonValue:
    """The value that UTF-8 YAML spells: no tags, no anchors, no aliases. Raises Refusal."""
    _bounded(body, MAX_YAML_BYTES)
    try:
        text = body.decode("utf-8")
        _scan(text)
        plain = json.dumps(yaml.load(text, Loader=yaml.CSafeLoader), allow_nan=False)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError, OverflowError):
        raise not_a_model("The file is not YAML of plain values in UTF-8.") from None
    return read_json(plain.encode())


def _scan(text: str) -> None:
    """Look at the events before anything is made of them: what an alias repeats would grow without bound."""
    level = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise unsafe("The YAML repeats itself by aliases (*name); write each value out.")
        if getattr(event, "tag", None) is not None:
            raise unsafe("The YAML asks for objects by tags (!name); only plain values are read.")
        if isinstance(event, yaml.CollectionStartEvent):
            level += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            level -= 1
        if level > MAX_DEPTH:
            raise _too_deep()


def _bounded(body: bytes, most: int) -> None:
    if len(body) > most:
        raise unsafe(f"The description of the model may have {most // MEGABYTE} MB; this one has more.")


def _too_deep() -> Exception:
    return unsafe(f"The description of the model may nest {MAX_DEPTH} levels; this one nests deeper.")
