"""The sets that come with the package: where their descriptions and profiles lie."""

from functools import cache
from pathlib import Path

from layerloom.data.dataset import DatasetInfo

SETS = Path(__file__).parent / "sets"


def description_path(id: str) -> Path:
    """Where the set is described."""
    return SETS / f"{id}.toml"


def profile_path(id: str) -> Path:
    """Where the profile of the set lies, made by `layerloom.data.publish`."""
    return SETS / f"{id}.json"


@cache
def profiles() -> dict[str, DatasetInfo]:
    """The profiles of all built-in sets by id, MNIST first, the others by title. Read once a process."""
    found = [DatasetInfo.model_validate_json(path.read_bytes()) for path in SETS.glob("*.json")]
    found.sort(key=lambda info: (info.id != "mnist", info.title))
    return {info.id: info for info in found}
