"""The real TensorBoard behind the server: its page, its data, and that nothing of it stays."""

import time
from pathlib import Path

import httpx
import psutil
import pytest

from layerloom.api import board as routes
from layerloom.api.guard import BOARD_POLICY, SECURITY_HEADERS
from layerloom.runs.board_logs import LOGS
from layerloom.settings import Settings
from tests.api.asgi import TestClient
from tests.engine.waiting import gone, wait_until
from tests.runs.building import create, open_store
from tests.server import serve

SCALAR = "epoch_loss"
LOSSES = [0.75, 0.5, 0.25]


@pytest.fixture(scope="module")
def run(client: TestClient) -> int:
    """A run whose logs hold one curve."""
    rooms = client.app.state.rooms  # type: ignore[attr-defined]
    run = create(rooms.store, "A run / with logs")
    rooms.store.transition(run.id, "stopped", {"queued"})
    write_curve(run.folder / LOGS / "train")
    return run.id


def write_curve(folder: Path) -> None:
    """An event file as Keras's callback writes it, by TensorBoard's own writer: this process loads no TensorFlow."""
    from tensorboard.compat.proto.event_pb2 import Event
    from tensorboard.compat.proto.summary_pb2 import Summary, SummaryMetadata
    from tensorboard.compat.proto.tensor_pb2 import TensorProto
    from tensorboard.compat.proto.tensor_shape_pb2 import TensorShapeProto
    from tensorboard.compat.proto.types_pb2 import DT_FLOAT
    from tensorboard.summary.writer.event_file_writer import EventFileWriter

    folder.mkdir(parents=True)
    writer = EventFileWriter(str(folder))
    metadata = SummaryMetadata(plugin_data=SummaryMetadata.PluginData(plugin_name="scalars"))
    for step, loss in enumerate(LOSSES):
        tensor = TensorProto(dtype=DT_FLOAT, float_val=[loss], tensor_shape=TensorShapeProto())
        value = Summary.Value(tag=SCALAR, tensor=tensor, metadata=metadata)
        writer.add_event(Event(step=step, wall_time=1e9 + step, summary=Summary(value=[value])))
    writer.close()


def curve(client: httpx.Client, run: str) -> list[float]:
    """The one curve of a run, once TensorBoard has read its logs."""
    deadline = time.monotonic() + 60
    while run not in client.get("/tensorboard/data/runs").json():
        assert time.monotonic() < deadline, "TensorBoard has not found the run"
        time.sleep(0.1)
    query = {"run": run, "tag": SCALAR}
    return [value for _, _, value in client.get("/tensorboard/data/plugin/scalars/scalars", params=query).json()]


def opened(client: httpx.Client) -> httpx.Response:
    """TensorBoard's page, once it has started."""
    deadline = time.monotonic() + 60
    while (page := client.get("/tensorboard/")).status_code == 503:
        assert time.monotonic() < deadline, page.text
        time.sleep(0.1)
    return page


def test_the_runs_with_logs_are_told(client: TestClient, run: int) -> None:
    assert run in client.get("/api/tensorboard").json()["runs"]


def test_tensorboard_answers_with_its_page_and_the_curve_of_a_run(client: TestClient, run: int) -> None:
    page = opened(client)

    assert ("<tb-webapp" in page.text, curve(client, f"{run}-A-run-with-logs/train")) == (True, LOSSES)
    headers = {**SECURITY_HEADERS, "content-security-policy": BOARD_POLICY}
    assert {name: page.headers[name] for name in headers} == headers


def test_the_address_without_a_slash_leads_to_the_one_with_it(client: TestClient) -> None:
    response = client.get("/tensorboard", follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (307, "/tensorboard/")


def test_another_site_can_not_ask_tensorboard_to_do_anything(client: TestClient) -> None:
    response = client.post("/tensorboard/data/plugin/x", headers={"origin": "http://evil.example"})
    assert (response.status_code, response.json()["code"]) == (403, "foreign-origin")


@pytest.mark.usefixtures("run")
def test_the_page_says_that_tensorboard_is_starting(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "PATIENCE_S", 0.0)
    page = client.get("/tensorboard/")
    told = ("TensorBoard is starting" in page.text, 'http-equiv="refresh"' in page.text)
    assert (page.status_code, *told) == (503, True, True)


def test_without_logs_the_page_says_how_to_get_some(tmp_path: Path, client: TestClient) -> None:
    rooms = client.app.state.rooms  # type: ignore[attr-defined]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rooms, "settings", Settings(home=tmp_path))
        page = client.get("/tensorboard/")
    assert (page.status_code, "No run has written logs" in page.text) == (200, True)


def board_process(server: int) -> psutil.Process:
    """The child that listens on TensorBoard's socket."""
    children = psutil.Process(server).children(recursive=True)
    return next(child for child in children if any("tensorboard" in c.laddr for c in child.net_connections("unix")))


@pytest.mark.slow
def test_a_killed_tensorboard_comes_back_and_ends_with_a_killed_server(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    write_curve(create(store).folder / LOGS / "train")
    store.transition(1, "stopped", {"queued"})
    store.close()
    with serve(tmp_path) as server, httpx.Client(base_url=server.url, timeout=60) as client:
        opened(client)
        first = board_process(server.process.pid)
        first.kill()
        wait_until(lambda: gone(first.pid))

        page = opened(client)
        second = board_process(server.process.pid)
        server.kill()

        wait_until(lambda: gone(second.pid), timeout_s=5)
    assert (page.status_code, second.pid != first.pid) == (200, True)
