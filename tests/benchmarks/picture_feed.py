"""Pictures of 224 by 224 on their way into a training: our feed against Keras's own on JPEG files, and who waits.

Each figure is taken in a process of its own: `python -m tests.benchmarks.picture_feed ours|keras|waiting FOLDER`.
"""

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from layerloom.data.library import Library
from layerloom.recipe import Recipe
from tests.benchmarks.table import Row, limited
from tests.data.own_sets import category, put, values

SIDE = 224
CLASSES = 10
MANY = 20_000
ROUNDS = 3
BATCH = 32
WAITED_BATCHES = 60
WARM_BATCHES = 5
NOISE = 12


def picture_feed(folder: Path, many: int = MANY) -> list[Row]:
    """All figures; 20,000 pictures are four gigabytes, which are written into the folder."""
    _write_jpegs(folder / "jpegs", many)
    _write_set(folder / "stored", many)
    passes = [(_measured("ours", folder / "stored"), _measured("keras", folder / "jpegs")) for _ in range(ROUNDS)]
    # The machine may be busy with something else: both of a round met the same.
    ours, rival = sorted(passes, key=lambda both: both[0]["seconds"] / both[1]["seconds"])[ROUNDS // 2]
    cpu, rival_cpu = (1e3 / many * statistics.median(one[who]["cpu_s"] for one in passes) for who in (0, 1))
    waiting = _measured("waiting", folder / "stored")
    rates = f"{many / BATCH / ours['seconds']:.0f} batches/s, Keras's {many / BATCH / rival['seconds']:.0f}"
    steps = f"step {1_000 * waiting['step_s']:.0f} ms"
    return [
        Row(f"Pictures: {many:,} of {SIDE}x{SIDE}, one pass", ours["seconds"], rival["seconds"], "s", 0.5, rates),
        Row("Pictures: processor time of that pass", cpu, rival_cpu, "ms", 0.5, "a picture"),
        limited("Pictures: share of its time that a small CNN waits", waiting["share"], "", 0.05, steps),
    ]


def _measured(what: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.picture_feed", what, str(folder)]
    printed = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    found: dict[str, float] = json.loads(printed.strip().splitlines()[-1])
    return found


def _write_jpegs(folder: Path, count: int) -> None:
    """Soft shapes with noise, which are as large as photographs are."""
    draws = np.random.default_rng(7)
    for number in range(count):
        place = folder / f"class {number % CLASSES}"
        place.mkdir(parents=True, exist_ok=True)
        soft = Image.fromarray(draws.integers(0, 256, (14, 14, 3), np.uint8)).resize((SIDE, SIDE))
        noisy = np.asarray(soft, np.float32) + draws.normal(0, NOISE, (SIDE, SIDE, 3))
        Image.fromarray(noisy.clip(0, 255).astype(np.uint8)).save(place / f"{number}.jpg", quality=90)


def _write_set(home: Path, count: int) -> None:
    """The stored form of an upload. Each picture is another stretch of the same noise."""
    size, apart = SIDE * SIDE * 3, 997
    noise = np.random.default_rng(7).integers(0, 256, size + apart * count, np.uint8)
    home.mkdir(parents=True)
    drafted = home / "drafted.npy"
    pictures = np.lib.format.open_memmap(drafted, "w+", np.uint8, (count, SIDE, SIDE, 3))
    for number in range(count):
        pictures[number] = noise[number * apart : number * apart + size].reshape(SIDE, SIDE, 3)
    labels = category([f"class {number % CLASSES}" for number in range(count)])
    put(home, "pictures", {"image": values("image", pictures), "label": labels}, described_rows=100)
    drafted.unlink()


def _feed(home: Path) -> Any:
    from layerloom.training.pipeline import TrainingData
    from layerloom.training.signature import Signature, Tensor

    shape = Signature(
        inputs={"image": Tensor(shape=[SIDE, SIDE, 3], dtype="float32")},
        outputs={"label": Tensor(shape=[CLASSES], dtype="float32")},
    )
    recipe = Recipe.model_validate(
        {
            "data": {
                "dataset": "pictures",
                "inputs": {"image": ["image"]},
                "targets": {"label": ["label"]},
                "validation_fraction": 0.0,
            },
            "compile": {"outputs": {"label": {"loss": {"type": "SparseCategoricalCrossentropy"}}}},
            "fit": {"batch_size": BATCH},
        }
    )
    return TrainingData(Library(home), recipe, shape).training.batches


def _keras(folder: Path) -> Any:
    import keras

    return keras.utils.image_dataset_from_directory(folder, image_size=(SIDE, SIDE), batch_size=BATCH, verbose=False)


def _one_pass(batches: Iterable[Any]) -> dict[str, float]:
    """Of the second pass: the first one also builds the pipeline and fills the disk's cache."""
    seconds = cpu_s = 0.0
    for _ in range(2):
        began, cpu_began = time.perf_counter(), _cpu_s()
        for _batch in batches:
            pass
        seconds, cpu_s = time.perf_counter() - began, _cpu_s() - cpu_began
    return {"seconds": seconds, "cpu_s": cpu_s}


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _waiting(batches: Iterable[Any]) -> dict[str, float]:
    """How much of its time a small CNN spends on waiting for its next batch."""
    import keras

    layers = keras.layers
    model = keras.Sequential(
        [
            layers.Rescaling(1 / 255),
            layers.Conv2D(16, 3, strides=2, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(32, 3, activation="relu"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(CLASSES, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", jit_compile=False)
    waited, whole, iterator = 0.0, 0.0, iter(batches)
    for number in range(WARM_BATCHES + WAITED_BATCHES):
        began = time.perf_counter()
        x, y = next(iterator)
        got = time.perf_counter()
        model.train_on_batch(x, y)
        if number >= WARM_BATCHES:
            waited, whole = waited + got - began, whole + time.perf_counter() - began
    return {"share": waited / whole, "step_s": (whole - waited) / WAITED_BATCHES}


def main(what: str, folder: Path) -> None:
    """Take one figure and print it as JSON."""
    if what == "waiting":
        found = _waiting(_feed(folder))
    else:
        found = _one_pass(_feed(folder) if what == "ours" else _keras(folder))
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
