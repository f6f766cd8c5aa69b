"""Archives of texts: one file a row, in whatever encoding, with the class of its folder."""

from pathlib import Path

import pytest

from layerloom.data.dataset import Reading
from layerloom.data.reading.source import Unreadable
from tests.data.reading.packing import cells, packed, read


def test_texts_in_class_folders_have_their_labels_and_splits(tmp_path: Path) -> None:
    files = {f"imdb/{fold}/{label}/1.txt": f"{fold} {label}\n".encode() for fold in ("train", "test") for label in "np"}
    found = cells(read(tmp_path, packed(files)))
    assert found == {
        "text": {"train": ["train n", "train p"], "test": ["test n", "test p"]},
        "label": {"train": ["n", "p"], "test": ["n", "p"]},
        "file": {
            "train": ["imdb/train/n/1.txt", "imdb/train/p/1.txt"],
            "test": ["imdb/test/n/1.txt", "imdb/test/p/1.txt"],
        },
    }


def test_each_text_is_read_in_its_encoding(tmp_path: Path) -> None:
    korean = "안녕하세요. 오늘은 날씨가 아주 좋습니다. 우리는 산책을 하고 싶습니다."
    contents = [korean.encode(name) for name in ("utf-8", "utf-8-sig", "utf-16", "cp949")]
    source = read(tmp_path, packed({f"{k}.txt": content for k, content in enumerate(contents)}))
    assert cells(source)["text"]["train"] == [korean] * 4


def test_an_encoding_that_was_asked_for_is_used(tmp_path: Path) -> None:
    reading = Reading(format="texts", encoding="latin-1")
    source = read(tmp_path, packed({"1.txt": "déjà".encode("latin-1")}), reading=reading)
    assert cells(source)["text"]["train"] == ["déjà"]


def test_what_is_no_text_is_left_out(tmp_path: Path) -> None:
    source = read(tmp_path, packed({"a/1.txt": b"good", "b/1.txt": b"also", "b/2.txt": b"\x00\x01\x02"}))
    assert (cells(source)["text"]["train"], [(note.code, note.file) for note in source.notes]) == (
        ["good", "also"],
        [("encoding", "b/2.txt")],
    )


def test_texts_of_one_class_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refused:
        read(tmp_path, packed({"pos/1.txt": b"good", "pos/2.txt": b"also"}))
    assert refused.value.code == "one-class"


def test_texts_that_are_all_alike_are_texts_all_the_same(tmp_path: Path) -> None:
    source = read(tmp_path, packed({f"{label}/{k}.txt": b"yes" for label in "ab" for k in range(9)}))
    assert source.hints["text"].kind == "text"


def test_a_packed_table_is_the_table(tmp_path: Path) -> None:
    source = read(tmp_path, packed({"data/table.csv": b"a,b\n1,x\n2,y\n", "README.txt": b"words"}))
    assert (source.reading.format, cells(source)) == ("csv", {"a": {"train": [1, 2]}, "b": {"train": ["x", "y"]}})
