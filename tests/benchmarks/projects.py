"""The trainings that are timed, as the page sends them. `plain_script.py` builds the same models line by line."""

import json
from itertools import pairwise
from typing import Any

from tests.server import ROOT

PACKAGE = ROOT / "backend" / "layerloom"
Project = dict[str, Any]


def project(which: str) -> Project:
    """Graph and recipe of one of the trainings: mlp, cnn, lstm, transformer."""
    return {"mlp": _mnist, "cnn": _mnist, "lstm": _airline, "transformer": _reviews}[which](which)


def _mnist(which: str) -> Project:
    """The example with the rival's optimizer, batch size and epochs, whatever the example says."""
    example = json.loads((PACKAGE / "api" / "examples" / f"mnist_{which}.json").read_text(encoding="utf-8"))
    recipe = example["recipe"]
    optimizer = {"type": "SGD", "config": {"learning_rate": 0.1}}
    fit = {"epochs": 5, "batch_size": 32, "shuffle": True}
    compiled = {**recipe["compile"], "optimizer": optimizer}
    return {"graph": example["graph"], "recipe": {**recipe, "compile": compiled, "fit": fit, "callbacks": []}}


def _airline(_which: str) -> Project:
    """The passengers of a month from the twelve months before it."""
    layers = [
        ("Input", "months", {"shape": [12, 1]}),
        ("Rescaling", "scale_down", {"scale": 0.01}),
        ("LSTM", "lstm", {"units": 32}),
        ("Dense", "dense", {"units": 1}),
        ("Rescaling", "scale_up", {"scale": 100.0}),
        ("Output", "passengers", {}),
    ]
    data = {
        "dataset": "airline_passengers",
        "inputs": {"months": ["last_12_months"]},
        "targets": {"passengers": ["Passengers"]},
        "validation_fraction": 0.25,
    }
    loss = {"type": "MeanSquaredError"}
    metric = {"type": "MeanAbsoluteError", "config": {"name": "mae"}}
    compiled = _compile("passengers", loss, metric, learning_rate=0.01)
    return _chain(layers, {"data": data, "compile": compiled, "fit": {"epochs": 100, "batch_size": 16}})


def _reviews(_which: str) -> Project:
    """Whether the garment was recommended, from the words of the review."""
    block = json.loads((PACKAGE / "graph" / "library" / "transformer_encoder.json").read_text(encoding="utf-8"))
    layers = [
        ("Input", "review", {"shape": [], "dtype": "string"}),
        ("TextVectorization", "words", {"max_tokens": 5_000, "output_sequence_length": 64}),
        ("Embedding", "embedding", {"input_dim": 5_000, "output_dim": 64}),
        ("block:transformer_encoder", "encoder", {"repeat": 2}),
        ("GlobalAveragePooling1D", "pooling", {}),
        ("Dense", "dense", {"units": 1, "activation": "sigmoid"}),
        ("Output", "recommended", {}),
    ]
    data = {
        "dataset": "clothing_reviews",
        "inputs": {"review": ["Review Text"]},
        "targets": {"recommended": ["Recommended IND"]},
        "validation_fraction": 0.1,
    }
    loss = {"type": "BinaryCrossentropy"}
    metric = {"type": "BinaryAccuracy", "config": {"name": "accuracy"}}
    compiled = _compile("recommended", loss, metric, learning_rate=0.001)
    made = _chain(layers, {"data": data, "compile": compiled, "fit": {"epochs": 3, "batch_size": 32}})
    made["graph"]["blocks"] = {"transformer_encoder": block["block"]}
    return made


def _compile(output: str, loss: dict[str, Any], metric: dict[str, Any], learning_rate: float) -> dict[str, Any]:
    optimizer = {"type": "Adam", "config": {"learning_rate": learning_rate}}
    return {"optimizer": optimizer, "outputs": {output: {"loss": loss, "metrics": [metric]}}}


def _chain(layers: list[tuple[str, str, dict[str, Any]]], recipe: dict[str, Any]) -> Project:
    nodes = [{"id": name, "type": type, "name": name, "config": config} for type, name, config in layers]
    edges = [{"source": one["id"], "target": next["id"]} for one, next in pairwise(nodes)]
    return {"graph": {"version": 1, "nodes": nodes, "edges": edges}, "recipe": recipe}
