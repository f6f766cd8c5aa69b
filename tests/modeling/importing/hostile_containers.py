"""HDF5 files and archives that want to do harm."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import h5py

from tests.modeling.importing.making import (
    Hostile,
    archive,
    flagged,
    hdf5,
    keras_file,
    layer,
    lie,
    overlapping,
    sequential,
)


def hdf5s(folder: Path, secret: Path) -> dict[str, Hostile]:
    """Weights that lie elsewhere, or nowhere."""

    def nothing(group: h5py.Group) -> None:
        del group

    def external(group: h5py.Group) -> None:
        group.create_dataset("0", (4, 2), "f4", external=[(str(secret), 0, 32)])

    def external_link(group: h5py.Group) -> None:
        group["0"] = h5py.ExternalLink(str(secret), "/")

    def soft_link(group: h5py.Group) -> None:
        group["0"] = h5py.SoftLink("/elsewhere")

    def virtual(group: h5py.Group) -> None:
        layout = h5py.VirtualLayout((4, 2), "f4")
        layout[:] = h5py.VirtualSource(str(secret), "x", (4, 2))
        group.create_virtual_dataset("0", layout)

    def terabytes(group: h5py.Group) -> None:
        group.create_dataset("0", (10**6, 10**6), "f4", chunks=(1000, 1000))

    def gigabytes(group: h5py.Group) -> None:
        group.create_dataset("0", (10**9,), "f4", chunks=(10**6,), compression="gzip")

    def texts(group: h5py.Group) -> None:
        group.create_dataset("0", (2,), h5py.string_dtype())

    def loop(group: h5py.Group) -> None:
        group["0"] = group.parent

    found: dict[str, Hostile] = {}
    makers: dict[str, Callable[[h5py.Group], None]] = {
        "external storage": external,
        "an external link": external_link,
        "a soft link": soft_link,
        "a virtual dataset": virtual,
        "4 TB declared": terabytes,
        "4 GB declared": gigabytes,
        "texts for weights": texts,
        "a group inside itself": loop,
    }
    described = sequential(layer("Dense", {"units": 2}))
    for name, make in makers.items():
        weights = hdf5(folder, make, "layers/dense/vars")
        found[f"{name} in .keras"] = keras_file("a.keras", described, ("unsafe-model",), weights)
        whole = hdf5(folder, make, "model_weights/dense", json.dumps(described))
        found[f"{name} in .h5"] = Hostile("a.h5", whole, ("unsafe-model",))
    good = hdf5(folder, nothing, "model_weights", json.dumps(described))
    found["a cut .h5"] = Hostile("a.h5", good[: len(good) // 2], ("not-a-model",))
    found["only the mark of HDF5"] = Hostile("a.h5", b"\x89HDF\r\n\x1a\n" + bytes(500), ("not-a-model",))
    found["weights without architecture"] = Hostile("a.weights.h5", hdf5(folder, nothing, "layers"), ("not-a-model",))
    found["huge layer, little weights"] = keras_file(
        "a.keras", sequential(layer("Dense", {"units": 10**7})), ("opens", "weights-mismatch")
    )
    return found


def zips() -> dict[str, Hostile]:
    """Archives that unpack to too much, to elsewhere, or to what no model has."""
    config = {"config.json": json.dumps(sequential(layer("Dense", {"units": 2}))).encode()}
    unsafe, broken = ("unsafe-model",), ("not-a-model",)
    whole = archive(config)
    members = {
        "a member above the folder": "assets/../../x",
        "an absolute member": "/etc/x",
        "a member with a drive": "C:/x",
        "a member with backslashes": "assets\\..\\x",
        "a nested archive": "inner.zip",
        "pickled weights": "model.weights.npz",
        "a script": "setup.py",
    }
    found = {name: Hostile("a.keras", archive({**config, member: b"x"}), unsafe) for name, member in members.items()}
    return found | {
        "blanks for a description": Hostile("a.keras", archive({"config.json": b" " * 15_000_000}), unsafe),
        "too large a description": Hostile(
            "a.keras", archive({"config.json": b" " * 17_000_000}, zipfile.ZIP_STORED), unsafe
        ),
        "a bomb of weights": Hostile("a.keras", archive({**config, "model.weights.h5": bytes(50_000_000)}), unsafe),
        "12,000 members": Hostile("a.keras", archive({f"assets/{n}": b"" for n in range(12_000)}), unsafe),
        "an encrypted member": Hostile("a.keras", flagged(whole), unsafe),
        "a link": Hostile("a.keras", archive(config, link=True), unsafe),
        "two members of one name": Hostile("a.keras", archive(config, twice=True), unsafe),
        "overlapping members": Hostile("a.keras", overlapping(config), unsafe),
        "a lie about the size": Hostile("a.keras", whole.replace(*lie(config)), broken),
        "a cut archive": Hostile("a.keras", whole[:-40], broken),
        "no description": Hostile("a.keras", archive({"metadata.json": b"{}"}), broken),
        "an empty archive": Hostile("a.keras", archive({}), broken),
        "a SavedModel": Hostile("a.zip", archive({"m/saved_model.pb": b"x"}), ("unsupported-format",)),
        "a PyTorch file": Hostile("a.pt", archive({"m/data.pkl": b"x"}), ("unsupported-format",)),
    }
