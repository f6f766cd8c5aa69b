import math
from pathlib import Path

import pytest

from layerloom.runs.reproduction import (
    FILE,
    Difference,
    Epochs,
    Reproduction,
    first_difference,
    largest_difference,
    read,
    write,
)

RUN = [{"loss": 0.5, "val_loss": 0.75}, {"loss": 0.25, "val_loss": 4.0}]


def test_the_same_numbers_do_not_differ() -> None:
    assert (first_difference(RUN, RUN), largest_difference(RUN, RUN)) == (None, 0.0)


def test_a_difference_in_the_last_bits_is_close() -> None:
    received = [RUN[0], {"loss": 0.25 + 1e-8, "val_loss": 4.0 + 2e-6}]

    assert first_difference(RUN, received) is None
    assert largest_difference(RUN, received) == pytest.approx(5e-7)


def test_the_first_number_that_differs_is_named_with_both_values() -> None:
    received = [{"loss": 0.5, "val_loss": 0.76}, {"loss": 0.3, "val_loss": 4.0}]

    found = (first_difference(RUN, received), largest_difference(RUN, received))

    assert found == (Difference(epoch=1, metric="val_loss", expected=0.75, received=0.76), pytest.approx(0.05))


@pytest.mark.parametrize(
    ("received", "metric", "value"),
    [
        (RUN[:1], "loss", None),
        ([RUN[0], {"loss": 0.25}], "val_loss", None),
        ([RUN[0], {"loss": math.inf, "val_loss": 4.0}], "loss", math.inf),
    ],
)
def test_a_number_that_is_missing_or_not_finite_differs(received: Epochs, metric: str, value: float | None) -> None:
    expected = Difference(epoch=2, metric=metric, expected=RUN[1][metric], received=value)
    assert (first_difference(RUN, received), largest_difference(RUN, received)) == (expected, None)


def test_not_finite_on_both_sides_is_the_same() -> None:
    assert first_difference([{"loss": None}], [{"loss": None}]) is None


def test_what_the_program_has_beyond_the_run_is_passed_over() -> None:
    received = [{**epoch, "learning_rate": 0.1} for epoch in [*RUN, RUN[1]]]

    assert largest_difference(RUN, received) == 0.0


def test_the_result_is_kept_in_the_folder(tmp_path: Path) -> None:
    result = Reproduction(verdict="equal", epochs=2, metrics=["loss"], largest=0.0, seconds=1.5, ended_at=1e9)

    write(tmp_path, result)

    assert (read(tmp_path), [path.name for path in tmp_path.iterdir()]) == (result, [FILE])


def test_a_result_that_can_not_be_read_is_none(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"verdict": "perhaps"}')

    assert (read(tmp_path), read(tmp_path / "nowhere")) == (None, None)
