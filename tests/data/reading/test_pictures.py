"""Archives of pictures: classes from folders or a table, all pictures upright, of one size and one mode."""

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from PIL import Image

from layerloom.data.dataset import Note, Reading
from layerloom.data.reading.source import Unreadable
from tests.data.reading.packing import cells, declared_picture, packed, picture, plain_picture, read


def level(content: bytes) -> list[int]:
    """The pixel in the middle of the only picture of an archive."""
    with tempfile.TemporaryDirectory() as folder:
        image = read(Path(folder), packed({"a": b"", "a.png": content})).column("image")["train"]
        middle: list[int] = np.asarray(image)[0, image.shape[1] // 2, image.shape[2] // 2].tolist()
    return middle


@settings(max_examples=15, deadline=None)
@drawn(
    st.dictionaries(
        st.text("abcdefghäöü가나다", min_size=1, max_size=5),
        st.integers(1, 3),
        min_size=2,
        max_size=4,
    ),
    st.sampled_from([(3, 5), (8, 8), (3, 5, 3)]),
    st.integers(0, 2**32 - 1),
)
def test_class_folders_come_back_with_their_pixels_and_labels(
    classes: dict[str, int], shape: tuple[int, ...], seed: int
) -> None:
    draw = np.random.default_rng(seed)
    there = {
        f"{label}/{k}.png": draw.integers(0, 256, shape, dtype=np.uint8)
        for label, count in classes.items()
        for k in range(count)
    }
    with tempfile.TemporaryDirectory() as folder:
        source = read(Path(folder), packed({name: picture(pixels) for name, pixels in there.items()}))
        found = cells(source)
    pixels = dict(zip(found["file"]["train"], found["image"]["train"], strict=True))
    labels = dict(zip(found["file"]["train"], found["label"]["train"], strict=True))
    if len(shape) == 2:  # colours drawn may all be grey
        assert pixels == {name: image[..., None].tolist() for name, image in there.items()}
    else:
        assert pixels == {name: image.tolist() for name, image in there.items()}
    assert labels == {name: name.split("/")[0] for name in there}


def test_train_and_test_folders_are_splits_and_validation_is_marked(tmp_path: Path) -> None:
    files = {f"set/{fold}/{label}/1.png": plain_picture() for fold in ("train", "valid", "test") for label in "ab"}
    source = read(tmp_path, packed(files))
    found = cells(source)
    assert {name: found[name] for name in ("label", "split")} == {
        "label": {"train": ["a", "b", "a", "b"], "test": ["a", "b"]},
        "split": {"train": ["train", "train", "validation", "validation"], "test": [None, None]},
    }
    assert [note.code for note in source.notes] == ["validation-folder"]


def test_a_table_of_labels_says_what_flat_pictures_are(tmp_path: Path) -> None:
    labels = b"filename,kind,weight\n./2.png,dog,2.5\n1.png,cat,1.5\n9.png,cow,9\n"
    files = {f"all/{k}.png": plain_picture(k) for k in (1, 2, 3)} | {"labels.csv": labels}
    source = read(tmp_path, packed(files))
    found = cells(source)
    assert (source.names, {name: found[name]["train"] for name in source.names[1:]}) == (
        ["image", "kind", "weight", "file"],
        {"kind": ["cat", "dog"], "weight": [1.5, 2.5], "file": ["all/1.png", "all/2.png"]},
    )
    assert source.notes == [
        Note(code="no-label", message="Left out: 'labels.csv' says nothing of it.", file="all/3.png")
    ]


def test_flat_pictures_without_a_table_are_pictures_alone(tmp_path: Path) -> None:
    source = read(tmp_path, packed({"1.png": plain_picture(1), "2.png": plain_picture(2)}))
    assert source.names == ["image", "file"]


def test_broken_pictures_are_left_out_and_named(tmp_path: Path) -> None:
    cut = picture(np.random.default_rng(1).integers(0, 256, (40, 40, 3), dtype=np.uint8), "JPEG")[:500]
    large = declared_picture(9_000, 9_000)
    files = {"a/1.png": plain_picture(), "a/2.jpg": cut, "b/3.png": plain_picture(), "b/4.png": large}
    files |= {"b/5.png": b"no picture", "c.txt": b"words", ".DS_Store": b"x", "__MACOSX/a/1.png": b"x"}
    source = read(tmp_path, packed(files))
    assert (cells(source)["file"]["train"], [(note.code, note.file) for note in source.notes]) == (
        ["a/1.png", "b/3.png"],
        [
            ("broken-picture", "a/2.jpg"),
            ("picture-too-large", "b/4.png"),
            ("broken-picture", "b/5.png"),
            ("not-read", "c.txt"),
        ],
    )


def test_broken_pictures_refuse_the_whole_where_they_are_not_to_be_skipped(tmp_path: Path) -> None:
    files = {"a/1.png": plain_picture(), "a/2.png": b"no picture", "b/3.png": plain_picture()}
    with pytest.raises(Unreadable) as refused:
        read(tmp_path, packed(files), reading=Reading(format="images", skip_broken=False))
    assert (refused.value.code, [note.file for note in refused.value.notes]) == ("broken-files", ["a/2.png"])


def test_names_equal_but_for_case_are_kept_apart(tmp_path: Path) -> None:
    files = {"Cat/1.png": plain_picture(1), "cat/1.png": plain_picture(2)}
    found = cells(read(tmp_path, packed(files)))
    assert (found["label"]["train"], found["image"]["train"][0][0][0], found["image"]["train"][1][0][0]) == (
        ["Cat", "cat"],
        [1],
        [2],
    )


@pytest.mark.parametrize(
    ("content", "pixel"),
    [
        (picture(Image.new("RGB", (9, 9), (10, 20, 30)), "BMP"), [10, 20, 30]),
        (picture(Image.new("RGB", (9, 9), (10, 20, 30)), "WEBP", lossless=True), [10, 20, 30]),
        (picture(Image.new("RGB", (9, 9), (10, 20, 30)), "TIFF"), [10, 20, 30]),
        (picture(Image.new("RGB", (9, 9), (255, 0, 0)), "GIF"), [255, 0, 0]),
        (picture(Image.new("CMYK", (9, 9), (0, 0, 0, 0)), "JPEG"), [255, 255, 255]),
        (picture(Image.new("RGBA", (9, 9), (10, 20, 30, 0))), [255, 255, 255]),
        (picture(Image.new("LA", (9, 9), (10, 255))), [10]),
        (picture(Image.new("1", (9, 9), 1)), [255]),
        (picture(np.full((9, 9), 65_535, dtype=np.uint16)), [255]),
        (picture(np.full((9, 9), 257 * 7, dtype=np.uint16)), [7]),
        (picture(Image.fromarray(np.full((9, 9), 0.2, dtype=np.float32)), "TIFF"), [51]),
        (picture(Image.new("RGB", (1, 1), (10, 20, 30))), [10, 20, 30]),
    ],
    ids=[
        "bmp",
        "webp",
        "tiff",
        "gif",
        "cmyk",
        "alpha",
        "grey-alpha",
        "bits",
        "16-bit-white",
        "16-bit-dark",
        "float",
        "1x1",
    ],
)
def test_any_kind_of_picture_is_bytes_of_grey_or_colours(content: bytes, pixel: list[int]) -> None:
    assert level(content) == pixel


def test_a_moving_picture_is_its_first_frame() -> None:
    frames = [Image.new("RGB", (5, 5), colour) for colour in ("red", "blue")]
    assert level(picture(frames[0], "GIF", save_all=True, append_images=frames[1:])) == [255, 0, 0]


def test_a_picture_turned_by_its_exif_is_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90° clockwise
    lying = np.zeros((20, 40), dtype=np.uint8)
    lying[:, :20] = 255
    image = read(tmp_path, packed({"a.jpg": picture(lying, "JPEG", exif=exif)})).column("image")["train"]
    assert (image.shape, image[0, 5, 10, 0] > 200, image[0, 35, 10, 0] < 50) == ((1, 40, 20, 1), True, True)


def test_one_picture_with_colours_makes_all_of_them_colours(tmp_path: Path) -> None:
    files = {"a/1.png": plain_picture(7), "b/2.png": picture(Image.new("RGB", (4, 4), (1, 2, 3)))}
    found = cells(read(tmp_path, packed(files)))["image"]["train"]
    assert (found[0][0][0], found[1][0][0]) == ([7, 7, 7], [1, 2, 3])


def test_the_size_is_what_most_have_and_others_are_cut_to_its_ratio(tmp_path: Path) -> None:
    striped = np.zeros((10, 40), dtype=np.uint8)
    striped[:, 12:28] = 200  # the square in the middle
    files = {"a/1.png": plain_picture(), "a/2.png": plain_picture(), "b/3.png": picture(striped)}
    source = read(tmp_path, packed(files))
    image = source.column("image")["train"]
    assert (source.reading.image_size, np.unique(image[2]).tolist(), [note.code for note in source.notes]) == (
        (4, 4),
        [200],
        ["picture-sizes"],
    )
    assert source.hints["image"].sizes == [(4, 4, 2), (10, 40, 1)]


def test_large_pictures_are_made_smaller_unless_a_size_is_asked_for(tmp_path: Path) -> None:
    content = packed({"a.png": plain_picture(1, 600, 300)})
    (tmp_path / "found").mkdir()
    (tmp_path / "asked").mkdir()
    found = read(tmp_path / "found", content).column("image")["train"]
    asked = read(tmp_path / "asked", content, reading=Reading(format="images", image_size=(300, 300)))
    assert (found.shape, asked.column("image")["train"].shape) == ((1, 256, 128, 1), (1, 300, 300, 1))
