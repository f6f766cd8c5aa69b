"""How soon the server answers: checks, predictions, and both while it is busy training."""

import json
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from tests.benchmarks.deep_graph import deep_graph
from tests.benchmarks.projects import project
from tests.benchmarks.table import Row, limited, percentile
from tests.server import Server

BUSY_S = 10.0
ASKED_EVERY_S = 0.05


def checks(server: Server, repeats: int) -> list[Row]:
    """Check of 150 layers over HTTP: never seen before, and after one edit in the middle."""
    cold, edited = [], []
    with httpx.Client(base_url=server.url, timeout=60) as client:
        check_ms(client, deep_graph(16))
        for repeat in range(repeats):
            side = 24 + 2 * repeat  # another size makes every node new to the checker's memory
            cold.append(check_ms(client, deep_graph(side)))
            edited.extend(check_ms(client, deep_graph(side, rate=0.01 * (1 + edit))) for edit in range(5))
    return [
        limited("Check of 150 layers, cold", statistics.median(cold), "ms", 500),
        limited("Check of 150 layers, after one edit", statistics.median(edited), "ms", 30),
    ]


def predictions(server: Server) -> list[Row]:
    """One MNIST digit at a time over HTTP, once the model is loaded."""
    made = project("mlp")
    recipe = {**made["recipe"], "fit": {"epochs": 1, "batch_size": 512}}
    run = server.post("/runs", {"graph": made["graph"], "recipe": recipe})["id"]
    server.wait_for_run(run, "finished")
    digits = [row["image"] for row in server.get("/datasets/mnist/rows", split="test", limit=100)["rows"]]
    name = next(iter(recipe["data"]["inputs"]))
    took_ms = []
    with httpx.Client(base_url=server.url, timeout=60) as client:
        for digit in [digits[0], *digits]:
            took_ms.append(post_ms(client, f"/api/runs/{run}/predict", {"inputs": {name: [digit]}})[0])
    return [limited("Predict one digit, warm", statistics.median(took_ms[1:]), "ms", 15)]


def while_training(server: Server) -> list[Row]:
    """Health, and the check of a drawing after an edit, asked again and again while two CNNs train."""
    graph = project("cnn")["graph"]
    health_ms, check_took_ms = [], []
    with training_at_once(server, 2), httpx.Client(base_url=server.url, timeout=60) as client:
        deadline = time.monotonic() + BUSY_S
        while time.monotonic() < deadline:
            began = time.perf_counter()
            client.get("/api/health").raise_for_status()
            health_ms.append(1000 * (time.perf_counter() - began))
            check_took_ms.append(check_ms(client, edited(graph, len(check_took_ms))))
            time.sleep(ASKED_EVERY_S)
    asked = f"{len(health_ms)} times in {BUSY_S:g} s"
    return [
        limited("Health while two runs train, p95", percentile(health_ms, 95), "ms", 300, asked),
        limited("Check while two runs train, p95", percentile(check_took_ms, 95), "ms", 300, asked),
    ]


@contextmanager
def training_at_once(server: Server, count: int) -> Iterator[None]:
    """As many runs at work, each past its first epoch, for as long as the block lasts."""
    made = project("cnn")
    recipe = {**made["recipe"], "fit": {"epochs": 1_000, "batch_size": 512}}
    runs = [server.post("/runs", {"graph": made["graph"], "recipe": recipe})["id"] for _ in range(count)]
    try:
        for run in runs:
            wait_for_epoch(server, run)
        yield
        if any(server.get(f"/runs/{run}")["state"] != "running" for run in runs):
            raise RuntimeError("a run ended while the server was asked")
    finally:
        for run in runs:
            server.post(f"/runs/{run}/stop")
            server.wait_for_run(run, "stopped")


def wait_for_epoch(server: Server, run: int, timeout_s: float = 300) -> None:
    """Until the run has done an epoch. Raises TimeoutError."""
    deadline = time.monotonic() + timeout_s
    while not server.get(f"/runs/{run}")["epochs_done"]:
        if time.monotonic() > deadline:
            raise TimeoutError(f"run {run} has done no epoch in {timeout_s:g} s")
        time.sleep(0.1)


def edited(graph: dict[str, Any], times: int) -> dict[str, Any]:
    """The drawing of a CNN with other filters, so that shapes have to be worked out anew."""
    copied: dict[str, Any] = json.loads(json.dumps(graph))
    first = next(node for node in copied["nodes"] if node["type"] == "Conv2D")
    first["config"]["filters"] = 17 + times
    return copied


def check_ms(client: httpx.Client, graph: dict[str, Any]) -> float:
    """What the check of a drawing that is right takes. Raises RuntimeError for one that is not."""
    took_ms, report = post_ms(client, "/api/graphs/check", {"graph": graph})
    if not report["ready"]:
        raise RuntimeError(str(report["problems"]))
    return took_ms


def post_ms(client: httpx.Client, path: str, body: dict[str, Any]) -> tuple[float, Any]:
    """What the answer to this body takes, and the answer."""
    began = time.perf_counter()
    answer = client.post(path, json=body).raise_for_status()
    return 1000 * (time.perf_counter() - began), answer.json()
