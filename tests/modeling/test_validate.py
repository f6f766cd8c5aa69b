"""Configs that are wrong, and the problem each gets: code, place and words."""

import math
from typing import Any

import pytest

from layerloom.graph.document import Node
from layerloom.modeling.reflection import entries
from layerloom.modeling.validate import validate_node, validate_object
from layerloom.problem import Problem
from layerloom.recipe import KerasObject

UNITS = "units must be a whole number from 1 to 10,000,000, got"
CONV = {"filters": 8, "kernel_size": 3}


def problems(type: str, config: dict[str, Any]) -> list[Problem]:
    """The config as it is, also with values that JSON does not have."""
    return validate_node(Node.model_construct(id="n3", type=type, name=None, config=config, shares=None))


def only(type: str, config: dict[str, Any]) -> Problem:
    (found,) = problems(type, config)
    return found


BAD_VALUES = [
    ("Dense", {"units": 0}, "units", f"{UNITS} 0."),
    ("Dense", {"units": -5}, "units", f"{UNITS} -5."),
    ("Dense", {"units": 1.5}, "units", f"{UNITS} 1.5."),
    ("Dense", {"units": "12"}, "units", f'{UNITS} "12".'),
    ("Dense", {"units": True}, "units", f"{UNITS} true."),
    ("Dense", {"units": None}, "units", f"{UNITS} null."),
    ("Dense", {"units": math.nan}, "units", f"{UNITS} NaN."),
    ("Dense", {"units": [3]}, "units", f"{UNITS} [3]."),
    ("Dense", {"units": 10**19}, "units", f"{UNITS} 10000000000000000000."),
    ("Dense", {"units": 10**5000}, "units", f"{UNITS} a number with thousands of digits."),
    ("Dropout", {"rate": 1.5}, "rate", "rate must be a number from 0 to 1, got 1.5."),
    ("Dropout", {"rate": math.nan}, "rate", "rate must be a number from 0 to 1, got NaN."),
    ("Dropout", {"rate": math.inf}, "rate", "rate must be a number from 0 to 1, got Infinity."),
    ("Dropout", {"rate": False}, "rate", "rate must be a number from 0 to 1, got false."),
    (
        "StringLookup",
        {"vocabulary": "some/file"},
        "vocabulary",
        'vocabulary must be a list of words, or null, got "some/file".',
    ),
    (
        "StringLookup",
        {"vocabulary": ["a", "\ud800"]},
        "vocabulary",
        'vocabulary must be a list of words, or null, got ["a", "\\ud800"].',
    ),
    (
        "IntegerLookup",
        {"vocabulary": "some/file"},
        "vocabulary",
        'vocabulary must be a list of whole numbers, or null, got "some/file".',
    ),
    (
        "TextVectorization",
        {"standardize": "os.system"},
        "standardize",
        'standardize must be one of lower_and_strip_punctuation, lower, strip_punctuation, or null, got "os.system".',
    ),
    (
        "Conv2D",
        {**CONV, "kernel_size": [3, 3, 3]},
        "kernel_size",
        "kernel_size must be a whole number or a list of 2 whole numbers of at least 1, got [3, 3, 3].",
    ),
    (
        "Conv2D",
        {**CONV, "padding": "sam"},
        "padding",
        'padding must be one of valid, same, got "sam".',
    ),
    ("Conv2D", {**CONV, "use_bias": 1}, "use_bias", "use_bias must be true or false, got 1."),
    ("BatchNormalization", {"axis": "last"}, "axis", 'axis must be a whole number, got "last".'),
    (
        "Input",
        {"shape": [28, 0]},
        "shape",
        "shape must be a list of whole numbers of at least 1, with null for a free size, got [28, 0].",
    ),
    (
        "RandomBrightness",
        {"factor": 0.2, "value_range": 255},
        "value_range",
        "value_range must be a list of 2 numbers, got 255.",
    ),
    (
        "Dense",
        {"units": 4, "kernel_initializer": 3},
        "kernel_initializer",
        'kernel_initializer must be an initializer as {"type": ..., "config": {...}}, got 3.',
    ),
    (
        "Bidirectional",
        {"layer": "LSTM"},
        "layer",
        'layer must be a layer as {"type": ..., "config": {...}}, got "LSTM".',
    ),
    (
        "Bidirectional",
        {"layer": {"type": "LSTM", "config": {"units": 4}, "module": "os"}},
        "layer",
        'layer must be a layer as {"type": ..., "config": {...}}, '
        'got {"type": "LSTM", "config": {"units": 4}, "module": "os"}.',
    ),
    (
        "Bidirectional",
        {"layer": {"type": "LSTM", "config": {"units": "4"}}},
        "layer.config.units",
        'layer.config.units must be a whole number from 1 to 10,000,000, got "4".',
    ),
    (
        "Bidirectional",
        {"layer": {"type": "Dense", "config": {"units": 4}}},
        "layer.type",
        "config.layer.type must be one of LSTM, GRU, SimpleRNN, RNN, ConvLSTM1D, ConvLSTM2D, ConvLSTM3D, got Dense.",
    ),
    (
        "StackedRNNCells",
        {"cells": [{"type": "GRUCell", "config": {"units": 4}}, 7]},
        "cells.1",
        'cells.1 must be a layer as {"type": ..., "config": {...}}, got 7.',
    ),
]


@pytest.mark.parametrize(("type", "config", "parameter", "message"), BAD_VALUES)
def test_a_bad_value_is_told_with_what_was_expected_and_what_came(
    type: str, config: dict[str, Any], parameter: str, message: str
) -> None:
    found = only(type, config)

    assert (found.code, found.severity, found.node, found.parameter, found.message) == (
        "bad-value",
        "error",
        "n3",
        parameter,
        message,
    )


@pytest.mark.parametrize(
    ("type", "code", "message", "becomes"),
    [
        ("Densse", "unknown-type", "There is no layer 'Densse'. Did you mean Dense?", ["Dense"]),
        ("dense", "unknown-type", "There is no layer 'dense'. Did you mean Dense?", ["Dense"]),
        ("MaxPool2D", "unknown-type", "There is no layer 'MaxPool2D'. Did you mean MaxPooling2D?", ["MaxPooling2D"]),
        ("ops.__import__", "unknown-type", "There is no operation 'ops.__import__'. Pick one from the catalog.", []),
        (
            "applications.os",
            "unknown-type",
            "There is no application 'applications.os'. Pick one from the catalog.",
            [],
        ),
        (
            "Lambda",
            "not-offered",
            "Lambda is not offered. It would run code from the drawing. Use other layers.",
            [],
        ),
        ("TFSMLayer", "not-offered", "TFSMLayer is not offered. It reads files of the server.", []),
        (
            "TorchModuleWrapper",
            "not-offered",
            "TorchModuleWrapper is not offered. It needs a model of another framework.",
            [],
        ),
        ("JaxLayer", "not-offered", "JaxLayer is not offered. It needs a model of another framework.", []),
    ],
)
def test_an_unknown_type_is_told_with_what_was_probably_meant(
    type: str, code: str, message: str, becomes: list[str]
) -> None:
    found = only(type, {"units": 3})

    assert (found.code, found.message, found.parameter) == (code, message, None)
    assert [fix.patch[0].model_dump()["type"] for fix in found.fixes] == becomes


@pytest.mark.parametrize(
    ("type", "config", "code", "parameter", "message"),
    [
        (
            "Dense",
            {"units": 3, "kernel_initializer": {"type": "os.system"}},
            "unknown-type",
            "kernel_initializer.type",
            "config.kernel_initializer.type: There is no initializer 'os.system'. Pick one from the catalog.",
        ),
        (
            "TimeDistributed",
            {"layer": {"type": "Lambda"}},
            "not-offered",
            "layer.type",
            "config.layer.type: Lambda is not offered. It would run code from the drawing. Use other layers.",
        ),
        (
            "TimeDistributed",
            {"layer": {"type": "TimeDistributed", "config": {"layer": {"type": "Input"}}}},
            "not-offered",
            "layer.config.layer.type",
            "config.layer.config.layer.type: Input is a node of the drawing; it can not stand inside a config.",
        ),
    ],
)
def test_an_unknown_type_inside_a_config_is_told_with_its_path(
    type: str, config: dict[str, Any], code: str, parameter: str, message: str
) -> None:
    found = only(type, config)

    assert (found.code, found.parameter, found.message) == (code, parameter, message)


@pytest.mark.parametrize(
    ("type", "config", "parameter"),
    [
        ("Dense", {"units": 3, "name": "x"}, "name"),
        ("Embedding", {"input_dim": 3, "output_dim": 2, "weights": [[1.0]]}, "weights"),
        ("StringLookup", {"encoding": "utf-8"}, "encoding"),
    ],
)
def test_an_argument_left_out_on_purpose_says_why(type: str, config: dict[str, Any], parameter: str) -> None:
    found = only(type, config)

    assert (found.code, found.parameter, [fix.label for fix in found.fixes]) == (
        "not-offered",
        parameter,
        [f"Remove {parameter}"],
    )


def test_every_mistake_is_told_at_once() -> None:
    found = problems("Conv2D", {"filters": 0, "padding": "sam", "zzz": 1})

    assert [(each.code, each.parameter) for each in found] == [
        ("bad-value", "filters"),
        ("bad-value", "padding"),
        ("unknown-parameter", "zzz"),
        ("missing-parameter", "kernel_size"),
    ]


@pytest.mark.parametrize(
    ("family", "type", "config", "code", "parameter"),
    [
        ("optimizers", "Adam", {"learning_rate": math.nan}, "bad-value", "learning_rate"),
        ("optimizers", "Adam", {"learning_rate": 0}, "bad-value", "learning_rate"),
        ("optimizers", "Adam", {"learning_rate": -0.1}, "bad-value", "learning_rate"),
        ("optimizers", "Adam", {"learning_rate": "0.1"}, "bad-value", "learning_rate"),
        ("optimizers", "Adam", {"learning_rate": {"type": "Cosine"}}, "unknown-type", "learning_rate.type"),
        ("optimizers", "Adamm", {}, "unknown-type", None),
        ("callbacks", "BackupAndRestore", {"backup_dir": "/"}, "not-offered", None),
        ("callbacks", "BackupAndRestore", {"backup_dir": "x"}, "not-offered", None),
        ("callbacks", "RemoteMonitor", {}, "not-offered", None),
        ("callbacks", "LambdaCallback", {}, "not-offered", None),
        ("callbacks", "EarlyStopping", {"patience": 1.5}, "bad-value", "patience"),
        ("metrics", "AUC", {"num_thresholds": 10**9}, "bad-value", "num_thresholds"),
        ("losses", "Huber", {"delta": None}, "bad-value", "delta"),
    ],
)
def test_objects_of_a_recipe_are_held_to_the_same(
    family: str, type: str, config: dict[str, Any], code: str, parameter: str | None
) -> None:
    (found,) = validate_object(family, KerasObject.model_construct(type=type, config=config))

    assert (found.code, found.parameter, found.node, found.fixes) == (code, parameter, None, [])


def test_every_default_and_suggestion_is_acceptable() -> None:
    refused = [
        (entry.type, found.message)
        for entry in entries("layers").values()
        for found in problems(
            entry.type, {each.name: each.suggestion if each.required else each.default for each in entry.parameters}
        )
    ]

    assert refused == [
        ("Input", "shape must be a list of whole numbers of at least 1, with null for a free size, got null.")
    ]
