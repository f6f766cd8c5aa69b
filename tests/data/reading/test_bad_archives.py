"""Archives that are damaged, hostile or not what they seem: each is refused with a reason, and leaves nothing."""

import os
import struct
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from layerloom.data.ingest import ingest
from layerloom.data.reading.source import Unreadable
from tests.data.reading.packing import array, arrays, declared_picture, given, packed, plain_picture, wave

GOOD = {"a/1.png": plain_picture(1), "b/2.png": plain_picture(2)}


def with_member(name: str, content: bytes = b"x") -> bytes:
    return packed({**GOOD, name: content})


def changed(content: bytes, entry: str, **fields: int) -> bytes:
    """The archive with other numbers in the table of contents, for the last member of that name."""
    places = {"flags": (8, "<H"), "method": (10, "<H"), "size": (24, "<I"), "attributes": (38, "<I"), "at": (42, "<I")}
    start = content.rindex(b"PK\x01\x02", 0, content.rindex(entry.encode()))
    changed = bytearray(content)
    for field, value in fields.items():
        place, format = places[field]
        struct.pack_into(format, changed, start + place, value)
    return bytes(changed)


def renamed(name: bytes) -> bytes:
    """An archive with a name that Python would not write."""
    return with_member("c/" + "z" * (len(name) - 2)).replace(b"c/" + b"z" * (len(name) - 2), name)


def many(count: int) -> bytes:
    return packed({f"{k % 2}/{k}.txt": b"" for k in range(count)})


def overlapping() -> bytes:
    content = packed({**GOOD, "c/3.png": plain_picture(3)})
    return changed(content, "c/3.png", at=0)


def npy(shape: str, kind: str = "<f8", body: bytes = b"\0" * 8) -> bytes:
    header = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}".ljust(117).encode() + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + body


def npz(**members: bytes) -> bytes:
    return packed({f"{name}.npy": content for name, content in members.items()})


class Bomb:
    """What a pickle would do."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, ("marker",)


def pickled() -> bytes:
    return array(np.array([Bomb()], dtype=object))


def zeros(size: int) -> bytes:
    return packed({"x.npy": array(np.zeros(size, dtype=np.uint8))}, zipfile.ZIP_DEFLATED)


Build = Callable[[], bytes]
BAD: dict[str, tuple[Build, str, str]] = {
    "no bytes": (lambda: b"", "empty", ""),
    "no members": (lambda: packed({}), "empty", "without files"),
    "only what systems put there": (lambda: packed({".DS_Store": b"x", "__MACOSX/a.png": b"x"}), "empty", ""),
    "only folders": (lambda: packed({"a/": b"", "b/": b""}), "empty", ""),
    "nothing known": (lambda: packed({"a.exe": b"MZ", "b.pdf": b"%PDF"}), "content-mismatch", ".exe, .pdf"),
    "two tables": (lambda: packed({"a.csv": b"x\n1\n", "b.csv": b"x\n1\n"}), "several-tables", "2 tables"),
    "two tables for training": (
        lambda: packed({"train.csv": b"x\n1\n", "training.csv": b"x\n1\n", "test.csv": b"x\n1\n"}),
        "several-tables",
        "3 tables",
    ),
    "a split without rows": (
        lambda: packed({"train.csv": b"x\n1\n", "test.csv": b"x\n"}),
        "empty",
        "'test.csv' in the archive",
    ),
    "a program": (lambda: b"MZ\x90\x00" + bytes(100), "content-mismatch", "a program"),
    "a RAR archive": (lambda: b"Rar!\x1a\x07" + bytes(100), "content-mismatch", "RAR"),
    "a damaged gzip file": (lambda: b"\x1f\x8b" + bytes(100), "malformed", "gzip"),
    "a sound alone": (lambda: wave(b"abcd"), "content-mismatch", ""),
    "cut": (lambda: packed(GOOD)[:-30], "malformed", "cut"),
    "only its first bytes": (lambda: b"PK\x03\x04", "malformed", ""),
    "table of contents overwritten": (lambda: packed(GOOD).replace(b"PK\x01\x02", b"PK\x09\x09"), "malformed", ""),
    "a member that is not there": (lambda: changed(packed({"1.png": plain_picture()}), "1.png", at=5), "malformed", ""),
    "up and out": (lambda: with_member("../../x.png"), "archive-member", "../../x.png"),
    "up in the middle": (lambda: with_member("a/../../x.png"), "archive-member", "outside"),
    "up by backslashes": (lambda: with_member("..\\..\\x.png"), "archive-member", "outside"),
    "absolute": (lambda: with_member("/etc/x.png"), "archive-member", "absolute"),
    "a drive": (lambda: with_member("C:\\x.png"), "archive-member", "absolute"),
    "a share": (lambda: with_member("\\\\server\\share\\x.png"), "archive-member", "absolute"),
    "NUL in its name": (lambda: renamed(b"c/x.png\0.txt"), "archive-member", "hide"),
    "line break in its name": (lambda: with_member("c/x\r\n.png"), "archive-member", "hide"),
    "turned round in its name": (lambda: with_member("c/\u202egnp.exe"), "archive-member", "hide"),
    "4,096 letters": (lambda: with_member("c" * 4_092 + ".png"), "archive-member", "4,096"),
    "a link": (lambda: changed(with_member("c/3.png"), "c/3.png", attributes=0o120777 << 16), "archive-member", "link"),
    "a device": (
        lambda: changed(with_member("c/3.png"), "c/3.png", attributes=0o020666 << 16),
        "archive-member",
        "3.png",
    ),
    "encrypted": (lambda: changed(with_member("c/3.png"), "c/3.png", flags=1), "archive-member", "password"),
    "packed in a rare way": (lambda: packed(GOOD, zipfile.ZIP_LZMA), "archive-member", "Deflate"),
    "an archive inside": (lambda: with_member("c/3.zip"), "archive-member", "3.zip"),
    "overlapping members": (overlapping, "archive-member", "shares"),
    "too many members": (lambda: many(1_001), "too-many-files", "max_members"),
    "declares too much": (lambda: changed(packed(GOOD), "b/2.png", size=2**31), "unpacks-too-large", "times"),
    "all together too much": (lambda: packed({"x.npy": bytes(6 << 20)}), "unpacks-too-large", "max_unpacked_bytes"),
    "a bomb of zeros": (lambda: zeros(11 << 20), "unpacks-too-large", "times"),
    "one class": (lambda: packed({"cat/1.png": plain_picture(), "cat/2.png": plain_picture()}), "one-class", "'cat'"),
    "one class for training and testing": (
        lambda: packed({f"{fold}/cat/1.png": plain_picture() for fold in ("train", "test")}),
        "one-class",
        "'cat'",
    ),
    "no picture is one": (lambda: packed({"a/1.png": b"x", "b/2.png": b"y"}), "broken-files", "2 of the 2"),
    "the only picture is too large": (
        lambda: packed({"1.png": declared_picture(30_000, 30_000)}),
        "picture-too-large",
        "",
    ),
    "a picture that declares too little": (
        lambda: changed(packed({"1.png": plain_picture()}), "1.png", size=20),
        "malformed",
        "1.png",
    ),
    "only test pictures are good": (
        lambda: packed({"train/a/1.png": b"x", "train/b/1.png": b"x", "test/a/1.png": plain_picture()}),
        "broken-files",
        "",
    ),
    "a pickle": (lambda: npz(x=pickled()), "pickled", "numbers only"),
    "a pickle alone": (pickled, "pickled", "numbers only"),
    "a shape of 10^13": (lambda: npz(x=npy("(10000000000000,)")), "malformed", "10000000000000"),
    "a shape beyond 64 bits": (lambda: npz(x=npy("(4294967296, 4294967296, 2)")), "malformed", "4294967296"),
    "a negative shape": (lambda: npz(x=npy("(-1,)")), "malformed", "-1"),
    "a header that is a program": (lambda: npz(x=npy("__import__('os').mkdir('marker')")), "malformed", ""),
    "named fields": (lambda: npz(x=array(np.zeros(2, dtype=[("a", "f4")]))), "unsupported-array", "Expected"),
    "complex numbers": (lambda: npz(x=array(np.zeros(2, dtype=complex))), "unsupported-array", "complex"),
    "a single number": (lambda: npz(x=array(np.array(1.0))), "unsupported-array", "single"),
    "five axes": (lambda: npz(x=array(np.zeros((1, 1, 1, 1, 1)))), "unsupported-array", "axes"),
    "an array cut": (lambda: npz(x=array(np.zeros(9))[:-5]), "malformed", "damaged"),
    "an array alone cut": (lambda: array(np.zeros(9))[:-5], "malformed", "damaged"),
    "no array behind its name": (lambda: npz(x=b"words"), "malformed", ""),
    "arrays without rows": (lambda: arrays(x=np.zeros((0, 3))), "empty", "(0, 3)"),
    "arrays without columns": (lambda: arrays(x=np.zeros((3, 0))), "empty", "(3, 0)"),
    "arrays of unequal length": (lambda: arrays(x=np.zeros((3, 2)), y=np.zeros(2)), "unequal-lengths", "(3, 2)"),
    "a test part that is missing": (
        lambda: arrays(x_train=np.zeros(3), y_train=np.zeros(3), x_test=np.zeros(2)),
        "unequal-lengths",
        "x_test",
    ),
    "rows that are not alike": (
        lambda: arrays(x_train=np.zeros((3, 2)), x_test=np.zeros((3, 4))),
        "unequal-shapes",
        "(3, 4)",
    ),
    "no sound is one": (lambda: packed({"a/1.wav": b"x", "b/2.wav": b"RIFF"}), "broken-files", ""),
    "no text is one": (lambda: packed({"a/1.txt": b"\0", "b/2.txt": b"\0\1"}), "broken-files", ""),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_archive_is_refused_with_a_reason_and_leaves_nothing(
    tmp_path: Path, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    build, code, words = BAD[case]
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(tmp_path / "home")
    upload = given(tmp_path, build(), "things.zip", max_members=1_000, max_unpacked_bytes=5 << 20)
    with opening_nothing_outside(tmp_path), pytest.raises(Unreadable) as refused:
        ingest(upload, "things", tmp_path / "home")
    found = (refused.value.code, words in refused.value.message, str(tmp_path) in refused.value.message)
    left = [path for path in (tmp_path / "home").rglob("*") if path.is_file() or path.name == "marker"]
    assert (found, left) == ((code, True, False), [])


_watched: list[Path] = []
_stray: list[str] = []


def _watch(event: str, details: tuple[Any, ...]) -> None:
    """Notes what is opened for writing, made or run anywhere but in the folder that is watched."""
    if not _watched:
        return
    if event in ("os.mkdir", "os.rename", "os.symlink", "os.link", "subprocess.Popen", "os.system", "socket.connect"):
        path = details[1] if event in ("os.rename", "os.link", "os.symlink") else details[0]
    elif event == "open" and isinstance(details[0], str | os.PathLike) and _writes(details[1], details[2]):
        path = details[0]
    else:
        return
    if not Path(os.fspath(path)).resolve().is_relative_to(_watched[0]):
        _stray.append(f"{event} {path}")


def _writes(mode: str | None, flags: int) -> bool:
    return bool(flags & (os.O_WRONLY | os.O_RDWR)) or any(letter in (mode or "") for letter in "wax+")


@contextmanager
def opening_nothing_outside(folder: Path) -> Iterator[None]:
    """An audit hook stays for ever: it looks only while a folder is named to it."""
    if _watch not in _hooks:
        sys.addaudithook(_watch)
        _hooks.append(_watch)
    _watched.append(folder.resolve())
    try:
        yield
    finally:
        _watched.clear()
    strays = list(_stray)
    _stray.clear()
    assert strays == []


_hooks: list[Callable[..., None]] = []
