"""The versions of a dataset as a family: what was made of what."""

from layerloom.data.dataset import DatasetInfo
from layerloom.data.edits import Version
from layerloom.data.library import Library


def family(library: Library, id: str) -> list[Version]:
    """Every version that is there of the set that this one goes back to, also where one between was deleted.

    Sorted by version and time. Raises UnknownDataset.
    """
    root = _root(library, library.get(id))
    found = [info for info in library.list() if _root(library, info) == root]
    found.sort(key=lambda info: (info.version, info.created_at or 0))
    return [_version(library, info) for info in found]


def _root(library: Library, info: DatasetInfo) -> str:
    history = library.own.history(info.id) if info.parent else None
    return history.ancestors[0] if history else info.id


def _version(library: Library, info: DatasetInfo) -> Version:
    history = library.own.history(info.id) if info.parent else None
    return Version(
        id=info.id,
        title=info.title,
        version=info.version,
        parent=info.parent,
        created_at=info.created_at,
        fingerprint=info.fingerprint,
        rows=info.rows,
        edits=history.edits.words() if history else [],
    )
