"""A folder that is whole or not there: filled aside, synced to the disk, then given its name."""

import errno
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from layerloom.checkpoint import MANIFEST, Manifest, StoredFile, damage, place_of, read_manifest, sha256, sync
from layerloom.problem import Refusal

FREE_BYTES = 10_000_000
"""To be left over on the disk after a checkpoint."""
TEMPORARY = "tmp-"
LEAVING = "leaving-"
DISK_FULL, NOT_SAVED = "disk-full", "not-saved"
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)

Named = Callable[[dict[str, StoredFile]], Manifest]


def write_whole(aside: Path, target: Path, fill: Callable[[Path], None], named: Named) -> Manifest:
    """Fill a folder aside, write its manifest last, and give it its name. On disk when this returns.

    Whatever fails or is killed on the way, `target` is the old one, the new one, or to be had back by `recover`.
    """
    aside.mkdir(parents=True)
    fill(aside)
    manifest = named({path.name: _settled(path) for path in sorted(aside.iterdir())})
    (aside / MANIFEST).write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
    sync(aside / MANIFEST)
    sync(aside)
    _replace(aside, target)
    return manifest


def recover(folder: Path, run_folder: Path) -> None:
    """Clear away what a killed save left in `folder`; a checkpoint that lacked nothing but its name gets it."""
    for left in sorted(folder.glob(f"{TEMPORARY}*")):
        manifest = None if left.name.startswith(f"{TEMPORARY}{LEAVING}") else read_manifest(left)
        target = place_of(run_folder, manifest) if manifest else None
        if target is not None and not target.exists() and damage(left) is None:
            left.rename(target)
            sync(folder)
    for left in folder.glob(f"{TEMPORARY}*"):
        shutil.rmtree(left, ignore_errors=True)  # what cannot be deleted now is at the next attempt


def remove(place: Path) -> None:
    """Take a folder's name away, then what it holds. Where this fails, it has its name still or is cleared later."""
    leaving = place.with_name(f"{TEMPORARY}{LEAVING}{place.name}")
    shutil.rmtree(leaving, ignore_errors=True)  # what an earlier removal could not clear
    place.rename(leaving)
    shutil.rmtree(leaving)


@contextmanager
def saving(folder: Path, needed_bytes: int) -> Iterator[None]:
    """Refuse what there is no room for, and turn what the disk refuses into words. Raises Refusal."""
    needed = needed_bytes + FREE_BYTES
    if shutil.disk_usage(folder).free < needed:
        raise _no_room(folder, needed)
    try:
        yield
    except OSError as error:
        # HDF5 tells the number in its text alone.
        if error.errno in NO_ROOM or any(f"errno = {number}" in str(error) for number in NO_ROOM):
            raise _no_room(folder, needed) from error
        why = error.strerror or "input/output error"
        message = f"A checkpoint could not be saved: {why}. Older ones are whole. Look after the disk, then resume."
        raise Refusal(NOT_SAVED, message) from error


def _no_room(folder: Path, needed: int) -> Refusal:
    free = shutil.disk_usage(folder).free
    megabytes = f"Saving a checkpoint needs {needed / 1e6:,.0f} MB of disk, {free / 1e6:,.0f} MB are free"
    return Refusal(DISK_FULL, f"{megabytes}. Older checkpoints are whole. Delete old runs, then resume this one.")


def _replace(aside: Path, target: Path) -> None:
    """A folder cannot replace another in one step: a kill between leaves the new one whole, without its name."""
    leaving = target.with_name(f"{TEMPORARY}{LEAVING}{target.name}")
    replaces = target.exists()
    if replaces:
        target.rename(leaving)
    try:
        aside.rename(target)
    except OSError:
        if replaces:
            leaving.rename(target)
        raise
    sync(target.parent)
    if replaces:
        shutil.rmtree(leaving)


def _settled(path: Path) -> StoredFile:
    sync(path)
    return StoredFile(size_bytes=path.stat().st_size, sha256=sha256(path))
