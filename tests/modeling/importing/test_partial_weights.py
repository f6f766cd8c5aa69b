"""Models with a layer that is not taken over: the weights of the others are kept; its node says that its are not."""

from collections.abc import Callable
from pathlib import Path

import h5py
import keras
import pytest
from keras import layers

from layerloom.imported import WEIGHTS, Imported, read_manifest
from layerloom.modeling.importing.reading import read_file


class Scale(layers.Layer):
    """A class of somebody's own, with a weight."""

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Make it."""
        self.scale = self.add_weight(shape=(input_shape[-1],), name="scale")

    def call(self, inputs: keras.KerasTensor) -> keras.KerasTensor:
        """Use it."""
        return inputs * self.scale


def branching(middle: layers.Layer) -> keras.Model:
    """A model with it between two layers, and a way around it."""
    x = keras.Input((4,), name="x")
    first = layers.Dense(3, name="first")(x)
    inside = layers.Dense(2, name="last")(middle(first))
    return keras.Model(x, layers.Concatenate(name="both")([inside, layers.Dense(2, name="beside")(x)]))


def chain(middle: layers.Layer) -> keras.Model:
    """A chain that begins with it."""
    return keras.Sequential([keras.Input((4,), name="x"), middle, layers.Dense(3, name="first")])


def nested(middle: layers.Layer) -> keras.Model:
    """A model with it in a model inside."""
    inner = keras.Sequential(
        [keras.Input((4,)), layers.Dense(3, name="a"), middle, layers.Dense(2, name="b")], name="in"
    )
    x = keras.Input((4,), name="x")
    return keras.Model(x, layers.Dense(1, name="last")(inner(x)))


def widened() -> layers.Layer:
    """A Lambda after which there are twice as many values."""
    return layers.Lambda(
        lambda t: keras.ops.concatenate([t, t], -1), output_shape=lambda s: (s[0], 2 * s[1]), name="odd"
    )


def halved() -> layers.Layer:
    """A Lambda that leaves the shape alone."""
    return layers.Lambda(lambda t: t / 2, name="odd")


def opened(model: keras.Model, folder: Path, suffix: str) -> Imported:
    path = folder / f"model{suffix}"
    model.save(path)
    return read_file(path, path.name, folder)


def told(answer: Imported) -> list[tuple[str, str]]:
    """What is said, and of which node."""
    types = {node.id: node.type.rpartition(">")[2].rpartition(":")[2] for node in answer.graph.nodes}
    return [(problem.code, types[problem.node or ""]) for problem in answer.problems]


@pytest.mark.filterwarnings("ignore:You are saving your model as an HDF5 file", "ignore:__array__ implementation")
@pytest.mark.parametrize("suffix", [".keras", ".h5"])
@pytest.mark.parametrize(
    ("make", "middle", "kept", "said"),
    [
        (branching, widened, ["beside", "first", "last"], [("lambda", "Lambda"), ("weights-left-out", "Lambda")]),
        (
            branching,
            lambda: Scale(name="odd"),
            ["beside", "first", "last"],
            [("custom-class", "Scale"), ("weights-left-out", "Scale")],
        ),
        (chain, halved, ["first"], [("lambda", "Lambda"), ("weights-left-out", "Lambda")]),
        (nested, halved, ["in_a", "in_b", "last"], [("lambda", "in"), ("weights-left-out", "in")]),
    ],
    ids=["lambda", "class", "chain", "nested"],
)
def test_the_other_layers_keep_their_weights(
    make: Callable[[layers.Layer], keras.Model],
    middle: Callable[[], layers.Layer],
    kept: list[str],
    said: list[tuple[str, str]],
    suffix: str,
    tmp_path: Path,
) -> None:
    model = make(middle())

    answer = opened(model, tmp_path, suffix)

    assert told(answer) == said
    assert sorted(read_manifest(tmp_path).layers) == kept


@pytest.mark.filterwarnings("ignore:You are saving your model as an HDF5 file", "ignore:__array__ implementation")
def test_where_no_file_tells_the_shape_behind_it_only_what_does_not_fit_is_left(tmp_path: Path) -> None:
    model = keras.Sequential([keras.Input((4,)), layers.Dense(3, name="a"), widened(), layers.Dense(2, name="b")])
    weights = [weight.copy() for weight in model.get_layer("a").get_weights()]

    answer = opened(model, tmp_path, ".h5")

    with h5py.File(tmp_path / WEIGHTS) as file:
        found = {name: [group[str(k)][()].tolist() for k in range(2)] for name, group in file.items()}
    assert told(answer) == [("lambda", "Lambda"), ("weights-left-out", "Lambda"), ("weights-mismatch", "Dense")]
    assert found == {"a": [weight.tolist() for weight in weights]}
