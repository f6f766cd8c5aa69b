import json
import math
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

import layerloom
from layerloom.data.library import MAX_ROWS, Library, UnknownDataset
from layerloom.problem import Refusal
from tests.picking import one_in

IDS = [info.id for info in Library(Path()).list()]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def library(home: Path) -> Library:
    return Library(home)


def test_all_twelve_sets_are_there_mnist_first(library: Library) -> None:
    assert (IDS[0], len(IDS), [library.get(id).id for id in IDS]) == ("mnist", 12, IDS)


@pytest.mark.parametrize("id", one_in(3, IDS))
def test_every_split_has_the_rows_its_profile_says(library: Library, id: str) -> None:
    info = library.get(id)
    names = [column.name for column in info.columns]
    assert {split: {len(a) for a in library.arrays(id, names, split).values()} for split in info.rows} == {
        split: {count} for split, count in info.rows.items()
    }


@pytest.mark.parametrize("id", IDS)
def test_arrays_have_the_dtype_and_shape_of_their_columns(library: Library, id: str) -> None:
    columns = library.get(id).columns
    arrays = library.arrays(id, [column.name for column in columns], "train")
    found = {name: (a.dtype.name.replace("object", "string"), list(a.shape[1:])) for name, a in arrays.items()}
    assert found == {column.name: (column.dtype, column.shape) for column in columns}


@pytest.mark.parametrize("id", IDS)
def test_rows_and_arrays_agree_on_what_is_missing(library: Library, id: str) -> None:
    info = library.get(id)
    first = library.rows(id, "train", 0, MAX_ROWS)
    found = {}
    for column in info.columns:
        cells = library.arrays(id, [column.name], "train")[column.name][: len(first)]
        empty = {"category": -1, "text": ""}.get(column.kind)
        missing = cells != cells if empty is None else cells == empty
        found[column.name] = [int(k) for k in np.flatnonzero(missing.reshape(len(first), -1).any(axis=1))]
    assert {name: [k for k, row in enumerate(first) if row[name] is None] for name in found} == found


@pytest.mark.parametrize("id", IDS)
def test_rows_are_json_without_nan(library: Library, id: str) -> None:
    rows = library.rows(id, "train", 0, 200)
    assert json.loads(json.dumps(rows, allow_nan=False)) == rows


def test_a_picture_is_the_same_as_rows_and_as_array(library: Library) -> None:
    image = library.arrays("mnist", ["image"], "test")["image"][9_999]
    assert library.rows("mnist", "test", 9_999, 10) == [{"image": image.tolist(), "label": "6"}]


def test_big_columns_are_mapped_not_read(library: Library) -> None:
    arrays = library.arrays("mnist", ["image", "label"], "train")
    assert {name: type(array) for name, array in arrays.items()} == {"image": np.memmap, "label": np.memmap}


def test_an_unknown_age_is_nan_to_train_on_and_null_to_look_at(library: Library) -> None:
    ages = library.arrays("titanic", ["age"], "train")["age"]
    first = next(k for k, age in enumerate(ages.tolist()) if math.isnan(age))
    assert (int(np.isnan(ages).sum()), library.rows("titanic", "train", first, 1)[0]["age"]) == (557, None)


def test_a_question_mark_in_adult_is_an_empty_cell(library: Library) -> None:
    workclass = library.arrays("adult", ["workclass"], "train")["workclass"]
    assert int((workclass == -1).sum()) == library.get("adult").column("workclass").missing == 2_799


@pytest.mark.parametrize(("offset", "limit", "count"), [(59_950, 100, 50), (60_000, 5, 0), (10**18, 5, 0), (0, 0, 0)])
def test_rows_end_where_the_split_ends(library: Library, offset: int, limit: int, count: int) -> None:
    assert len(library.rows("mnist", "train", offset, limit)) == count


@pytest.mark.parametrize(("offset", "limit"), [(-1, 5), (0, -1), (0, MAX_ROWS + 1)])
def test_rows_out_of_bounds_are_refused(library: Library, offset: int, limit: int) -> None:
    with pytest.raises(ValueError, match="limit <= 1000"):
        library.rows("iris", "train", offset, limit)


@pytest.mark.parametrize("id", ["", "nothing", "../mnist", "mnist.npz", "MNIST"])
def test_an_unknown_set_is_named(library: Library, id: str) -> None:
    with pytest.raises(UnknownDataset, match=f"There is no dataset '{id}'"):
        library.rows(id, "train", 0, 1)


def test_an_unknown_split_is_refused_with_those_there_are(library: Library) -> None:
    with pytest.raises(Refusal, match="Dataset 'iris' has no split 'test', but 'train'"):
        library.rows("iris", "test", 0, 1)


def test_an_unknown_column_is_refused_with_those_there_are(library: Library) -> None:
    with pytest.raises(Refusal, match="Dataset 'mnist' has no column 'pixels', but 'image', 'label'"):
        library.arrays("mnist", ["image", "pixels"], "train")


def test_two_libraries_at_the_same_home_may_start_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as threads:
        read = list(threads.map(lambda _: Library(tmp_path).rows("iris", "train", 149, 1), range(2)))
    assert (read[0] == read[1], len(list((tmp_path / "datasets").iterdir()))) == (True, 1)


def test_the_last_hundred_digits_are_read_in_twenty_milliseconds(library: Library) -> None:
    def seconds() -> float:
        start = time.perf_counter()
        library.rows("mnist", "train", 59_900, 100)
        return time.perf_counter() - start

    assert min(seconds() for _ in range(20)) < 0.020


LIGHT = """
import sys
from pathlib import Path
import numpy
def peak():
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 1000
bare = peak()
from layerloom.data.library import Library
library = Library(Path(sys.argv[1]))
for info in library.list():
    library.get(info.id)
    library.rows(info.id, "train", max(0, info.rows["train"] - 100), 100)
heavy = {"polars", "PIL", "keras", "tensorflow"} & set(sys.modules)
print(peak() - bare, *heavy)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak memory from /proc")
def test_a_process_that_reads_every_set_stays_light(home: Path) -> None:
    parent = str(Path(layerloom.__file__).parents[1])
    command = [sys.executable, "-c", LIGHT, str(home)]
    done = subprocess.run(command, env={"PYTHONPATH": parent}, capture_output=True, text=True, check=True)
    megabytes, *heavy = done.stdout.split()
    assert (float(megabytes) <= 60, heavy) == (True, [])
