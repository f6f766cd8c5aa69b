"""A trained model leaves the page as a file of another runtime, and is looked into."""

from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from playwright.sync_api import Page, expect

from tests.end_to_end.story import node, open_first_page
from tests.server import Server

FLOWER = [5.1, 3.5, 1.4, 0.2]


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_model_is_taken_as_onnx_and_looked_into(
    page: Page, server: Server, tmp_path: Path, screenshots: Path
) -> None:
    run = train_iris(page, server)
    see_trained_weights_in_build(page, screenshots)
    page.goto(f"/runs/{run}")
    file = download_onnx(page, tmp_path, screenshots)
    assert_answers_alike(file, server, run)
    open_a_layer(page, screenshots)


def train_iris(page: Page, server: Server) -> int:
    """The iris example, trained; the number of the run."""
    open_first_page(page)
    page.get_by_role("button", name="MNIST MLP").first.click()
    page.get_by_role("menuitem", name="Iris species").click()
    node(page, "hidden_1").click()
    expect(page.get_by_role("heading", name="Initial weights")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.get_by_text("Finished", exact=True).first).to_be_visible(timeout=120_000)
    return int(server.get("/runs")["runs"][0]["id"])


def see_trained_weights_in_build(page: Page, screenshots: Path) -> None:
    """The inspector now tells of the newest checkpoint."""
    weights = page.get_by_role("region", name="Weights", exact=True)
    expect(weights).to_contain_text("Weights, epoch")
    weights.scroll_into_view_if_needed()
    page.screenshot(path=screenshots / "weights.png")


def download_onnx(page: Page, folder: Path, screenshots: Path) -> Path:
    """Ask for ONNX in the menu of files; it is tried, then handed over."""
    page.get_by_role("button", name="Download", exact=True).click()
    with page.expect_download(timeout=60_000) as started:
        page.get_by_role("button", name="ONNX").click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    expect(page.get_by_role("button", name="ONNX")).to_contain_text("tried: differs by")
    page.screenshot(path=screenshots / "files.png")
    page.keyboard.press("Escape")
    return path


def assert_answers_alike(file: Path, server: Server, run: int) -> None:
    session = onnxruntime.InferenceSession(file)
    [given] = session.get_inputs()
    [answer] = session.run(None, {given.name: np.array([FLOWER], np.float32)})
    asked = server.post(f"/runs/{run}/predict", {"inputs": {given.name: [FLOWER]}})
    [expected] = asked["outputs"].values()
    assert answer[0].tolist() == pytest.approx(expected[0], abs=1e-5)


def open_a_layer(page: Page, screenshots: Path) -> None:
    """Its histogram, its values as colours, and the file of its values."""
    page.get_by_role("button", name="hidden_2 Dense").click()
    expect(page.get_by_role("img", name="Histogram of kernel")).to_be_visible()
    expect(page.get_by_role("img", name="Values of kernel, 16 × 16, as colours")).to_be_visible()
    with page.expect_download() as started:
        page.get_by_role("link", name="Download kernel as .npy").click()
    assert np.load(started.value.path(), allow_pickle=False).shape == (16, 16)
    page.get_by_role("heading", name="Layers").scroll_into_view_if_needed()
    page.screenshot(path=screenshots / "layers.png")


def test_a_drawing_is_saved_as_a_picture_and_as_an_architecture(page: Page) -> None:
    open_first_page(page)
    taken = {name: saved(page, name) for name in ("Picture of the drawing .png", "Architecture, JSON .json")}
    assert {name: content[:4] for name, content in taken.items()} == {
        "Picture of the drawing .png": b"\x89PNG",
        "Architecture, JSON .json": b"{\n  ",
    }


def saved(page: Page, item: str) -> bytes:
    page.get_by_role("button", name="MNIST MLP").first.click()
    with page.expect_download(timeout=60_000) as started:
        page.get_by_role("menuitem", name=item).click()
    return Path(started.value.path()).read_bytes()
