"""Every format with every kind of model that a course meets: how far the file is from Keras, or why there is none."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keras
import pytest

from layerloom.graph.document import Edge, Graph, Node
from layerloom.model_file import FORMAT_NAMES, FORMATS, FormatName
from layerloom.modeling.build import build_model
from layerloom.modeling.exporting.export import export_model
from layerloom.problem import Refusal
from tests.modeling.drawings import chain

TABLE: dict[tuple[str, FormatName], str] = {}
LARGEST = 1e-5


def layer(id: str, type: str, **config: Any) -> Node:
    return Node(id=id, type=type, config=config)


def mlp() -> Graph:
    return chain(
        layer("i", "Input", shape=[28, 28, 1]),
        layer("a", "Normalization", axis=None, mean=0.5, variance=4.0),
        layer("b", "Flatten"),
        layer("c", "Dense", units=32, activation="relu"),
        layer("d", "Dense", units=10, activation="softmax"),
        layer("o", "Output"),
    )


def cnn() -> Graph:
    """Convolutions, batch normalization and a residual addition."""
    nodes = [
        layer("i", "Input", shape=[16, 16, 3]),
        layer("a", "Conv2D", filters=8, kernel_size=3, padding="same"),
        layer("b", "BatchNormalization"),
        layer("c", "Conv2D", filters=8, kernel_size=3, padding="same", activation="relu"),
        layer("d", "Add"),
        layer("e", "MaxPooling2D"),
        layer("f", "Flatten"),
        layer("g", "Dense", units=5),
        layer("o", "Output"),
    ]
    wires = ["ia", "ab", "bc", "cd", "ad", "de", "ef", "fg", "go"]
    return Graph(nodes=nodes, edges=[Edge(source=wire[0], target=wire[1]) for wire in wires])


def lstm() -> Graph:
    return chain(
        layer("i", "Input", shape=[12, 3]),
        layer("a", "LSTM", units=8, return_sequences=True),
        layer("b", "Bidirectional", layer={"type": "LSTM", "config": {"units": 4}}),
        layer("c", "Dense", units=2),
        layer("o", "Output"),
    )


def masked() -> Graph:
    """Words as numbers, padding masked: the mask is an operation of its own in the graph."""
    return chain(
        layer("i", "Input", shape=[None], dtype="int32"),
        layer("a", "Embedding", input_dim=30, output_dim=4, mask_zero=True),
        layer("b", "LSTM", units=4),
        layer("c", "Dense", units=2),
        layer("o", "Output"),
    )


def transformer() -> Graph:
    """One encoder block: attention, addition and normalization, twice."""
    nodes = [
        layer("i", "Input", shape=[10], dtype="int32"),
        layer("e", "Embedding", input_dim=50, output_dim=16),
        layer("a", "MultiHeadAttention", num_heads=2, key_dim=8),
        layer("b", "Add"),
        layer("c", "LayerNormalization"),
        layer("d", "Dense", units=32, activation="gelu"),
        layer("f", "Dense", units=16),
        layer("g", "Add"),
        layer("h", "LayerNormalization"),
        layer("p", "GlobalAveragePooling1D"),
        layer("q", "Dense", units=3),
        layer("o", "Output"),
    ]
    wires = ["ie", "eb", "ab", "bc", "cd", "df", "fg", "cg", "gh", "hp", "pq", "qo"]
    edges = [Edge(source="e", target="a", target_port=port) for port in ("query", "value")]
    return Graph(nodes=nodes, edges=[*edges, *(Edge(source=wire[0], target=wire[1]) for wire in wires)])


def awkward() -> Graph:
    """Two inputs and two outputs, named so that no signature could carry the names."""
    nodes = [
        Node(id="i", type="Input", name="b 손글씨", config={"shape": [4]}),
        Node(id="j", type="Input", name="a:2", config={"shape": [3]}),
        layer("c", "Concatenate"),
        layer("d", "Dense", units=2),
        layer("e", "Dense", units=3),
        Node(id="o", type="Output", name="z out"),
        Node(id="p", type="Output", name="2nd"),
    ]
    wires = ["ic", "jc", "cd", "ce", "do", "ep"]
    return Graph(nodes=nodes, edges=[Edge(source=wire[0], target=wire[1]) for wire in wires])


MODELS = {"MLP": mlp, "CNN": cnn, "LSTM": lstm, "masked LSTM": masked, "transformer": transformer, "names": awkward}
REFUSED: dict[tuple[str, FormatName], str] = {("masked LSTM", "h5"): "An .h5 file can not carry this model"}
SLOW = ("LSTM", "masked LSTM", "transformer")
CASES = [
    pytest.param(model, format, marks=[pytest.mark.slow] if model in SLOW else [])
    for model in MODELS
    for format in FORMAT_NAMES
]


@pytest.fixture(scope="module", autouse=True)
def table() -> Iterator[None]:
    """Prints what was measured once all is done (`-s` shows it)."""
    yield
    rows = sorted({model for model, _ in TABLE}, key=list(MODELS).index)
    print("\n" + " | ".join(["largest absolute difference", *FORMAT_NAMES]))  # noqa: T201
    for row in rows:
        print(" | ".join([row, *(TABLE.get((row, format), "") for format in FORMAT_NAMES)]))  # noqa: T201


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(("model", "format"), CASES)
def test_a_file_answers_as_keras_does_or_is_refused(model: str, format: FormatName, tmp_path: Path) -> None:
    keras.utils.set_random_seed(7)
    built = build_model(MODELS[model]())
    path = tmp_path / f"model{FORMATS[format].suffix}"
    if (model, format) in REFUSED:
        with pytest.raises(Refusal, match=REFUSED[model, format]) as refused:
            export_model(built, format, path)
        TABLE[model, format] = refused.value.code
        return
    verified = export_model(built, format, path)
    TABLE[model, format] = f"{verified.difference.absolute:.1e}"
    assert (verified.samples, verified.difference.relative <= LARGEST) == (4, True), verified
