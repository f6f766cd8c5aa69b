"""A new run that starts from a checkpoint of another: layers of the same name and shapes take over what they know."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import keras

from layerloom.checkpoint import MODEL, UnknownCheckpoint, read_manifest
from layerloom.training import signature

LEARNING_RATE = "learning_rate"


@dataclass(frozen=True)
class Read:
    """The compiled model of a checkpoint, as it was after `epoch`."""

    model: keras.Model
    epoch: int


def read(place: Path) -> Read:
    """The checkpoint in this folder. Raises UnknownCheckpoint, and what Keras raises for a damaged file."""
    manifest = read_manifest(place)
    if manifest is None:
        raise UnknownCheckpoint(place.name)
    signature.read(place)  # a model with code of its own is loaded only where that may run
    return Read(keras.models.load_model(place / MODEL), manifest.epoch)


def give(model: keras.Model, origin: keras.Model) -> frozenset[str]:
    """Set what each layer of the model finds in the layer of its name; the names of those that found something."""
    known = {layer.name: layer for layer in origin.layers}
    pairs = [(layer, known[layer.name]) for layer in model.layers if layer.name in known]
    return frozenset(layer.name for layer, other in pairs if _give(layer, other))


def give_optimizer(model: keras.Model, origin: keras.Model) -> bool:
    """Set momenta and counters to those of an optimizer of the same kind for the same weights; whether that was so.

    The learning rate stays that of the model.
    """
    if type(model.optimizer) is not type(origin.optimizer):
        return False
    if not model.optimizer.built:
        model.optimizer.build(model.trainable_variables)
    wanted, found = _gathered(model.optimizer), _gathered(origin.optimizer)
    if [(one.path, one.shape) for one in wanted] != [(one.path, one.shape) for one in found]:
        return False
    for one, other in zip(wanted, found, strict=True):
        one.assign(other)
    return True


def _give(layer: keras.layers.Layer, other: keras.layers.Layer) -> bool:
    if [weight.shape for weight in layer.weights] != [weight.shape for weight in other.weights]:
        return False
    if layer.weights:
        layer.set_weights(other.get_weights())
        if isinstance(layer, keras.layers.Normalization):
            layer.finalize_state()  # its mean and variance are worked out from its weights
        return True
    return type(layer) is type(other) and _give_learned(layer, other)


def _give_learned(layer: keras.layers.Layer, other: keras.layers.Layer) -> bool:
    """What layers without weights have learned from the data: a vocabulary, boundaries."""
    if isinstance(layer, keras.layers.Discretization):
        layer.bin_boundaries = other.bin_boundaries
        return other.bin_boundaries is not None
    if not hasattr(layer, "save_assets"):
        return False
    with tempfile.TemporaryDirectory(prefix="layerloom-") as folder:
        other.save_assets(folder)
        layer.load_assets(folder)
    return True


def _gathered(optimizer: keras.optimizers.Optimizer) -> list[keras.Variable]:
    return [variable for variable in optimizer.variables if variable.name != LEARNING_RATE]
