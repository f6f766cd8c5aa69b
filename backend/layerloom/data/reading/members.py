"""A ZIP file whose members are looked at before the first byte is unpacked, and counted while they are."""

import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from layerloom.data.reading import member_names
from layerloom.data.reading.source import Given, Unreadable
from layerloom.data.reading.zip_directory import count_members
from layerloom.data.uploads import Limits

SMALL_BYTES = 10_000_000
"""What a member may always unpack to, however small it is packed."""
_ENCRYPTED, _UTF8 = 0x1, 0x800
_PLAIN_KINDS = frozenset({0, stat.S_IFREG, stat.S_IFDIR})
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_LOCAL_HEADER_BYTES = 30
_CHUNK = 1 << 20
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    struct.error,
    ValueError,
    OSError,
)


class Broken(Exception):
    """One member can not be read: a code, and why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code, self.message = code, message


@dataclass(frozen=True)
class Member:
    """A file in the archive, by its plain name."""

    name: str
    info: zipfile.ZipInfo

    @property
    def size(self) -> int:
        """What it declares to unpack to, in bytes."""
        return self.info.file_size

    @property
    def ending(self) -> str:
        """The end of its name in lower case, with the dot."""
        return member_names.ending(self.name)


class Archive:
    """The members of the file, without what systems put there by themselves. May be read from several threads.

    Raises Unreadable `malformed`, `too-many-files`, `archive-member`, `unpacks-too-large`, `empty`.
    """

    def __init__(self, given: Given) -> None:
        _check_count(given)
        try:
            self._zip = zipfile.ZipFile(given.path)
        except _DAMAGED:
            raise _damaged(given.name) from None
        try:
            self.members = _checked(self._zip.infolist(), given)
        except Unreadable:
            self._zip.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._zip.close()

    def content(self, member: Member) -> bytes:
        """All of a member. Raises Broken."""
        return b"".join(self.chunks(member))

    def start(self, member: Member, bytes: int) -> bytes:
        """The first bytes of a member, as many as there are. Raises Broken."""
        try:
            with self._zip.open(member.info) as source:
                return source.read(bytes)
        except _DAMAGED:
            raise Broken("malformed", "It can not be unpacked: it is damaged.") from None

    def unpack(self, member: Member, target: Path) -> None:
        """Write a member to a file with a name of ours. Raises Broken; nothing is left then."""
        try:
            with target.open("wb") as file:
                for chunk in self.chunks(member):
                    file.write(chunk)
        except Broken:
            target.unlink()
            raise

    def chunks(self, member: Member) -> Generator[bytes, None, None]:
        """A member in pieces, no more of it than it declares. Raises Broken."""
        left = member.size
        try:
            with self._zip.open(member.info) as source:
                while chunk := source.read(_CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        raise Broken("malformed", "It unpacks to more than it declares.")
                    yield chunk
        except _DAMAGED:
            raise Broken("malformed", "It can not be unpacked: it is damaged.") from None
        if left:
            raise Broken("malformed", "It unpacks to less than it declares.")


def _damaged(name: str) -> Unreadable:
    return Unreadable("malformed", f"'{name}' is a damaged or cut ZIP file. Pack it again, or upload it again.")


def _check_count(given: Given) -> None:
    try:
        count = count_members(given.path, given.limits.max_members)
    except ValueError:
        raise _damaged(given.name) from None
    if count > given.limits.max_members:
        most = f"{given.limits.max_members:,} (setting max_members)"
        raise Unreadable("too-many-files", f"'{given.name}' holds more files than the {most} that are read.")


def _checked(infos: list[zipfile.ZipInfo], given: Given) -> list[Member]:
    names = set()
    for info in infos:
        _check(info, given.limits)
        if info.orig_filename in names:
            raise _refused(info, "is there twice")
        names.add(info.orig_filename)
    _check_overlap(infos)
    _check_total(infos, given)
    files = (Member(member_names.plain(_name(info)), info) for info in infos if not info.is_dir())
    members = [member for member in files if not member_names.is_ignored(member.name)]
    if not members:
        raise Unreadable("empty", f"'{given.name}' is a ZIP file without files.")
    return members


def _check(info: zipfile.ZipInfo, limits: Limits) -> None:
    if fault := member_names.fault(_name(info)):
        raise _refused(info, fault)
    if info.flag_bits & _ENCRYPTED:
        raise _refused(info, "is encrypted. Pack it without a password")
    if stat.S_IFMT(info.external_attr >> 16) not in _PLAIN_KINDS:
        raise _refused(info, "is a link or a device, no file")
    if info.compress_type not in _METHODS:
        raise _refused(info, "is packed in a rare way. Pack it with Deflate, as is usual")
    if info.file_size > SMALL_BYTES and info.file_size > limits.max_ratio * max(1, info.compress_size):
        sizes = f"would unpack from {info.compress_size:,} to {info.file_size:,} bytes"
        message = f"'{member_names.shown(info.filename)}' {sizes}: more than {limits.max_ratio} times (max_ratio)."
        raise Unreadable("unpacks-too-large", message)


def _check_overlap(infos: list[zipfile.ZipInfo]) -> None:
    end = 0
    for info in sorted(infos, key=lambda one: one.header_offset):
        if info.header_offset < end:
            raise _refused(info, "shares its bytes with another member")
        end = info.header_offset + _LOCAL_HEADER_BYTES + info.compress_size


def _check_total(infos: list[zipfile.ZipInfo], given: Given) -> None:
    total, most = sum(info.file_size for info in infos), given.limits.max_unpacked_bytes
    if total > most:
        limit = f"the limit is {most:,} (setting max_unpacked_bytes)"
        raise Unreadable("unpacks-too-large", f"'{given.name}' would unpack to {total:,} bytes; {limit}.")
    if total > (free := shutil.disk_usage(given.scratch).free // 2):
        message = f"'{given.name}' would unpack to {total:,} bytes; half of the free disk is {free:,}."
        raise Unreadable("unpacks-too-large", message)


def _refused(info: zipfile.ZipInfo, fault: str) -> Unreadable:
    return Unreadable("archive-member", f"'{member_names.shown(_name(info))}' in the archive {fault}.")


def _name(info: zipfile.ZipInfo) -> str:
    """As it stands in the file: Python cuts names at NUL."""
    return member_names.decoded(info.orig_filename, bool(info.flag_bits & _UTF8))
