"""The block library: ready blocks to copy into a drawing, one JSON document each in the folder beside this file."""

from functools import cache
from pathlib import Path

from layerloom.graph.document import Block, BlockName, Document

FOLDER = Path(__file__).parent / "library"
ORDER = (
    "residual",
    "bottleneck",
    "inverted_residual",
    "squeeze_excite",
    "dense_block",
    "transformer_encoder",
    "transformer_decoder",
    "unet_level",
    "wide_and_deep",
)
"""As they stand in the palette."""


class LibraryBlock(Document):
    """A block with the name that it gets in a drawing, a title and one line about it."""

    name: BlockName
    title: str
    description: str
    block: Block


@cache
def library() -> tuple[LibraryBlock, ...]:
    """All blocks of the library."""
    return tuple(LibraryBlock.model_validate_json((FOLDER / f"{name}.json").read_bytes()) for name in ORDER)
