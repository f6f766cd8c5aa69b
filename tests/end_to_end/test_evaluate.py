"""Judging a trained run and asking it, as a person does it on its page."""

import csv
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.api.building import chain, iris_run
from tests.end_to_end.test_accessibility import violations
from tests.server import Server


def finished(server: Server, body: dict[str, Any]) -> int:
    run: int = server.post("/runs", body)["id"]
    server.wait_for_run(run, "finished")
    return run


@pytest.fixture(scope="module")
def iris(server: Server) -> int:
    return finished(server, iris_run(epochs=5))


def test_a_run_is_judged_and_a_cell_of_its_matrix_shows_its_rows(
    page: Page, server: Server, iris: int, screenshots: Path
) -> None:
    page.goto(f"/runs/{iris}")
    page.get_by_role("combobox", name="Rows").click()
    page.get_by_role("option", name="Training rows").click()
    page.get_by_role("button", name="Evaluate", exact=True).click()
    matrix = page.get_by_role("table", name="Confusion matrix")
    expect(matrix).to_be_visible(timeout=60_000)
    report = server.post(f"/runs/{iris}/evaluate", {"split": "train"})["outputs"]["answer"]
    counts, classes = np.array(report["matrix"]), report["classes"]
    true, said = (int(place) for place in np.unravel_index(counts.argmax(), counts.shape))

    matrix.get_by_role("button").first.focus()
    for key in ["ArrowDown"] * true + ["ArrowRight"] * said + ["Enter"]:
        page.keyboard.press(key)

    samples = page.get_by_role("region", name="Samples", exact=True)
    expect(samples.get_by_role("radio", name=f"{classes[true]} \u2192 {classes[said]}")).to_be_checked()
    expect(samples.get_by_text(f"of {counts.max()}")).to_be_visible(timeout=20_000)
    expect(samples.get_by_role("row").nth(1)).to_contain_text(classes[true])
    page.screenshot(path=screenshots / "evaluate.png")
    assert violations(page) == []


def test_a_row_changed_in_the_form_gets_another_answer(page: Page, iris: int) -> None:
    page.goto(f"/runs/{iris}")
    answers = page.get_by_role("list", name="What the model says")
    expect(answers).to_be_visible()
    before = answers.inner_text()

    page.get_by_label("petal_length_cm", exact=True).fill("60")
    page.get_by_label("petal_length_cm", exact=True).press("Enter")

    expect(answers).not_to_have_text(before)


def test_a_file_of_rows_comes_back_with_answers(page: Page, iris: int, tmp_path: Path) -> None:
    rows = tmp_path / "flowers.csv"
    columns = "sepal_length_cm,sepal_width_cm,petal_length_cm,petal_width_cm"
    rows.write_text(f"name,{columns}\nfirst,5.1,3.5,1.4,0.2\n")
    page.goto(f"/runs/{iris}")

    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a file").click()
    with page.expect_download() as download:
        chooser.value.set_files(rows)

    (row,) = csv.DictReader(io.StringIO(download.value.path().read_text()))
    assert (download.value.suggested_filename, row["name"]) == ("flowers answers.csv", "first")
    assert row["predicted_answer"] in ("setosa", "versicolor", "virginica")


def test_a_picture_is_seen_as_the_network_sees_it_and_answered(page: Page, server: Server, tmp_path: Path) -> None:
    graph = chain(
        {"type": "Input", "name": "image", "config": {"shape": [28, 28, 1]}},
        {"type": "Flatten", "config": {}},
        {"type": "Dense", "config": {"units": 10, "activation": "softmax"}},
        {"type": "Output", "name": "digit", "config": {}},
    )
    recipe = server.post("/recipes/suggest", {"graph": graph, "dataset": "mnist"})
    run = finished(server, {"graph": graph, "recipe": {**recipe, "fit": {"epochs": 1, "batch_size": 2_000}}})
    pixels = np.full((90, 60), 255, np.uint8)
    pixels[15:75, 26:34] = 0
    Image.fromarray(pixels).save(tmp_path / "one.png")
    page.goto(f"/runs/{run}")
    page.get_by_role("radio", name="Picture").click()

    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a picture").click()
    chooser.value.set_files(tmp_path / "one.png")
    page.get_by_role("switch", name="Invert").click()

    expect(page.get_by_role("img", name="What the network sees")).to_be_visible()
    expect(page.get_by_role("list", name="What the model says")).to_be_visible()
