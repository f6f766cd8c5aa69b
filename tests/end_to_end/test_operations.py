"""Operations in the browser: found by a sign, wired, given numbers; outputs that follow the config."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.end_to_end.story import node, open_first_page, type_into


def add_by_search(page: Page, text: str, name: str, at: tuple[int, int]) -> Locator:
    """Ask for a node at a free place of the canvas by typing `text`, and take the first that is found."""
    page.locator(".react-flow__pane").dblclick(position={"x": at[0], "y": at[1]})
    page.get_by_placeholder("Add a layer").fill(text)
    expect(page.get_by_role("option").first).to_contain_text(name)
    page.keyboard.press("Enter")
    added = node(page, name)
    expect(added).to_be_visible()
    return added


def wire(page: Page, source: Locator, target: Locator) -> None:
    """Draw a wire with the mouse from one port to another."""
    start, end = source.bounding_box(), target.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=12)
    page.mouse.up()


def test_a_plus_finds_add_which_takes_a_wire_and_a_number(page: Page, screenshots: Path) -> None:
    open_first_page(page)
    added = add_by_search(page, "+", "add", (220, 420))

    wire(page, node(page, "Flatten").get_by_test_id("out-output"), added.get_by_test_id("in-x1"))
    type_into(page, "x2", "2")

    expect(page.get_by_role("button", name="Ready, 1 warning")).to_be_visible()
    inspector = page.get_by_role("complementary", name="Inspector")
    expect(inspector.get_by_text("784", exact=True)).to_have_count(2)
    page.screenshot(path=screenshots / "operations_add.png")


def test_outputs_come_and_go_with_the_parameter_that_makes_them(page: Page, screenshots: Path) -> None:
    open_first_page(page)
    split = add_by_search(page, "split", "split", (220, 420))
    wire(page, node(page, "Flatten").get_by_test_id("out-output"), split.get_by_test_id("in-x"))
    expect(split.get_by_test_id("out-output_1")).to_be_visible()

    type_into(page, "indices_or_sections", "4")

    expect(split.get_by_test_id("out-output_3")).to_be_visible()
    page.screenshot(path=screenshots / "operations_split.png")
    type_into(page, "indices_or_sections", "2")
    expect(split.get_by_test_id("out-output_3")).to_have_count(0)


def test_the_palette_folds_operations_by_what_they_do(page: Page, screenshots: Path) -> None:
    open_first_page(page)
    page.get_by_role("button", name="Operations").click()
    page.locator("summary").filter(has_text="Arithmetic").click()
    expect(page.get_by_role("button", name="divide", exact=True)).to_be_visible()
    page.screenshot(path=screenshots / "operations_palette.png")


def test_an_application_opens_into_its_layers_in_the_drawing_and_inside_a_block(page: Page, screenshots: Path) -> None:
    open_first_page(page)
    node(page, "image").click()
    for layer in ("ZeroPadding2D", "VGG16"):
        page.get_by_label("Search layers").fill(layer)
        page.keyboard.press("Enter")
        if layer == "ZeroPadding2D":
            type_into(page, "padding", "2")
    page.get_by_role("button", name="Open its layers").click()

    expect(node(page, "block1_conv1")).to_contain_text("640", timeout=60_000)
    page.keyboard.press("Control+z")
    node(page, "VGG16").click()
    page.keyboard.press("Control+g")
    node(page, "block").dblclick()
    node(page, "VGG16").click()
    page.get_by_role("button", name="Open its layers").click()

    expect(node(page, "block1_conv1")).to_contain_text("640")
    expect(page.get_by_role("navigation", name="Opened blocks")).to_contain_text("VGG16")
    page.wait_for_timeout(400)
    page.screenshot(path=screenshots / "application_opened.png")
