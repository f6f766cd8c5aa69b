"""A `.keras` file: a zip archive whose members are looked at before the first byte is unpacked, and counted after."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from layerloom.imported import UNPACKED
from layerloom.modeling.importing import formats
from layerloom.modeling.importing.limits import (
    MAX_CONFIG_BYTES,
    MAX_DIRECTORY_BYTES,
    MAX_MEMBERS,
    MAX_RATIO,
    MAX_TEXT_RATIO,
    MAX_UNPACKED_BYTES,
    MAX_VOCABULARY_BYTES,
    MEGABYTE,
    SMALL_BYTES,
)
from layerloom.modeling.importing.refusals import not_a_model, unsafe, unsupported

CONFIG, METADATA, WEIGHTS = "config.json", "metadata.json", "model.weights.h5"
ASSETS, VOCABULARY = "assets/", "/vocabulary.txt"
_KNOWN = frozenset({CONFIG, METADATA, WEIGHTS})
_END = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
_ENCRYPTED = 0x1
_SYMLINK = 0o120000
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Archive:
    """What a `.keras` file holds: its description, the weights unpacked (None: it has none), vocabularies by layer.

    A vocabulary goes by the place of its layer in the file, like `layers/string_lookup`.
    """

    config: bytes
    weights: Path | None
    vocabularies: dict[str, bytes]


def read_archive(path: Path, folder: Path) -> Archive:
    """Unpack what is needed of `path` into `folder`, under names of ours. Raises Refusal."""
    _check_directory(path)
    try:
        with zipfile.ZipFile(path) as archive:
            return _read(archive, folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, struct.error, ValueError):
        raise not_a_model("The file is damaged: it is a zip archive whose members can not be unpacked.") from None


def _check_directory(path: Path) -> None:
    """The table of contents, before it is read: Python would hold all of it in memory."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - SMALL_BYTES - _END.size))
        tail = file.read()
    place = tail.rfind(_END_MARK)
    if place < 0 or len(tail) - place < _END.size:
        raise not_a_model(f"The file is damaged: it ends after {size:,} bytes, before its table of contents.")
    members, directory_bytes = _END.unpack_from(tail, place)[4:6]
    if members > MAX_MEMBERS or directory_bytes > MAX_DIRECTORY_BYTES:
        raise unsafe(f"A model file may have {MAX_MEMBERS:,} members; this archive has more.")


def _read(archive: zipfile.ZipFile, folder: Path) -> Archive:
    members = archive.infolist()
    _check_members(members)
    names = {member.filename: member for member in members}
    if CONFIG not in names:
        raise not_a_model(f"The archive has no {CONFIG}, so it is not a .keras file.")
    weights = None
    if WEIGHTS in names:
        weights = folder / UNPACKED
        with weights.open("wb") as target:
            for chunk in _chunks(archive, names[WEIGHTS], MAX_UNPACKED_BYTES):
                target.write(chunk)
    return Archive(
        config=b"".join(_chunks(archive, names[CONFIG], MAX_CONFIG_BYTES)),
        weights=weights,
        vocabularies={
            name[len(ASSETS) : -len(VOCABULARY)]: b"".join(_chunks(archive, member, MAX_VOCABULARY_BYTES))
            for name, member in names.items()
            if name.startswith(ASSETS) and name.endswith(VOCABULARY)
        },
    )


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    _refuse_foreign([member.filename for member in members])
    if len({member.filename for member in members}) < len(members):
        raise unsafe("The archive has two members of one name.")
    for member in members:
        _check_member(member)
    if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise unsafe(f"The archive would unpack to more than {MAX_UNPACKED_BYTES // MEGABYTE:,} MB.")
    _refuse_overlap(members)


def _refuse_foreign(names: list[str]) -> None:
    if any(PurePosixPath(name).name == "saved_model.pb" for name in names):
        raise unsupported(*formats.SAVED_MODEL)
    if any(name.endswith("/data.pkl") for name in names):
        raise unsupported(*formats.PYTORCH)


def _check_member(member: zipfile.ZipInfo) -> None:
    name = member.filename
    if member.flag_bits & _ENCRYPTED:
        raise unsafe("The archive has an encrypted member; a model file has none.")
    if (member.external_attr >> 16) & 0o170000 == _SYMLINK:
        raise unsafe("The archive has a link among its members; a model file has none.")
    if name.startswith("/") or "\\" in name or ":" in name or ".." in PurePosixPath(name).parts:
        raise unsafe("The archive has a member that would be unpacked outside of its folder.")
    if name not in _KNOWN and not name.startswith(ASSETS):
        raise unsafe("The archive has a member that no .keras file has: only its description, weights and assets are.")
    if member.file_size > SMALL_BYTES and member.file_size > _ratio(name) * max(1, member.compress_size):
        raise unsafe(
            f"A member of the archive would unpack to {member.file_size:,} bytes from {member.compress_size:,}."
        )


def _ratio(name: str) -> int:
    return MAX_RATIO if name == WEIGHTS else MAX_TEXT_RATIO


def _refuse_overlap(members: list[zipfile.ZipInfo]) -> None:
    end = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        if member.header_offset < end:
            raise unsafe("The members of the archive overlap.")
        end = member.header_offset + member.compress_size


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
    """What the member unpacks to, counted: what it declares may be a lie."""
    if member.file_size > most:
        raise unsafe(f"A member of the archive has {member.file_size:,} bytes; at most {most:,} are read.")
    left = min(most, member.file_size)
    source: IO[bytes]
    with archive.open(member) as source:
        while chunk := source.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise unsafe("A member of the archive unpacks to more than it declares.")
            yield chunk
