"""The sets that people brought: one folder each under the home, published whole by a rename and never changed."""

import os
import re
import secrets
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from layerloom import __version__
from layerloom.data.dataset import DatasetInfo, Reading, Word
from layerloom.data.edits import History
from layerloom.data.storage import write_bytes

INFO = "info.json"
HISTORY = "history.json"
ASKED = "asked.json"
ORIGINAL = "original"
"""The file that a set was read from, kept beside the columns so that it can be read in another way."""

DRAFT = ".draft-"
RESERVED = frozenset({"downloadable"})
"""What stands in the place of an id in an address and is none."""

MAX_ID = 48
_ID = re.compile(r"[a-z0-9_-]{1,64}")


class Asked(Word):
    """How somebody wanted a file to be read, and which release read it: another one may find more in it."""

    reading: Reading | None
    release: str = __version__


class OwnSets:
    """All sets under `home`. May be used from several threads and processes."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "datasets" / "own"
        self._read: dict[str, DatasetInfo] = {}

    def folder(self, id: str) -> Path:
        """Where the columns of this set lie."""
        return self._folder / id

    def list(self) -> list[DatasetInfo]:
        """Every set, the newest first."""
        names = sorted(entry.name for entry in _entries(self._folder))
        found = [info for name in names if (info := self.get(name))]
        return sorted(found, key=lambda info: info.created_at or 0, reverse=True)

    def get(self, id: str) -> DatasetInfo | None:
        """One set; None if there is none. What was read once is known, since no set changes."""
        if not _ID.fullmatch(id):
            return None
        place = self.folder(id) / INFO
        try:
            key = f"{id}-{place.stat().st_mtime_ns}"
            if key not in self._read:
                self._read[key] = DatasetInfo.model_validate_json(place.read_bytes())
        except (FileNotFoundError, NotADirectoryError, ValidationError):
            return None
        return self._read[key]

    def same(self, fingerprint: str, reading: Reading) -> DatasetInfo | None:
        """The set that was already read from this content in this way."""
        return next((info for info in self._read_from(fingerprint) if info.reading == reading), None)

    def asked_before(self, fingerprint: str, asked: Asked) -> DatasetInfo | None:
        """The set that this content became when the same was asked for."""
        return next((info for info in self._read_from(fingerprint) if self._asked(info.id) == asked), None)

    def _read_from(self, fingerprint: str) -> Iterator[DatasetInfo]:
        return (info for info in self.list() if info.fingerprint == fingerprint and info.version == 1)

    def _asked(self, id: str) -> Asked | None:
        try:
            return Asked.model_validate_json((self.folder(id) / ASKED).read_bytes())
        except (FileNotFoundError, NotADirectoryError):
            return None

    def made_of(self, parent: str, fingerprint: str) -> DatasetInfo | None:
        """The version that the same edits already made of this parent."""
        return next((i for i in self.list() if i.parent == parent and i.fingerprint == fingerprint), None)

    def history(self, id: str) -> History | None:
        """Which versions came before this one, and what was done to the last of them; None for a first version."""
        try:
            return History.model_validate_json((self.folder(id) / HISTORY).read_bytes())
        except (FileNotFoundError, NotADirectoryError):
            return None

    def draft(self, scratch: Path) -> Path:
        """A new empty folder to put columns into, out of sight until it is published; it goes with `scratch`."""
        self._folder.mkdir(parents=True, exist_ok=True)
        draft = scratch / f"{DRAFT}{secrets.token_hex(8)}"
        draft.mkdir()
        return draft

    def publish(self, draft: Path, info: DatasetInfo, taken: set[str]) -> DatasetInfo:
        """Give the draft its name: `info.id`, or with a number behind it where that one is `taken`, exists or did.

        The name of a deleted set stays taken while a version of it is there: its `parent` must not be another set.
        """
        number = 1
        taken = taken | RESERVED | {set_.parent for set_ in self.list() if set_.parent}
        while True:
            id = info.id if number == 1 else f"{info.id}-{number}"
            number += 1
            if id in taken or self.folder(id).exists():
                continue
            named = info.model_copy(update={"id": id})
            write_bytes(draft / INFO, named.model_dump_json().encode())
            try:
                draft.rename(self.folder(id))
            except OSError:
                if not self.folder(id).exists():
                    raise
                continue  # somebody else took the name in between
            _settle(self._folder)
            return named

    def delete(self, id: str) -> None:
        """Take the set away: out of sight at once, its files after that. Who is reading them reads on."""
        gone = self._folder / f"{DRAFT}{secrets.token_hex(8)}"
        self.folder(id).rename(gone)
        shutil.rmtree(gone, ignore_errors=True)

    def sweep(self) -> None:
        """Remove what was never finished. For the start of a server, when nobody is at work."""
        if self._folder.exists():
            for left in self._folder.glob(f"{DRAFT}*"):
                shutil.rmtree(left, ignore_errors=True)


def id_of(title: str) -> str:
    """A title as part of an address: lower case letters, digits and underscores; "dataset" where none are left."""
    ascii_only = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", ascii_only).strip("_")[:MAX_ID].strip("_") or "dataset"


def _entries(folder: Path) -> list[Path]:
    return [entry for entry in folder.iterdir() if not entry.name.startswith(".")] if folder.exists() else []


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
