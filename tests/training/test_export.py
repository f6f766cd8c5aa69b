import shutil
from pathlib import Path

import keras
import pytest

from layerloom.checkpoint import MODEL, UnknownCheckpoint, checkpoint_folder, whole_checkpoints
from layerloom.model_file import EXPORTS, made, path_of
from layerloom.training.export import export
from tests.training.making import SOFTMAX, flower, flower_recipe, run


@pytest.fixture(scope="module")
def trained(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    run(flower(("Normalization", {}), SOFTMAX), flower_recipe(fit__epochs=1), home, folder)
    return folder


@pytest.fixture
def checkpoint(trained: Path, tmp_path: Path) -> Path:
    """A copy, so that nothing was made of it yet."""
    return Path(shutil.copytree(checkpoint_folder(trained, 1), tmp_path / "checkpoints" / "epoch-00001"))


def model_sha256(trained: Path) -> str:
    return whole_checkpoints(trained)[0].files[MODEL].sha256


def test_a_file_is_made_once_and_kept_beside_its_checkpoint(trained: Path, checkpoint: Path) -> None:
    first = export(checkpoint, model_sha256(trained), "weights")
    again = export(checkpoint, model_sha256(trained), "weights")

    assert again == first == made(checkpoint, "weights", model_sha256(trained))
    assert sorted(path.name for path in (checkpoint / EXPORTS).iterdir()) == ["model.weights.h5", "weights.record.json"]


def test_the_keras_file_is_the_checkpoint_itself_with_its_optimizer(trained: Path, checkpoint: Path) -> None:
    export(checkpoint, model_sha256(trained), "keras")

    assert path_of(checkpoint, "keras").samefile(checkpoint / MODEL)
    assert keras.models.load_model(path_of(checkpoint, "keras")).optimizer.name == "adam"


def test_a_file_of_other_weights_is_made_anew(trained: Path, checkpoint: Path) -> None:
    export(checkpoint, "0" * 64, "json")

    assert made(checkpoint, "json", model_sha256(trained)) is None
    assert export(checkpoint, model_sha256(trained), "json").model_sha256 == model_sha256(trained)


def test_a_file_that_was_cut_off_is_made_anew(trained: Path, checkpoint: Path) -> None:
    whole = export(checkpoint, model_sha256(trained), "json")
    path_of(checkpoint, "json").write_text("{")

    assert made(checkpoint, "json", model_sha256(trained)) is None
    assert export(checkpoint, model_sha256(trained), "json").sha256 == whole.sha256


def test_what_an_interrupted_export_left_is_swept(trained: Path, checkpoint: Path) -> None:
    left = checkpoint / EXPORTS / "tmp-dead"
    left.mkdir(parents=True)
    (left / "model.onnx").write_bytes(b"half")

    export(checkpoint, model_sha256(trained), "json")

    assert not left.exists()


def test_a_checkpoint_that_is_gone_is_unknown(trained: Path, checkpoint: Path) -> None:
    shutil.rmtree(checkpoint)

    with pytest.raises(UnknownCheckpoint):
        export(checkpoint, model_sha256(trained), "json")


def test_exports_are_no_part_of_what_a_checkpoint_must_hold(home: Path, tmp_path: Path) -> None:
    run(flower(SOFTMAX), flower_recipe(fit__epochs=1), home, tmp_path)
    export(checkpoint_folder(tmp_path, 1), whole_checkpoints(tmp_path)[0].files[MODEL].sha256, "json")

    events = run(flower(SOFTMAX), flower_recipe(fit__epochs=2), home, tmp_path, attempt=2)

    assert [manifest.epoch for manifest in whole_checkpoints(tmp_path)] == [1, 2], events
