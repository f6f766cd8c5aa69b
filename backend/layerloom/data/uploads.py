"""Files on their way in: one folder an upload, holding what has arrived, how it is to be read, and what came of it."""

import re
import secrets
import shutil
import time
import unicodedata
from pathlib import Path
from typing import ClassVar, Literal, TypeVar

from pydantic import Field

from layerloom.data.dataset import Note, Reading, Word
from layerloom.data.storage import write_bytes

FILE, UPLOAD, ORDER, PROGRESS, ANSWER = "file", "upload.json", "order.json", "progress.json", "answer.json"
ABANDONED_S = 3_600.0
MAX_NAME = 200
Said = TypeVar("Said", bound=Word)
_TOKEN = re.compile(r"[0-9a-f]{32}")

Stage = Literal["downloading", "looking", "reading", "columns", "comparing"]
State = Literal["receiving", "reading", "done", "failed"]


class UnknownUpload(LookupError):
    """There is no upload with this token."""


class Limits(Word):
    """What a file may take. Every refusal for one of these names its setting."""

    max_unpacked_bytes: int = 4_000_000_000
    max_members: int = 200_000
    max_ratio: int = 200
    max_pixels: int = 50_000_000
    max_columns: int = 10_000
    max_field_bytes: int = 131_072
    memory_bytes: int = 4_000_000_000


class Job(Word):
    """Work for a process of its own, `python -m PROGRAM FOLDER HOME`, that leaves its answer in the folder."""

    PROGRAM: ClassVar[str]

    limits: Limits = Limits()


class Order(Job):
    """How an upload is to be read. `reading` left out is found by looking at the file; `title` is that of the set."""

    PROGRAM: ClassVar[str] = "layerloom.data.ingest"

    reading: Reading | None = None
    title: str | None = Field(default=None, min_length=1, max_length=200)


class Upload(Word):
    """What was announced: the name of the file (for people; it is no path) and its size."""

    name: str
    size_bytes: int


class Progress(Word):
    """How far the reading of a file is: `done` from 0 to 1 of this stage."""

    stage: Stage
    done: float


class Answer(Word):
    """What came of reading a file: a dataset, or why there is none. `notes` name the rows and files at fault."""

    dataset: str | None = None
    code: str | None = None
    message: str | None = None
    notes: list[Note] = Field(default_factory=list)


class UploadState(Word):
    """Where an upload stands. `received_bytes` is where the next piece goes on; `progress` is there while reading."""

    token: str
    name: str
    size_bytes: int
    received_bytes: int
    state: State
    progress: Progress | None = None
    answer: Answer | None = None


class Uploads:
    """All uploads under `home`. What nobody touched for an hour is swept away."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "uploads"

    def create(self, name: str, size_bytes: int) -> str:
        """Announce a file; gives its token."""
        token = secrets.token_hex(16)
        folder = self._folder / token
        folder.mkdir(parents=True)
        write_bytes(folder / UPLOAD, Upload(name=shown(name), size_bytes=size_bytes).model_dump_json().encode())
        (folder / FILE).touch()
        return token

    def name(self, token: str, name: str) -> None:
        """Put down what the file is called, and how large it is, once it has arrived. Raises UnknownUpload."""
        folder = self.folder(token)
        upload = Upload(name=shown(name), size_bytes=(folder / FILE).stat().st_size)
        write_bytes(folder / UPLOAD, upload.model_dump_json().encode())

    def folder(self, token: str) -> Path:
        """Where its files lie. Raises UnknownUpload."""
        folder = self._folder / token
        if not _TOKEN.fullmatch(token) or not (folder / UPLOAD).exists():
            raise UnknownUpload(token)
        return folder

    def get(self, token: str) -> Upload:
        """What was announced. Raises UnknownUpload."""
        return Upload.model_validate_json((self.folder(token) / UPLOAD).read_bytes())

    def state(self, token: str, is_reading: bool) -> UploadState:
        """Where it stands; whether somebody is reading it now is known to the caller. Raises UnknownUpload."""
        folder, upload = self.folder(token), self.get(token)
        answer = _read(folder / ANSWER, Answer)
        ended: State = "done" if answer and answer.dataset else "failed"
        return UploadState(
            token=token,
            name=upload.name,
            size_bytes=upload.size_bytes,
            received_bytes=(folder / FILE).stat().st_size if (folder / FILE).exists() else upload.size_bytes,
            state="reading" if is_reading else ended if answer else "receiving",
            progress=_read(folder / PROGRESS, Progress) if is_reading else None,
            answer=None if is_reading else answer,
        )

    def delete(self, token: str) -> None:
        """Throw an upload away, with what it has become so far. Raises UnknownUpload."""
        shutil.rmtree(self.folder(token), ignore_errors=True)

    def sweep(self, older_than_s: float = ABANDONED_S) -> None:
        """Throw away what nobody has touched for that long."""
        if not self._folder.exists():
            return
        for folder in self._folder.iterdir():
            newest = max((entry.stat().st_mtime for entry in [folder, *folder.iterdir()]), default=0.0)
            if time.time() - newest > older_than_s:
                shutil.rmtree(folder, ignore_errors=True)


def shown(name: str) -> str:
    """The name of a file as it can be shown: its last part, without characters that steer or hide; never a path."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(letter for letter in last if unicodedata.category(letter)[0] not in "C")
    return unicodedata.normalize("NFC", visible).strip()[-MAX_NAME:] or "file"


def _read(place: Path, word: type[Said]) -> Said | None:
    try:
        return word.model_validate_json(place.read_bytes())
    except FileNotFoundError:
        return None
