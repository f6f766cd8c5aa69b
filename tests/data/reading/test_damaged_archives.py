"""Whatever bytes are changed and whatever members are called: a file is read or refused, and nothing else happens."""

import contextlib
import re
import tempfile
import warnings
from pathlib import Path

import numpy as np
from hypothesis import example, settings
from hypothesis import given as drawn
from hypothesis import strategies as st
from PIL import Image

from layerloom.data.reading.readers import opened
from layerloom.data.reading.source import Unreadable
from tests.data.reading.packing import array, arrays, given, packed, picture, wave

PIXELS = np.arange(48, dtype=np.uint8).reshape(4, 4, 3)
OURS = re.compile(r"[\w.-]+", re.ASCII)
WHOLE = {
    "pictures": packed(
        {
            f"{kind}/{format}.png": picture(Image.fromarray(PIXELS), format)
            for kind in "ab"
            for format in ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF")
        }
        | {"labels.csv": b"name,kind\nPNG,1\nGIF,2\n"}
    ),
    "sounds": packed({f"{kind}/1.wav": wave(bytes(range(64))) for kind in "ab"}),
    "texts": packed({f"{kind}/1.txt": "ßß 가나".encode() for kind in "ab"}),
    "arrays": arrays(x_train=PIXELS, x_test=PIXELS[:2]),
    "array": array(np.ones((3, 2))),
}


def read_or_refused(content: bytes) -> set[str]:
    """The names of the files that reading left in scratch."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        upload = given(Path(folder), content, "a.zip", max_unpacked_bytes=1 << 20)
        with contextlib.suppress(Unreadable):
            source = opened(upload)
            for name in source.names:
                source.column(name)
        return {path.name for path in Path(folder).rglob("*")} - {"file", "scratch"}


@settings(max_examples=60, deadline=None)
@drawn(
    st.sampled_from(sorted(WHOLE)),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=4),
)
def test_a_damaged_file_is_read_or_refused(which: str, damages: list[tuple[float, int]]) -> None:
    content = bytearray(WHOLE[which])
    for place, value in damages:
        content[int(place * len(content))] = value
    assert all(map(OURS.fullmatch, read_or_refused(bytes(content))))


@settings(max_examples=30, deadline=None)
@drawn(st.lists(st.text(max_size=12), min_size=1, max_size=4, unique=True), st.sampled_from([".txt", ".npy", ".png"]))
@example(["CON", "aux", "a" * 300, "🙂\u200d", "/../../x", "~", "*?"], ".txt")
def test_no_file_is_called_as_a_member_is(names: list[str], ending: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a name is there twice
        content = packed({f"ß{name}{ending}".encode("utf-8", "ignore").decode(): b"words" for name in names})
    assert all(map(OURS.fullmatch, read_or_refused(content)))
