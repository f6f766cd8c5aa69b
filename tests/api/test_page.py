import gzip
from pathlib import Path

import pytest
from starlette.applications import Starlette

from layerloom.api.page import ASK_FIRST, FOREVER, NOT_BUILT, page
from tests.api.asgi import TestClient

INDEX = "<!doctype html>" + "<p>Layerloom</p>" * 200


@pytest.fixture
def built(tmp_path: Path) -> TestClient:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text(INDEX)
    (tmp_path / "assets" / "index-1a2b.js").write_text("export {}")
    app = Starlette()
    app.router.default = page(tmp_path)
    return TestClient(app)


@pytest.mark.parametrize("path", ["/", "/index.html", "/runs/12", "/data", "/a/b/c"])
def test_a_place_within_the_page_is_the_page(built: TestClient, path: str) -> None:
    response = built.get(path)
    assert (response.status_code, response.text, response.headers["cache-control"]) == (200, INDEX, ASK_FIRST)


def test_a_hashed_file_is_kept_for_ever(built: TestClient) -> None:
    response = built.get("/assets/index-1a2b.js")
    assert (response.text, response.headers["cache-control"]) == ("export {}", FOREVER)


@pytest.mark.parametrize("path", ["/assets/gone-1a2b.js", "/favicon.png", "/api/nothing", "/api", "/../etc/passwd.txt"])
def test_what_is_no_place_within_the_page_is_unknown(built: TestClient, path: str) -> None:
    assert built.get(path).status_code == 404


def test_texts_travel_compressed(built: TestClient) -> None:
    with built.stream("GET", "/", headers={"accept-encoding": "gzip"}) as response:
        sent = b"".join(response.iter_raw())
    assert (gzip.decompress(sent).decode(), len(sent) < len(INDEX) / 10) == (INDEX, True)


def test_a_page_that_is_not_built_says_how_to_build_it(tmp_path: Path) -> None:
    app = Starlette()
    app.router.default = page(tmp_path / "not-there")
    assert TestClient(app).get("/").text == NOT_BUILT
