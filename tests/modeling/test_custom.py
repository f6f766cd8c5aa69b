"""Layers written by the user: off by default, run in permitted processes alone, their errors at their line."""

import sys
from collections.abc import Iterator
from pathlib import Path

import keras
import numpy as np
import pytest

from layerloom.graph.document import Edge, Graph, Node
from layerloom.job import CUSTOM_CODE
from layerloom.modeling import custom
from layerloom.modeling.build import build_model
from layerloom.modeling.check import check_graph
from layerloom.modeling.nodes import STARTING_CODE
from layerloom.modeling.source.styles import model_source
from layerloom.problem import Problem, Refusal
from tests.modeling.examples import BUDGET_BYTES

TWO_INPUTS = """
import keras

class Scaled(keras.layers.Layer):
    def call(self, values, weights, bias=None, training=False):
        return values * weights
"""


@pytest.fixture
def permitted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv(CUSTOM_CODE, "1")
    yield
    custom.layer_class.cache_clear()


def drawing(code: str, *, arguments: dict[str, object] | None = None, inputs: tuple[str, ...] = ("",)) -> Graph:
    config = {"code": code} if arguments is None else {"code": code, "arguments": arguments}
    nodes = [Node(id="mine", type="python", name="mine", config=config), Node(id="out", type="Output", name="out")]
    edges = [Edge(source="mine", target="out")]
    for index, port in enumerate(inputs):
        nodes.append(Node(id=f"in{index}", type="Input", name=f"in{index}", config={"shape": [4]}))
        edges.append(Edge(source=f"in{index}", target="mine", target_port=port or None))
    return Graph(nodes=nodes, edges=edges)


def problems(graph: Graph) -> list[Problem]:
    return check_graph(graph, BUDGET_BYTES).problems


def places(graph: Graph) -> list[tuple[str, str | None, str | None, int | None]]:
    return [(each.code, each.node, each.parameter, each.line) for each in problems(graph)]


def test_without_leave_the_node_says_so_and_nothing_is_compiled() -> None:
    compiled: list[object] = []
    watching = True
    sys.addaudithook(lambda event, args: compiled.append(args[1]) if watching and event == "compile" else None)

    found = places(drawing(STARTING_CODE))

    watching = False
    assert (found, [file for file in compiled if file == "<layer code>"]) == (
        [("custom-python-off", "mine", "code", None)],
        [],
    )


@pytest.mark.usefixtures("permitted")
def test_a_layer_of_ones_own_is_sized_and_counted() -> None:
    report = check_graph(drawing(STARTING_CODE, arguments={"units": 3}), BUDGET_BYTES)

    assert (report.problems, report.nodes["mine"].outputs["output"].shape, report.parameters) == ([], [None, 3], 12)


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
@pytest.mark.usefixtures("permitted")
def test_the_built_layer_computes_and_survives_saving(tmp_path: Path) -> None:
    model = build_model(drawing(STARTING_CODE))
    x = np.ones((2, 4), "float32")

    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")

    np.testing.assert_array_equal(loaded.predict(x, verbose=0), model.predict(x, verbose=0))


@pytest.mark.usefixtures("permitted")
def test_its_ports_are_the_tensor_arguments_of_call() -> None:
    report = check_graph(drawing(TWO_INPUTS, inputs=("values", "weights")), BUDGET_BYTES)

    assert (report.problems, report.nodes["mine"].outputs["output"].shape) == ([], [None, 4])


@pytest.mark.usefixtures("permitted")
@pytest.mark.parametrize(
    ("code", "line", "says"),
    [
        ("import keras\nclass A(keras.layers.Layer)\n    pass\n", 2, "SyntaxError"),
        ("import keras\nx = 1 / 0\n", 2, "ZeroDivisionError"),
        ("x = 1\n", 1, "defines no class"),
        ("import no_such_module\n", 1, "ModuleNotFoundError"),
        ("raise SystemExit\n", 1, "SystemExit"),
        (STARTING_CODE.replace("ops.relu(", "ops.rel("), 14, "no attribute"),
        (STARTING_CODE.replace("self.units = units", "self.units = unit"), 8, "unit"),
    ],
)
def test_an_error_in_the_code_stands_at_its_line(code: str, line: int, says: str) -> None:
    (problem,) = problems(drawing(code))

    assert (problem.code, problem.node, problem.parameter, problem.line, says in problem.message) == (
        "python-error",
        "mine",
        "code",
        line,
        True,
    ), problem


@pytest.mark.usefixtures("permitted")
@pytest.mark.parametrize(
    ("config", "place"),
    [
        ({}, ("missing-parameter", "code")),
        ({"code": 3}, ("bad-value", "code")),
        ({"code": "a\0b"}, ("bad-value", "code")),
        ({"code": STARTING_CODE, "arguments": [1]}, ("bad-value", "arguments")),
        ({"code": STARTING_CODE, "units": 3}, ("unknown-parameter", "units")),
        ({"code": STARTING_CODE, "arguments": {"unit": 3}}, ("python-error", "code")),
    ],
)
def test_a_malformed_node_is_told_at_the_argument(config: dict[str, object], place: tuple[str, str]) -> None:
    graph = drawing(STARTING_CODE)
    wrong = graph.nodes[0].model_copy(update={"config": config})

    found = problems(graph.model_copy(update={"nodes": [wrong, *graph.nodes[1:]]}))

    assert [(problem.code, problem.parameter) for problem in found] == [place]


@pytest.mark.usefixtures("permitted")
def test_two_layers_of_the_same_class_name_stay_apart() -> None:
    codes = [STARTING_CODE, STARTING_CODE.replace("ops.relu", "ops.tanh")]

    registered = [keras.saving.get_registered_name(custom.layer_class(code)) for code in codes]

    assert len(set(registered)) == 2


def test_a_saved_model_with_code_is_not_loaded_without_leave() -> None:
    with pytest.raises(Refusal, match="allow-custom-code"):
        custom.make_known([STARTING_CODE])


@pytest.mark.usefixtures("permitted")
@pytest.mark.parametrize("style", ["functional", "sequential", "sequential_add", "subclass"])
def test_the_code_of_a_layer_stands_in_the_source_as_it_was_typed(style: str) -> None:
    namespace: dict[str, object] = {"__name__": "written"}

    exec(model_source(drawing(STARTING_CODE, arguments={"units": 3}), style), namespace)

    model = namespace["model"]
    assert isinstance(model, keras.Model)
    assert [(layer.name, layer.count_params()) for layer in model.layers if layer.weights] == [("mine", 12)]


@pytest.mark.usefixtures("permitted")
def test_two_classes_of_one_name_fit_into_no_source() -> None:
    graph = drawing(STARTING_CODE)
    other = Node(id="other", type="python", config={"code": STARTING_CODE.replace("relu", "tanh")})
    edges = [Edge(source="in0", target="mine"), Edge(source="mine", target="other"), Edge(source="other", target="out")]

    with pytest.raises(Refusal, match="'MyLayer'"):
        model_source(graph.model_copy(update={"nodes": [*graph.nodes, other], "edges": edges}), "functional")


@pytest.mark.usefixtures("permitted")
def test_arguments_that_are_no_names_do_not_reach_the_source_as_code() -> None:
    code = STARTING_CODE.replace("units=32, **kwargs", "**kwargs").replace("**kwargs)\n", "name=kwargs['name'])\n", 1)
    code = code.replace("self.units = units", "self.units = 3")

    text = model_source(drawing(code, arguments={"x=print('ran')": 1}), "functional")

    assert "MyLayer(**{\"x=print('ran')\": 1}" in text
