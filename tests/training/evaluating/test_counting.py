"""Every figure against scikit-learn's on the same answers."""

from typing import Any

import numpy as np
import pytest
from sklearn import metrics

from layerloom.training.evaluating import classification, regression
from layerloom.training.evaluating.curves import MOST_POINTS, roc
from layerloom.training.evaluating.reading import Reading, are_probabilities, named, reading, scores

Array = Any


def answers(seed: int, classes: int, rows: int = 200) -> tuple[Array, Array]:
    """True classes, and scores that favour them a little; coarse, so that many are equal."""
    random = np.random.default_rng(seed)
    truth = random.integers(0, classes, rows)
    return truth, (random.random((rows, classes)) + 0.7 * np.eye(classes)[truth]).round(1)


@pytest.mark.parametrize("classes", [2, 3, 7])
def test_precision_recall_and_f1_are_those_of_scikit_learn(classes: int) -> None:
    truth, score = answers(classes, classes)
    predicted = named(score)
    found = classification.counted(truth, predicted, classes)
    expected = metrics.precision_recall_fscore_support(truth, predicted, labels=range(classes))

    assert np.allclose([found.precision, found.recall, found.f1, found.support], expected)
    assert classification.balanced_accuracy(found) == pytest.approx(metrics.balanced_accuracy_score(truth, predicted))
    for ours, name in ((classification.macro(found), "macro"), (classification.weighted(found), "weighted")):
        theirs = metrics.precision_recall_fscore_support(truth, predicted, average=name)[:3]
        assert (ours.precision, ours.recall, ours.f1) == pytest.approx(theirs)


def test_a_class_that_nobody_has_counts_in_no_mean() -> None:
    truth, predicted = np.array([0, 0, 2, 2]), np.array([0, 2, 2, 2])
    found = classification.counted(truth, predicted, 4)

    theirs = metrics.precision_recall_fscore_support(truth, predicted, average="macro")[:3]
    ours = classification.macro(found)
    assert (ours.precision, ours.recall, ours.f1) == pytest.approx(theirs)


def test_the_matrix_is_that_of_scikit_learn_and_names_the_most_frequent_mistakes() -> None:
    truth, predicted = np.array([0, 0, 1, 1, 1, 2]), np.array([0, 1, 2, 2, 1, 2])

    matrix = classification.confusion(truth, predicted, 3)

    assert (matrix == metrics.confusion_matrix(truth, predicted)).all()
    pairs = classification.confused(matrix, ["a", "b", "c"])
    assert [(pair.true, pair.predicted, pair.count) for pair in pairs] == [("b", "c", 2), ("a", "b", 1)]


@pytest.mark.parametrize("rows", [30, 5_000])
def test_a_roc_curve_and_its_area_are_those_of_scikit_learn(rows: int) -> None:
    random = np.random.default_rng(rows)
    truth = random.random(rows) < 0.3
    score = (random.random(rows) + truth * 0.4).round(3)
    ours = roc(truth, score, "yes")
    false, true, _ = metrics.roc_curve(truth, score, drop_intermediate=False)

    assert ours is not None
    assert ours.auc == pytest.approx(metrics.roc_auc_score(truth, score))
    assert len(ours.false_positives) <= MOST_POINTS
    assert {(0.0, 0.0), (1.0, 1.0)} <= set(zip(ours.false_positives, ours.true_positives, strict=True))
    on_theirs = {(round(x, 6), round(y, 6)) for x, y in zip(false, true, strict=True)}
    assert set(zip(ours.false_positives, ours.true_positives, strict=True)) <= on_theirs


def test_there_is_no_curve_where_every_row_is_of_one_side() -> None:
    assert roc(np.array([True, True]), np.array([0.1, 0.2]), "yes") is None


def test_areas_of_one_class_against_all_others_average_to_scikit_learns() -> None:
    truth, score = answers(3, 4)
    shares = score / score.sum(axis=1, keepdims=True)
    curves = [roc(truth == place, shares[:, place], str(place)) for place in range(4)]

    theirs = metrics.roc_auc_score(truth, shares, multi_class="ovr", average="macro")
    assert np.mean([curve.auc for curve in curves if curve]) == pytest.approx(theirs)


@pytest.mark.parametrize("values", [1, 3])
def test_errors_of_numbers_are_those_of_scikit_learn(values: int) -> None:
    random = np.random.default_rng(values)
    truth = random.normal(5, 3, (100, values))
    predicted = truth + random.normal(0, 1, (100, values))

    assert regression.rmse(truth, predicted) == pytest.approx(metrics.root_mean_squared_error(truth, predicted))
    assert regression.r2(truth, predicted) == pytest.approx(metrics.r2_score(truth, predicted))


@pytest.mark.parametrize("predicted", [[3.0, 3.0], [3.0, 4.0]])
def test_r2_of_a_constant_is_that_of_scikit_learn(predicted: list[float]) -> None:
    truth = np.array([[3.0], [3.0]])

    ours = regression.r2(truth, np.array(predicted)[:, None])

    assert ours == metrics.r2_score(truth[:, 0], predicted)


def test_the_histogram_counts_every_residual_and_the_scatter_keeps_the_largest() -> None:
    random = np.random.default_rng(0)
    truth = random.normal(size=(5_000, 1))
    predicted = truth + random.normal(size=(5_000, 1))
    predicted[123] += 40

    points = regression.scatter(np.arange(5_000), truth, predicted)

    assert sum(regression.histogram(truth, predicted).counts) == 5_000
    assert 123 in points.rows
    assert len(points.rows) <= regression.SCATTER_POINTS + 2


@pytest.mark.parametrize(
    ("loss", "from_logits", "units", "expected"),
    [
        ("SparseCategoricalCrossentropy", False, 3, Reading(None, None)),
        ("SparseCategoricalCrossentropy", True, 3, Reading("softmax", None)),
        ("BinaryCrossentropy", True, 1, Reading("sigmoid", 0.5)),
        ("BinaryCrossentropy", True, 3, Reading("sigmoid", None)),
        ("Hinge", False, 1, Reading(None, 0.0)),
        ("MeanSquaredError", False, 1, Reading(None, 0.5)),
    ],
)
def test_the_loss_says_how_an_output_is_read(loss: str, from_logits: bool, units: int, expected: Reading) -> None:
    assert reading(loss, from_logits, units) == expected


@pytest.mark.parametrize(
    ("raw", "how", "expected"),
    [
        ([[0.2], [0.5], [0.9]], Reading(None, 0.5), [[0.8, 0.2], [0.5, 0.5], [0.1, 0.9]]),
        ([[0.0], [1000.0], [-1000.0]], Reading("sigmoid", 0.5), [[0.5, 0.5], [0, 1], [1, 0]]),
        ([[-2.0], [3.0]], Reading(None, 0.0), [[2, -2], [-3, 3]]),
        ([[0.0, 0.0], [1000.0, 0.0]], Reading("softmax", None), [[0.5, 0.5], [1, 0]]),
    ],
)
def test_one_unit_speaks_for_two_classes_and_logits_become_probabilities(
    raw: list[list[float]], how: Reading, expected: list[list[float]]
) -> None:
    assert np.allclose(scores(np.array(raw), how), expected)


def test_scores_beyond_one_are_no_probabilities() -> None:
    assert [are_probabilities(np.array(values)) for values in ([0.0, 1.0], [0.5, np.nan], [-2.0, 0.5], [np.nan])] == [
        True,
        True,
        False,
        False,
    ]
