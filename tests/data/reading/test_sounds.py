"""Archives of sounds: every way of coding WAV samples becomes numbers from -1 to 1, of one rate and one length."""

import struct
from pathlib import Path

import numpy as np
import pytest

from layerloom.data.reading.archives.wave_file import resampled
from layerloom.data.reading.source import Unreadable
from tests.data.reading.packing import cells, packed, read, wave

HALVES = np.array([0.5, -0.5, 0.25, 0.0], dtype=np.float64)


def whole(bits: int) -> bytes:
    return (HALVES * (1 << (bits - 1))).astype(f"<i{bits // 8}").tobytes()


def whole_24() -> bytes:
    return (HALVES * (1 << 31)).astype("<i4").view(np.uint8).reshape(-1, 4)[:, 1:].tobytes()


def extensible(samples: bytes) -> bytes:
    plain = wave(samples)
    said = plain[20:36].replace(struct.pack("<H", 1), struct.pack("<H", 0xFFFE), 1)
    said += struct.pack("<HHIH", 22, 16, 4, 1) + bytes(14)
    body = b"WAVEfmt " + struct.pack("<I", len(said)) + said + plain[36:]
    return b"RIFF" + struct.pack("<I", len(body)) + body


@pytest.mark.parametrize(
    "content",
    [
        wave((HALVES * 128 + 128).astype(np.uint8).tobytes(), bits=8),
        wave(whole(16)),
        wave(whole_24(), bits=24),
        wave(whole(32), bits=32),
        wave(HALVES.astype("<f4").tobytes(), coding=3, bits=32),
        wave(HALVES.astype("<f8").tobytes(), coding=3, bits=64),
        wave(np.repeat(HALVES * (1 << 15), 2).astype("<i2").tobytes(), channels=2),
        extensible(whole(16)),
    ],
    ids=["8", "16", "24", "32", "float32", "float64", "stereo", "extensible"],
)
def test_samples_are_numbers_from_minus_one_to_one(tmp_path: Path, content: bytes) -> None:
    source = read(tmp_path, packed({"a/1.wav": content, "b/1.wav": content}))
    assert cells(source) == {
        "audio": {"train": [HALVES[:, None].tolist()] * 2},
        "label": {"train": ["a", "b"]},
        "file": {"train": ["a/1.wav", "b/1.wav"]},
    }


def test_sounds_get_the_length_that_most_have(tmp_path: Path) -> None:
    files = {f"a/{length}-{k}.wav": wave(b"\x00\x40" * length) for k, length in enumerate((4, 4, 4, 2, 6))}
    audio = read(tmp_path, packed(files | {"b/1.wav": wave(b"\x00\x40" * 4)})).column("audio")["train"]
    assert (audio.shape, audio.sum(axis=(1, 2)).tolist()) == ((6, 4, 1), [1.0, 2.0, 2.0, 2.0, 2.0, 2.0])


def test_what_is_no_wave_of_a_known_coding_is_left_out(tmp_path: Path) -> None:
    good = wave(whole(16))
    files = {"a/1.wav": good, "a/2.wav": wave(b"abcd", coding=2, bits=4), "b/1.wav": good, "b/2.mp3": b"ID3"}
    source = read(tmp_path, packed(files))
    told = [(note.code, note.file) for note in source.notes]
    assert told == [("sound-form", None), ("sound-coding", "a/2.wav"), ("broken-sound", "b/2.mp3")]


def test_not_a_number_is_silence(tmp_path: Path) -> None:
    content = wave(np.array([np.nan, np.inf, 5.0, -0.5], dtype="<f4").tobytes(), coding=3, bits=32)
    assert cells(read(tmp_path, packed({"1.wav": content})))["audio"]["train"] == [[[0.0], [0.0], [1.0], [-0.5]]]


def test_a_tone_stays_the_same_tone_at_another_rate() -> None:
    tone = np.sin(2 * np.pi * 100 * np.arange(4_410) / 44_100).astype(np.float32)
    wanted = np.sin(2 * np.pi * 100 * np.arange(1_600) / 16_000)
    np.testing.assert_allclose(resampled(tone, 44_100, 16_000), wanted, atol=1e-3)


def test_a_sound_cut_in_its_header_is_broken(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refused:
        read(tmp_path, packed({"a.wav": wave(whole(16))[:30]}))
    assert refused.value.code == "broken-sound"
