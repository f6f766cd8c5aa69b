"""WCAG 2.2 AA as axe-core sees it: no violation on any page, light and dark."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.end_to_end.story import node, open_first_page
from tests.server import ROOT, Server

AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}"


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    found = page.evaluate(f"axe.run(document, {RULES}).then(({{violations}}) => violations)")
    return [f"{rule['id']}: {place['html']}" for rule in found for place in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_violation(browser: Browser, server: Server, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": 1440, "height": 900},
        base_url=server.url,
        color_scheme=scheme,
        reduced_motion="reduce",  # colours half way between two states are nobody's choice
    )
    page = context.new_page()
    open_first_page(page)
    node(page, "hidden_1").click()
    expect(page.get_by_label("units", exact=True)).to_be_visible()
    found = {"build": violations(page)}
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Blocks").click()
    node(page, "hidden_2").click()
    page.keyboard.press("Control+g")
    node(page, "block").dblclick()
    page.get_by_role("tab", name="Outline").click()
    node(page, "hidden_2").first.click()
    found["opened block"] = violations(page)
    page.get_by_role("tab", name="Code").click()
    expect(page.get_by_label("Python code, Functional")).to_contain_text("keras.Model(", timeout=30_000)
    found["code"] = violations(page)
    for path, landmark in (("/data", "MNIST digits"), ("/data/mnist", "Columns"), ("/runs", "Runs")):
        page.goto(path)
        expect(page.get_by_text(landmark, exact=True).first).to_be_visible()
        expect(page.get_by_text("Ready", exact=True)).to_be_visible()
        found[path] = violations(page)
    context.close()
    assert {where: what for where, what in found.items() if what} == {}
