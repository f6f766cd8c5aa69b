"""A dataset under edit becomes the columns of a new one, and what is to be said of it."""

import hashlib
import time
from collections.abc import Sequence
from pathlib import Path

from layerloom.data import storage
from layerloom.data.dataset import Column, DatasetInfo
from layerloom.data.editing.applying import apply
from layerloom.data.editing.draft import Draft
from layerloom.data.editing.held import Held
from layerloom.data.edits import Edit, Edits
from layerloom.data.process import Work
from layerloom.data.profile import profile


def revised(parent: DatasetInfo, folder: Path, edits: Sequence[Edit], target: Path, work: Work) -> DatasetInfo:
    """The set that these edits make of `parent`, whose columns lie in `folder`; its own are put into `target`.

    Its id, version, parent and fingerprint are those of `parent` still. Raises Refusal, Unreadable with the place.
    """
    draft = Draft(parent, folder, work)
    apply(draft, edits)
    columns = []
    for number, held in enumerate(draft):
        work.report("columns", number / len(draft))
        columns.append(_written(draft, held, number, target).model_copy(update={"role": draft.roles[held.name]}))
    return parent.model_copy(
        update={
            "title": draft.title,
            "task": draft.task,
            "rows": draft.rows,
            "columns": columns,
            "default_inputs": draft.inputs,
            "default_targets": draft.targets,
            "notes": [*parent.notes, *draft.notes],
            "size_bytes": sum(place.stat().st_size for place in target.iterdir()),
        }
    )


def next_version(parent: DatasetInfo, made: DatasetInfo, fingerprint: str) -> DatasetInfo:
    """What was made of a parent, as its next version."""
    return made.model_copy(
        update={
            "parent": parent.id,
            "version": parent.version + 1,
            "fingerprint": fingerprint,
            "source": "upload" if parent.source == "package" else parent.source,
            "created_at": time.time(),
        }
    )


def fingerprint_of(parent: DatasetInfo, edits: Edits) -> str:
    """The same edits of the same rows are the same set."""
    return hashlib.sha256(f"{parent.fingerprint}\n{edits.model_dump_json()}".encode()).hexdigest()


def _written(draft: Draft, held: Held, number: int, target: Path) -> Column:
    if held.stored is not None:
        storage.link(draft.folder, held.stored, target, number)
        return draft.parent.columns[held.stored]
    values = held.values()
    storage.write(target, number, values)
    return profile(held.name, values, None)
