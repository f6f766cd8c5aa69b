"""The server answers at once and stays light: the web process never loads Keras."""

from pathlib import Path

import psutil
import pytest

from tests.server import Server, serve

LONGEST_START_S = 1.5


def mapped_libraries(process: psutil.Process) -> set[str]:
    """The shared libraries that a process has mapped, by file name."""
    return {Path(area.path).name for area in process.memory_maps() if ".so" in area.path}


@pytest.mark.alone
def test_health_answers_within_a_second_and_a_half(tmp_path: Path) -> None:
    """The best of three starts: other programs may be busy beside this one."""
    took: list[float] = []
    while len(took) < 3 and min(took, default=LONGEST_START_S) >= LONGEST_START_S:
        with serve(tmp_path / f"home {len(took)}") as server:
            took.append(server.started_s)
    assert min(took) <= LONGEST_START_S, took


def test_the_web_process_stays_light_while_it_serves_every_room(server: Server) -> None:
    server.get("/catalog")
    for dataset in server.get("/datasets"):
        server.get(f"/datasets/{dataset['id']}")
        server.get(f"/datasets/{dataset['id']}/rows", split="train", offset=0, limit=50)
    process = psutil.Process(server.process.pid)
    assert process.memory_info().rss <= 150e6
    assert [name for name in mapped_libraries(process) if "tensorflow" in name] == []
