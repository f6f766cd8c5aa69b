"""A ZIP file of pictures: all brought to one size, and stored as bytes while they are decoded."""

from collections import Counter
from collections.abc import Sequence
from statistics import median

import numpy as np
from numpy.typing import NDArray

from layerloom.data.dataset import Note, Reading
from layerloom.data.description import ColumnHint
from layerloom.data.reading.archives.columns import Columns
from layerloom.data.reading.archives.filed import MADE, Filed, columns, filed, kept_rows
from layerloom.data.reading.archives.picture import Look, bounded, look, pixels
from layerloom.data.reading.archives.rows_file import SplitRowsFile
from layerloom.data.reading.archives.workers import each
from layerloom.data.reading.members import Archive, Broken, Member
from layerloom.data.reading.source import Given, Unreadable

HEAD_BYTES = 32_768
"""Most pictures say their size at their start."""
LONGEST_SIDE = 256
"""Larger pictures are made smaller, unless a size is asked for."""
LARGEST_FILE_BYTES = 100_000_000
SIZES_NAMED, SIZES_KEPT = 5, 100

Size = tuple[int, int]


def read_pictures(given: Given) -> Columns:
    """Pictures in class folders, with a table of labels, or alone. Raises Unreadable.

    The column `image` holds them as uint8 (height, width, channels); one channel where all are grey. Without a size
    asked for, it is the one that most of them have, else the median height and width; at most 256 on the long side.
    """
    skip = given.reading is None or given.reading.skip_broken
    with Archive(given) as archive, bounded(given.limits.max_pixels):
        rows = filed(given, archive, "images")
        looks, broken = _looked(given, archive, rows)
        kept_rows(given, rows, broken, skip)
        sizes = Counter((one.height, one.width) for one in looks.values())
        size = (given.reading.image_size if given.reading else None) or _found(sizes)
        channels = 1 if all(one.is_grey for one in looks.values()) else 3
        stored = _decoded(given, archive, rows, broken, (*size, channels), skip)
    reading = Reading(format="images", image_size=size, skip_broken=skip)
    source = columns(given, rows, reading, stored, broken, [] if list(sizes) == [size] else [_sizes_noted(sizes, size)])
    told = [(height, width, count) for (height, width), count in sizes.most_common(SIZES_KEPT)]
    source.hints = {**source.hints, MADE["images"]: ColumnHint(kind="image", sizes=told)}
    return source


def _decoded(
    given: Given, archive: Archive, rows: Filed, broken: dict[int, Broken], form: tuple[int, int, int], skip: bool
) -> dict[str, NDArray[np.uint8]]:
    """The pictures on the disk, (rows, height, width, channels) by split; adds those not to be decoded to `broken`."""
    _check_room(given, len(rows.files), form)
    target = SplitRowsFile(given.scratch, (len(rows.files), *form), "uint8", rows.trained)

    def decode(number: int) -> None:
        if number not in broken:
            content = archive.content(rows.files[number].member)
            target.put(number, pixels(content, *form, given.limits.max_pixels))

    broken |= each(len(rows.files), decode, given.report, "reading")
    return target.finished(kept_rows(given, rows, broken, skip))


def _looked(given: Given, archive: Archive, rows: Filed) -> tuple[dict[int, Look], dict[int, Broken]]:
    """What each picture says of itself, and those that say nothing, by number."""
    looks: dict[int, Look] = {}

    def work(number: int) -> None:
        looks[number] = _looked_at(archive, rows.files[number].member, given.limits.max_pixels)

    broken = each(len(rows.files), work, given.report, "looking")
    return looks, broken


def _looked_at(archive: Archive, member: Member, most_pixels: int) -> Look:
    if member.size > LARGEST_FILE_BYTES:
        raise Broken("picture-too-large", f"Left out: it has {member.size:,} bytes; {LARGEST_FILE_BYTES:,} are read.")
    try:
        return look(archive.start(member, HEAD_BYTES), most_pixels)
    except Broken as error:
        if member.size <= HEAD_BYTES or error.code == "picture-too-large":
            raise
    return look(archive.content(member), most_pixels)


def _check_room(given: Given, rows: int, form: tuple[int, int, int]) -> None:
    most, (height, width, channels) = given.limits.max_unpacked_bytes, form
    if height < 1 or width < 1:
        raise Unreadable("bad-value", f"Pictures of {height} × {width} were asked for. Expected 1 × 1 or more.")
    if (needed := rows * height * width * channels) > most:
        message = f"{rows:,} pictures of {height} × {width} are {needed:,} bytes; the limit is {most:,}"
        raise Unreadable("unpacks-too-large", f"{message} (setting max_unpacked_bytes). Choose a smaller size.")


def _found(sizes: Counter[Size]) -> Size:
    """What more than half of the pictures have, else the medians; with the long side at most `LONGEST_SIDE`."""
    common, count = sizes.most_common(1)[0]
    height, width = common if 2 * count > sizes.total() else _medians(list(sizes.elements()))
    scale = min(1.0, LONGEST_SIDE / max(height, width))
    return max(1, round(height * scale)), max(1, round(width * scale))


def _medians(sizes: Sequence[Size]) -> Size:
    return round(median(height for height, _ in sizes)), round(median(width for _, width in sizes))


def _sizes_noted(sizes: Counter[Size], size: Size) -> Note:
    told = ", ".join(f"{count:,} of {height} × {width}" for (height, width), count in sizes.most_common(SIZES_NAMED))
    more = f" and {len(sizes) - SIZES_NAMED:,} other sizes" if len(sizes) > SIZES_NAMED else ""
    message = f"Brought to {size[0]} × {size[1]} (height × width), cut to its ratio; there were {told}{more}."
    return Note(code="picture-sizes", message=message, column="image")
