"""No config reaches outside: paths, addresses and module names in every argument open nothing and connect to nothing.

Python's audit events see what Python opens; inotify also sees what TensorFlow opens from C++.
"""

import ctypes
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tensorflow as tf
from pydantic import JsonValue

from layerloom.catalog import Entry
from layerloom.graph.document import Node
from layerloom.modeling.mistakes import ConfigError
from layerloom.modeling.objects import make, make_layer
from layerloom.modeling.reflection import entries
from layerloom.recipe import KerasObject

CANARY = "layerloom-canary"
IN_ACCESS, IN_MODIFY, IN_OPEN = 0x1, 0x2, 0x20
CONNECTS = {"socket.connect", "socket.getaddrinfo", "urllib.Request", "subprocess.Popen", "os.system"}
heard: list[str] = []


def listen(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook can not be taken away again: it only looks at what is named after the canary."""
    if event in CONNECTS or (event in ("open", "import", "os.remove", "shutil.rmtree") and CANARY in str(arguments)):
        heard.append(f"{event} {arguments}")


sys.addaudithook(listen)


class Watch:
    """Counts what anyone in this process or another does to one file."""

    def __init__(self, path: Path) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        self._queue = libc.inotify_init1(os.O_NONBLOCK)
        libc.inotify_add_watch(self._queue, os.fsencode(path), IN_ACCESS | IN_MODIFY | IN_OPEN)

    def happened(self) -> bool:
        """Whether anything happened since the last call."""
        try:
            return bool(os.read(self._queue, 65_536))
        except BlockingIOError:
            return False

    def close(self) -> None:
        """Stops watching."""
        os.close(self._queue)


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    path = tmp_path / f"{CANARY}.txt"
    path.write_text("secret\nwords\n")
    return path


@pytest.fixture
def watch(canary: Path) -> Iterator[Watch]:
    if not sys.platform.startswith("linux"):
        pytest.skip("inotify is Linux's")
    watching = Watch(canary)
    yield watching
    watching.close()


def baits(path: Path) -> list[JsonValue]:
    texts = [str(path), f"file://{path}", f"http://127.0.0.1:9/{CANARY}", f"{CANARY}.module", f"lambda: open('{path}')"]
    return [
        *texts,
        [texts[0]],
        [texts[0]] * 2,
        {"type": texts[0]},
        {"type": "Lambda", "config": {"function": texts[0]}},
        {"class_name": "Lambda", "module": "keras.layers", "config": {"function": texts[3]}, "registered_name": None},
    ]


def attempt(family: str, entry: Entry, config: dict[str, JsonValue]) -> None:
    try:
        if family == "layers":
            make_layer(Node(id="n1", type=entry.type, config=config), name="made")
        else:
            make(family, KerasObject(type=entry.type, config=config))
    except ConfigError:
        return


def test_the_watch_sees_what_tensorflow_opens(canary: Path, watch: Watch) -> None:
    tf.io.gfile.GFile(str(canary)).read()

    assert watch.happened()


@pytest.mark.parametrize(
    "family",
    [
        "layers",
        "optimizers",
        "callbacks",
        "losses",
        "metrics",
        "schedules",
        "initializers",
        "regularizers",
        "constraints",
    ],
)
def test_no_argument_of_any_class_opens_a_file_or_an_address(family: str, canary: Path, watch: Watch) -> None:
    offered = [entry for entry in entries(family).values() if entry.type not in ("Input", "Output")]
    heard.clear()

    for entry in offered:
        needed = {each.name: each.suggestion for each in entry.parameters if each.required}
        for parameter in entry.parameters:
            for bait in baits(canary):
                attempt(family, entry, {**needed, parameter.name: bait})

    assert (list(heard), watch.happened()) == ([], False)
    assert canary.read_text() == "secret\nwords\n"
