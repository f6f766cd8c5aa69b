"""A ZIP file goes in and is a dataset of pictures; one that is no good comes back with the names of its bad files."""

import numpy as np

from tests.api.asgi import TestClient
from tests.data.reading.packing import packed, picture, plain_picture


def test_a_zip_of_pictures_is_a_dataset_that_can_be_looked_at(client: TestClient) -> None:
    pixels = np.arange(16, dtype=np.uint8).reshape(4, 4)
    files = {f"{kind}/{k}.png": picture(pixels + k) for kind in ("boot", "shirt") for k in range(3)}
    answer = client.post("/api/datasets", files={"file": ("clothes.zip", packed(files | {"boot/x.png": b"x"}))})
    info = answer.json()
    row = client.get(f"/api/datasets/{info['id']}/rows?limit=1").json()["rows"][0]
    kept = {key: info[key] for key in ("rows", "task", "default_inputs", "default_targets")}
    assert (answer.status_code, kept, row, [note["file"] for note in info["notes"]]) == (
        201,
        {"rows": {"train": 6}, "task": "classification", "default_inputs": ["image"], "default_targets": ["label"]},
        {"image": pixels[..., None].tolist(), "label": "boot", "file": "boot/0.png"},
        ["boot/x.png"],
    )


def test_an_archive_that_holds_nothing_good_names_its_files(client: TestClient) -> None:
    content = packed({"a/1.png": b"x", "b/2.png": b"y", "c/3.png": plain_picture()[:40]})
    answer = client.post("/api/datasets", files={"file": ("things.zip", content)})
    problems = [problem["message"][:8] for problem in answer.json()["problems"]]
    assert (answer.status_code, answer.json()["code"], problems) == (
        422,
        "broken-files",
        ["a/1.png:", "b/2.png:", "c/3.png:"],
    )
