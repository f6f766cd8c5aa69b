"""A layer written in Python: typed in the page, its errors at their line; a server without it says so."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.end_to_end.conftest import PATIENCE_MS, VISITOR
from tests.end_to_end.story import node, open_first_page
from tests.server import Server, serve


@contextmanager
def visit(browser: Browser, server: Server) -> Iterator[Page]:
    with browser.new_context(**VISITOR, base_url=server.url) as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        open_first_page(page)
        yield page


def put_behind_hidden_2(page: Page) -> None:
    """Add a Python layer behind the selected node."""
    node(page, "hidden_2").click()
    page.get_by_label("Search layers").fill("python")
    page.keyboard.press("Enter")


def test_a_layer_is_typed_and_its_mistake_stands_at_its_line(
    browser: Browser, tmp_path: Path, screenshots: Path
) -> None:
    with serve(tmp_path / "home", None, "--allow-custom-code") as server, visit(browser, server) as page:
        put_behind_hidden_2(page)
        expect(node(page, "python")).to_contain_text("3 200")  # 100 inputs to 32 units
        page.get_by_role("textbox", name="code").click()
        page.keyboard.press("Control+End")
        page.keyboard.type("\nnonsense(")
        expect(page.get_by_text("SyntaxError").first).to_be_visible()
        expect(page.locator(".cm-lintRange-error").first).to_be_visible()
        page.screenshot(path=screenshots / "custom_code.png")


def test_a_server_without_custom_python_says_so_at_the_node(server: Server, browser: Browser) -> None:
    with visit(browser, server) as page:
        put_behind_hidden_2(page)
        expect(page.get_by_text("This server was started without custom Python.").first).to_be_visible()
