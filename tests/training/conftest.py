from pathlib import Path

import pytest

KERAS_SAVES_WITH_OLD_NUMPY_CALLS = "ignore:__array__ implementation doesn't accept a copy:DeprecationWarning"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.filterwarnings(KERAS_SAVES_WITH_OLD_NUMPY_CALLS))


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder in which datasets are made ready only once."""
    return tmp_path_factory.mktemp("home")
