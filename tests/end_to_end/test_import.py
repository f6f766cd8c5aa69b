"""A network made elsewhere, opened in the browser: laid out, readable, moved smoothly, trained from its weights."""

import json
from pathlib import Path

import keras
import pytest
from playwright.sync_api import Page, expect

from tests.end_to_end.story import open_first_page

LEAST_FRAMES_A_SECOND = 30
FRAMES = """() => new Promise((done) => {
  const times = []
  const step = (time) => {
    times.push(time)
    if (time - times[0] < 2000) requestAnimationFrame(step)
    else done(times)
  }
  requestAnimationFrame(step)
})"""


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
def test_resnet_opens_laid_out_and_is_panned_smoothly(page: Page, screenshots: Path, tmp_path: Path) -> None:
    file = tmp_path / "resnet50.keras"
    keras.applications.ResNet50(weights=None).save(file)
    open_first_page(page)
    page.locator('input[type="file"]').set_input_files(file)
    expect(page.get_by_text("resnet50: 176 layers, weights included")).to_be_visible(timeout=60_000)
    expect(page.locator(".react-flow__node")).to_have_count(178)
    expect(page.get_by_text("imported weights (resnet50.keras)")).to_be_visible()
    page.screenshot(path=screenshots / "import_resnet50.png")
    boxes = page.evaluate("""() => [...document.querySelectorAll('.react-flow__node')].map((node) => {
      const box = node.getBoundingClientRect(); return [box.left, box.top, box.right, box.bottom] })""")
    assert not any(overlap(one, other) for index, one in enumerate(boxes) for other in boxes[:index])
    frames = panned(page)
    print(f"panned at {frames:.0f} frames a second")  # noqa: T201
    assert frames >= LEAST_FRAMES_A_SECOND


def overlap(one: list[float], other: list[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def panned(page: Page) -> float:
    """Frames a second while the canvas is dragged about for two seconds."""
    box = page.locator(".react-flow__pane").bounding_box()
    assert box is not None
    x, y = box["x"] + 12, box["y"] + 12
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(f"() => {{ window.frames_seen = ({FRAMES})() }}")
    for step in range(100):
        page.mouse.move(x + 3 * step, y + 2 * (step % 40))
        page.wait_for_timeout(15)
    page.mouse.up()
    times: list[float] = page.evaluate("() => window.frames_seen")
    return 1000 * (len(times) - 1) / (times[-1] - times[0])


def test_a_file_that_holds_code_opens_with_its_problem_and_a_wrong_one_says_why(page: Page, tmp_path: Path) -> None:
    layer = {"class_name": "Lambda", "module": "keras.layers", "config": {"name": "odd", "function": "x"}}
    entrance = {"class_name": "InputLayer", "module": "keras.layers", "config": {"batch_shape": [None, 4], "name": "x"}}
    model = {"class_name": "Sequential", "module": "keras", "config": {"name": "s", "layers": [entrance, layer]}}
    code, wrong = tmp_path / "code.json", tmp_path / "wrong.keras"
    code.write_text(json.dumps(model))
    wrong.write_bytes(b"PK\x03\x04 and no more")
    open_first_page(page)
    page.locator('input[type="file"]').set_input_files(code)
    expect(page.get_by_text("The file holds Python code in layer 'odd'. It was not run.")).to_be_visible()
    expect(page.get_by_text("Lambda is not offered").first).to_be_visible()
    page.locator('input[type="file"]').set_input_files(wrong)
    expect(page.get_by_text("The file is damaged: it ends after 16 bytes")).to_be_visible()
