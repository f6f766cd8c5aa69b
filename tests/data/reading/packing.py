"""Small archives for tests, and reading them as an upload is read."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from layerloom.data.dataset import Reading
from layerloom.data.reading.readers import opened
from layerloom.data.reading.source import Given, Source
from layerloom.data.source import Raw
from layerloom.data.uploads import Limits


def packed(files: Mapping[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    """A ZIP file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def picture(pixels: NDArray[Any] | Image.Image, format: str = "PNG", **options: Any) -> bytes:
    """A picture file."""
    target = io.BytesIO()
    image = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
    image.save(target, format, **options)
    return target.getvalue()


def plain_picture(level: int = 0, height: int = 4, width: int = 4) -> bytes:
    """A grey picture of one level."""
    return picture(np.full((height, width), level, dtype=np.uint8))


def declared_picture(width: int, height: int) -> bytes:
    """A PNG picture that says it has this size, and holds next to nothing."""
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = [_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(b"\0")), _chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def array(values: NDArray[Any]) -> bytes:
    """A `.npy` file."""
    target = io.BytesIO()
    np.save(target, values)
    return target.getvalue()


def arrays(**values: NDArray[Any]) -> bytes:
    """An `.npz` file."""
    target = io.BytesIO()
    np.savez(target, **values)
    return target.getvalue()


def wave(samples: bytes, coding: int = 1, bits: int = 16, rate: int = 8_000, channels: int = 1) -> bytes:
    """A WAV file."""
    wide = channels * bits // 8
    format = struct.pack("<HHIIHH", coding, channels, rate, rate * wide, wide, bits)
    body = b"WAVEfmt " + struct.pack("<I", len(format)) + format + b"data" + struct.pack("<I", len(samples)) + samples
    return b"RIFF" + struct.pack("<I", len(body)) + body


def given(folder: Path, content: bytes, name: str, reading: Reading | None = None, **limits: int) -> Given:
    """The file as it is handed to a reader; `scratch` lies in `folder`."""
    file, scratch = folder / "file", folder / "scratch"
    file.write_bytes(content)
    scratch.mkdir()
    return Given(file, name, reading, scratch, lambda *_: None, Limits(**limits))


def read(folder: Path, content: bytes, name: str = "a.zip", reading: Reading | None = None) -> Source:
    """The file as columns."""
    return opened(given(folder, content, name, reading))


def cells(source: Source) -> dict[str, dict[str, Any]]:
    """Every column by split, as plain lists."""
    return {name: {split: _listed(part) for split, part in source.column(name).items()} for name in source.names}


def _listed(part: Raw) -> Any:
    return part.tolist() if isinstance(part, np.ndarray) else part.to_list()
