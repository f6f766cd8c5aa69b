"""The process that makes the next version of a set: `python -m layerloom.data.editing FOLDER HOME`."""

import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path

from layerloom.data import builtin, process, storage
from layerloom.data.dataset import DatasetInfo, Reading
from layerloom.data.editing.writing import fingerprint_of, next_version, revised
from layerloom.data.edits import Edits, History, ReadAgain, Revision
from layerloom.data.ingest import described, in_windows, stored
from layerloom.data.library import Library, UnknownDataset
from layerloom.data.own import HISTORY, ORIGINAL, id_of
from layerloom.data.process import Work
from layerloom.data.reading.readers import opened
from layerloom.data.reading.source import Given, Unreadable
from layerloom.data.uploads import ORDER


def version(library: Library, id: str, edits: Edits, work: Work) -> str:
    """The id of the version that these edits make of the set `id`; of the one there is if they were made before.

    Raises Refusal, Unreadable with the place.
    """
    work.report("columns", 0.0)
    try:
        parent = library.get(id)
    except UnknownDataset:
        raise Unreadable("unknown", "This dataset was deleted before it could be edited.") from None
    own, print_of_it = library.own, fingerprint_of(parent, edits)
    if known := own.made_of(parent.id, print_of_it):
        return known.id
    draft, folder = own.draft(work.scratch), library.folder(parent.id)
    try:
        first = edits.edits[0]
        if isinstance(first, ReadAgain):
            draft, made = _read_again(library, parent, folder, first.reading, draft, work)
        else:
            made = revised(parent, folder, edits.edits, draft, work)
        if (folder / ORIGINAL).exists():
            storage.link_file(folder / ORIGINAL, draft / ORIGINAL)
        _leave_history(library, parent, edits, draft)
        named = next_version(parent, made, print_of_it).model_copy(update={"id": id_of(made.title)})
        return own.publish(draft, named, set(builtin.profiles())).id
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _read_again(
    library: Library, parent: DatasetInfo, folder: Path, reading: Reading, draft: Path, work: Work
) -> tuple[Path, DatasetInfo]:
    original = folder / ORIGINAL
    if not original.exists():
        raise Unreadable("no-original", f"'{parent.title}' has no file of yours that could be read again.")
    source = opened(Given(original, parent.title, reading, work.scratch, work.report, work.limits))
    columns = stored(source, draft, work.report)
    made = described(source, draft, columns, parent.title, parent.fingerprint, original.stat().st_size)
    return in_windows(draft, made, work, library.own)


def _leave_history(library: Library, parent: DatasetInfo, edits: Edits, draft: Path) -> None:
    before = library.own.history(parent.id)
    history = History(ancestors=[*(before.ancestors if before else []), parent.id], edits=edits)
    storage.write_bytes(draft / HISTORY, history.model_dump_json().encode())


def main(folder: Path, home: Path) -> None:
    """Make the version that was ordered, and leave its id as the answer."""
    order = Revision.model_validate_json((folder / ORDER).read_bytes())
    report = process.Reporter(folder).tell
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        work = Work(Path(scratch), report, order.limits)
        make = partial(version, Library(home), order.parent, order.edits, work)
        said = process.answer(make, f"The new version of '{order.parent}'", order.limits)
    process.leave(folder, said)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
