"""One WAV sound: its header looked at, its samples as numbers from -1 to 1, at the rate that is wanted."""

import struct
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from layerloom.data.reading.members import Broken

PCM, FLOAT, EXTENSIBLE = 1, 3, 0xFFFE
_CHUNK, _FORMAT = struct.Struct("<4sI"), struct.Struct("<HHIIHH")
_SUBFORMAT_AT = 24
_DTYPES = {
    (PCM, 8): "u1",
    (PCM, 16): "<i2",
    (PCM, 24): "u1",
    (PCM, 32): "<i4",
    (FLOAT, 32): "<f4",
    (FLOAT, 64): "<f8",
}
MOST_CHANNELS, RATES = 8, range(1_000, 192_001)
NOT_WAVE = "Left out: it is no WAV file, or it is cut. Save sounds as WAV with PCM samples."


class Sound(NamedTuple):
    """What a header says: samples a second, channels, how samples are coded, and where they lie, in bytes."""

    rate: int
    channels: int
    coding: int
    bits: int
    start: int
    size: int

    @property
    def steps(self) -> int:
        """Samples of each channel."""
        return self.size // (self.channels * self.bits // 8)


def heard(content: bytes, total: int) -> Sound:
    """The header of a WAV file of `total` bytes, by its first bytes. Raises Broken."""
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        raise Broken("broken-sound", NOT_WAVE)
    at, said = 12, None
    while at + _CHUNK.size <= len(content):
        name, size = _CHUNK.unpack_from(content, at)
        at += _CHUNK.size
        if name == b"fmt " and size >= _FORMAT.size and at + size <= len(content):
            said = _format(content, at, size)
        if name == b"data" and said:
            sound = Sound(*said, at, min(size, total - at))
            if not sound.steps:
                raise Broken("broken-sound", "Left out: it has no samples.")
            return sound
        at += size + size % 2
    raise Broken("broken-sound", NOT_WAVE)


def _format(content: bytes, at: int, size: int) -> tuple[int, int, int, int]:
    coding, channels, rate, _, _, bits = _FORMAT.unpack_from(content, at)
    if coding == EXTENSIBLE and size >= _SUBFORMAT_AT + 2:
        (coding,) = struct.unpack_from("<H", content, at + _SUBFORMAT_AT)
    if (coding, bits) not in _DTYPES:
        message = f"Left out: its samples are coded in another way ({coding}, {bits} bits). Save it as 16-bit PCM."
        raise Broken("sound-coding", message)
    if not 0 < channels <= MOST_CHANNELS or rate not in RATES:
        raise Broken("broken-sound", NOT_WAVE)
    return rate, channels, coding, bits


def samples(content: bytes, sound: Sound, most: int) -> NDArray[np.float32]:
    """The first samples, at most `most`, the channels as one, from -1 to 1; what is not finite is silence."""
    steps = min(sound.steps, most)
    raw = np.frombuffer(content, _DTYPES[sound.coding, sound.bits], offset=sound.start, count=steps * _counted(sound))
    values = _scaled(raw, sound).reshape(steps, sound.channels).mean(axis=1)
    finite: NDArray[np.float64] = np.where(np.isfinite(values), values, 0.0)
    return np.clip(finite, -1, 1).astype(np.float32)


def _counted(sound: Sound) -> int:
    """How many items of the array a step takes: three bytes a channel where NumPy has no such number."""
    return sound.channels * (3 if sound.bits == 24 else 1)


def _scaled(raw: NDArray[np.generic], sound: Sound) -> NDArray[np.float64]:
    if sound.coding == FLOAT:
        return raw.astype(np.float64)
    if sound.bits == 8:
        return (raw.astype(np.float64) - 128) / 128
    if sound.bits == 24:
        high = np.zeros((raw.size // 3, 4), dtype=np.uint8)
        high[:, 1:] = raw.reshape(-1, 3)
        raw = high.reshape(-1).view("<i4")
    return raw.astype(np.float64) / (1 << 15 if sound.bits == 16 else 1 << 31)


def resampled(values: NDArray[np.float32], rate: int, wanted: int) -> NDArray[np.float32]:
    """The sound at another rate: its spectrum cut, or filled up with silence, so that nothing folds back."""
    if rate == wanted:
        return values
    steps = max(1, round(len(values) * wanted / rate))
    spectrum = np.fft.rfft(values.astype(np.float64))[: steps // 2 + 1]
    back = np.fft.irfft(spectrum, steps) * (steps / len(values))
    return np.clip(back, -1, 1).astype(np.float32)
