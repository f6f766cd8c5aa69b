"""How the layers of a run learn, as its page shows it: on wires and nodes, look by look, and what went wrong."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.api.building import iris_run
from tests.end_to_end.story import node, open_first_page, type_into
from tests.end_to_end.test_accessibility import violations
from tests.server import Server

DIVERGING = {"type": "SGD", "config": {"learning_rate": 1e30}}


def open_iris(page: Page) -> None:
    open_first_page(page)
    page.get_by_role("button", name="MNIST MLP").first.click()
    page.get_by_role("menuitem", name="Iris species").click()
    expect(node(page, "hidden_1")).to_be_visible()


def pin_first_row(page: Page) -> None:
    """Pin the first row at the Input of the drawing, which was never trained."""
    node(page, "measurements").click()
    page.get_by_role("group", name="Pinned samples").get_by_role("button", name="Pin", exact=True).click()
    expect(page.get_by_role("status", name="Pinned samples")).to_contain_text("Row 1 · before training")


def vectors(page: Page, name: str) -> list[str]:
    """The pictures under a node of what it makes of each pinned sample, as data."""
    pictures = node(page, name).locator("[data-kind=vector] canvas")
    expect(pictures).to_have_count(1)
    return [str(one.evaluate("canvas => canvas.toDataURL()")) for one in pictures.all()]


@pytest.mark.alone  # a busy machine has time for one look alone
def test_gradients_lie_on_the_wires_and_are_scrubbed_back(page: Page, screenshots: Path) -> None:
    open_iris(page)
    type_into(page, "epochs", "70")
    pin_first_row(page)
    untrained = vectors(page, "hidden_1")
    expect(page.get_by_role("button", name="s/epoch")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.get_by_text("Finished", exact=True).first).to_be_visible(timeout=120_000)
    samples = page.get_by_role("status", name="Pinned samples")
    expect(samples).to_contain_text("Row 1 · after epoch 70")
    assert vectors(page, "hidden_1") not in ([], untrained)
    page.screenshot(path=screenshots / "pinned.png")
    page.goto("/runs")
    page.get_by_role("link", name="Iris species").first.click()
    drawing = page.get_by_role("application")
    learning = page.get_by_role("group", name="Learning")
    expect(learning.get_by_text("epoch 70")).to_be_visible()
    gradients = drawing.get_by_title("Gradient of the loss by what flows here")
    at_the_end = gradients.all_inner_texts()
    drawing.scroll_into_view_if_needed()
    page.screenshot(path=screenshots / "learning.png")
    found = violations(page)

    learning.get_by_role("slider").press("Home")

    expect(learning.get_by_text("epoch 1", exact=True)).to_be_visible()
    at_the_beginning = gradients.all_inner_texts()
    rings = node(page, "hidden_1").locator("[class*=ring]").count()
    steps = node(page, "hidden_1").get_by_title("A step moves these weights").count()
    assert (len(at_the_end), at_the_beginning == at_the_end, rings, steps, found) == (4, False, 1, 1, [])

    learning.get_by_role("button", name="Learning").click()

    expect(gradients).to_have_count(0)


def test_a_run_that_diverges_names_its_layer_on_the_drawing_and_in_a_list(page: Page, server: Server) -> None:
    body = iris_run()
    body["recipe"]["compile"]["optimizer"] = DIVERGING
    run = server.post("/runs", body)["id"]
    server.wait_for_run(run, "failed")

    page.goto(f"/runs/{run}")

    found = page.get_by_role("list", name="What was found").get_by_role("listitem")
    expect(found).to_have_count(1)
    expect(found).to_contain_text("'dense' is the first layer with outputs that are NaN or infinite")
    expect(node(page, "8 · relu").get_by_text("1 finding")).to_be_visible()
    assert violations(page) == []
