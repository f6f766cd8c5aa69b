"""One server in this process for all tests of the API: its children load Keras once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from layerloom.api.app import create_app
from layerloom.settings import Settings
from tests.api.asgi import TestClient
from tests.api.building import JSON, start, wait_for

ADDRESS = "http://127.0.0.1"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where slow tests are left out, so is the file of them that takes ten seconds to make its requests up."""
    left_out = config.getoption("markexpr") == "not slow" and collection_path.name == "test_schema_at_limits.py"
    return True if left_out else None


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def client(home: Path) -> Iterator[TestClient]:
    """Takes up runs and answers checks for real. The clock of a check is wide: the machine may be busy with tests."""
    settings = Settings(home=home, check_timeout_s=60.0, concurrent_runs=1, probe_share=0.0)
    with TestClient(create_app(settings), base_url=ADDRESS) as client:
        yield client


@pytest.fixture(scope="session")
def finished(client: TestClient) -> JSON:
    """A run of two epochs on iris, for all who only look at it."""
    return wait_for(client, start(client)["id"], "finished", "failed")


@pytest.fixture
def closed(tmp_path: Path) -> TestClient:
    """An application whose rooms are not open: what answers without them needs no Keras."""
    return TestClient(create_app(Settings(home=tmp_path)), base_url=ADDRESS)
