"""A run's logs are looked at in TensorBoard inside the app: curves, histograms, the graph."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.server import ROOT, Server

LOG = """
import sys
import keras
import numpy as np

_, model, folder = sys.argv
model = keras.models.load_model(model)
logs = keras.callbacks.TensorBoard(log_dir=folder, histogram_freq=1, write_graph=True, write_images=True)
x, y = np.random.default_rng(1).normal(size=(32, 4)), np.zeros(32)
model.fit(x, y, validation_data=(x, y), epochs=2, verbose=0, callbacks=[logs])
"""


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_tensorboard_shows_curves_histograms_and_the_graph_of_a_run(
    page: Page, server: Server, screenshots: Path
) -> None:
    run, folder = trained(server)
    page.goto(f"/runs/{run}")
    button = page.get_by_role("button", name="TensorBoard", exact=True)
    expect(button).to_be_disabled()

    write_logs(folder)

    page.reload()
    button.click()
    board = page.frame_locator("iframe")
    expect(board.get_by_text("epoch_loss").first).to_be_visible(timeout=60_000)
    expect(board.get_by_text(f"{run}-iris/train").first).to_be_visible()
    page.screenshot(path=screenshots / "tensorboard.png")
    open_tab(board, "Histograms")
    expect(board.get_by_text("hidden_1/kernel/histogram").first).to_be_visible(timeout=30_000)
    open_tab(board, "Graphs")
    board.get_by_text("Conceptual graph").first.click()
    expect(board.locator("tf-graph-scene").first).to_contain_text("iris_species", timeout=30_000)
    page.screenshot(path=screenshots / "tensorboard-graph.png")


def open_tab(board: FrameLocator, name: str) -> None:
    board.get_by_role("tab", name=name).click()


def trained(server: Server) -> tuple[int, Path]:
    """The iris example, trained; the run and its folder."""
    example = json.loads((ROOT / "backend/layerloom/api/examples/iris_mlp.json").read_text(encoding="utf-8"))
    run = server.post("/runs", {"name": "iris", "graph": example["graph"], "recipe": example["recipe"]})["id"]
    return run, Path(server.wait_for_run(run, "finished")["folder"])


def write_logs(folder: Path) -> None:
    model = max((folder / "checkpoints").glob("*/model.keras"))
    arguments = [sys.executable, "-c", LOG, str(model), str(folder / "tensorboard")]
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"}
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
