"""What a model said about numbers, row by row, and the report of it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from layerloom.evaluation import MeasuredRow, RegressionReport
from layerloom.training.evaluating import regression as measuring
from layerloom.training.evaluating.every import EveryNth

SHOWN_ROWS = 24
SHOWN_VALUES = 8

Array = NDArray[Any]


class SaidNumbers:
    """Filled batch by batch. `truth` holds every row of the split's file, `rows` the numbers of those judged."""

    def __init__(self, truth: Array, rows: Array) -> None:
        self._truth = truth.reshape(len(truth), -1)
        self._rows = rows
        values = self._truth.shape[1]
        self._kept = EveryNth(len(rows), values, np.float32)
        self._first = np.empty((len(rows), min(values, SHOWN_VALUES)), np.float32)
        self._error = np.empty(len(rows), np.float32)
        self._loss = np.empty(len(rows), np.float32)

    def add(self, at: int, said: Array, losses: Array) -> None:
        """Take what the model said (rows, ...) from the `at`-th row on."""
        values = said.reshape(len(said), -1)
        here = slice(at, at + len(values))
        self._first[here] = values[:, :SHOWN_VALUES]
        self._error[here] = np.abs(values - self._truth[self._rows[here]]).mean(axis=1)
        self._loss[here] = losses
        self._kept.put(at, values)

    def by_row(self) -> dict[str, Array]:
        """Arrays to store: the first values that are true and predicted, mean absolute error, loss."""
        truth = self._truth[self._rows, :SHOWN_VALUES]
        return {"true": truth, "predicted": self._first, "error": self._error, "loss": self._loss}

    def report(self) -> RegressionReport:
        """Everything that can be told. All rows but those with values that are not finite."""
        finite = np.isfinite(self._kept.kept).all(axis=1)
        rows = self._rows[:: self._kept.step][finite]
        truth, predicted = self._truth[rows].astype(np.float64), self._kept.kept[finite].astype(np.float64)
        residuals = predicted - truth
        return RegressionReport(
            values=truth.shape[1],
            rows=int(np.isfinite(self._error).sum()),
            not_finite=int((~np.isfinite(self._error)).sum()),
            mae=float(np.abs(residuals).mean()),
            rmse=measuring.rmse(truth, predicted),
            r2=measuring.r2(truth, predicted),
            mean_error=float(residuals.mean()),
            median_absolute_error=float(np.median(np.abs(residuals))),
            largest_error=float(np.abs(residuals).max()),
            scatter=measuring.scatter(rows, truth, predicted),
            residuals=measuring.histogram(truth, predicted),
            sampled_every=self._kept.step,
            worst=self._worst(),
        )

    @property
    def finite(self) -> bool:
        """Whether there is a row to report of."""
        return bool(np.isfinite(self._kept.kept).all(axis=1).any())

    def _worst(self) -> list[MeasuredRow]:
        order = np.argsort(np.where(np.isfinite(self._error), -self._error, np.inf), kind="stable")
        return [
            MeasuredRow(
                row=int(self._rows[at]),
                true=self._truth[self._rows[at], :SHOWN_VALUES].tolist(),
                predicted=self._first[at].tolist(),
                error=float(self._error[at]),
            )
            for at in order[:SHOWN_ROWS]
            if np.isfinite(self._error[at])
        ]
