"""A ZIP file of WAV sounds: all of one rate and one length, stored while they are read."""

import math
from collections import Counter
from collections.abc import Sequence
from statistics import median

import numpy as np
from numpy.typing import NDArray

from layerloom.data.dataset import Note, Reading
from layerloom.data.reading.archives.columns import Columns
from layerloom.data.reading.archives.filed import columns, filed, kept_rows
from layerloom.data.reading.archives.rows_file import SplitRowsFile
from layerloom.data.reading.archives.wave_file import Sound, heard, resampled, samples
from layerloom.data.reading.archives.workers import each
from layerloom.data.reading.members import Archive, Member
from layerloom.data.reading.source import Given, Unreadable

HEAD_BYTES = 4_096
LONGEST_STEPS = 160_000
"""Ten seconds at 16,000 samples a second."""


def read_sounds(given: Given) -> Columns:
    """Sounds in class folders, with a table of labels, or alone. Raises Unreadable.

    The column `audio` holds them as float32 (steps, 1) from -1 to 1, at the rate that most of them have. They are cut,
    or filled up with silence, to the length that most have, else the median; at most `LONGEST_STEPS`.
    """
    skip = given.reading is None or given.reading.skip_broken
    with Archive(given) as archive:
        rows = filed(given, archive, "audio")
        sounds: dict[int, Sound] = {}

        def listen(number: int) -> None:
            sounds[number] = _heard(archive, rows.files[number].member)

        broken = each(len(rows.files), listen, given.report, "looking")
        kept_rows(given, rows, broken, skip)
        rate, steps = _form(list(sounds.values()))
        _check_room(given, len(rows.files), steps)
        target = SplitRowsFile(given.scratch, (len(rows.files), steps, 1), "float32", rows.trained)

        def read(number: int) -> None:
            if sound := sounds.get(number):
                told = _told(archive, rows.files[number].member, sound, rate, steps)
                row = np.zeros((steps, 1), dtype=np.float32)
                row[: len(told), 0] = told
                target.put(number, row)

        broken |= each(len(rows.files), read, given.report, "reading")
        stored = target.finished(kept_rows(given, rows, broken, skip))
    message = f"{rate:,} samples a second, {steps / rate:.2f} s each: others were brought to that."
    notes = [Note(code="sound-form", message=message, column="audio")]
    return columns(given, rows, Reading(format="audio", skip_broken=skip), stored, broken, notes)


def _heard(archive: Archive, member: Member) -> Sound:
    return heard(archive.start(member, HEAD_BYTES), member.size)


def _told(archive: Archive, member: Member, sound: Sound, rate: int, steps: int) -> NDArray[np.float32]:
    """The sound at this rate, no longer than `steps`; no more of it is unpacked than that takes."""
    most = math.ceil(steps * sound.rate / rate) + 1
    content = archive.start(member, sound.start + most * sound.channels * sound.bits // 8)
    return resampled(samples(content, sound, most), sound.rate, rate)[:steps]


def _form(sounds: Sequence[Sound]) -> tuple[int, int]:
    """The rate and the number of steps for all."""
    rate, _ = Counter(sound.rate for sound in sounds).most_common(1)[0]
    lengths = Counter(max(1, round(sound.steps * rate / sound.rate)) for sound in sounds)
    common, count = lengths.most_common(1)[0]
    steps = common if 2 * count > lengths.total() else round(median(lengths.elements()))
    return rate, min(steps, LONGEST_STEPS)


def _check_room(given: Given, rows: int, steps: int) -> None:
    most = given.limits.max_unpacked_bytes
    if (needed := rows * steps * np.dtype(np.float32).itemsize) > most:
        message = f"{rows:,} sounds of {steps:,} samples are {needed:,} bytes; the limit is {most:,}"
        raise Unreadable("unpacks-too-large", f"{message} (setting max_unpacked_bytes). Bring fewer or shorter ones.")
