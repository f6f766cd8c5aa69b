"""How the overlay says what a constructor argument takes, where signature and default do not tell."""

from collections.abc import Sequence
from dataclasses import dataclass

from layerloom.catalog import Kind

MAX_UNITS = 10_000_000
SMALLEST_POSITIVE = 1e-12
"""Stands for "above 0": bounds of a catalog parameter are inclusive."""

LAYER_DTYPES = ("float32", "float16", "bfloat16", "float64", "mixed_float16", "mixed_bfloat16", "int32", "int64")
VALUE_DTYPES = ("float32", "float16", "bfloat16", "float64")
TENSOR_DTYPES = (
    "float32",
    "float16",
    "bfloat16",
    "float64",
    "int8",
    "int16",
    "int32",
    "int64",
    "uint8",
    "uint16",
    "uint32",
    "bool",
    "string",
)
NUMBER_DTYPES = tuple(dtype for dtype in TENSOR_DTYPES if dtype != "string")


@dataclass(frozen=True)
class Spec:
    """What an argument takes. `nullable` None means: if its default is null.

    `required` is for arguments that Keras refuses to go without in spite of their default of null. `list_only` refuses
    a single number. `spatial` sets the length from the 1D, 2D or 3D in the class name.
    """

    kind: Kind
    minimum: float | None = None
    maximum: float | None = None
    length: int | None = None
    choices: Sequence[str] | None = None
    nullable: bool | None = None
    required: bool = False
    list_only: bool = False
    spatial: bool = False


def integer(minimum: float | None = None, maximum: float | None = None) -> Spec:
    """A whole number."""
    return Spec("integer", minimum=minimum, maximum=maximum)


def number(minimum: float | None = None, maximum: float | None = None) -> Spec:
    """A finite number."""
    return Spec("number", minimum=minimum, maximum=maximum)


def integers(minimum: float | None = None, maximum: float | None = None, length: int | None = None) -> Spec:
    """A whole number or a list of them."""
    return Spec("integers", minimum=minimum, maximum=maximum, length=length)


def numbers(minimum: float | None = None, maximum: float | None = None, length: int | None = None) -> Spec:
    """A finite number or a list of them."""
    return Spec("numbers", minimum=minimum, maximum=maximum, length=length)


def integer_list(minimum: float | None = None) -> Spec:
    """A list of whole numbers."""
    return Spec("integers", minimum=minimum, list_only=True)


def number_list(minimum: float | None = None, maximum: float | None = None, length: int | None = None) -> Spec:
    """A list of finite numbers."""
    return Spec("numbers", minimum=minimum, maximum=maximum, length=length, list_only=True)


def choice(*choices: str, nullable: bool | None = None) -> Spec:
    """One of these words."""
    return Spec("choice", choices=choices, nullable=nullable)


def window(minimum: float) -> Spec:
    """A whole number, or one for each spatial axis."""
    return Spec("integers", minimum=minimum, spatial=True)


FRACTION = number(0, 1)
BELOW_ONE = 0.999999
"""Stands for "below 1"."""

COUNT = integer(1)
FEW = integer(1, 100)
"""How often something is done in a loop: each time makes the model larger."""

SIZE = integer(1, MAX_UNITS)
POSITIVE = number(SMALLEST_POSITIVE)
NOT_NEGATIVE = number(0)
