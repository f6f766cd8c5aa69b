"""The order of rows that are read from the disk: blocks of neighbours at random, then rows at random within windows.

A block is large enough to be read fast, a window holds as many blocks as memory allows. A row may come anywhere in an
epoch, and its neighbours in a batch come from all the blocks of its window.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from layerloom.job import DataMemory
from layerloom.training.feed import Rows, shuffled

LARGE_ROW_BYTES = 16_384
"""From here on (pictures, sounds) rows are read one by one without loss, so that each is a block of its own."""


@dataclass(frozen=True)
class Windows:
    """How many rows a block has, and how many blocks a window."""

    block_rows: int
    window_blocks: int

    @classmethod
    def of(cls, row_bytes: int, memory: DataMemory) -> "Windows":
        """What suits rows of this size."""
        block = 1 if row_bytes >= LARGE_ROW_BYTES else max(1, memory.block_bytes // row_bytes)
        return cls(block, max(1, memory.window_bytes // (block * row_bytes)))

    def over(self, rows: int, seed: int | None = None, epoch: int = 0) -> Iterator[Rows]:
        """The places of `rows` rows, window after window, each place once; in order where there is no seed."""
        blocks = np.arange(-(-rows // self.block_rows))
        if seed is not None:
            blocks = shuffled(blocks, seed, epoch)
        for number, first in enumerate(range(0, len(blocks), self.window_blocks), 1):
            chosen = blocks[first : first + self.window_blocks]
            places = (chosen[:, None] * self.block_rows + np.arange(self.block_rows)).ravel()
            places = places[places < rows]
            yield places if seed is None else shuffled(places, seed, epoch, number)
