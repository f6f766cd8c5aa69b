import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from layerloom.strict_json import MAX_DIGITS, Malformed, parse

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=20,
)


@given(VALUES, st.booleans())
def test_what_any_writer_spells_is_read(value: JsonValue, ascii_only: bool) -> None:
    assert parse(json.dumps(value, ensure_ascii=ascii_only).encode()) == value


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "line 1, column 1"),
        (b"{", "line 1, column 2"),
        (b"{} {}", "line 1, column 4"),
        (b"{'a': 1}", "line 1, column 2"),
        (b'{"a": 1,}', "line 1"),
        (b"NaN", "NaN is not JSON"),
        (b'{"a": Infinity}', "Infinity is not JSON"),
        (b"[-Infinity]", "-Infinity is not JSON"),
        (b"1e999", "too large for a 64-bit float"),
        (b"[-1e999]", "too large for a 64-bit float"),
        (b"1" * (MAX_DIGITS + 1), f"has {MAX_DIGITS + 1}"),
        (b"1" * 5_001, "has 5001"),
        (b'{"a": 1, "a": 1}', "each key of an object once"),
        (b'[{"b": {"a": 1, "a": 2}}]', "each key of an object once"),
        (b'"\xff"', "byte 1 is not UTF-8"),
        ('"é"'.encode("latin-1"), "not UTF-8"),
        ('{"a": 1}'.encode("utf-16"), "not UTF-8"),
        ('{"a": 1}'.encode("utf-16-le"), "line 1"),
        (b"\xef\xbb\xbf{}", "line 1, column 1"),
        (b'"\\ud800"', "without its other half"),
        (b'{"\\udc00": 1}', "without its other half"),
        (b'["\\ud800\\ud800"]', "without its other half"),
        (b'{"a": ["\\u0000"]}', "NUL"),
        (b'"a\nb"', "line 1, column 3"),
        (b"[" * 100_000, "nests too deep"),
        (b'{"a":' * 100_000, "nests too deep"),
    ],
)
def test_what_two_readers_could_read_differently_is_malformed(body: bytes, said: str) -> None:
    with pytest.raises(Malformed, match=said.replace("(", r"\(")):
        parse(body)


def test_an_escaped_pair_and_an_escaped_backslash_are_text() -> None:
    assert parse(b'["\\ud83d\\ude00", "\\\\u0000", "\\\\ud800"]') == ["\U0001f600", "\\u0000", "\\ud800"]
