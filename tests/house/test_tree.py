"""What the tree promises: its top level, and that no tracked file names a registry or this machine."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = {".ci", "backend", "docs", "frontend", "tests"}
REGISTRIES = re.compile(rb"https?://[^\s\"']*(pypi|pythonhosted|npmjs|yarnpkg|registry)[^\s\"']*/", re.IGNORECASE)


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def test_the_top_level_holds_the_agreed_folders_only() -> None:
    folders = {path.relative_to(ROOT).parts[0] for path in tracked() if len(path.relative_to(ROOT).parts) > 1}
    assert folders == FOLDERS


def test_no_tracked_file_names_a_package_registry() -> None:
    named = [str(path.relative_to(ROOT)) for path in tracked() if REGISTRIES.search(path.read_bytes())]
    assert named == []


def test_no_tracked_file_names_this_checkout() -> None:
    here = str(ROOT).encode() + b"/"
    assert [str(path.relative_to(ROOT)) for path in tracked() if here in path.read_bytes()] == []


def test_every_locked_python_package_is_pinned_and_hashed() -> None:
    loose = [
        entry.split()[0]
        for lock in ("requirements.lock", "requirements-dev.lock")
        for entry in re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip())
        if "==" not in entry or "--hash=sha256:" not in entry
    ]
    assert loose == []
