"""A real server in a process of its own, on loopback, for tests and benchmarks."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[1]


@dataclass
class Server:
    """One running `layerloom serve`. `started_s` is how long it took until /api/health answered."""

    process: subprocess.Popen[bytes]
    url: str
    home: Path
    started_s: float

    def get(self, path: str, **query: Any) -> Any:
        """The JSON at this API path. Raises HTTPStatusError for an answer that is not a success."""
        return httpx.get(f"{self.url}/api{path}", params=query, timeout=60).raise_for_status().json()

    def post(self, path: str, body: Any = None) -> Any:
        """The JSON answered to this body. Raises HTTPStatusError for an answer that is not a success."""
        return httpx.post(f"{self.url}/api{path}", json=body, timeout=120).raise_for_status().json()

    def wait_for_run(self, run: int, *states: str, timeout_s: float = 300) -> Any:
        """The run once it is in one of these states. Raises TimeoutError."""
        deadline = time.monotonic() + timeout_s
        while (detail := self.get(f"/runs/{run}"))["state"] not in states:
            if time.monotonic() > deadline:
                raise TimeoutError(f"run {run} is {detail['state']}, not one of {states}, after {timeout_s:g} s")
            time.sleep(0.05)
        return detail

    def kill(self) -> None:
        """End the server as a crash would, without a chance to clean up."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(30)


def free_port() -> int:
    """A loopback port that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(home: Path, port: int | None = None, *options: str) -> Iterator[Server]:
    """A server on `home` for as long as the block lasts. Raises TimeoutError where it does not come up."""
    port = port or free_port()
    home.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "layerloom.cli", "serve", "--port", str(port), "--home", str(home), *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "backend")}
    began = time.monotonic()
    with (home / "server.log").open("ab") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until_healthy(process, url)
        yield Server(process, url, home, time.monotonic() - began)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


def wait_until_healthy(process: subprocess.Popen[bytes], url: str) -> None:
    """Until /api/health answers. Raises RuntimeError where the process ends, TimeoutError after half a minute."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended by itself with exit code {process.returncode}")
        try:
            if httpx.get(f"{url}/api/health", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.02)
    raise TimeoutError("the server did not answer /api/health within 30 s")
