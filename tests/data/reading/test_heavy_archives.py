"""Archives made to fill the memory or the disk: the real process answers soon, stays small and leaves nothing."""

import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from PIL import Image

from layerloom.data.uploads import ANSWER, FILE, ORDER, Answer, Order, Uploads
from tests.data.reading.packing import declared_picture, packed, picture

MOST_SECONDS, MOST_BYTES = 5.0, 1_500_000_000

pytestmark = pytest.mark.slow


class Told(NamedTuple):
    """What the process answered, how long that took, and the most memory it held."""

    answer: Answer
    seconds: float
    peak_bytes: int


def told(home: Path, write: Callable[[Path], None]) -> Told:
    uploads = Uploads(home)
    folder = uploads.folder(uploads.create("things.zip", 0))
    write(folder / FILE)
    (folder / ORDER).write_text(Order().model_dump_json())
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "layerloom.data.ingest", str(folder), str(home)])
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    return Told(Answer.model_validate_json((folder / ANSWER).read_bytes()), seconds, used.ru_maxrss * 1024)


def many_members(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(300_000):
            archive.writestr(f"{number}.txt", b"")


def bomb(path: Path) -> None:
    """A megabyte that would be a gigabyte."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("x.npy", "w") as member:
        np.lib.format.write_array_header_1_0(
            member, {"descr": "|u1", "fortran_order": False, "shape": (1_000_000_000,)}
        )
        for _ in range(1_000):
            member.write(bytes(1_000_000))


def bomb_under_another_name(path: Path) -> None:
    """Its table of contents says that the gigabyte is a small picture."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.png", "w") as member:
        for _ in range(1_000):
            member.write(bytes(1_000_000))
    content = bytearray(path.read_bytes())
    at = content.rindex(b"PK\x01\x02") + 24
    content[at : at + 4] = (5_000_000).to_bytes(4, "little")
    path.write_bytes(content)


def huge_picture(path: Path) -> None:
    path.write_bytes(packed({"a/1.png": declared_picture(30_000, 30_000), "b/1.png": declared_picture(8_000, 8_000)}))


REFUSED = {
    "300,000 members": (many_members, "too-many-files"),
    "a bomb": (bomb, "unpacks-too-large"),
    "a bomb that lies": (bomb_under_another_name, "malformed"),
    "huge pictures": (huge_picture, "broken-files"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_heavy_archive_is_refused_soon(tmp_path: Path, case: str) -> None:
    write, code = REFUSED[case]
    found = told(tmp_path, write)
    left = [path for path in (tmp_path / "datasets").rglob("*") if path.is_file()]
    assert (found.answer.code, left, found.seconds < MOST_SECONDS, found.peak_bytes < MOST_BYTES) == (
        code,
        [],
        True,
        True,
    ), found


@pytest.mark.parametrize(("mode", "format"), [("RGBA", "PNG"), ("CMYK", "JPEG"), ("I;16", "PNG"), ("P", "GIF")])
def test_the_largest_pictures_that_are_decoded_stay_within_the_memory(tmp_path: Path, mode: str, format: str) -> None:
    options = {"compress_level": 1} if format == "PNG" else {"progressive": True} if format == "JPEG" else {}
    one = picture(Image.new(mode, (7_000, 7_000)), format, **options)
    files = {f"{kind}/{k}.{format.lower()}": one for kind in "ab" for k in range(2)}

    def write(path: Path) -> None:
        path.write_bytes(packed(files))

    found = told(tmp_path, write)
    assert (found.answer.code, found.peak_bytes < MOST_BYTES) == (None, True), found
