"""What a person does on the page, in words: gestures that more than one test needs."""

import json
from pathlib import Path

from playwright.sync_api import Locator, Page, expect


def node(page: Page, name: str) -> Locator:
    """The node on the canvas that is called so."""
    return page.get_by_role("application").locator(".react-flow__node").filter(has_text=name).first


def shape(page: Page, text: str) -> Locator:
    """The wires on the canvas that carry this shape."""
    return page.locator(".layer-shape").get_by_text(text, exact=True)


def open_first_page(page: Page) -> None:
    """Open the app and wait until Keras has spoken about the drawing."""
    page.goto("/")
    expect(page.get_by_text("Ready", exact=True)).to_be_visible(timeout=60_000)


def type_into(page: Page, field: str, text: str) -> None:
    """Replace what stands in a field of the inspector, from the keyboard."""
    page.get_by_label(field, exact=True).click()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def draw_one(page: Page) -> None:
    """Draw the digit 1 on the pad with the mouse."""
    pad = page.get_by_label("Pad to draw a digit on")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    x, top, bottom = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.2, box["y"] + box["height"] * 0.8
    page.mouse.move(x, top)
    page.mouse.down()
    page.mouse.move(x, bottom, steps=12)
    page.mouse.up()


def a_model_with_code(folder: Path) -> Path:
    """A small model with a layer whose code must not be run."""
    layer = {"class_name": "Lambda", "module": "keras.layers", "config": {"name": "odd", "function": "x"}}
    entrance = {"class_name": "InputLayer", "module": "keras.layers", "config": {"batch_shape": [None, 4], "name": "x"}}
    model = {
        "class_name": "Sequential",
        "module": "keras",
        "config": {"name": "sequential", "layers": [entrance, layer]},
    }
    path = folder / "code.json"
    path.write_text(json.dumps(model))
    return path
