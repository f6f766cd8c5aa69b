"""A split that is too large for memory: its rows are read from the disk as they are wanted."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from layerloom.data.columns import Columns
from layerloom.data.dataset import DatasetInfo
from layerloom.data.library import Library
from layerloom.data.whole import needed, whole_rows
from layerloom.job import USUAL_MEMORY, DataMemory
from layerloom.recipe import DataRecipe
from layerloom.training.arrays import Array, Bound, Encoded, bind, encoded, target
from layerloom.training.signature import Signature
from layerloom.training.windows import Windows

Rows = NDArray[np.int64]


class Stored:
    """One split on the disk, with what `Bound` offers but for whole arrays."""

    def __init__(self, library: Library, recipe: DataRecipe, signature: Signature, split: str) -> None:
        self._library = library
        self._recipe = recipe
        self._signature = signature
        self._split = split
        self.info: DatasetInfo = library.get(recipe.dataset)
        self.columns: Columns = library.columns(recipe.dataset, needed(self.info, recipe), split)

    @cached_property
    def rows(self) -> Rows:
        """The numbers of the rows that have no empty cell."""
        return whole_rows(self._library, self._recipe, self._split)

    def take(self, rows: Rows) -> Encoded:
        """Some rows of the split, by their numbers, in this order."""
        return self.encode(self.columns.take(rows))

    def encode(self, arrays: dict[str, Array]) -> Encoded:
        """Some rows of its columns as the nodes take them."""
        return encoded(arrays, self.info, self._recipe, self._signature)

    def target(self, name: str) -> Array:
        """What an Output node should answer, of every row of the split."""
        arrays = self._library.arrays(self.info.id, self._recipe.targets[name], self._split)
        return target(arrays, self.info, self._recipe, name, self._signature.outputs[name])


def opened(
    library: Library, recipe: DataRecipe, signature: Signature, split: str, memory: DataMemory = USUAL_MEMORY
) -> Bound | Stored:
    """The split in memory if it fits there, else on the disk. Raises what `Library` raises."""
    if streams(library, recipe, split, memory):
        return Stored(library, recipe, signature, split)
    return bind(library, recipe, signature, split)


def streams(library: Library, recipe: DataRecipe, split: str, memory: DataMemory = USUAL_MEMORY) -> bool:
    """Whether the bound columns are too large for memory."""
    names = needed(library.get(recipe.dataset), recipe)
    return library.columns(recipe.dataset, names, split).stored_bytes > memory.in_memory_bytes


def windows_of(library: Library, recipe: DataRecipe, memory: DataMemory = USUAL_MEMORY) -> Windows | None:
    """In which windows the training rows are shuffled; None where they lie in memory, as all sets of the package do."""
    info = library.get(recipe.dataset)
    if info.source == "package" or not streams(library, recipe, "train", memory):
        return None
    return Windows.of(library.columns(recipe.dataset, needed(info, recipe), "train").row_bytes, memory)
