"""Every operation of the catalog against Keras: what the check says is what a built model does."""

from typing import Any

import keras
import numpy as np
import pytest

from layerloom.catalog import NodeEntry
from layerloom.graph.document import Graph
from layerloom.modeling.build import build_model
from layerloom.modeling.callee import callee_of
from layerloom.modeling.check import check_graph
from layerloom.modeling.reflection import entries
from layerloom.report import TensorReport
from tests.modeling.examples import BUDGET_BYTES
from tests.modeling.operation_samples import drawing, sample
from tests.picking import one_in

OPERATIONS = {type: entry for type, entry in entries("operations").items() if isinstance(entry, NodeEntry)}
ON_SAMPLES = [type for type, entry in OPERATIONS.items() if entry.inputs and not sample(entry).constants]
ON_CONSTANTS = [type for type in OPERATIONS if type not in ON_SAMPLES]
ROWS = 3
pytestmark = pytest.mark.filterwarnings("ignore:NotImplemented should not be used in a boolean context")
"""Keras's tensordot compares null with a number."""
DRAWN = np.random.default_rng(7)


def outputs(type: str) -> dict[str, TensorReport]:
    return check_graph(drawing(OPERATIONS[type], []), BUDGET_BYTES).nodes["op"].outputs


def rows(tensor: keras.KerasTensor) -> np.ndarray:
    shape = (ROWS, *tensor.shape[1:])
    if tensor.dtype.startswith("float"):
        return DRAWN.uniform(0.1, 0.9, shape).astype(tensor.dtype)
    return DRAWN.integers(0, 2 if tensor.dtype == "bool" else 3, shape).astype(tensor.dtype)


def answers(model: keras.Model, data: dict[str, np.ndarray]) -> list[Any]:
    return keras.tree.flatten(model(data if len(data) > 1 else next(iter(data.values()))))


def described(tensors: list[Any]) -> list[tuple[tuple[int | None, ...], str]]:
    return [(tuple(tensor.shape), keras.backend.standardize_dtype(tensor.dtype)) for tensor in tensors]


def model_of(type: str) -> tuple[Graph, keras.Model]:
    graph = drawing(OPERATIONS[type], list(outputs(type)))
    return graph, build_model(graph)


def agree(one: list[Any], other: list[Any]) -> bool:
    return all(np.allclose(a, b, atol=1e-4, equal_nan=True) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("type", one_in(4, ON_SAMPLES))
def test_an_operation_gives_what_the_check_says_keeps_samples_apart_and_survives_a_file(type: str, tmp_path) -> None:
    _, model = model_of(type)
    data = {tensor.name: rows(tensor) for tensor in model.inputs}

    given = answers(model, data)

    told = [((ROWS, *tensor.shape[1:]), tensor.dtype) for tensor in outputs(type).values()]
    turned = answers(model, {name: values[::-1] for name, values in data.items()})
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    names = [operation.name for operation in model.operations]
    assert described(given) == told
    assert agree([np.array(tensor)[::-1] for tensor in given], turned)
    assert agree(given, answers(loaded, data))
    assert ("the_operation" in names, [operation.name for operation in loaded.operations]) == (True, names)


@pytest.mark.parametrize("type", ON_CONSTANTS)
def test_an_operation_on_constants_gives_what_the_check_says(type: str) -> None:
    entry, known = OPERATIONS[type], sample(OPERATIONS[type])
    ports = [port for port in entry.inputs if port.name in known.constants]
    tensors = {port.name: keras.ops.array(known.constants[port.name]) for port in ports}
    values = {port.name: [tensors[port.name]] * known.wires if port.variadic else tensors[port.name] for port in ports}

    made = callee_of(drawing(entry, []).node("op"), name="constant")(values)

    told = [(tuple(tensor.shape), tensor.dtype, tensor.batched) for tensor in outputs(type).values()]
    assert told == [(*tensor, False) for tensor in described(made)]


@pytest.mark.parametrize("type", OPERATIONS)
def test_the_drawing_of_an_operation_survives_json(type: str) -> None:
    graph = drawing(OPERATIONS[type], ["output"])

    assert Graph.model_validate_json(graph.model_dump_json()) == graph
