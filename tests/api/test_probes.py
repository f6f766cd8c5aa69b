"""How layers learned, by HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from layerloom.api.app import create_app
from layerloom.settings import Settings
from tests.api.asgi import TestClient
from tests.api.building import start, wait_for
from tests.api.conftest import ADDRESS


@pytest.fixture(scope="module")
def looking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = Settings(home=tmp_path_factory.mktemp("looking"), check_timeout_s=60.0, probe_share=1_000.0)
    with TestClient(create_app(settings), base_url=ADDRESS) as client:
        yield client


@pytest.fixture(scope="module")
def path(looking: TestClient) -> str:
    return f"/api/runs/{wait_for(looking, start(looking)['id'], 'finished')['id']}"


def test_looks_are_listed_told_and_followed_by_layer(looking: TestClient, path: str) -> None:
    listed = looking.get(f"{path}/probes").json()
    last = looking.get(f"{path}/probes/{listed[-1]['k']}").json()
    moments = looking.get(f"{path}/probes/history", params={"layer": "dense"}).json()
    events = [event for event in looking.get(f"{path}/events").json() if event["kind"] == "probe"]
    assert (listed[-1]["epoch"], moments[-1]["layer"]) == (2, last["layers"]["dense"])
    assert events[-1]["layers"]["dense"].items() <= last["layers"]["dense"].items()


@pytest.mark.parametrize(
    ("tail", "status", "code"),
    [
        ("probes/99", 404, "unknown-probe"),
        ("probes/-1", 404, "unknown"),
        ("probes/..%2fgraph", 404, "unknown"),
        ("probes/history", 422, "bad-value"),
        ("probes/history?layer=nothing", 404, "unknown-layer"),
    ],
)
def test_what_was_not_seen_is_unknown(looking: TestClient, path: str, tail: str, status: int, code: str) -> None:
    response = looking.get(f"{path}/{tail}")
    assert (response.status_code, response.json()["code"]) == (status, code), response.text


def test_a_run_without_looks_has_none(client: TestClient, home: Path) -> None:
    run = wait_for(client, start(client, epochs=1)["id"], "finished")["id"]
    assert (client.get(f"/api/runs/{run}/probes").json(), (home / "runs" / str(run) / "probes").exists()) == ([], False)
