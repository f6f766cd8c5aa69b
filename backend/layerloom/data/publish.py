"""Writing the profiles of the built-in sets, to be committed: `python -m layerloom.data.publish`."""

from layerloom.data import builtin
from layerloom.data.dataset import DatasetInfo
from layerloom.data.description import Description
from layerloom.data.prepare import describe, load


def current_profile(id: str) -> DatasetInfo:
    """The profile as its file and description give it today."""
    description = Description.read(builtin.description_path(id))
    return describe(description, load(description))


def main() -> None:
    """Write the profile of every described set."""
    for path in sorted(builtin.SETS.glob("*.toml")):
        text = current_profile(path.stem).model_dump_json()
        builtin.profile_path(path.stem).write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
