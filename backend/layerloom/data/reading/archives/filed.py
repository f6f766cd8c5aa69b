"""Archives with one file a row: which files are rows, what is said of each, and the columns that come of it."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from layerloom.data.dataset import Format, Kind, Note, Reading
from layerloom.data.description import ColumnHint
from layerloom.data.reading.archives import label_table
from layerloom.data.reading.archives.columns import Columns, capped
from layerloom.data.reading.archives.folders import Layout, Placed, lay_out
from layerloom.data.reading.member_names import shown
from layerloom.data.reading.members import Archive, Broken
from layerloom.data.reading.source import Given, Unreadable
from layerloom.data.reading.zipped import family
from layerloom.data.source import Raw

LABEL, FILE, FOLD = "label", "file", "split"
WORDS: Mapping[Format, str] = {"images": "pictures", "texts": "texts", "audio": "sounds"}
MADE: Mapping[Format, str] = {"images": "image", "texts": "text", "audio": "audio"}
"""The column that holds the files themselves."""
KINDS: Mapping[Format, Kind] = {"images": "image", "texts": "text", "audio": "sequence"}
BROKEN_NAMED = 20
VALIDATION_NOTED = Note(
    code="validation-folder",
    message="What is named for validation is among the rows for training. To hold it out, split by the column 'split'.",
    column=FOLD,
)


@dataclass(frozen=True)
class Filed:
    """The files that are to be rows, and by column name what is known of each; those for testing come last."""

    files: list[Placed]
    known: dict[str, pl.Series]
    hints: dict[str, ColumnHint]
    notes: list[Note]

    @property
    def trained(self) -> int:
        """How many are not for testing."""
        return sum(file.fold != "test" for file in self.files)

    def by_split(self, values: Raw, kept: Sequence[int]) -> dict[str, Raw]:
        """The values of the files `kept` (ascending) by split; no split "test" where it would be empty."""
        end = bisect_left(kept, self.trained)
        return {"train": values[:end], **({"test": values[end:]} if end < len(kept) else {})}


def filed(given: Given, archive: Archive, format: Format) -> Filed:
    """The files of one kind with their labels, from class folders or from a table. Raises Unreadable.

    `content-mismatch` where no file is of this kind; `one-class` where all lie in one folder and nothing tells them
    apart.
    """
    members = [member for member in archive.members if family(member) == format]
    if not members:
        raise Unreadable("content-mismatch", f"'{given.name}' holds no {WORDS[format]}.")
    layout = lay_out(members)
    table = label_table.find(given, archive, [file.member.name for file in layout.files])
    if table is None:
        _check_classes(layout, WORDS[format])
    read = {member.name for member in members} | ({table.member.name} if table else set())
    notes = [*layout.notes, *_left_out(archive, read, WORDS[format])]
    folders = _folders(layout, layout.files)
    hints = {LABEL: ColumnHint(kind="category")} if LABEL in folders else {}
    if table is None:
        return Filed(layout.files, folders, hints, notes)
    rows = [row for row, place in enumerate(table.rows) if place is not None]
    places = [place for place in table.rows if place is not None]
    taken = {*folders, MADE[format], FILE, FOLD}
    known = {name: cells.gather(rows) for name, cells in folders.items()}
    known |= {free(name, taken): cells.gather(places) for name, cells in table.columns.items()}
    return Filed([layout.files[row] for row in rows], known, hints, [*_unlabelled(layout, table), *notes])


def _folders(layout: Layout, files: Sequence[Placed]) -> dict[str, pl.Series]:
    """What the folders say of each file, and its name."""
    columns: dict[str, list[str | None]] = {FILE: [file.member.name for file in files]}
    if len(layout.labels) > 1:
        columns[LABEL] = [file.label for file in files]
    if "validation" in layout.folds:
        columns[FOLD] = [None if file.fold == "test" else file.fold for file in files]
    return {name: pl.Series(name, cells, dtype=pl.String) for name, cells in columns.items()}


def _check_classes(layout: Layout, word: str) -> None:
    only = layout.only_folder or (next(iter(layout.labels)) if len(layout.labels) == 1 else None)
    if only is not None:
        message = f"All {word} lie in the one folder '{shown(only)}'. Expected a folder for each of two classes or more"
        raise Unreadable("one-class", f"{message}; {word} without labels belong into no folder at all.")


def _left_out(archive: Archive, read: set[str], word: str) -> list[Note]:
    others = [member.name for member in archive.members if member.name not in read]
    return [Note(code="not-read", message=f"Left out: not one of the {word}.", file=shown(name)) for name in others]


def _unlabelled(layout: Layout, table: label_table.LabelTable) -> list[Note]:
    message = f"Left out: '{shown(table.member.name)}' says nothing of it."
    bare = [file for file, row in zip(layout.files, table.rows, strict=True) if row is None]
    return [Note(code="no-label", message=message, file=shown(file.member.name)) for file in bare]


def free(name: str, taken: set[str]) -> str:
    """The name, changed where another column has it."""
    while name in taken:
        name += "_2"
    return name


def kept_rows(given: Given, rows: Filed, broken: Mapping[int, Broken], skip_broken: bool) -> list[int]:
    """The places of the files that could be read, in their order.

    Raises Unreadable where nothing is left to train on, or where broken files are not to be skipped: with the code of a
    file that is alone, else `broken-files`.
    """
    kept = [row for row in range(len(rows.files)) if row not in broken]
    if any(rows.files[row].fold != "test" for row in kept) and (skip_broken or not broken):
        return kept
    faults = _faults(rows, broken)
    if len(faults) == 1 == len(rows.files):
        raise Unreadable(faults[0].code, f"'{faults[0].file}': {faults[0].message}", faults)
    hint = " Let them be skipped (skip_broken), or mend them." if kept else ""
    message = f"{len(faults):,} of the {len(rows.files):,} files in '{given.name}' can not be read.{hint}"
    raise Unreadable("broken-files", message, faults[:BROKEN_NAMED])


def columns(
    given: Given,
    rows: Filed,
    reading: Reading,
    made: Mapping[str, Raw],
    broken: Mapping[int, Broken],
    notes: Sequence[Note],
) -> Columns:
    """The source: what was `made` of the files that are not broken, then what is known of each. Raises Unreadable."""
    kept = kept_rows(given, rows, broken, reading.skip_broken)
    last = [name for name in (FILE, FOLD) if name in rows.known]
    order = [*(name for name in rows.known if name not in last), *last]
    known = {name: rows.by_split(rows.known[name].gather(kept), kept) for name in order}
    parts: dict[str, Mapping[str, Raw]] = {MADE[reading.format]: made, **known}
    kinds: dict[str, Kind] = {MADE[reading.format]: KINDS[reading.format], FILE: "identifier", FOLD: "category"}
    hints = {**rows.hints, **{name: ColumnHint(kind=kind) for name, kind in kinds.items()}}
    said = [*notes, *_classes_noted(parts.get(LABEL)), *([VALIDATION_NOTED] if FOLD in rows.known else [])]
    return Columns(reading, parts, [*said, *capped([*_faults(rows, broken), *rows.notes])], hints)


def _faults(rows: Filed, broken: Mapping[int, Broken]) -> list[Note]:
    return [
        Note(code=error.code, message=error.message, file=shown(rows.files[row].member.name))
        for row, error in sorted(broken.items())
    ]


def _classes_noted(labels: Mapping[str, Raw] | None) -> list[Note]:
    """Classes that can be learnt and never tested, or the other way round."""
    if labels is None or "test" not in labels:
        return []
    found = {split: set(pl.Series(cells).unique().to_list()) for split, cells in labels.items()}
    return [
        Note(code="class-missing", message=f"No file of class '{shown(label)}' is for {purpose}.", column=LABEL)
        for split, purpose in (("train", "training"), ("test", "testing"))
        for label in sorted((found["train"] | found["test"]) - found[split])
    ]
