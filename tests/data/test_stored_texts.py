"""Texts are read a slice at a time."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layerloom.data import storage
from layerloom.data.values import Values
from tests.data.own_sets import text

WORDS = ["", "one", "두 번째", "three\nlines", "4", "", "six"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("texts")
    column: Values = text(WORDS)
    storage.write(made, 0, column)
    return made


@settings(max_examples=60, deadline=None)
@given(rows=st.slices(len(WORDS)).filter(lambda rows: (rows.step or 1) > 0))
def test_a_slice_of_stored_texts_is_that_slice_of_the_texts(folder: Path, rows: slice) -> None:
    assert storage.read_texts(folder, "train", 0, rows) == WORDS[rows]
