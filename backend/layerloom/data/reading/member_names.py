"""Names inside an archive: made plain, and looked at before anything is unpacked, since none may lead out of it."""

import os
import re
import unicodedata

LONGEST = 1_000
SHOWN = 200
_DRIVE = re.compile(r"^[A-Za-z]:")
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_IGNORED_FOLDERS, _IGNORED_FILES = frozenset({"__MACOSX"}), frozenset({"thumbs.db", "desktop.ini"})
_ENCODINGS = ("utf-8", "euc_kr")
ARCHIVES = frozenset({".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".jar"})


def decoded(name: str, is_utf8: bool) -> str:
    """The name as it was meant: what does not say that it is UTF-8 is often so all the same, or Korean."""
    if is_utf8 or name.isascii():
        return name
    for encoding in _ENCODINGS:
        try:
            return name.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
    return name


def fault(name: str) -> str | None:
    """What is wrong with a name, as the end of a sentence that begins with it; None for a good one."""
    slashed = name.replace("\\", "/")
    if _STEERING.search(name):
        return "has characters in its name that hide or steer what is shown"
    if slashed.startswith("/") or _DRIVE.match(slashed):
        return "has an absolute path as its name"
    if ".." in slashed.split("/"):
        return "would be unpacked outside of its folder"
    if len(name) > LONGEST:
        return f"has a name of {len(name):,} characters; {LONGEST:,} are read"
    if ending(name) in ARCHIVES:
        return "is an archive inside the archive"
    return None


def plain(name: str) -> str:
    """The name in one form of Unicode, its folders parted by slashes; never a path to be opened."""
    normal = name if name.isascii() else unicodedata.normalize("NFC", name)
    parts = normal.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", "."))


def ending(name: str) -> str:
    """The end of a name in lower case, with the dot; empty where there is none."""
    return os.path.splitext(name)[1].lower()  # noqa: PTH122 a path object took a third of the time of 200,000 names


def shown(name: str) -> str:
    """The end of a name, as it can stand in a message."""
    return "".join(letter for letter in name if unicodedata.category(letter)[0] != "C")[-SHOWN:]


def is_ignored(name: str) -> bool:
    """Whether this is something that a system put there by itself, or hid."""
    *folders, last = name.split("/")
    hidden = name.startswith(".") or "/." in name
    return hidden or not _IGNORED_FOLDERS.isdisjoint(folders) or last.lower() in _IGNORED_FILES
