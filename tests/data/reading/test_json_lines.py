"""JSON Lines are tables: keys are columns, lists of numbers of one length vectors, and what is missing is empty."""

import gzip
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given as draw
from hypothesis import settings
from hypothesis import strategies as st

from layerloom.data.dataset import Reading
from layerloom.data.reading import encodings
from tests.data.reading.packing import cells, read

LINES = b'{"name": "Ann", "age": 31}\n\n{"age": 27.5, "home": {"x": 1}}\n'


def columns(folder: Path, content: bytes, reading: Reading | None = None) -> dict[str, Any]:
    return {name: parts["train"] for name, parts in cells(read(folder, content, "a.jsonl", reading)).items()}


def test_keys_are_columns_and_what_is_not_there_is_empty(tmp_path: Path) -> None:
    assert columns(tmp_path, LINES) == {"name": ["Ann", None], "age": [31.0, 27.5], "home": [None, '{"x": 1}']}


def test_a_packed_file_is_read_as_what_it_holds(tmp_path: Path) -> None:
    assert columns(tmp_path, gzip.compress(LINES))["age"] == [31.0, 27.5]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2], [1, 2]),
        ([1, None, 2.5], [1.0, None, 2.5]),
        ([True, False], [True, False]),
        ([1, True], ["1", "true"]),
        ([1, "a"], ["1", "a"]),
        ([10**30, 1], [1e30, 1.0]),
        ([[1, 2], [3, 4.5]], [[1.0, 2.0], [3.0, 4.5]]),
        ([[1, 2], [3]], [[1.0, 2.0], [3.0]]),
        ([["a"], {"b": 1}], ['["a"]', '{"b": 1}']),
        ([None, None], [None, None]),
    ],
)
def test_values_become_what_all_of_them_are(values: list[Any], expected: list[Any], tmp_path: Path) -> None:
    content = "".join(json.dumps({"x": value}) + "\n" for value in values)
    assert columns(tmp_path, content.encode()) == {"x": expected}


def test_broken_lines_are_left_out_if_asked(tmp_path: Path) -> None:
    source = read(tmp_path, b'{"x": 1}\n{"x"\n{"x": 3}\n', "a.jsonl", Reading(format="jsonl", skip_broken=True))
    assert (cells(source)["x"]["train"], [note.message[:6] for note in source.notes]) == ([1, 3], ["Line 2"])


CELLS = st.integers(-(2**60), 2**60) | st.text(min_size=1, max_size=5).map(lambda text: f"t{text}t") | st.none()


@settings(max_examples=10, deadline=None)
@draw(st.lists(st.dictionaries(st.sampled_from("abc"), CELLS, min_size=1), min_size=1, max_size=8), st.integers(20, 90))
def test_pieces_of_any_size_make_the_same_table(rows: list[dict[str, Any]], size: int) -> None:
    content = "".join(json.dumps(row) + "\n" for row in rows).encode()
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as whole, TemporaryDirectory() as pieces:
        expected = columns(Path(whole), content)
        patch.setattr(encodings, "BLOCK_BYTES", size)
        assert columns(Path(pieces), content) == expected


@settings(max_examples=15, deadline=None)
@draw(
    st.lists(st.fixed_dictionaries({"x": st.integers(), "word": st.text()}), min_size=1, max_size=9),
    st.sampled_from([None, 2]),
    st.integers(1, 40),
)
def test_a_list_of_objects_is_what_its_lines_are(rows: list[Any], indent: int | None, block_bytes: int) -> None:
    lines = "\n".join(json.dumps(row) for row in rows).encode()
    found = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encodings, "BLOCK_BYTES", block_bytes)
        for content in (lines, json.dumps(rows, indent=indent).encode()):
            with TemporaryDirectory() as folder:
                found.append(columns(Path(folder), content, Reading(format="jsonl", encoding="utf-8")))
    assert found[0] == found[1]


def test_what_is_no_object_in_a_list_is_left_out_on_request(tmp_path: Path) -> None:
    source = read(tmp_path, b'[{"x": 1}, 5, {"x": 2}]', "a.json", Reading(format="jsonl", skip_broken=True))

    said = [note.message for note in source.notes]
    assert (cells(source), said) == ({"x": {"train": [1, 2]}}, ["Item 2 of the list is no object: left out."])
