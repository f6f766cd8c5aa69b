"""The code beside the drawing, in the browser."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.end_to_end.story import node, open_first_page, type_into

CLIPBOARD_HOLDS = "words => navigator.clipboard.readText().then(text => text.includes(words))"


def open_code(page: Page) -> None:
    open_first_page(page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("tab", name="Code").click()
    expect(page.get_by_label("Python code, Functional")).to_contain_text("keras.Model(", timeout=30_000)


def clipboard(page: Page) -> str:
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def test_code_follows_the_drawing_and_is_copied(page: Page, screenshots: Path) -> None:
    open_code(page)
    node(page, "hidden").click()
    page.screenshot(path=screenshots / "code.png")
    type_into(page, "units", "123")
    expect(page.get_by_label("Python code, Functional")).to_contain_text("Dense(123")

    page.get_by_role("button", name="Copy", exact=True).click()

    expect(page.get_by_text("Code copied")).to_be_visible()
    assert "keras.layers.Dense(123" in clipboard(page)


def test_every_style_is_shown_and_a_notebook_is_downloaded(page: Page, tmp_path: Path) -> None:
    open_code(page)
    for style, words in (
        ("Sequential", "keras.Sequential("),
        ("add()", "model.add("),
        ("Subclass", "super().__init__"),
        ("Script", "model.fit("),
        ("Notebook", "# Settings"),
    ):
        page.get_by_role("radio", name=style, exact=True).click()
        shown = page.get_by_label(f"Python code, {style}")
        expect(shown).to_be_visible(timeout=30_000)
        page.get_by_role("button", name="Copy", exact=True).click()
        page.wait_for_function(CLIPBOARD_HOLDS, arg=words)

    with page.expect_download() as started:
        page.get_by_role("button", name="Download .ipynb").click()

    started.value.save_as(tmp_path / "notebook.ipynb")
    assert '"nbformat": 4' in (tmp_path / "notebook.ipynb").read_text(encoding="utf-8")


def test_code_stays_while_the_drawing_has_mistakes(page: Page) -> None:
    open_code(page)
    node(page, "Flatten").click()
    page.keyboard.press("Delete")

    expect(page.get_by_text("The drawing has mistakes; this is the code from before.")).to_be_visible(timeout=30_000)
    expect(page.get_by_label("Python code, Functional")).to_contain_text("keras.Model(")
