"""Weights of a file given to the model that was rebuilt from our graph, and kept in a file of ours."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import h5py
import keras
import numpy as np
from keras.src.saving import saving_lib

from layerloom.imported import WEIGHTS

Shapes = list[tuple[int, ...]]
_NEST = ("", "_layer_checkpoint_dependencies")
"""Where Keras 3 and the `.keras` files of Keras 2.12 and later begin."""


class Misfit(Exception):
    """The weights of a layer are not what it needs."""

    def __init__(self, layer: str, expected: Shapes, found: Shapes) -> None:
        super().__init__(layer, expected, found)
        self.layer = layer
        self.expected = expected
        self.found = found


def load_keras(file: h5py.File, path: Path, layers: Mapping[str, keras.layers.Layer]) -> None:
    """Give each layer (by its group) what a `.keras` file holds of it. Raises Misfit."""
    store = saving_lib.H5IOStore(str(path), mode="r")
    try:
        for group, layer in layers.items():
            where = group if group in file else group.replace("layers/", f"{_NEST[1]}/")
            found = list(_shapes(file, where))
            expected = [tuple(weight.shape) for weight in layer.weights]
            if sorted(found) != sorted(expected):
                raise Misfit(layer.name, expected, found)
            if not _loaded(layer, store, where):
                raise Misfit(layer.name, expected, found)
    finally:
        store.close()


def load_h5(file: h5py.File, layers: Mapping[str, list[keras.layers.Layer]]) -> None:
    """Give the layers inside each outermost one what an `.h5` file lists for it, trainable first. Raises Misfit."""
    groups = file.get("model_weights", file)
    for name, inside in layers.items():
        wanted = [weight for layer in inside for weight in layer.trainable_weights]
        wanted += [weight for layer in inside for weight in layer.non_trainable_weights]
        arrays = _listed(groups[name]) if name in groups else []
        if [tuple(weight.shape) for weight in wanted] != [array.shape for array in arrays]:
            raise Misfit(name, [tuple(weight.shape) for weight in wanted], [array.shape for array in arrays])
        for weight, array in zip(wanted, arrays, strict=True):
            weight.assign(array[()])


def save(model: keras.Model, folder: Path, names: Collection[str]) -> dict[str, list[list[int]]]:
    """Write the weights of the layers of these names; what was written, by layer the shapes. Raises OSError."""
    written: dict[str, list[list[int]]] = {}
    with h5py.File(folder / WEIGHTS, "w") as file:
        for layer in model.layers:
            if layer.weights and layer.name in names:
                group = file.create_group(layer.name)
                for index, weight in enumerate(layer.weights):
                    group.create_dataset(str(index), data=keras.ops.convert_to_numpy(weight))
                written[layer.name] = [[int(size) for size in weight.shape] for weight in layer.weights]
    return written


def _loaded(layer: keras.layers.Layer, store: saving_lib.H5IOStore, where: str) -> bool:
    """Whether Keras could give the layer, and the layers inside it, what lies there."""
    failed: set[int] = set()
    saving_lib._load_state(layer, store, None, where, visited_saveables=set(), failed_saveables=failed, error_msgs={})
    return not failed


def _shapes(file: h5py.File, where: str) -> Iterator[tuple[int, ...]]:
    """The shapes of all that lies below a group, random state aside."""
    found: Shapes = []

    def note(name: str, one: object) -> None:
        if isinstance(one, h5py.Dataset) and "seed_generator" not in name:
            found.append(tuple(one.shape))

    if where in file:
        file[where].visititems(note)
    yield from found


def _listed(group: h5py.Group) -> list[h5py.Dataset]:
    """The weights of a group in the order that its attribute tells."""
    names = list(group.attrs.get("weight_names", []))
    number = 0
    while f"weight_names{number}" in group.attrs:
        names += list(group.attrs[f"weight_names{number}"])
        number += 1
    texts = [name.decode("utf-8", "replace") if isinstance(name, bytes) else str(name) for name in np.asarray(names)]
    return [group[name] for name in texts if isinstance(group.get(name), h5py.Dataset)]
