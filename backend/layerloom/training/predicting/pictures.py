"""PNG and JPEG pictures, one or a ZIP of them, brought to the size that the model takes."""

import io
import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from layerloom.problem import Refusal
from layerloom.training.predicting.given import Array, Given, Part, Takes, checked_count, numpy_dtype

PICTURES_AT_ONCE = 64
LARGEST_FILE_BYTES = 50_000_000
MOST_PIXELS = 50_000_000
FORMATS = ("PNG", "JPEG")
MODES = {1: "L", 3: "RGB", 4: "RGBA"}

Read = Callable[[str], bytes]


def read_picture(path: Path, name: str, takes: Sequence[Takes]) -> Given:
    """A single picture. Raises Refusal `bad-file` as `read_pictures` does."""
    return Given(["file"], _parts([name], lambda _: path.read_bytes(), _only(takes)))


def read_pictures(path: Path, takes: Sequence[Takes]) -> Given:
    """The pictures of a ZIP file, by name. Raises Refusal `bad-file`, also while the parts are read, with the name."""
    only = _only(takes)
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile:
        raise Refusal("bad-file", "The ZIP file is damaged.") from None
    members = {member.filename: member for member in archive.infolist() if _is_picture(member)}
    if not members:
        raise Refusal("bad-file", "The ZIP file has no picture: expected files that end in .png, .jpg or .jpeg.")
    checked_count(len(members))

    def read(name: str) -> bytes:
        if members[name].file_size > LARGEST_FILE_BYTES:
            raise Refusal("bad-file", f"'{name[:100]}' is larger than {LARGEST_FILE_BYTES:,} bytes.")
        try:
            return archive.read(members[name])
        except (zipfile.BadZipFile, RuntimeError, OSError, NotImplementedError):
            raise Refusal("bad-file", f"'{name[:100]}' can not be unpacked: it is damaged or encrypted.") from None

    return Given(["file"], _parts(sorted(members), read, only))


def _parts(names: Sequence[str], read: Read, only: Takes) -> Iterator[Part]:
    for at in range(0, len(names), PICTURES_AT_ONCE):
        some = names[at : at + PICTURES_AT_ONCE]
        stacked = np.stack([_pixels(read(name), name, only) for name in some])
        yield Part([[name] for name in some], {only.name: stacked.astype(numpy_dtype(only.tensor))})


def _pixels(content: bytes, name: str, only: Takes) -> Array:
    """A picture upright, in the size and channels of the Input, 0 to 255."""
    height, width, *channels = (size or 0 for size in only.tensor.shape)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=FORMATS)
            if picture.width * picture.height > MOST_PIXELS:
                raise Refusal("bad-file", f"'{name[:100]}' has more than {MOST_PIXELS:,} pixels.")
            upright = _in_mode(ImageOps.exif_transpose(picture), MODES[channels[0] if channels else 1])
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombWarning):
        raise Refusal("bad-file", f"'{name[:100]}' is no PNG or JPEG picture, or is damaged.") from None
    resized = np.asarray(upright.resize((width, height), Image.Resampling.BILINEAR))
    return np.asarray(resized.reshape((height, width, *channels)))


def _in_mode(picture: Image.Image, mode: str) -> Image.Image:
    """In grey or colours; what is transparent is white then, as on a page."""
    if mode != "RGBA" and picture.has_transparency_data:
        colours = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", colours.size, "white"), colours)
    return picture.convert(mode)


def _only(takes: Sequence[Takes]) -> Takes:
    """The Input that looks at pictures. Raises Refusal where the model takes something else."""
    only = takes[0]
    fits = len(takes) == 1 and len(only.columns) == 1 and only.columns[0].kind == "image"
    sizes = only.tensor.shape
    if not fits or len(sizes) not in (2, 3) or None in sizes or (len(sizes) == 3 and sizes[2] not in MODES):
        message = "Pictures are for models with one Input of a fixed size with 1, 3 or 4 channels."
        raise Refusal("bad-file", f"{message} Send a CSV or NPZ file.")
    return only


def _is_picture(member: zipfile.ZipInfo) -> bool:
    name = member.filename.rsplit("/", 1)[-1].lower()
    hidden = name.startswith(".") or member.filename.startswith("__MACOSX/")
    return name.endswith((".png", ".jpg", ".jpeg")) and not hidden and not member.is_dir()
