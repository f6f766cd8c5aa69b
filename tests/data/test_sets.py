import pytest

from layerloom.data import builtin
from layerloom.data.dataset import DatasetInfo
from layerloom.data.description import Description
from layerloom.data.publish import current_profile
from layerloom.data.source import fingerprint

IDS = sorted(path.stem for path in builtin.SETS.glob("*.toml"))


@pytest.mark.parametrize("id", IDS)
def test_the_file_is_the_one_that_was_described(id: str) -> None:
    description = Description.read(builtin.description_path(id))
    assert fingerprint(description.file) == description.fingerprint


@pytest.mark.parametrize("id", IDS)
def test_the_published_profile_is_current(id: str) -> None:
    published = DatasetInfo.model_validate_json(builtin.profile_path(id).read_bytes())
    assert published == current_profile(id), "run python -m layerloom.data.publish"


@pytest.mark.parametrize("id", IDS)
def test_descriptions_name_columns_that_exist(id: str) -> None:
    description = Description.read(builtin.description_path(id))
    named = {*description.targets, *description.ignored, *description.default_targets, *description.columns}
    assert named - {column.name for column in builtin.profiles()[id].columns} == set()


@pytest.mark.parametrize("id", IDS)
def test_class_counts_and_missing_cells_make_up_the_training_rows(id: str) -> None:
    info = builtin.profiles()[id]
    counted = {c.name: sum(c.class_counts) + c.missing for c in info.columns if c.class_counts is not None}
    assert counted == dict.fromkeys(counted, info.rows["train"])


@pytest.mark.parametrize("id", IDS)
def test_the_licence_table_names_every_file(id: str) -> None:
    table = (builtin.SETS / "README.md").read_text("utf-8")
    assert f"`{Description.read(builtin.description_path(id)).file.name}`" in table


def test_mnist_is_mnist() -> None:
    info = builtin.profiles()["mnist"]
    image, label = info.columns
    assert image.statistics is not None
    assert (info.rows, image.kind, image.shape, image.statistics.mean, image.statistics.std, label.class_counts) == (
        {"train": 60_000, "test": 10_000},
        "image",
        [28, 28, 1],
        33.31842,
        78.56749,
        [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
    )


def test_kinds_of_the_columns_are_what_a_person_would_say() -> None:
    kinds = {id: {c.name: c.kind for c in builtin.profiles()[id].columns} for id in ("titanic", "airline_passengers")}
    assert kinds == {
        "titanic": {"name": "text", "class": "category", "age": "number", "sex": "category", "survived": "category"},
        "airline_passengers": {"Date": "text", "Passengers": "number", "last_12_months": "sequence"},
    }
