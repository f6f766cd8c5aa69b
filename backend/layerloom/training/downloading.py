"""The process that fetches one of Keras's datasets and makes it one of ours.

`python -m layerloom.training.downloading FOLDER HOME`. Keras keeps what it fetches in a folder that goes with this
process; what already lies in the person's own Keras cache is taken from there, if its hash is right.
"""

import importlib
import os
import shutil
import socket
import sys
import tempfile
import threading
from functools import partial
from pathlib import Path
from typing import Any

from layerloom.data import builtin, process
from layerloom.data.dataset import DatasetInfo
from layerloom.data.downloads import DOWNLOADABLE, Downloadable, Fetch
from layerloom.data.ingest import described, stored
from layerloom.data.own import OwnSets
from layerloom.data.process import Work
from layerloom.data.reading.source import Source, Unreadable
from layerloom.data.source import fingerprint
from layerloom.data.uploads import ORDER

CONNECT_S = 10.0
LOOK_S = 0.2
ENOUGH = 0.99


def fetch(wanted: Downloadable, home: Path, work: Work) -> str:
    """The id of the set, fetched, checked and stored. Raises Unreadable `no-network`."""
    work.report("downloading", 0.0)
    cache = work.scratch / "datasets"
    cache.mkdir()
    _take_from_cache(wanted, cache)
    with _Watch(wanted, cache, work):
        source = _loaded(wanted, work.scratch)
    return publish(wanted, source, fingerprint(cache / wanted.files[0]), home, work).id


def publish(wanted: Downloadable, source: Source, print_of_file: str, home: Path, work: Work) -> DatasetInfo:
    """What was fetched as a set; the one there is if it was fetched before."""
    own = OwnSets(home)
    known = [info for info in own.list() if info.source == "download" and info.fingerprint == print_of_file]
    if known:
        return known[0]
    draft = own.draft(work.scratch)
    columns = stored(source, draft, work.report)
    info = described(source, draft, columns, wanted.title, print_of_file, wanted.size_bytes)
    said: dict[str, Any] = wanted.model_dump(include={"description", "licence", "origin", "task"})
    said |= {"source": "download", "id": wanted.name, "reading": None}
    return own.publish(draft, info.model_copy(update=said), set(builtin.profiles()))


def _loaded(wanted: Downloadable, keras_home: Path) -> Source:
    """What Keras loads; imported only now, since it looks for its folder while it is imported."""
    os.environ["KERAS_HOME"] = str(keras_home)
    socket.setdefaulttimeout(CONNECT_S)
    loaders = importlib.import_module("layerloom.training.fetched").LOADERS
    try:
        source: Source = loaders[wanted.name]()
    except Exception as error:  # Keras raises a bare Exception for each failure of its network
        raise Unreadable("no-network", _no_network(wanted, error)) from error
    return source


def _no_network(wanted: Downloadable, error: Exception) -> str:
    said = str(error).splitlines()[0] if str(error) else type(error).__name__
    return (
        f"{wanted.title} could not be fetched from {wanted.host}: {said}. Allow this server to reach that address, or "
        f"put {' and '.join(wanted.files)} into the folder .keras/datasets of its home, and try again."
    )


def _take_from_cache(wanted: Downloadable, cache: Path) -> None:
    """Copies of what Keras fetched before; a copy, because Keras writes over a file whose hash is wrong."""
    known = Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras") / "datasets"
    for name in wanted.files:
        if (known / name).is_file():
            shutil.copyfile(known / name, cache / name)


class _Watch:
    """Tells how much has arrived, by the size of the files, while Keras fetches."""

    def __init__(self, wanted: Downloadable, cache: Path, work: Work) -> None:
        self._wanted = wanted
        self._cache = cache
        self._work = work
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(LOOK_S):
            places = [self._cache / name for name in self._wanted.files]
            arrived = sum(place.stat().st_size for place in places if place.exists())
            self._work.report("downloading", min(ENOUGH, arrived / self._wanted.size_bytes))


def main(folder: Path, home: Path) -> None:
    """Fetch what was ordered, and leave its id as the answer."""
    order = Fetch.model_validate_json((folder / ORDER).read_bytes())
    wanted = DOWNLOADABLE[order.name]
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        work = Work(Path(scratch), process.Reporter(folder).tell, order.limits)
        said = process.answer(partial(fetch, wanted, home, work), wanted.title, order.limits)
    process.leave(folder, said)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
