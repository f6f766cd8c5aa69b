"""Somebody's own file, dropped on an empty drawing, becomes a trained network without a choice being made."""

import base64
import gzip
import io
import zipfile
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from layerloom.data.builtin import SETS
from tests.end_to_end.story import open_first_page
from tests.server import Server

PICTURES_A_CLASS = 100
GARMENTS = ("trouser", "sneaker", "bag")
OF_GARMENT = {"trouser": 1, "sneaker": 7, "bag": 8}
"""The classes of Fashion-MNIST by their numbers there."""


def drop(page: Page, name: str, content: bytes) -> None:
    """Drop a file on the page, as out of a folder of the system."""
    script = """([name, content]) => {
        const data = new DataTransfer()
        data.items.add(new File([Uint8Array.from(atob(content), (one) => one.charCodeAt(0))], name))
        return data
    }"""
    held = page.evaluate_handle(script, [name, base64.b64encode(content).decode()])
    for event in ("dragenter", "dragover", "drop"):
        page.dispatch_event("body", event, {"dataTransfer": held})


def new_drawing(page: Page) -> None:
    """An empty canvas, once the server has spoken."""
    open_first_page(page)
    page.get_by_role("button", name="MNIST MLP").first.click()
    page.get_by_role("menuitem", name="New").click()
    expect(page.get_by_text("An empty canvas")).to_be_visible()


def trained(page: Page, server: Server, timeout_s: float) -> Any:
    """The run of the drawing that was proposed, started by Ctrl+Enter, once it has finished."""
    expect(page.get_by_text("An empty canvas")).not_to_be_visible(timeout=60_000)
    expect(page.get_by_text("Ready", exact=True)).to_be_visible(timeout=60_000)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Finished", exact=True).first).to_be_visible(timeout=timeout_s * 1000)
    return server.get(f"/runs/{server.get('/runs')['runs'][0]['id']}")


def column(server: Server, run: Any, name: str) -> Any:
    """The column of this name of the dataset that a run was trained on."""
    dataset = server.get(f"/datasets/{run['recipe']['data']['dataset']}")
    return next(one for one in dataset["columns"] if one["name"] == name)


def majority(column: Any) -> float:
    """What who always names the most frequent class gets right."""
    return float(max(column["class_counts"]) / sum(column["class_counts"]))


def zipped_pictures() -> bytes:
    """300 PNGs of Fashion-MNIST, in a folder a class."""
    with np.load(SETS / "fashion_mnist.npz") as arrays:
        pictures, labels = arrays["x_train"], arrays["y_train"]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in GARMENTS:
            for number, picture in enumerate(pictures[labels == OF_GARMENT[name]][:PICTURES_A_CLASS]):
                drawn = io.BytesIO()
                Image.fromarray(picture).save(drawn, "png")
                archive.writestr(f"garments/{name}/{number:03d}.png", drawn.getvalue())
    return file.getvalue()


def test_titanic_is_trained_as_it_was_proposed(page: Page, server: Server) -> None:
    """Every third passenger: names, empty ages, categories, numbers. Better than the majority by 5 points."""
    header, *rows = (SETS / "titanic.csv").read_text("utf-8").splitlines()
    new_drawing(page)
    drop(page, "passengers.csv", "\n".join([header, *rows[::3]]).encode())
    run = trained(page, server, 60)
    [[target]] = run["recipe"]["data"]["targets"].values()
    assert run["metrics"]["val_accuracy"]["best"] > majority(column(server, run, target)) + 0.05


@pytest.mark.slow
def test_pictures_in_class_folders_are_trained_as_proposed(page: Page, server: Server) -> None:
    """Three garments, a third each: at least nine of ten are told apart."""
    new_drawing(page)
    drop(page, "garments.zip", zipped_pictures())
    run = trained(page, server, 240)
    assert run["metrics"]["val_accuracy"]["best"] >= 0.9


@pytest.mark.slow
def test_a_series_is_forecast_as_proposed(page: Page, server: Server) -> None:
    """Airline passengers by month: the error is less than half of the spread that the mean leaves."""
    new_drawing(page)
    drop(page, "airline.csv", (SETS / "airline_passengers.csv").read_bytes())
    run = trained(page, server, 240)
    [[target]] = run["recipe"]["data"]["targets"].values()
    spread = column(server, run, target)["statistics"]["std"]
    [error] = [run["metrics"][name]["best"] for name in run["metrics"] if name in ("val_mae", "val_rmse")][:1]
    assert error < spread / 2


@pytest.mark.slow
def test_reviews_with_several_answers_are_trained_as_proposed(page: Page, server: Server) -> None:
    """Text, numbers and categories in: every category that is answered beats its majority, or equals it."""
    new_drawing(page)
    drop(page, "reviews.csv", gzip.decompress((SETS / "clothing_reviews.csv.gz").read_bytes()))
    run = trained(page, server, 420)
    targets = {output: column(server, run, name) for output, [name] in run["recipe"]["data"]["targets"].items()}
    scores = {
        output: run["metrics"]["val_accuracy" if len(targets) == 1 else f"val_{output}_accuracy"]["best"]
        for output in targets
    }
    assert {output: score > majority(targets[output]) + 0.02 for output, score in scores.items()} == dict.fromkeys(
        targets, True
    )


def test_a_broken_row_is_named_and_the_good_ones_are_kept(page: Page, server: Server) -> None:
    page.goto("/data")
    drop(page, "ragged.csv", b"length,kind\n1.5,rose\n2.5,iris,3\n" + b"3.5,rose\n4.5,iris\n" * 5)
    files = page.get_by_role("complementary", name="Files being added")
    expect(files.get_by_text("row 2", exact=True).first).to_be_visible(timeout=30_000)
    files.get_by_role("button", name="Keep what is good").click()
    expect(page.get_by_role("heading", name="ragged")).to_be_visible(timeout=30_000)
    assert server.get(f"/datasets/{page.url.rsplit('/', 1)[1]}")["rows"] == {"train": 11}


def test_a_kind_is_changed_by_making_the_next_version(page: Page, server: Server) -> None:
    page.goto("/data")
    drop(page, "plants.csv", b"length,kind\n" + b"3.5,rose\n4.5,iris\n" * 5)
    expect(page.get_by_role("heading", name="plants")).to_be_visible(timeout=30_000)
    page.get_by_label("Kind of kind").select_option("text")
    page.get_by_role("button", name="Save as new version").click()
    expect(page.get_by_text("v2", exact=True)).to_be_visible(timeout=30_000)
    dataset = server.get(f"/datasets/{page.url.rsplit('/', 1)[1]}")
    assert {one["name"]: one["kind"] for one in dataset["columns"]} == {"length": "number", "kind": "text"}


@pytest.mark.slow
def test_rows_that_are_there_twice_are_left_out_of_the_next_version(page: Page, server: Server) -> None:
    page.goto("/data")
    rows = "".join(f"{k}.5,{k % 7}.25,{'rose' if k % 3 else 'iris'}\n" for k in range(20))
    drop(page, "garden.csv", f"length,width,kind\n{rows}3.5,3.25,iris\n4.5,4.25,rose\n".encode())
    expect(page.get_by_role("heading", name="garden")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Select these").click()
    page.get_by_role("button", name="Remove 2 rows").click()
    page.get_by_role("button", name="Previous rows").click()
    page.get_by_label("Select row 1", exact=True).click()
    page.get_by_label("Select row 4", exact=True).click(modifiers=["Shift"])
    page.get_by_role("button", name="Remove 4 rows").click()
    page.keyboard.press("Control+z")
    page.get_by_role("button", name="Leave width out").click()
    page.get_by_role("button", name="Rename").click()
    page.get_by_label("Name of the dataset").fill("Flowers")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Save as new version").click()
    expect(page.get_by_text("v2", exact=True)).to_be_visible(timeout=30_000)
    made = server.get(f"/datasets/{page.url.rsplit('/', 1)[1]}")
    names = [one["name"] for one in made["columns"]]
    assert (made["title"], made["rows"], names) == ("Flowers", {"train": 20}, ["length", "kind"])


def test_a_column_is_bound_by_dropping_it_on_a_node(page: Page) -> None:
    open_first_page(page)
    page.get_by_role("tab", name="Data").click()
    panel = page.get_by_role("group", name="Columns for Input image")
    output = page.get_by_role("application").locator(".react-flow__node").filter(has_text="image").first
    panel.get_by_role("button", name="label").drag_to(output)
    expect(panel.get_by_role("button", name="label")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="1 problem")).to_be_visible()
