"""Descriptions of models and files around them, made by hand."""

import io
import json
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h5py
import numpy as np

JSON = dict[str, Any]


@dataclass(frozen=True)
class Hostile:
    """A file by its name, and the code that answers it: of the refusal, or of the problems of a drawing that opens."""

    filename: str
    body: bytes
    expected: tuple[str, ...]


OPENS: tuple[str, ...] = ("opens",)
LEFT: tuple[str, ...] = ("opens", "weights-left-out")


def layer(type: str, config: JSON) -> JSON:
    return {
        "module": "keras.layers",
        "class_name": type,
        "config": {"name": "layer", **config},
        "registered_name": None,
    }


def sequential(*layers: JSON, dtype: str = "float32") -> JSON:
    entrance = layer("InputLayer", {"batch_shape": [None, 4], "dtype": dtype, "name": "x"})
    return {"module": "keras", "class_name": "Sequential", "config": {"name": "s", "layers": [entrance, *layers]}}


def functional(layers: list[JSON], output: list[Any] | None = None) -> JSON:
    config = {"name": "f", "layers": layers, "input_layers": [["x", 0, 0]], "output_layers": [output or ["d", 0, 0]]}
    return {"module": "keras.src.models.functional", "class_name": "Functional", "config": config}


def call(source: str) -> JSON:
    tensor = {"class_name": "__keras_tensor__", "config": {"shape": [None, 4], "keras_history": [source, 0, 0]}}
    return {"args": [tensor], "kwargs": {}}


def json_file(described: JSON, expected: tuple[str, ...]) -> Hostile:
    return Hostile("a.json", json.dumps(described).encode(), expected)


def keras_file(filename: str, described: JSON, expected: tuple[str, ...], weights: bytes | None = None) -> Hostile:
    """A `.keras` file; without weights of its own it has those of Dense(2)."""
    members = {"metadata.json": b"{}", "config.json": json.dumps(described).encode()}
    return Hostile(
        filename, archive({**members, "model.weights.h5": weights or plain_weights()}, zipfile.ZIP_STORED), expected
    )


def plain_weights() -> bytes:
    body = io.BytesIO()
    with h5py.File(body, "w") as file:
        file["layers/dense/vars/0"] = np.zeros((4, 2), "f4")
        file["layers/dense/vars/1"] = np.zeros((2,), "f4")
    return body.getvalue()


def archive(
    members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED, link: bool = False, twice: bool = False
) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", method) as made:
        for name, content in members.items():
            made.writestr(name, content)
        if link:
            entry = zipfile.ZipInfo("assets/link")
            entry.external_attr = 0o120777 << 16
            made.writestr(entry, "/etc/passwd")
    whole = body.getvalue()
    # Python warns when it writes a name twice: the second one is renamed in the bytes.
    return (
        whole
        if not twice
        else archive({**members, "config.jsoN": b"{}"}, method).replace(b"config.jsoN", b"config.json")
    )


def flagged(whole: bytes) -> bytes:
    """The archive with the flag of encryption on its first member, in both places."""
    changed = bytearray(whole)
    central = whole.index(b"PK\x01\x02")
    changed[6] |= 1
    changed[central + 8] |= 1
    return bytes(changed)


def overlapping(members: dict[str, bytes]) -> bytes:
    """Two entries of the table of contents that lead to the same bytes."""
    whole = bytearray(archive({**members, "assets/copy": members["config.json"]}))
    second = whole.index(b"PK\x01\x02", whole.index(b"PK\x01\x02") + 4)
    struct.pack_into("<L", whole, second + 42, 0)
    return bytes(whole)


def lie(members: dict[str, bytes]) -> tuple[bytes, bytes]:
    """The unpacked size of the description, and a smaller one."""
    size = len(members["config.json"])
    return struct.pack("<L", size), struct.pack("<L", size - 9)


def hdf5(folder: Path, make: Callable[[h5py.Group], None], where: str, config: str | None = None) -> bytes:
    path = folder / "made.h5"
    with h5py.File(path, "w") as file:
        if config is not None:
            file.attrs["model_config"] = config
        make(file.create_group(where))
    return path.read_bytes()
