"""Blocks and shared layers in the browser: grouped, repeated, opened, trained; drawn twice, counted once."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.end_to_end.story import node, open_first_page, shape, type_into


def select_both(page: Page, one: str, other: str) -> None:
    node(page, one).click()
    page.keyboard.down("Shift")
    node(page, other).click()
    page.keyboard.up("Shift")


def ready(page: Page, parameters: str) -> None:
    """Wait until Keras accepts the drawing with so many parameters (thin spaces between thousands)."""
    expect(page.get_by_role("button", name=f"Ready {parameters} parameters")).to_be_visible()


def test_two_layers_become_a_block_that_is_repeated_opened_and_trained(page: Page, screenshots: Path) -> None:
    open_first_page(page)
    select_both(page, "hidden_1", "hidden_2")
    page.keyboard.press("Control+g")
    expect(page.locator(".react-flow__node")).to_have_count(6)
    ready(page, "178\u2009110")

    type_into(page, "repeat", "3")
    ready(page, "258\u2009710")
    expect(node(page, "block").get_by_text("×3")).to_be_visible()
    page.screenshot(path=screenshots / "block_repeated.png")

    node(page, "block").dblclick()
    expect(page.get_by_role("navigation", name="Opened blocks").get_by_text("block")).to_be_visible()
    expect(shape(page, "784")).to_be_visible()
    node(page, "hidden_2").click()
    page.get_by_label("units", exact=True).hover()
    page.get_by_role("button", name="Make units a parameter of the block").click()
    expect(page.get_by_text("parameter units")).to_be_visible()
    page.screenshot(path=screenshots / "block_opened.png")

    page.get_by_role("navigation", name="Opened blocks").get_by_role("button", name="MNIST MLP").click()
    type_into(page, "units", "50")
    ready(page, "208\u2009060")
    type_into(page, "epochs", "1")
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.get_by_text("Finished", exact=True).first).to_be_visible(timeout=60_000)


def test_a_block_is_unpacked_into_the_layers_it_was_made_of(page: Page) -> None:
    open_first_page(page)
    select_both(page, "hidden_1", "hidden_2")
    page.keyboard.press("Control+g")
    ready(page, "178\u2009110")

    page.get_by_role("button", name="Unpack").click()

    expect(node(page, "block_hidden_1")).to_be_visible()
    ready(page, "178\u2009110")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(node(page, "hidden_1")).to_be_visible()
    expect(page.locator(".react-flow__node")).to_have_count(7)


def test_nodes_that_can_not_be_a_block_are_refused_in_words(page: Page) -> None:
    open_first_page(page)
    select_both(page, "Flatten", "hidden_2")
    page.keyboard.press("Control+g")

    expect(page.get_by_text("a path leaves them and comes back in")).to_be_visible()
    expect(page.locator(".react-flow__node")).to_have_count(7)


def test_a_block_of_the_library_goes_behind_the_selected_layer_and_can_not_hold_itself(page: Page) -> None:
    open_first_page(page)
    node(page, "Rescaling").click()
    page.get_by_label("Search layers").fill("residual")
    page.get_by_role("button", name="Residual", exact=True).click()
    expect(node(page, "residual")).to_be_visible()
    expect(shape(page, "28×28×1").first).to_be_visible()

    page.keyboard.press("Escape")
    node(page, "residual").dblclick()
    page.get_by_label("Search layers").fill("residual")
    page.get_by_role("button", name="residual", exact=True).click()
    expect(page.get_by_text("A block can not contain itself")).to_be_visible()


def test_a_shared_layer_is_drawn_twice_and_counted_once(page: Page, screenshots: Path) -> None:
    open_first_page(page)
    node(page, "hidden_2").click()
    page.keyboard.press("Control+Shift+d")
    expect(page.get_by_text("This node calls the layer of hidden_2 again")).to_be_visible()
    expect(page.get_by_label("shared with hidden_2")).to_be_visible()
    page.screenshot(path=screenshots / "shared_layer.png")

    shared = page.locator(".react-flow__node").filter(has=page.get_by_label("shared with hidden_2"))
    node(page, "hidden_1").locator(".react-flow__handle.source").drag_to(shared.locator(".react-flow__handle.target"))
    type_into(page, "units", "80")
    expect(node(page, "hidden_2").get_by_text("80 · relu")).to_be_visible()
    expect(page.get_by_text("173\u2009890 parameters")).to_be_visible()

    page.locator(".react-flow__pane").click(position={"x": 500, "y": 60})
    node(page, "hidden_2").click()
    page.keyboard.press("Delete")
    expect(page.get_by_label("shared with hidden_2")).to_have_count(0)
    expect(shared).to_have_count(0)
    expect(node(page, "80 · relu")).to_be_visible()
