"""The first quarter of an hour of a new user, by mouse and keyboard, on the real MNIST digits."""

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.end_to_end.conftest import VISITOR
from tests.end_to_end.story import draw_one, node, open_first_page, shape, type_into
from tests.server import ROOT, Server, free_port, serve

MNIST = ROOT / "backend/layerloom/data/sets/mnist.npz"


@pytest.mark.alone  # it counts how often the step moves in two seconds
@pytest.mark.timeout(600)
def test_a_new_user_draws_trains_tries_downloads_and_finds_the_run_again(
    browser: Browser, tmp_path: Path, screenshots: Path
) -> None:
    home, port = tmp_path / "home", free_port()
    with serve(home, port) as server:
        page = browser.new_context(**VISITOR, base_url=server.url).new_page()
        open_first_page(page)
        page.screenshot(path=screenshots / "canvas.png")
        see_the_drawing(page)
        change_a_layer(page)
        splice_a_layer_and_take_it_back(page)
        train_and_watch(page, screenshots)
        shown = shown_test_accuracy(page)
        draw_a_digit(page, screenshots)
        downloaded = download(page, tmp_path)
        assert_the_file_is_as_good_as_shown(downloaded, shown, server)
    with serve(home, port):
        find_the_run_again(page, screenshots)
        page.context.close()


def see_the_drawing(page: Page) -> None:
    """The network with a shape on every wire, and the digits."""
    for name in ("image", "Rescaling", "Flatten", "hidden_1", "hidden_2", "Dense", "digit"):
        expect(node(page, name)).to_be_visible()
    for text in ("28×28×1", "784", "200", "100", "10"):
        expect(shape(page, text).first).to_be_visible()
    expect(node(page, "image").locator("canvas").first).to_be_visible()


def change_a_layer(page: Page) -> None:
    """Type a wrong number and a right one; the counts follow, the mistake stands at its field, undo takes it back."""
    node(page, "hidden_1").click()
    type_into(page, "units", "28*8")
    expect(shape(page, "224")).to_be_visible()
    type_into(page, "units", "-1")
    expect(page.get_by_text("problem").first).to_be_visible()
    page.keyboard.press("Escape")
    for _ in range(2):
        page.keyboard.press("Control+Z")
    expect(node(page, "hidden_1")).to_contain_text("157 000")


def splice_a_layer_and_take_it_back(page: Page) -> None:
    """Drag a Dropout from the palette onto a wire."""
    page.get_by_label("Search layers").fill("dropout")
    wire = shape(page, "784").bounding_box()
    assert wire
    entry = page.get_by_role("button", name="Dropout", exact=True).first
    entry.hover()
    page.mouse.down()
    page.mouse.move(wire["x"] + wire["width"] / 2 - 20, wire["y"] + 60, steps=8)
    page.mouse.move(wire["x"] + wire["width"] / 2, wire["y"] + wire["height"] / 2, steps=8)
    page.mouse.up()
    expect(shape(page, "784")).to_have_count(2)
    page.keyboard.press("Control+Z")
    expect(shape(page, "784")).to_have_count(1)
    page.get_by_label("Search layers").fill("")


def train_and_watch(page: Page, screenshots: Path) -> None:
    """Press Train; the step moves several times a second until the run has finished."""
    expect(page.get_by_text("Ready", exact=True)).to_be_visible()
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.get_by_text("Epoch 1 of 5")).to_be_visible(timeout=30_000)
    seen = page.evaluate(
        """async () => {
            const seen = new Set(), until = performance.now() + 2000
            while (performance.now() < until) {
                seen.add(document.body.innerText.match(/step [\\d\\s]+\\/[\\d\\s]+/)?.[0])
                await new Promise(requestAnimationFrame)
            }
            return seen.size
        }"""
    )
    assert seen >= 6, f"the step counter moved {seen} times in two seconds"
    expect(page.get_by_text("Epoch 3 of 5")).to_be_visible(timeout=60_000)
    page.screenshot(path=screenshots / "training.png")
    expect(page.get_by_text("Finished", exact=True).first).to_be_visible(timeout=120_000)


def shown_test_accuracy(page: Page) -> str:
    """The test accuracy as the page shows it, to three places."""
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="accuracy", exact=True)).first
    return row.get_by_role("cell").last.inner_text()


def draw_a_digit(page: Page, screenshots: Path) -> None:
    """Draw a 1 and see it recognised."""
    draw_one(page)
    answer = page.get_by_label("What the model says")
    expect(answer).to_contain_text("%")
    page.wait_for_timeout(600)  # the bars slide to their places
    page.screenshot(path=screenshots / "prediction.png")
    assert answer.inner_text().split()[0] == "1", answer.inner_text()


def download(page: Page, folder: Path) -> Path:
    """The `.keras` file of the run on the screen."""
    page.get_by_role("button", name="Download", exact=True).first.click()
    with page.expect_download() as started:
        page.get_by_role("button", name="Everything: architecture, weights").click()
    page.keyboard.press("Escape")
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def assert_the_file_is_as_good_as_shown(file: Path, shown: str, server: Server) -> None:
    command = [sys.executable, str(Path(__file__).with_name("evaluate_plain.py")), str(file), str(MNIST)]
    accuracy = float(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[-1])
    run = server.get("/runs")["runs"][0]
    events = server.get(f"/runs/{run['id']}/events", after=0, limit=1000)
    told = [event["metrics"]["accuracy"] for event in events if event["kind"] == "evaluation"]
    assert (f"{accuracy:.3f}", [round(value, 6) for value in told]) == (shown, [round(accuracy, 6)])
    assert accuracy >= 0.97


def find_the_run_again(page: Page, screenshots: Path) -> None:
    """After a restart of the server the run is in the history, its curves with it."""
    page.goto("/runs")
    expect(page.get_by_text("Finished").first).to_be_visible()
    page.screenshot(path=screenshots / "runs.png")
    page.get_by_role("link", name="MNIST MLP").first.click()
    expect(page.get_by_text("5 of 5 epochs")).to_be_visible()
    page.wait_for_timeout(600)  # the curves are drawn a frame later
    page.screenshot(path=screenshots / "run.png")
