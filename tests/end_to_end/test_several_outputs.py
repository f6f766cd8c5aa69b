"""The course's network with two inputs and two outputs, in the browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.end_to_end.story import open_first_page


@pytest.mark.slow
def test_two_inputs_and_two_outputs_train_and_show_both_losses(page: Page, screenshots: Path) -> None:
    open_first_page(page)
    page.get_by_role("button", name="MNIST MLP").first.click()
    page.get_by_role("menuitem", name="Two inputs, two outputs").click()
    expect(page.get_by_text("sum_output").first).to_be_visible()
    expect(page.get_by_text("Ready", exact=True)).to_be_visible()
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.get_by_text("Finished", exact=True).first).to_be_visible(timeout=60_000)
    page.screenshot(path=screenshots / "several_outputs.png")
    rows = page.get_by_role("table").get_by_role("rowheader").all_inner_texts()
    assert {"loss", "main output loss", "sum output loss", "main output mae", "sum output mae"} <= set(rows), rows
