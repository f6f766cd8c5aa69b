import math
from pathlib import Path

import keras
import numpy as np
import pytest

from layerloom.graph.document import Graph, Node
from layerloom.modeling.build import build_model
from layerloom.modeling.exporting.compare import Difference, difference
from layerloom.modeling.exporting.export import export_model
from layerloom.modeling.exporting.samples import SAMPLES, sample_batch
from layerloom.modeling.exporting.untrained import export_untrained
from layerloom.problem import Refusal
from tests.modeling.drawings import chain

BUDGET = 10**9
WORDS = ["good", "bad"]

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def drawn(*layers: tuple[str, dict[str, object]], shape: list[int | None], dtype: str = "float32") -> Graph:
    nodes = [Node(id=f"n{place}", type=type, config=config) for place, (type, config) in enumerate(layers)]
    given = Node(id="in", type="Input", name="given", config={"shape": shape, "dtype": dtype})
    return chain(given, *nodes, Node(id="out", type="Output", name="taken"))


def texts() -> Graph:
    vectorization = {"max_tokens": 20, "output_sequence_length": 5, "vocabulary": WORDS}
    embedding = ("Embedding", {"input_dim": 20, "output_dim": 2})
    return drawn(("TextVectorization", vectorization), embedding, ("Flatten", {}), shape=[], dtype="string")


def test_whole_numbers_stay_within_what_an_embedding_counts_to() -> None:
    model = build_model(drawn(("Embedding", {"input_dim": 3, "output_dim": 2}), shape=[None], dtype="int32"))
    [batch] = sample_batch(model)
    assert (batch.dtype, batch.shape, set(batch.ravel().tolist())) == (np.int32, (SAMPLES, 32), {0, 1, 2})


def test_texts_are_words_of_the_vocabulary_behind_the_input() -> None:
    [batch] = sample_batch(build_model(texts()))
    assert (batch.shape, set(batch.tolist()) <= set(WORDS)) == ((SAMPLES,), True)


def test_numbers_that_a_lookup_knows_no_other_of_are_its_own() -> None:
    lookup = {"vocabulary": [7, 9], "num_oov_indices": 0}
    [batch] = sample_batch(build_model(drawn(("IntegerLookup", lookup), shape=[2], dtype="int64")))
    assert set(batch.ravel().tolist()) <= {7, 9}


@pytest.mark.parametrize(
    ("received", "found"),
    [
        ([1.0, -4.0], Difference(0.0, 0.0)),
        ([1.0, -4.4], Difference(0.4, 0.1)),
        ([1.0, math.nan], Difference(math.inf, math.inf)),
        ([1.0], Difference(math.inf, math.inf)),
    ],
)
def test_a_difference_is_told_by_the_largest_answer(received: list[float], found: Difference) -> None:
    measured = difference([np.array([1.0, -4.0])], [np.array(received)])
    assert (measured.absolute, measured.relative) == pytest.approx((found.absolute, found.relative))


def test_a_file_with_an_output_less_can_not_be_compared() -> None:
    assert difference([np.zeros(1), np.zeros(1)], [np.zeros(1)]) == Difference(math.inf, math.inf)


@pytest.mark.parametrize(("dtype", "passes"), [("float32", False), ("mixed_float16", True)])
def test_half_precision_may_round_earlier(dtype: str, passes: bool) -> None:
    model = build_model(drawn(("Dense", {"units": 1, "dtype": dtype}), shape=[2]))
    assert Difference(1e-3, 1e-3).is_small(model) is passes


@pytest.mark.parametrize(
    ("format", "operation", "instead"),
    [("onnx", "StaticRegexReplace", "SavedModel"), ("litert", "StringLower", "ONNX or SavedModel")],
)
def test_a_format_that_can_not_carry_texts_names_the_operation(
    format: str, operation: str, instead: str, tmp_path: Path
) -> None:
    with pytest.raises(Refusal) as refused:
        export_model(build_model(texts()), format, tmp_path / "file.tflite")  # type: ignore[arg-type]
    assert (refused.value.code, f"'{operation}'" in refused.value.message, instead in refused.value.message) == (
        "not-exportable",
        True,
        True,
    ), refused.value.message


def test_a_model_that_keras_itself_can_not_ask_is_not_verifiable(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        export_model(build_model(drawn(("Reshape", {"target_shape": [5]}), shape=[None])), "json", tmp_path / "m.json")
    assert refused.value.code == "not-verifiable"


def test_an_untrained_file_has_the_weights_that_a_run_with_this_seed_starts_from(tmp_path: Path) -> None:
    graph = drawn(("Dense", {"units": 3}), ("Dropout", {"rate": 0.5}), ("Dense", {"units": 2}), shape=[4])
    export_untrained(graph, 11, "keras", BUDGET, tmp_path / "m.keras")
    keras.utils.set_random_seed(11)
    expected = build_model(graph).get_weights()
    got = keras.models.load_model(tmp_path / "m.keras").get_weights()
    assert all(np.array_equal(one, other) for one, other in zip(got, expected, strict=True))


@pytest.mark.parametrize("format", ["json", "yaml"])
def test_an_architecture_may_be_larger_than_this_machine(format: str, tmp_path: Path) -> None:
    graph = drawn(("Dense", {"units": 10**6}), ("Dense", {"units": 10**6}), shape=[10**5])
    export_untrained(graph, 7, format, BUDGET, tmp_path / "m")  # type: ignore[arg-type]
    assert "1000000" in (tmp_path / "m").read_text()


def test_a_model_larger_than_this_machine_is_refused_with_its_problem(tmp_path: Path) -> None:
    graph = drawn(("Dense", {"units": 10**6}), shape=[10**5])
    with pytest.raises(Refusal) as refused:
        export_untrained(graph, 7, "keras", BUDGET, tmp_path / "m.keras")
    assert (refused.value.code, [problem.code for problem in refused.value.problems]) == (
        "graph-not-ready",
        ["too-large"],
    )


def test_a_model_that_does_not_come_back_before_it_has_learnt_its_words_is_refused(tmp_path: Path) -> None:
    graph = drawn(("StringLookup", {"output_mode": "multi_hot", "max_tokens": 9}), shape=[1], dtype="string")
    with pytest.raises(Refusal) as refused:
        export_untrained(graph, 7, "keras", BUDGET, tmp_path / "m.keras")
    assert (refused.value.code, refused.value.message.endswith("Take the JSON file instead.")) == (
        "not-exportable",
        True,
    )
