"""How a column comes into a drawing: an Input and the layers that make one vector of it, by its kind."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from pydantic import JsonValue

from layerloom.data.binding import MOST_COLUMNS
from layerloom.data.dataset import Column
from layerloom.data.drawing import plain
from layerloom.data.sketch import Sketch

MOST_CATEGORIES, MOST_TEXTS = 12, 4
"""Columns that get a branch of their own; a drawing of more could not be read."""
MOST_ONE_HOT, MOST_LISTED = 32, 1_000
MAX_TOKENS, TEXT_SIZE = 10_000, 32
LARGEST_SIDE, SMALLEST_SIDE = 96, 8
FILTERS = (16, 32, 64, 64)
MOST_FLAT = 8_192
MOST_STEPS, SEQUENCE_UNITS = 256, 32
LONGEST_NAME = 60
UNKNOWN = "[UNK]"

Form = Literal["numbers", "category", "text", "image", "sequence", "vector"]


class Branch(NamedTuple):
    """Columns that come in together. `fill` says that their empty cells are to be filled inside the drawing."""

    form: Form
    columns: list[Column]
    fill: bool = False

    @property
    def rows(self) -> int:
        """How many lines of the canvas it takes."""
        return 2 if self.form == "numbers" and self.fill else 1


class Drawn(NamedTuple):
    """A branch on the canvas: the name of its Input, and the node that gives its vector."""

    input: str
    end: str


def branches(columns: Sequence[Column], fill: bool) -> list[Branch]:
    """Numbers side by side, everything else on its own; columns that would make too many branches are left out.

    Categories beyond the first dozen stand beside the numbers as class numbers. `fill` keeps rows with empty cells.
    """
    categories = [column for column in columns if _needs_names(column)][:MOST_CATEGORIES]
    texts = [column for column in columns if column.kind == "text"][:MOST_TEXTS]
    named = {column.name for column in categories}
    numbers = [column for column in columns if column.kind == "number"]
    numbers += [column for column in columns if column.kind == "category" and column.name not in named]
    whole = [column for column in columns if column.kind in ("image", "sequence", "vector")]
    parts = (numbers[at : at + MOST_COLUMNS] for at in range(0, len(numbers), MOST_COLUMNS))
    return [
        *(Branch("numbers", part, fill and any(column.missing for column in part)) for part in parts),
        *(Branch("category", [column]) for column in categories),
        *(Branch("text", [column]) for column in texts),
        *(Branch(_form(column), [column], fill and column.missing > 0) for column in whole),
    ]


def draw(sketch: Sketch, branch: Branch, row: float) -> Drawn:
    """Put a branch on the canvas, its Input at the left."""
    column = branch.columns[0]
    wanted = "numbers" if len(branch.columns) > 1 else plain(column.name)[:LONGEST_NAME]
    name = sketch.free_name(wanted or "input")
    match branch.form:
        case "category":
            return Drawn(name, _category(sketch, name, column, row))
        case "text":
            return Drawn(name, _text(sketch, name, column, row))
        case "image":
            return Drawn(name, _image(sketch, name, column, row))
        case "sequence":
            return Drawn(name, _sequence(sketch, name, branch, row))
        case _:
            return Drawn(name, _numbers(sketch, name, branch, row))


def _needs_names(column: Column) -> bool:
    """A category that is 0 or 1 is a number already."""
    return column.kind == "category" and column.classes != ["0", "1"]


def _form(column: Column) -> Form:
    return "image" if column.kind == "image" else "sequence" if column.kind == "sequence" else "vector"


def _numbers(sketch: Sketch, name: str, branch: Branch, row: float) -> str:
    """Brought to mean 0 and deviation 1. An empty cell becomes the mean, and a mark beside says that it was empty."""
    shape: list[JsonValue] = [*branch.columns[0].shape] or [len(branch.columns)]
    given = sketch.add("Input", row=row, name=name, shape=shape, dtype="float32")
    normal = sketch.add("Normalization", [given], row=row)
    if not branch.fill:
        return normal
    filled = sketch.add("ops.nan_to_num", [normal], row=row)
    if branch.form == "vector":
        return filled
    empty = sketch.add("ops.cast", [sketch.add("ops.isnan", [given], row=row + 1)], row=row + 1, dtype="float32")
    return sketch.add("Concatenate", [filled, empty], row=row)


def _category(sketch: Sketch, name: str, column: Column, row: float) -> str:
    """Names to one-hot vectors, or to learned ones where there are many. What is empty or unknown has a place too."""
    classes = column.classes or []
    given = sketch.add("Input", row=row, name=name, shape=[1], dtype="string")
    config: dict[str, JsonValue] = {"vocabulary": [*classes]} if len(classes) <= MOST_LISTED else {}
    if UNKNOWN in classes:
        config["oov_token"] = f"{max(classes, key=len)} (unknown)"
    if len(classes) <= MOST_ONE_HOT:
        return sketch.add_node("StringLookup", [given], row, None, config | {"output_mode": "one_hot"})
    index = sketch.add_node("StringLookup", [given], row, None, config)
    size = min(TEXT_SIZE, round(len(classes) ** 0.5) + 1)
    vectors = sketch.add("Embedding", [index], row=row, input_dim=len(classes) + 1, output_dim=size)
    return sketch.add("Flatten", [vectors], row=row)


def _text(sketch: Sketch, name: str, column: Column, row: float) -> str:
    """Words to numbers, cut after what three quarters of the texts need, to the mean of their embeddings."""
    length = max(1, int(column.statistics.quartiles[1])) if column.statistics else 1
    given = sketch.add("Input", row=row, name=name, shape=[1], dtype="string")
    tokens = sketch.add("TextVectorization", [given], row=row, max_tokens=MAX_TOKENS, output_sequence_length=length)
    vectors = sketch.add("Embedding", [tokens], row=row, input_dim=MAX_TOKENS, output_dim=TEXT_SIZE, mask_zero=True)
    return sketch.add("GlobalAveragePooling1D", [vectors], row=row)


def _image(sketch: Sketch, name: str, column: Column, row: float) -> str:
    """Large pictures made smaller, 0 to 255 brought to 0 to 1, and a few convolutions by size."""
    height, width, _ = column.shape
    end = sketch.add("Input", row=row, name=name, shape=[*column.shape], dtype="float32")
    if max(height, width) > LARGEST_SIDE:
        height, width = (max(1, round(side * LARGEST_SIDE / max(height, width))) for side in (height, width))
        end = sketch.add("Resizing", [end], row=row, height=height, width=width)
    end = sketch.add("Rescaling", [end], row=row, scale=1 / 255)
    channels = column.shape[-1]
    for filters in FILTERS:
        if min(height, width) < SMALLEST_SIDE:
            break
        end = sketch.add("Conv2D", [end], row=row, filters=filters, kernel_size=3, padding="same", activation="relu")
        end = sketch.add("MaxPooling2D", [end], row=row)
        height, width, channels = height // 2, width // 2, filters
    flat = height * width * channels <= MOST_FLAT
    return sketch.add("Flatten" if flat else "GlobalAveragePooling2D", [end], row=row)


def _sequence(sketch: Sketch, name: str, branch: Branch, row: float) -> str:
    """Brought to mean 0 and deviation 1 a channel, long ones shortened by convolutions, read by an LSTM."""
    steps, _ = branch.columns[0].shape
    given = sketch.add("Input", row=row, name=name, shape=[*branch.columns[0].shape], dtype="float32")
    end = sketch.add("Normalization", [given], row=row)
    if branch.fill:
        end = sketch.add("ops.nan_to_num", [end], row=row)
    while steps > MOST_STEPS:
        end = sketch.add(
            *("Conv1D", [end]), row=row, filters=32, kernel_size=9, strides=4, padding="same", activation="relu"
        )
        steps = -(-steps // 4)
    return sketch.add("LSTM", [end], row=row, units=SEQUENCE_UNITS)
