"""The networks of `keras.applications` go through a file and a drawing and come out the same."""

import time
from pathlib import Path

import keras
import numpy as np
import pytest

from layerloom.imported import WEIGHTS
from layerloom.modeling.build import build_model
from layerloom.modeling.importing.reading import read_file
from layerloom.modeling.importing.starting import give

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

OTHERS = ("ResNet50", "VGG16", "DenseNet121", "EfficientNetB0", "InceptionV3")
LARGEST_DIFFERENCE = 1e-5


def unlike(name: str, folder: Path) -> tuple[int, float]:
    """How many parameters are more or fewer, and how far the outputs are apart, after the way through a drawing."""
    model = getattr(keras.applications, name)(weights=None)
    path = folder / f"{name}.keras"
    model.save(path)
    picture = np.random.default_rng(1).random((1, *model.input_shape[1:]), np.float32)
    expected, parameters = np.array(model(picture)), model.count_params()
    del model
    began = time.monotonic()
    answer = read_file(path, path.name, folder)
    seconds = time.monotonic() - began
    assert answer.problems == []
    again = build_model(answer.graph)
    give(again, folder / WEIGHTS)
    difference = float(np.abs(np.array(again(picture)) - expected).max())
    print(f"{name}: {len(answer.graph.nodes)} nodes, read in {seconds:.1f} s, largest difference {difference:g}")  # noqa: T201
    return again.count_params() - parameters, difference


@pytest.mark.slow
def test_mobilenet_comes_out_of_a_file_as_it_went_in(tmp_path: Path) -> None:
    more, difference = unlike("MobileNetV2", tmp_path)
    assert (more, difference <= LARGEST_DIFFERENCE) == (0, True)


@pytest.mark.slow
@pytest.mark.parametrize("name", OTHERS)
def test_the_large_networks_come_out_of_a_file_as_they_went_in(name: str, tmp_path: Path) -> None:
    more, difference = unlike(name, tmp_path)
    assert (more, difference <= LARGEST_DIFFERENCE) == (0, True)
