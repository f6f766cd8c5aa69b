"""What a model said about classes, row by row, and the report of it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from layerloom.evaluation import ClassificationReport, ClassScores, JudgedRow, RocCurve
from layerloom.training.evaluating import classification as counting
from layerloom.training.evaluating.curves import roc
from layerloom.training.evaluating.every import EveryNth
from layerloom.training.evaluating.reading import Reading, are_probabilities, named, scores

LARGEST_MATRIX = 200
MOST_CURVES = 100
SHOWN_ROWS = 24

Array = NDArray[Any]


class SaidClasses:
    """Filled batch by batch. `truth` has the true class of each row, `rows` its number in the file."""

    def __init__(self, labels: list[str], how: Reading, truth: Array, rows: Array) -> None:
        self._labels = labels
        self._how = how
        self._truth = truth.astype(np.int64)
        self._rows = rows
        self._kept = EveryNth(len(rows), len(labels), np.float64)
        self._predicted = np.empty(len(rows), np.int32)
        self._sure = np.empty(len(rows), np.float32)
        self._loss = np.empty(len(rows), np.float32)

    def add(self, at: int, said: Array, losses: Array) -> None:
        """Take what the model said (rows, units) from the `at`-th row on."""
        values = scores(said, self._how)
        here = slice(at, at + len(values))
        self._predicted[here] = named(values)
        self._sure[here] = values.max(axis=1)
        self._loss[here] = losses
        self._kept.put(at, values)

    def by_row(self) -> dict[str, Array]:
        """Arrays to store: class numbers, how sure (NaN where that is no probability), loss."""
        sure = self._sure if self._probabilities else np.full_like(self._sure, np.nan)
        return {"true": self._truth, "predicted": self._predicted, "probability": sure, "loss": self._loss}

    def report(self) -> ClassificationReport:
        """Everything that can be told. All rows but those with scores that are not finite."""
        finite = np.isfinite(self._sure)
        truth, predicted = self._truth[finite], self._predicted[finite]
        count = len(self._labels)
        found = counting.counted(truth, predicted, count)
        curves = self._curves()
        areas = [curve.auc for curve in curves if curve]
        matrix = counting.confusion(truth, predicted, count)
        return ClassificationReport(
            classes=self._labels,
            applied=self._how.applied,
            probabilities=self._probabilities,
            threshold=self._how.threshold,
            rows=len(truth),
            not_finite=int((~finite).sum()),
            accuracy=float((truth == predicted).mean()),
            balanced_accuracy=counting.balanced_accuracy(found),
            macro=counting.macro(found),
            weighted=counting.weighted(found),
            macro_auc=float(np.mean(areas)) if areas else None,
            scores=self._by_class(found, curves),
            matrix=matrix.tolist() if count <= LARGEST_MATRIX else None,
            confused=counting.confused(matrix, self._labels),
            roc=self._shown(curves),
            sampled_every=self._kept.step,
            worst=self._judged(np.argsort(np.where(np.isfinite(self._loss), -self._loss, np.inf), kind="stable")),
            confident_mistakes=self._judged(self._mistakes()),
        )

    @property
    def finite(self) -> bool:
        """Whether there is a row to report of."""
        return bool(np.isfinite(self._sure).any())

    @property
    def _probabilities(self) -> bool:
        return self._how.applied is not None or are_probabilities(self._kept.kept)

    def _curves(self) -> list[RocCurve | None]:
        finite = np.isfinite(self._kept.kept).all(axis=1)
        truth, values = self._truth[:: self._kept.step][finite], self._kept.kept[finite]
        return [roc(truth == place, values[:, place], label) for place, label in enumerate(self._labels)]

    def _shown(self, curves: list[RocCurve | None]) -> list[RocCurve]:
        """Of two classes one curve tells all; of very many, nobody looks at any."""
        some = curves[1:] if len(curves) == 2 else curves if len(curves) <= MOST_CURVES else []
        return [curve for curve in some if curve]

    def _by_class(self, found: counting.Counted, curves: list[RocCurve | None]) -> list[ClassScores]:
        return [
            ClassScores(
                label=label,
                precision=float(found.precision[place]),
                recall=float(found.recall[place]),
                f1=float(found.f1[place]),
                support=int(found.support[place]),
                auc=curve.auc if curve else None,
            )
            for place, (label, curve) in enumerate(zip(self._labels, curves, strict=True))
        ]

    def _mistakes(self) -> Array:
        wrong = np.flatnonzero((self._truth != self._predicted) & np.isfinite(self._sure))
        return wrong[np.argsort(-self._sure[wrong], kind="stable")]

    def _judged(self, order: Array) -> list[JudgedRow]:
        stored = self.by_row()
        return [
            JudgedRow(
                row=int(self._rows[at]),
                true=self._labels[self._truth[at]],
                predicted=self._labels[self._predicted[at]],
                probability=finite_or_none(stored["probability"][at]),
                loss=finite_or_none(self._loss[at]),
            )
            for at in order[:SHOWN_ROWS]
        ]


def finite_or_none(value: Any) -> float | None:
    """A number as JSON can carry it."""
    return float(value) if np.isfinite(value) else None
