"""How soon readers of a run's stream hear what happens, with one among them who does not read, and with very many."""

import asyncio
import json
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager, contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import httpx
from websockets.asyncio.client import connect

from tests.benchmarks.projects import project
from tests.benchmarks.table import Row, limited, percentile
from tests.server import ROOT, free_port, wait_until_healthy

HEALTHY, CROWD = 20, 300
LISTEN_S, CROWD_S = 60.0, 10.0
SETTLED_S = 2.0
LARGE, SMALL = 2_000, 100
"""Bytes of an event: large ones fill the buffers between server and reader within seconds."""
STALLED_BUFFER = 4_096
TURNS, WARM_S, ENDLESS = 3, 15.0, 10_000
TRAINING_SPEED = 0.98


def readers(home: Path) -> list[Row]:
    """Both situations, each on a server of its own; the first one also trains."""
    with news(home / "stalled", rate=100, size=LARGE) as url:
        late_ms, gone_s, slower = asyncio.run(beside_a_training(url))
    with news(home / "crowd", rate=10, size=SMALL) as url:
        crowd_ms = asyncio.run(crowd(url))
    return [
        limited("A stalled reader is let go of after", gone_s, "s", 10, "100 events of 2 kB a second"),
        limited(f"{HEALTHY} readers beside it, p99", percentile(late_ms, 99), "ms", 250, f"{len(late_ms):,} events"),
        slower,
        limited(f"{CROWD} readers, p99", percentile(crowd_ms, 99), "ms", 500, f"{len(crowd_ms):,} events, 10 a second"),
    ]


class Heard(NamedTuple):
    """What one reader heard once things had settled: each frame, and when. Looked into afterwards, for that is work."""

    frames: list[tuple[float, str | bytes]]

    def lateness_ms(self) -> list[float]:
        """How late each event arrived. Raises RuntimeError for a gap."""
        told = [(at, event) for at, frame in self.frames for event in json.loads(frame)]
        for (_, before), (_, event) in pairwise(told):
            if event["seq"] != before["seq"] + 1:
                raise RuntimeError(f"event {before['seq'] + 1} is missing before {event['seq']}")
        return [1_000 * (at - event["at"]) for at, event in told]


async def beside_a_stalled_one(url: str) -> tuple[list[Heard], float]:
    """What the healthy readers hear, and after how many seconds the stalled one is let go of."""
    began = time.monotonic()
    after = newest(url)
    with stalled(url):
        healthy = [asyncio.create_task(hear(url, LISTEN_S, after)) for _ in range(HEALTHY)]
        gone_s = await let_go(url, began, others=1)
        heard = await asyncio.gather(*healthy)
    return heard, gone_s


async def beside_a_training(url: str) -> tuple[list[float], float, Row]:
    """The same while the server trains, and what it costs that: seconds for a thousand steps with readers and without.

    Silence and readers come in turns, since machines slow down and speed up by themselves.
    """
    late_ms: list[float] = []
    gone_s: list[float] = []
    with_readers: list[float] = []
    without: list[float] = []
    async with trained(url) as clock:
        for _ in range(TURNS):
            without.append(await clock.thousand_steps_s(asyncio.sleep(LISTEN_S)))
            heard = asyncio.create_task(beside_a_stalled_one(url))
            with_readers.append(await clock.thousand_steps_s(heard))
            readers, gone = heard.result()
            late_ms += [late for reader in readers for late in reader.lateness_ms()]
            gone_s.append(gone)
    what = f"1,000 steps beside {HEALTHY} readers and a stalled one, and alone"
    slower = Row(what, statistics.median(with_readers), statistics.median(without), "s", 1 / TRAINING_SPEED)
    return late_ms, max(gone_s), slower


class StepClock:
    """How far a run is, from its stream."""

    def __init__(self) -> None:
        self._told: list[tuple[float, int]] = []

    def hear(self, event: Any) -> None:
        """Take the next event."""
        if event["kind"] == "step":
            self._told.append((event["at"], event["global_step"]))

    async def thousand_steps_s(self, meanwhile: Awaitable[object]) -> float:
        """Seconds for a thousand steps, while something else goes on."""
        first = len(self._told) - 1
        await meanwhile
        (began, step), (ended, last) = self._told[first], self._told[-1]
        return 1_000 * (ended - began) / (last - step)


@asynccontextmanager
async def trained(url: str) -> AsyncIterator[StepClock]:
    """A training on this server for as long as the block lasts."""
    made = project("mlp")
    recipe = {**made["recipe"], "fit": {**made["recipe"]["fit"], "epochs": ENDLESS}}
    clock = StepClock()
    async with httpx.AsyncClient(base_url=url, timeout=60) as client:
        body = {"name": "mlp", "graph": made["graph"], "recipe": recipe}
        run = (await client.post("/api/runs", json=body)).raise_for_status().json()["id"]
        following = asyncio.create_task(_follow(url, run, clock))
        await asyncio.sleep(WARM_S)
        yield clock
        following.cancel()
        (await client.post(f"/api/runs/{run}/stop")).raise_for_status()


async def _follow(url: str, run: int, clock: StepClock) -> None:
    async with connect(f"{url.replace('http', 'ws')}/api/runs/{run}/stream?after=0", max_size=None) as reader:
        async for frame in reader:
            for event in json.loads(frame):
                clock.hear(event)


async def crowd(url: str) -> list[float]:
    """How late events reach very many readers, in ms."""
    after = newest(url)
    readers = await asyncio.gather(*(hear(url, CROWD_S, after) for _ in range(CROWD)))
    return [late for reader in readers for late in reader.lateness_ms()]


async def hear(url: str, listen_s: float, after: int) -> Heard:
    """Read what comes after number `after` for so long, once things have settled."""
    frames: list[tuple[float, str | bytes]] = []
    async with connect(f"{url.replace('http', 'ws')}/api/runs/1/stream?after={after}", open_timeout=30) as reader:
        settled = time.monotonic() + SETTLED_S
        while time.monotonic() < settled + listen_s:
            frame = await reader.recv()
            if time.monotonic() > settled:
                frames.append((time.time(), frame))
    return Heard(frames)


def newest(url: str) -> int:
    """The number of the newest event: readers come for the news, not for what was."""
    return int(httpx.get(f"{url}/api/runs/1", timeout=60).raise_for_status().json()["last_seq"])


@contextmanager
def stalled(url: str) -> Iterator[None]:
    """A reader who opens the stream and never reads."""
    address = httpx.URL(url)
    with socket.socket() as reader:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, STALLED_BUFFER)
        reader.connect((address.host, address.port))
        reader.sendall(
            f"GET /api/runs/1/stream?after={newest(url)} HTTP/1.1\r\n"
            f"Host: {address.host}:{address.port}\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
            "".encode()
        )
        yield


async def let_go(url: str, began: float, others: int) -> float:
    """When the server counts the healthy readers alone, beside `others`; LISTEN_S where it never does."""
    most = 0
    async with httpx.AsyncClient(base_url=url, timeout=30) as client:
        while time.monotonic() - began < LISTEN_S:
            count = (await client.get("/api/streams")).raise_for_status().json()
            most = max(most, count)
            if most == others + HEALTHY + 1 and count == others + HEALTHY:
                return time.monotonic() - began
            await asyncio.sleep(0.05)
    return LISTEN_S


@contextmanager
def news(home: Path, rate: int, size: int) -> Iterator[str]:
    """The address of a server whose only run says so many events a second, each of about so many bytes."""
    port = free_port()
    command = [sys.executable, "-m", "tests.benchmarks.news_server", *map(str, (home, port, rate, size))]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        wait_until_healthy(process, f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)
