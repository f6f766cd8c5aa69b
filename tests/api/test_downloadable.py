"""Sets that Keras fetches: which there are, and what is said where the network does not allow it."""

import time
from pathlib import Path

import pytest

from tests.api.asgi import TestClient
from tests.api.test_uploads import ended

NOWHERE = "http://127.0.0.1:9"
"""A proxy that nobody is: every way out ends there at once, whatever network the test runs in."""


def test_the_sets_are_listed_with_their_size_and_whence_they_come(client: TestClient) -> None:
    listed = client.get("/api/datasets/downloadable").json()
    assert [(one["name"], one["host"], one["dataset"]) for one in listed] == [
        ("cifar10", "www.cs.toronto.edu", None),
        ("cifar100", "www.cs.toronto.edu", None),
        ("imdb", "storage.googleapis.com", None),
        ("reuters", "storage.googleapis.com", None),
    ]


def test_a_set_that_is_not_listed_is_unknown(client: TestClient) -> None:
    assert client.post("/api/datasets/downloadable/imagenet").status_code == 404


@pytest.mark.slow
def test_without_a_network_the_fetching_ends_with_words_and_leaves_nothing(
    client: TestClient, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "datasets"
    cache.mkdir()
    (cache / "imdb.npz").write_bytes(b"not what Keras knows by its hash")
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, NOWHERE)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    begun = time.monotonic()
    token = client.post("/api/datasets/downloadable/imdb").raise_for_status().json()["token"]
    answer = ended(client, token)["answer"]
    left = sorted(place.name for place in (home / "uploads" / token).rglob("*"))
    client.delete(f"/api/uploads/{token}").raise_for_status()
    assert (answer["code"], "storage.googleapis.com" in answer["message"], time.monotonic() - begun < 40) == (
        "no-network",
        True,
        True,
    )
    assert left == ["answer.json", "file", "order.json", "progress.json", "upload.json"]
    assert (cache / "imdb.npz").read_bytes() == b"not what Keras knows by its hash"
