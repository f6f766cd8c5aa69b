"""The logs of runs as TensorBoard wants them: one folder that holds, by a name that a person knows, a link to each.

TensorBoard shows the path of a log as the name of its run, and would show `7/tensorboard/train` for the folder itself.
"""

import re
from collections.abc import Mapping
from pathlib import Path

LOGS = "tensorboard"
"""In the folder of a run: what Keras's `TensorBoard` callback writes."""
MAX_NAME = 60


def logged(runs_folder: Path) -> list[int]:
    """The runs that have written something for TensorBoard, by id, oldest first."""
    found = (path.parent.parent.name for path in runs_folder.glob(f"*/{LOGS}/*"))
    return sorted({int(name) for name in found if name.isascii() and name.isdigit()})


def link(runs_folder: Path, names: Mapping[int, str], into: Path) -> None:
    """Make `into` hold a link for each of these runs, named by its id and name, and no other."""
    into.mkdir(parents=True, exist_ok=True)
    wanted = {_file_name(id, name): runs_folder.absolute() / str(id) / LOGS for id, name in names.items()}
    for left in into.iterdir():
        if left.name not in wanted:
            left.unlink()
    for name, logs in wanted.items():
        if not (into / name).is_symlink():
            (into / name).symlink_to(logs, target_is_directory=True)


def _file_name(id: int, name: str) -> str:
    words = re.sub(r"[^\w.-]+", "-", name).strip("-._")[:MAX_NAME]
    return f"{id}-{words}" if words else str(id)
