"""What the folders of an archive say of its files: the class of each, and whether it is for training or for testing."""

from collections.abc import Sequence
from itertools import takewhile
from typing import Literal, NamedTuple

from layerloom.data.dataset import Note
from layerloom.data.reading.member_names import shown
from layerloom.data.reading.members import Member

Fold = Literal["train", "validation", "test"]
FOLDS: dict[str, Fold] = {
    **dict.fromkeys(("train", "training"), "train"),
    **dict.fromkeys(("validation", "valid", "val", "dev"), "validation"),
    **dict.fromkeys(("test", "testing"), "test"),
}
ORDER: tuple[Fold, ...] = ("train", "validation", "test")


class Placed(NamedTuple):
    """A file with the fold and the class that its folders give it; `label` is None where there are no classes."""

    member: Member
    fold: Fold
    label: str | None


class Layout(NamedTuple):
    """All files, those for training first, then in the order of their names; `only_folder` holds all there are."""

    files: list[Placed]
    notes: list[Note]
    only_folder: str | None

    @property
    def labels(self) -> set[str]:
        """The classes found; empty where the files lie in no class folders."""
        return {file.label for file in self.files if file.label is not None}

    @property
    def folds(self) -> set[Fold]:
        """The folds found."""
        return {file.fold for file in self.files}


def lay_out(members: Sequence[Member]) -> Layout:
    """The first folder that tells files apart is their class, as in Keras; train and test folders may be above it.

    Files beside class folders belong to no class: they are left out and noted.
    """
    ordered = sorted(members, key=lambda member: member.name)
    folders = [member.name.split("/")[:-1] for member in ordered]
    wrapper = _shared(folders)
    inner = [folder[len(wrapper) :] for folder in folders]
    folds: list[Fold] = ["train"] * len(ordered)
    if _are_folds(inner):
        folds = [FOLDS[folder[0].lower()] for folder in inner]
        inner = [folder[1:] for folder in inner]
        wrapper = _shared(inner)
        inner = [folder[len(wrapper) :] for folder in inner]
    only = wrapper[-1] if wrapper and not any(inner) else None
    labels = [folder[0] if folder else None for folder in inner]
    placed = [Placed(*one) for one in zip(ordered, folds, labels, strict=True)]
    return _sorted_out(placed, only)


def _shared(folders: Sequence[list[str]]) -> list[str]:
    """The folders that all files lie in."""
    level = takewhile(lambda parts: len(set(parts)) == 1, zip(*folders, strict=False))
    return [parts[0] for parts in level]


def _are_folds(folders: Sequence[list[str]]) -> bool:
    tops = {folder[0].lower() if folder else "" for folder in folders}
    return tops <= FOLDS.keys() and len(tops) > 1 and any(FOLDS[top] == "train" for top in tops)


def _sorted_out(placed: list[Placed], only: str | None) -> Layout:
    has_classes = any(file.label is not None for file in placed)
    stray = [file for file in placed if has_classes and file.label is None]
    notes = [
        Note(code="no-class", message="Left out: it lies in no class folder.", file=shown(file.member.name))
        for file in stray
    ]
    kept = [file for file in placed if not has_classes or file.label is not None]
    return Layout(sorted(kept, key=lambda file: ORDER.index(file.fold)), notes, only)
