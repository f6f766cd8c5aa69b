"""A run's logs are looked at in TensorBoard inside the app: curves, histograms, the graph."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.server import ROOT, Server

LOGS = {"type": "TensorBoard", "config": {"histogram_freq": 1, "write_graph": True, "write_images": True}}


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_tensorboard_shows_curves_histograms_and_the_graph_of_a_run(
    page: Page, server: Server, screenshots: Path
) -> None:
    run = trained(server, callbacks=[LOGS])

    page.goto(f"/runs/{run}")
    page.get_by_role("button", name="TensorBoard", exact=True).click()

    board = page.frame_locator("iframe")
    expect(board.get_by_text("epoch_loss").first).to_be_visible(timeout=60_000)
    expect(board.get_by_text(f"{run}-iris/train").first).to_be_visible()
    page.screenshot(path=screenshots / "tensorboard.png")
    open_tab(board, "Histograms")
    expect(board.get_by_text("hidden_1/kernel/histogram").first).to_be_visible(timeout=30_000)
    open_tab(board, "Graphs")
    graph = board.locator("tf-graph-scene").first
    expect(graph).to_contain_text("__inference_tr", timeout=30_000)
    page.screenshot(path=screenshots / "tensorboard-run-graph.png")
    choose_tag(board, "keras")
    board.get_by_text("Conceptual graph").first.click()
    expect(graph).to_contain_text("iris_species", timeout=30_000)
    page.screenshot(path=screenshots / "tensorboard-graph.png")


@pytest.mark.slow
def test_a_run_without_logs_has_nothing_to_open_in_tensorboard(page: Page, server: Server) -> None:
    run = trained(server, callbacks=[])

    page.goto(f"/runs/{run}")

    expect(page.get_by_role("button", name="TensorBoard", exact=True)).to_be_disabled()


def open_tab(board: FrameLocator, name: str) -> None:
    board.get_by_role("tab", name=name).click()


def choose_tag(board: FrameLocator, name: str) -> None:
    """Of the graphs of the run, the one with this tag; the run's own has none and is called Default."""
    board.locator("tf-graph-controls paper-dropdown-menu").nth(1).click()
    board.locator("tf-graph-controls paper-item").get_by_text(name, exact=True).click()


def trained(server: Server, callbacks: list[dict[str, Any]]) -> int:
    """The iris example, trained in the app with these callbacks."""
    example = json.loads((ROOT / "backend/layerloom/api/examples/iris_mlp.json").read_text(encoding="utf-8"))
    recipe = {**example["recipe"], "callbacks": callbacks}
    run = int(server.post("/runs", {"name": "iris", "graph": example["graph"], "recipe": recipe})["id"])
    server.wait_for_run(run, "finished")
    return run
