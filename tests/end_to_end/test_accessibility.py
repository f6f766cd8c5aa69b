"""WCAG 2.2 AA as axe-core sees it: no violation on any page, light and dark."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.end_to_end.conftest import VISITOR
from tests.end_to_end.story import a_model_with_code, node, open_first_page
from tests.server import ROOT, Server

AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]


def violations(page: Page, rules: list[str] = RULES) -> list[str]:
    page.evaluate(AXE.read_text())
    found = page.evaluate("rules => axe.run(document, {runOnly: rules}).then(({violations}) => violations)", rules)
    return [f"{rule['id']}: {place['html']} {place['failureSummary']}" for rule in found for place in rule["nodes"]]


@pytest.fixture(scope="module")
def iris_run(server: Server) -> int:
    """The number of a finished run: one epoch of the iris example."""
    [example] = [one for one in server.get("/examples") if one["id"] == "iris_mlp"]
    recipe = {**example["recipe"], "fit": {**example["recipe"]["fit"], "epochs": 1}}
    run = server.post("/runs", {"name": "iris", "graph": example["graph"], "recipe": recipe})
    return int(server.wait_for_run(run["id"], "finished")["id"])


def turn(page: Page, scheme: Literal["light", "dark"]) -> None:
    """Wait until all colours are those of this scheme."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    expect(page.locator(f"html[data-theme={scheme}]")).to_have_count(1)
    page.evaluate("document.getAnimations().forEach((one) => one instanceof CSSTransition && one.finish())")


def light_and_dark(page: Page) -> list[str]:
    """What is wrong in the light; and of what the dark changes, the colours, what is wrong in the dark."""
    light = violations(page)
    turn(page, "dark")
    dark = violations(page, OF_COLOURS)
    turn(page, "light")
    return [*light, *(f"in the dark, {found}" for found in dark)]


def test_no_page_has_a_violation(browser: Browser, server: Server, iris_run: int, tmp_path: Path) -> None:
    context = browser.new_context(**VISITOR, base_url=server.url, color_scheme="light")
    page = context.new_page()
    open_first_page(page)
    page.get_by_role("button", name="Blocks").click()
    page.get_by_role("button", name="Operations").click()
    page.locator("summary").filter(has_text="Arithmetic").click()
    node(page, "hidden_1").click()
    expect(page.get_by_label("units", exact=True)).to_be_visible()
    found = {"build": light_and_dark(page)}
    page.keyboard.press("Escape")
    node(page, "hidden_2").click()
    page.keyboard.press("Control+g")
    node(page, "block").dblclick()
    page.get_by_role("tab", name="Outline").click()
    node(page, "hidden_2").first.click()
    found["opened block"] = light_and_dark(page)
    page.get_by_role("tab", name="Code").click()
    expect(page.get_by_label("Python code, Functional")).to_contain_text("keras.Model(", timeout=30_000)
    found["code"] = light_and_dark(page)
    for path, landmark in (("/data", "MNIST digits"), ("/data/mnist", "Columns"), ("/runs", "Runs")):
        page.goto(path)
        expect(page.get_by_text(landmark, exact=True).first).to_be_visible()
        expect(page.get_by_text("Ready", exact=True)).to_be_visible()
        found[path] = light_and_dark(page)
    (tmp_path / "empty.csv").touch()
    (tmp_path / "plants.csv").write_text("length,kind\n" + "3.5,rose\n4.5,iris\n" * 5)
    page.goto("/data")
    page.get_by_label("Add your data").set_input_files([tmp_path / "empty.csv", tmp_path / "plants.csv"])
    expect(page.get_by_text("is empty")).to_be_visible()
    expect(page.get_by_role("button", name="Start with this data")).to_be_visible()
    found["files being added"] = light_and_dark(page)
    page.get_by_role("link", name="Look at it").click()
    page.get_by_label("Kind of kind").select_option("text")
    found["own dataset"] = light_and_dark(page)
    page.goto(f"/runs/{iris_run}")
    expect(page.get_by_role("img", name="Values of", exact=False).first).to_be_visible()
    found["run"] = light_and_dark(page)
    page.get_by_role("button", name="Download", exact=True).click()
    expect(page.get_by_role("button", name="ONNX")).to_be_visible()
    found["files of a run"] = light_and_dark(page)
    page.goto("/")
    page.get_by_role("tab", name="Data").click()
    expect(page.get_by_role("heading", name="Split")).to_be_visible()
    found["data tab"] = light_and_dark(page)
    page.get_by_role("tab", name="Training").click()
    page.locator('input[type="file"]').set_input_files(a_model_with_code(tmp_path))
    page.get_by_role("region", name="Not taken over from code.json").get_by_role("button", name="odd").click()
    found["import problems"] = light_and_dark(page)
    context.close()
    assert {where: what for where, what in found.items() if what} == {}
