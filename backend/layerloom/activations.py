"""What each node of a drawing gives out for a few samples: feature maps, vectors or texts, thinned to be looked at."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

MOST_ROWS = 5

Number = float | None


class _Word(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


class NodeActivations(_Word):
    """The first output of a node, one item a sample. `shape` is that of one whole sample, without the batch axis.

    `maps`: per sample up to 8 channels, each a list of rows of numbers. `vector`: per sample up to 64 numbers. `text`:
    per sample up to 16 texts. Of longer axes every n-th value is told; a number that is not finite is null.
    """

    kind: Literal["maps", "vector", "text"]
    shape: list[int]
    maps: list[list[list[list[Number]]]] = []
    vectors: list[list[Number]] = []
    texts: list[list[str]] = []


class Activations(_Word):
    """By node path (`n3`, inside a block `n4.1.n2`), as after `epoch`, null before a training, for these rows.

    `adapted_rows`: to how many rows layers that learn from the data before a training were adapted for this; a training
    takes all of them. 0 where there are no such layers, or after a training.
    """

    epoch: int | None
    adapted_rows: int = 0
    rows: list[int]
    nodes: dict[str, NodeActivations]


Picture = list[list[list[int]]]
"""Rows of pixels of one or three channels, each from 0 to 255."""


class Augmented(_Word):
    """What a layer makes of pictures in training, drawn with `seed`: for each of `rows` the picture before and after.

    Pictures are thinned to be looked at: of longer sides every n-th pixel is told.
    """

    node: str
    rows: list[int]
    seed: int
    before: list[Picture]
    after: list[Picture]
