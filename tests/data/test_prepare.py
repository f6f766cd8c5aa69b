import json
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from layerloom.data.cells import cells
from layerloom.data.dataset import DatasetInfo
from layerloom.data.description import Description
from layerloom.data.prepare import ABANDONED_S, prepare
from layerloom.data.source import DamagedFile

DescribeTable = Callable[..., Description]


def rows(folder: Path) -> list[list[object]]:
    info = DatasetInfo.model_validate_json((folder / "info.json").read_bytes())
    columns = [cells(folder, "train", k, column, slice(None)) for k, column in enumerate(info.columns)]
    return [list(row) for row in zip(*columns, strict=True)]


def test_a_table_comes_back_as_it_was(describe_table: DescribeTable, tmp_path: Path) -> None:
    text = 'n,x,c,t\n1,0.1,a,"한국어, ""quoted"""\n2,,b,\n3,4.526,a,last\n4,1,?,x\n'
    prepare(describe_table(text, missing=["?"]), tmp_path / "set")
    assert rows(tmp_path / "set") == [
        [1, 0.1, "a", '한국어, "quoted"'],
        [2, None, "b", None],
        [3, 4.526, "a", "last"],
        [4, 1.0, None, "x"],
    ]


def test_a_window_holds_the_values_before_its_row(describe_table: DescribeTable, tmp_path: Path) -> None:
    window = {"before": {"source": "y", "length": 2}}
    prepare(describe_table("y\n10\n11\n12\n13\n", windows=window), tmp_path / "set")
    assert rows(tmp_path / "set") == [[12, [[10.0], [11.0]]], [13, [[11.0], [12.0]]]]


def test_only_windows_are_default_inputs_where_there_are_any(describe_table: DescribeTable, tmp_path: Path) -> None:
    window = {"before": {"source": "y", "length": 2}}
    prepare(describe_table("y,z\n10,1\n11,2\n12,3\n13,4\n", windows=window, targets=["y"]), tmp_path / "set")
    assert json.loads((tmp_path / "set" / "info.json").read_text())["default_inputs"] == ["before"]


def test_a_file_that_changed_is_refused(describe_table: DescribeTable, tmp_path: Path) -> None:
    description = describe_table("y\n1\n")
    description.file.write_text("y\n2\n")
    with pytest.raises(DamagedFile, match=r"table\.csv is damaged"):
        prepare(description, tmp_path / "set")


def test_a_failure_leaves_nothing_behind(describe_table: DescribeTable, tmp_path: Path) -> None:
    (tmp_path / "sets").mkdir()
    (tmp_path / "sets" / "set").write_text("in the way")
    with pytest.raises(NotADirectoryError):
        prepare(describe_table("y\n1\n"), tmp_path / "sets" / "set")
    assert [path.name for path in (tmp_path / "sets").iterdir()] == ["set"]


def test_of_several_at_once_one_wins_and_all_are_content(describe_table: DescribeTable, tmp_path: Path) -> None:
    description = describe_table("y\n1\n2\n")
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: prepare(description, tmp_path / "sets" / "set"), range(8)))
    assert ([path.name for path in (tmp_path / "sets").iterdir()], rows(tmp_path / "sets" / "set")) == (
        ["set"],
        [[1], [2]],
    )


def test_what_a_killed_process_left_behind_is_removed_later(describe_table: DescribeTable, tmp_path: Path) -> None:
    old, new = tmp_path / ".set-old", tmp_path / ".set-new"
    for draft in (old, new):
        draft.mkdir()
    long_ago = time.time() - ABANDONED_S - 60
    os.utime(old, (long_ago, long_ago))
    prepare(describe_table("y\n1\n"), tmp_path / "set")
    assert (old.exists(), new.exists()) == (False, True)


def test_a_draft_that_is_published_while_it_is_looked_at_is_passed_over(
    describe_table: DescribeTable, tmp_path: Path
) -> None:
    (tmp_path / ".set-gone").symlink_to(tmp_path / "published")  # listed, but no longer there to be looked at
    prepare(describe_table("y\n1\n"), tmp_path / "set")
    assert rows(tmp_path / "set") == [[1]]
