"""A file of rows by REST: answered as CSV, nothing of it left behind."""

from pathlib import Path

import httpx
import pytest

from layerloom.api.app import create_app
from layerloom.imported import imports_folder
from layerloom.settings import Settings
from tests.api.asgi import TestClient
from tests.api.building import JSON

TABLE = "sepal_length_cm,sepal_width_cm,petal_length_cm,petal_width_cm\n5.1,3.5,1.4,0.2\n"


@pytest.fixture(scope="module")
def run(finished: JSON) -> int:
    return int(finished["id"])


def ask(client: TestClient, run: int, content: str, **query: str) -> httpx.Response:
    return client.post(f"/api/runs/{run}/predict/file", files={"file": ("rows.csv", content)}, params=query)


def left_behind(home: Path) -> list[str]:
    return [path.name for path in imports_folder(home).glob("*")] if imports_folder(home).exists() else []


def test_a_table_comes_back_with_answers_and_is_forgotten(client: TestClient, home: Path, run: int) -> None:
    before = left_behind(home)

    answer = ask(client, run, TABLE).raise_for_status()

    header, row = answer.text.splitlines()
    assert header.startswith(TABLE.splitlines()[0] + ",predicted_answer,predicted_answer_score,predicted_answer_setosa")
    assert row.startswith("5.1,3.5,1.4,0.2,")
    assert "iris-run-" in answer.headers["content-disposition"]
    assert left_behind(home) == before


def test_what_does_not_fit_says_where_and_is_forgotten(client: TestClient, home: Path, run: int) -> None:
    before = left_behind(home)

    answer = ask(client, run, TABLE + "1,2,three,4\n")

    assert (answer.status_code, answer.json()["code"]) == (422, "bad-file")
    assert "Row 2, column 'petal_length_cm'" in answer.json()["message"]
    assert left_behind(home) == before


def test_an_epoch_that_was_not_kept_is_unknown(client: TestClient, run: int) -> None:
    assert ask(client, run, TABLE, epoch="7").status_code == 404


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    small = TestClient(create_app(Settings(home=tmp_path, max_predict_file_bytes=0)), base_url="http://127.0.0.1")

    answer = ask(small, 1, "a\n" + "1\n" * 10_000)

    assert (answer.status_code, "max_predict_file_bytes" in answer.text) == (413, True)
