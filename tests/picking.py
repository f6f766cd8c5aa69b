"""Which of many alike cases run every time; the others are slow tests, so that `make test-slow` runs all of them."""

from collections.abc import Sequence
from typing import Any

import pytest


def one_in(count: int, cases: Sequence[Any]) -> list[Any]:
    """Every `count`-th case as it is, the others marked slow; a case that is a tuple is a row of arguments."""
    return [
        case
        if place % count == 0
        else pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.slow)
        for place, case in enumerate(cases)
    ]
