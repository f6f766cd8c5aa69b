"""What helps before and after a training: the dry run, the learning-rate finder, the reproduction of a run."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.end_to_end.story import node, open_first_page


def open_iris(page: Page) -> None:
    open_first_page(page)
    page.get_by_role("button", name="MNIST MLP").first.click()
    page.get_by_role("menuitem", name="Iris species").click()
    expect(node(page, "hidden_1")).to_be_visible()


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_a_rate_is_found_and_a_run_is_reproduced(page: Page, screenshots: Path) -> None:
    open_iris(page)
    expect(page.get_by_role("button", name="s/epoch")).to_be_visible(timeout=90_000)
    page.screenshot(path=screenshots / "trial.png")
    find_a_rate(page, screenshots)
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.get_by_text("Finished", exact=True).first).to_be_visible(timeout=120_000)

    page.goto("/runs/1")
    page.get_by_role("button", name="Reproduce", exact=True).click()

    expect(page.get_by_text("Equal to the last bit")).to_be_visible(timeout=120_000)
    page.get_by_text("Equal to the last bit").scroll_into_view_if_needed()
    page.screenshot(path=screenshots / "reproduced.png")


def find_a_rate(page: Page, screenshots: Path) -> None:
    """Sweep, move the mark by one step, take what it then stands at."""
    page.get_by_role("button", name="Find a rate").click()
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_text("steepest descent")).to_be_visible(timeout=90_000)
    page.screenshot(path=screenshots / "rates.png")
    mark = page.get_by_role("slider", name="Learning rate")
    mark.focus()
    before = mark.get_attribute("aria-valuenow")
    page.keyboard.press("ArrowRight")
    rate = mark.get_attribute("aria-valuenow")
    assert rate is not None
    assert rate != before
    page.get_by_role("button", name="Take").click()
    field = page.get_by_role("form", name="How to train").get_by_label("learning_rate", exact=True)
    expect(field).to_have_value(f"{float(rate):g}")
