from pathlib import Path

from layerloom.runs.board_logs import link, logged


def logs_of(runs: Path, *ids: str) -> None:
    for id in ids:
        (runs / id / "tensorboard" / "train").mkdir(parents=True)


def test_runs_with_logs_are_found_and_no_other_folder(tmp_path: Path) -> None:
    logs_of(tmp_path, "12", "3", ".leaving-4-x")
    (tmp_path / "5" / "tensorboard").mkdir(parents=True)

    assert logged(tmp_path) == [3, 12]


def test_each_run_is_linked_by_its_id_and_name(tmp_path: Path) -> None:
    logs_of(tmp_path / "runs", "3", "12", "13")

    link(tmp_path / "runs", {3: "../../etc/passwd", 12: "첫 번째 / run", 13: "…"}, tmp_path / "logs")

    links = {path.name: path.resolve() for path in (tmp_path / "logs").iterdir()}
    assert links == {
        "3-etc-passwd": tmp_path / "runs/3/tensorboard",
        "12-첫-번째-run": tmp_path / "runs/12/tensorboard",
        "13": tmp_path / "runs/13/tensorboard",
    }


def test_the_link_of_a_run_that_is_gone_or_renamed_goes(tmp_path: Path) -> None:
    logs_of(tmp_path / "runs", "1", "2")
    link(tmp_path / "runs", {1: "old", 2: "gone"}, tmp_path / "logs")

    link(tmp_path / "runs", {1: "new"}, tmp_path / "logs")

    assert [path.name for path in (tmp_path / "logs").iterdir()] == ["1-new"]
