"""One picture: looked at without decoding it, then decoded upright into bytes of the size wanted."""

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from layerloom.data.reading.members import Broken

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF")
GREY = frozenset({"1", "L", "LA", "La", "I", "F", "I;16", "I;16B", "I;16L", "I;16N"})
DEEP = frozenset({"I", "F", "I;16", "I;16B", "I;16L", "I;16N"})
ORIENTATION, SIDEWAYS = 0x0112, frozenset({5, 6, 7, 8})
WITH_EXIF = frozenset({"JPEG", "MPO", "TIFF", "WEBP"})
LARGE_PIXELS = 4_000_000
"""Pictures beyond this are decoded one at a time: each takes hundreds of megabytes."""
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    EOFError,
    OverflowError,
    NotImplementedError,
    ZeroDivisionError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)
_one_large = Lock()


class Look(NamedTuple):
    """What a picture says of itself, upright: its size in pixels and whether it is without colours."""

    height: int
    width: int
    is_grey: bool


@contextmanager
def bounded(pixels: int) -> Iterator[None]:
    """Pillow refuses pictures of more pixels than this inside, in every thread; its other warnings are not shown."""
    before, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, pixels
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    finally:
        Image.MAX_IMAGE_PIXELS = before


def look(content: bytes, most_pixels: int) -> Look:
    """What the first bytes of a picture say. Raises Broken, also where they are too few."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            _check_size(picture, most_pixels)
            width, height = picture.size[:: -1 if _is_sideways(picture) else 1]
            return Look(height, width, _is_grey(picture))
    except _BROKEN as error:
        raise _fault(error) from None


def pixels(content: bytes, height: int, width: int, channels: int, most_pixels: int) -> NDArray[np.uint8]:
    """The picture upright as (height, width, channels), channels 1 (grey) or 3 (red, green, blue), 0 to 255.

    It is scaled until it covers this size, and what stands out is cut off evenly on both sides; what is transparent
    is white. Of a moving picture, the first frame. Raises Broken.
    """
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            _check_size(picture, most_pixels)
            if picture.width * picture.height > LARGE_PIXELS:
                with _one_large:
                    return _decoded(picture, height, width, channels)
            return _decoded(picture, height, width, channels)
    except _BROKEN as error:
        raise _fault(error) from None


def _decoded(picture: Image.Image, height: int, width: int, channels: int) -> NDArray[np.uint8]:
    side = 2 * max(height, width)
    picture.draft(None, (side, side))  # a JPEG much larger than that is decoded at a half, a quarter or an eighth
    upright = ImageOps.exif_transpose(picture) if _has_orientation(picture) else picture
    flat = _flat(upright, "L" if channels == 1 else "RGB")
    if flat.size != (width, height):
        box = _covering(flat.width, flat.height, width / height)
        flat = flat.resize((width, height), Image.Resampling.BILINEAR, box=box, reducing_gap=3.0)
    return np.asarray(flat, dtype=np.uint8).reshape(height, width, channels)


def _covering(width: int, height: int, ratio: float) -> tuple[float, float, float, float]:
    """The largest box of this ratio of width to height in the middle of the picture."""
    kept_width, kept_height = min(float(width), height * ratio), min(float(height), width / ratio)
    left, top = (width - kept_width) / 2, (height - kept_height) / 2
    return left, top, left + kept_width, top + kept_height


def _flat(picture: Image.Image, mode: str) -> Image.Image:
    """In grey or colours of eight bits, what is transparent on white."""
    if picture.mode in DEEP:
        picture = Image.fromarray(_eight_bits(np.asarray(picture)))
    elif picture.has_transparency_data:
        colours = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", colours.size, "white"), colours)
    return picture if picture.mode == mode else picture.convert(mode)


def _eight_bits(values: NDArray[Any]) -> NDArray[np.uint8]:
    """Levels of 16 bits, or of floats from 0 to 1, or what is in the range of bytes already."""
    levels = np.nan_to_num(values.astype(np.float32))
    if values.dtype.itemsize == 2 or levels.max(initial=0) > 255:
        levels /= 257
    elif values.dtype.kind == "f" and levels.max(initial=0) <= 1:
        levels *= 255
    return np.clip(np.rint(levels), 0, 255).astype(np.uint8)


def _check_size(picture: Image.Image, most_pixels: int) -> None:
    if picture.width * picture.height > most_pixels:
        raise Broken("picture-too-large", _too_large(f"{picture.width:,} × {picture.height:,} pixels", most_pixels))


def _too_large(size: str, most: int | None) -> str:
    return f"Left out: it has {size}; up to {most or 0:,} are decoded (setting max_pixels)."


def _has_orientation(picture: Image.Image) -> bool:
    """Whether to look for one: asking a PNG picture would decode it."""
    return picture.format in WITH_EXIF or "exif" in picture.info


def _is_sideways(picture: Image.Image) -> bool:
    return _has_orientation(picture) and picture.getexif().get(ORIENTATION) in SIDEWAYS


def _is_grey(picture: Image.Image) -> bool:
    if picture.mode != "P":
        return picture.mode in GREY
    levels = np.array(picture.getpalette() or [], dtype=np.uint8).reshape(-1, 3)
    return bool((levels == levels[:, :1]).all())


def _fault(error: BaseException) -> Broken:
    if isinstance(error, Image.DecompressionBombError | Image.DecompressionBombWarning):
        return Broken("picture-too-large", _too_large("too many pixels", Image.MAX_IMAGE_PIXELS))
    return Broken("broken-picture", f"Left out: it is no picture ({', '.join(FORMATS)}), or damaged.")
