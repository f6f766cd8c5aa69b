"""A network made elsewhere, opened in the browser: laid out, readable, moved smoothly, trained from its weights."""

from pathlib import Path

import keras
import pytest
from playwright.sync_api import JSHandle, Page, expect

from tests.end_to_end.story import a_model_with_code, node, open_first_page

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


@pytest.mark.alone
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


def a_broken_file(folder: Path) -> Path:
    path = folder / "wrong.keras"
    path.write_bytes(b"PK\x03\x04 and no more")
    return path


def test_what_a_file_left_behind_stays_in_problems_and_at_its_node_until_it_is_dismissed(
    page: Page, screenshots: Path, tmp_path: Path
) -> None:
    open_first_page(page)
    page.locator('input[type="file"]').set_input_files(a_model_with_code(tmp_path))
    left = page.get_by_role("region", name="Not taken over from code.json")
    expect(left).to_contain_text("The file holds Python code in layer 'odd'. It was not run.")
    page.reload()
    page.get_by_role("tab", name="Problems").click()
    left.get_by_role("button", name="odd").click()
    note = page.get_by_role("group", name="Problems")
    expect(note).to_contain_text("It was not run.")
    page.screenshot(path=screenshots / "import_problems.png")

    note.get_by_role("button", name="Dismiss").click()

    expect(left).to_have_count(0)
    expect(page.get_by_text("Lambda is not offered").first).to_be_visible()


def hold_over_page(page: Page, path: Path) -> JSHandle:
    """A file dragged from the desktop in over the canvas, still held."""
    content = {"name": path.name, "text": path.read_text("latin-1")}
    files = page.evaluate_handle(
        """({name, text}) => {
          const files = new DataTransfer()
          const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0))
          files.items.add(new File([bytes], name))
          return files
        }""",
        content,
    )
    page.locator(".react-flow__pane").dispatch_event("dragenter", {"dataTransfer": files})
    page.locator(".react-flow__pane").dispatch_event("dragover", {"dataTransfer": files})
    return files


def test_a_model_dropped_on_the_canvas_opens_and_a_broken_one_leaves_the_drawing_as_it_is(
    page: Page, screenshots: Path, tmp_path: Path
) -> None:
    open_first_page(page)
    pane = page.locator(".react-flow__pane")
    files = hold_over_page(page, a_broken_file(tmp_path))
    veil = page.get_by_text("Drop data to add it, or a model to open it")
    expect(veil).to_be_visible()
    page.screenshot(path=screenshots / "import_drop.png")
    pane.dispatch_event("dragleave", {"dataTransfer": files})
    expect(veil).to_have_count(0)
    pane.dispatch_event("drop", {"dataTransfer": hold_over_page(page, a_broken_file(tmp_path))})
    expect(page.get_by_text("The file is damaged: it ends after 16 bytes")).to_be_visible()
    expect(node(page, "hidden_1")).to_be_visible()

    pane.dispatch_event("drop", {"dataTransfer": hold_over_page(page, a_model_with_code(tmp_path))})

    expect(node(page, "odd")).to_be_visible()
    expect(page.get_by_role("button", name="code").first).to_be_visible()
    expect(veil).to_have_count(0)
