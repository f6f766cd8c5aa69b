"""Names and strings that would hurt where they reached code as they are."""

import ast
import builtins
import keyword
import unicodedata

import keras
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from layerloom.graph.document import Graph
from layerloom.modeling.source.identifiers import Identifiers, class_identifier, identifier
from layerloom.modeling.source.literals import doc, literal, markdown, prose
from layerloom.modeling.source.styles import model_source
from layerloom.problem import Refusal
from tests.modeling.graphs import drawings
from tests.modeling.sketch import HOSTILE

MODULES = frozenset({"keras"})
GIVEN = frozenset({"super", "self", "model", "kwargs", "__name__", "inputs"})


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(drawings(), st.sampled_from(["functional", "subclass"]))
def test_code_names_nothing_but_keras_and_its_own_variables(graph: Graph, style: str) -> None:
    tree = ast.parse(model_source(graph, style))

    assert strangers(tree) == set()
    keras.utils.clear_session(free_memory=False)


def strangers(tree: ast.Module) -> set[str]:
    """Names that are read without being made here, and modules that are imported."""
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    made = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    made |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    made |= {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef | ast.FunctionDef)}
    read = {node.id for node in names if isinstance(node.ctx, ast.Load)}
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    private = {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute) and n.attr.startswith("_")} - {"__init__"}
    return (read - made - GIVEN - MODULES) | (imported - MODULES) | private


TEXTS = st.one_of(st.text(max_size=80), st.sampled_from(HOSTILE))


@settings(max_examples=500, deadline=None)
@given(st.lists(TEXTS, max_size=8))
@example(["ﬁn", "fin", "FIN"])
@example(["K", "K", "k"])
def test_identifiers_are_valid_and_unique_as_python_reads_them(texts: list[str]) -> None:
    handed = Identifiers(("taken",))

    made = [handed.make(text, "layer") for text in texts]

    assert [name for name in made if not name.isidentifier()] == []
    assert [unicodedata.normalize("NFKC", name) for name in made] == made
    assert len({*made, "taken"}) == len(texts) + 1
    assert {*made} & {*keyword.kwlist, *dir(builtins), "keras", "self"} == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dense 1", "dense_1"),
        ("층 1", "층_1"),
        ("1st", "layer_1st"),
        ("🙂", "layer"),
        ("a.b:c", "a_b_c"),
        ('x"); import os', "x_import_os"),
        ("__init__", "init"),
        ("ﬁn", "fin"),
    ],
)
def test_an_identifier_looks_like_its_name(text: str, expected: str) -> None:
    assert identifier(text, "layer") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MNIST mlp", "MnistMlp"),
        ("MyModel", "MyModel"),
        ('"""', "Network"),
        ("층 1", "층1"),
        ("2 towers", "Network2Towers"),
    ],
)
def test_a_class_is_named_in_capitals(text: str, expected: str) -> None:
    assert class_identifier(text, "Network") == expected


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(JSON_VALUES)
def test_a_literal_is_read_back_as_its_value(value: object) -> None:
    assert ast.literal_eval(literal(value)) == value  # type: ignore[arg-type]


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=300), st.sampled_from(['"""', "\\", "a\\", '\\"', "\r\n# coding: utf-7", "\x0c", "\u2028"])
    )
)
def test_prose_in_a_docstring_is_read_back_and_is_one_line(text: str) -> None:
    assert ast.literal_eval(f'"""{doc(text)}."""') == f"{prose(text)}."
    assert len(prose(text).splitlines()) <= 1


def test_prose_in_markdown_holds_no_marks() -> None:
    assert markdown("<b>[x](y)`") == "\\<b\\>\\[x\\]\\(y\\)\\`"


def test_numbers_that_are_not_finite_are_no_literals() -> None:
    with pytest.raises(ValueError, match="finite"):
        literal(float("inf"))


def test_a_title_can_not_end_the_docstring_it_stands_in() -> None:
    graph = Graph(name='"""\nimport os\nos.abort()\n"""')

    with pytest.raises(Refusal):
        model_source(graph, "functional")
