"""Data that is read from the disk as it is needed, against the same in memory; sizes are small, files are real."""

from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerloom.checkpoint import MODEL, find
from layerloom.data.columns import aligned
from layerloom.data.library import Library
from layerloom.events import Event
from layerloom.job import DataMemory, Job
from layerloom.modeling.source.rendering import filled
from layerloom.recipe import Recipe
from layerloom.training.evaluating.chosen import choose
from layerloom.training.fit import train
from layerloom.training.pipeline import TrainingData
from layerloom.training.script_data import script_data
from layerloom.training.signature import Signature, Tensor
from layerloom.training.stored import Stored
from layerloom.training.streaming import Stream
from layerloom.training.windows import Windows
from tests.data.own_sets import category, number, put, text, values
from tests.training.making import flower, flower_recipe, of_kind

ROWS = 200
ON_DISK = DataMemory(in_memory_bytes=0, block_bytes=100, window_bytes=1_000)
SIGNATURE = Signature(
    inputs={
        "flower": Tensor(shape=[2], dtype="float32"),
        "words": Tensor(shape=[1], dtype="string"),
        "picture": Tensor(shape=[2, 2, 1], dtype="float32"),
    },
    outputs={"species": Tensor(shape=[3], dtype="float32")},
)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    place = np.arange(ROWS)
    put(
        home,
        "mixed",
        {
            "width": number(np.where(place % 50 == 3, np.nan, place)),
            "height": number(place * 2),
            "words": text([f"word {'é' * (k % 4)}{k}" for k in place]),
            "picture": values("image", (place[:, None, None, None] + np.zeros((1, 2, 2, 1), int)).astype(np.uint8)),
            "kind": category([("rose", "iris", "lily")[k % 3] for k in place]),
        },
    )
    return home


def recipe(**places: Any) -> Recipe:
    inputs = {"flower": ["width", "height"], "words": ["words"], "picture": ["picture"]}
    data = {"dataset": "mixed", "inputs": inputs, "targets": {"species": ["kind"]}, "missing": "drop"}
    return flower_recipe(data=data, **places)


def rows_of(batches: Any) -> list[tuple[Any, ...]]:
    """Every row of these batches, as hashable cells."""
    found = []
    for x, y, *weights in batches.as_numpy_iterator():
        cells = [x["flower"], x["words"], x["picture"], y, *weights]
        found += [tuple(np.asarray(cell[k]).ravel().tolist()[0] for cell in cells) for k in range(len(y))]
    return found


@given(st.integers(0, 300), st.integers(1, 20), st.integers(1, 9), st.integers(0, 5))
def test_windows_have_every_place_once(rows: int, block: int, blocks: int, epoch: int) -> None:
    windows = Windows(block, blocks)

    places = [list(windows.over(rows, seed, epoch)) for seed in (7, 7, None)]

    shuffled, again, in_order = (np.concatenate(one).tolist() if one else [] for one in places)
    assert sorted(shuffled) == in_order == list(range(rows))
    assert shuffled == again
    assert all(len(window) <= block * blocks for window in places[0])


def test_neighbours_are_far_apart_in_the_order() -> None:
    order = np.concatenate(list(Windows(10, 10).over(10_000, 7, 0)))

    assert np.abs(np.diff(order)).mean() == pytest.approx(10_000 / 3, rel=0.1)
    assert order.tolist() != np.concatenate(list(Windows(10, 10).over(10_000, 7, 1))).tolist()


def test_rows_from_the_disk_are_those_from_memory(own: Path) -> None:
    asked = recipe(fit__class_weight={"rose": 2.0})
    feeds = []
    for memory in (DataMemory(), ON_DISK):
        data = TrainingData(Library(own), asked, SIGNATURE, memory)
        data.begin_epoch(3)
        assert data.validation is not None
        feeds.append((data.training, data.validation, data))

    (here, here_held, in_memory), (there, there_held, on_disk) = feeds
    assert (here.rows, here.steps, here_held.rows) == (there.rows, there.steps, there_held.rows)
    assert rows_of(here.batches) != rows_of(there.batches)
    assert sorted(rows_of(here.batches)) == sorted(rows_of(there.batches))
    assert rows_of(here_held.batches) == rows_of(there_held.batches)
    assert rows_of(in_memory.in_order()) == rows_of(on_disk.in_order())
    assert here.batches.element_spec == there.batches.element_spec


def test_batches_are_full_but_the_last(own: Path) -> None:
    data = TrainingData(Library(own), recipe(fit__batch_size=32), SIGNATURE, ON_DISK)

    sizes = [len(y) for _, y in data.training.batches.as_numpy_iterator()]

    assert (sizes, data.training.steps) == ([32] * 5 + [16], 6)


@pytest.mark.parametrize("done", [0, 1, 4, 11])
def test_an_epoch_goes_on_where_it_was(own: Path, done: int) -> None:
    data = TrainingData(Library(own), recipe(), SIGNATURE, ON_DISK)
    data.begin_epoch(2)
    whole = [y.tolist() for _, y in data.training.batches.as_numpy_iterator()]

    data.begin_epoch(2, done_steps=done)

    assert [y.tolist() for _, y in data.training.batches.as_numpy_iterator()] == [[]] * done + whole[done:]


def test_a_sample_is_always_the_same(own: Path) -> None:
    samples = [TrainingData(Library(own), recipe(), SIGNATURE, memory).sample(9) for memory in (DataMemory(), ON_DISK)]

    assert samples[0][0]["words"].numpy().tolist() == samples[1][0]["words"].numpy().tolist()


@pytest.mark.parametrize("memory", [DataMemory(), ON_DISK], ids=["in memory", "on the disk"])
def test_pictures_travel_as_bytes_and_are_looked_at_as_their_input_has_them(own: Path, memory: DataMemory) -> None:
    data = TrainingData(Library(own), recipe(), SIGNATURE, memory)

    trained_on, looked_at = next(iter(data.training.batches))[0], data.sample(9)[0]

    dtypes = [{name: tensor.dtype.name for name, tensor in x.items()} for x in (trained_on, looked_at)]
    told = {"flower": "float32", "words": "string", "picture": "float32"}
    assert dtypes == [told | {"picture": "uint8"}, told]


def test_rows_to_judge_are_read_from_the_disk_too(own: Path) -> None:
    asked = recipe()

    chosen = choose(Library(own), asked, SIGNATURE, "mixed", "validation")
    stored = Stored(Library(own), asked.data, SIGNATURE, "train")

    here, there = chosen.bound.take(chosen.rows), stored.take(chosen.rows)
    assert there.inputs["words"].tolist() == here.inputs["words"].tolist()
    assert np.array_equal(there.targets["species"], here.targets["species"])
    assert np.array_equal(stored.target("species"), chosen.bound.target("species"))


@pytest.mark.slow
def test_a_streamed_run_that_was_stopped_is_the_run_that_never_was(own: Path, tmp_path: Path) -> None:
    layers = (("Dropout", {"rate": 0.3}), ("Dense", {"units": 3, "activation": "softmax"}))
    graph = flower(("Normalization", {}), *layers, shape=[2])
    asked = recipe(data__inputs={"flower": ["width", "height"]})

    def epochs(folder: Path, attempts: int) -> list[Any]:
        events: list[Event] = []
        for attempt in range(1, attempts + 1):
            job = Job(1, attempt, graph, asked, own, folder, probe_share=0.0, memory=ON_DISK)
            stop_at = 1 if attempt < attempts else 99
            train(job, events.append, lambda stop_at=stop_at: len(of_kind(events, "epoch")) >= stop_at)  # type: ignore[misc]
        return [event.metrics for event in of_kind(events, "epoch")]

    whole, halves = epochs(tmp_path / "whole", 1), epochs(tmp_path / "halves", 2)

    models = [keras.models.load_model(find(tmp_path / one, "last") / MODEL) for one in ("whole", "halves")]
    assert halves == whole
    weights = zip(*(model.get_weights() for model in models), strict=True)
    assert all(np.array_equal(one, other) for one, other in weights)


def test_a_script_has_the_order_of_a_streamed_run(own: Path) -> None:
    asked, windows = recipe(), Windows(7, 4)
    described = script_data(Library(own).get("mixed"), asked, SIGNATURE, windows)
    program = filled("section_data.py.j2", recipe=asked, data=described, shared=None).split("columns = read(")[0]
    names: dict[str, Any] = {"np": np, "keras": keras, "SEED": 7, "BATCH_SIZE": 16}
    exec(compile(program, "script", "exec"), names)
    rows = np.arange(0, 150, 2)
    batches = names["Batches"]([], rows, shuffle=True)

    orders = []
    for _ in range(2):
        batches.on_epoch_begin()
        orders.append(batches.order.tolist())

    assert orders == [rows[np.concatenate(list(windows.over(len(rows), 7, epoch)))].tolist() for epoch in range(2)]


def test_large_rows_are_read_one_by_one_to_the_same_places(own: Path) -> None:
    draws = np.random.default_rng(7).integers(0, 256, (9, 80, 80, 3), np.uint8)
    put(own, "pictures", {"image": values("image", draws), "words": text([f"w{k}" for k in range(9)])})
    rows = np.array([8, 1, 1, 0, 5])

    taken = Library(own).columns("pictures", ["image", "words"], "train").take(rows)

    assert np.array_equal(taken["image"], draws[rows])
    assert taken["words"].tolist() == ["w8", "w1", "w1", "w0", "w5"]


def test_large_rows_come_a_few_batches_at_a_time_in_the_order_of_windows(own: Path) -> None:
    pictures = np.zeros((500, 80, 80, 3), np.uint8)
    put(own, "large", {"image": values("image", pictures), "y": number(np.arange(500))}, described_rows=2)
    bound = {"dataset": "large", "inputs": {"flower": ["image"]}, "targets": {"species": ["y"]}}
    tensors = {"flower": Tensor(shape=[80, 80, 3], dtype="float32")}, {"species": Tensor(shape=[1], dtype="float32")}
    signature = Signature(inputs=tensors[0], outputs=tensors[1])
    stored = Stored(Library(own), flower_recipe(data=bound).data, signature, "train")
    stream = Stream(stored, signature, DataMemory(in_memory_bytes=0))

    runs = [run.tolist() for run in stream.runs(np.arange(500), 100, 7, 1, 0)]

    order = np.concatenate(list(Windows(1, 3_333).over(500, 7, 1))).tolist()
    assert runs == [order[:200], order[200:400], order[400:]]


@given(st.integers(1, 9), st.sampled_from([(), (3,), (2, 5)]))
def test_what_is_read_lies_where_tensorflow_takes_it_over(rows: int, shape: tuple[int, ...]) -> None:
    room = aligned(rows, shape, np.dtype(np.float32))

    assert (room.shape, room.ctypes.data % 64, room.flags.c_contiguous) == ((rows, *shape), 0, True)
