"""What columns have to do with a target, asked of a server; a real process works it out."""

from pathlib import Path

from tests.api.asgi import TestClient

ROWS = "row,hours,grade,points,passed\n" + "".join(
    f"{k},{k % 9},{'abc'[k % 3]},{(k % 9) * 2.5 + 1},{'yes' if k % 9 > 4 else 'no'}\n" for k in range(90)
)


def test_the_relations_of_an_uploaded_table_are_told_and_kept(client: TestClient, home: Path) -> None:
    id = client.post("/api/datasets", files={"file": ("exam.csv", ROWS.encode())}).json()["id"]
    answer = client.get(f"/api/datasets/{id}/relations?target=points")
    told = answer.json()
    measures = {relation["column"]: (relation["measure"], relation["value"]) for relation in told["columns"]}
    assert (answer.status_code, measures, told["duplicates"]["rows"], told["leaks"], told["rows_looked_at"]) == (
        200,
        {"hours": ("pearson", 1.0), "grade": ("eta", 0.316228), "passed": ("eta", 0.866025)},
        81,
        [{"column": "hours", "reason": "identical", "value": 1.0}],
        90,
    )
    assert client.get(f"/api/datasets/{id}/relations?target=points").json() == told
    assert (home / "datasets" / "own" / id / "relations" / "00003.json").exists()


def test_equal_rows_are_named_and_nothing_is_under_way_afterwards(client: TestClient) -> None:
    rows = "".join(f"{k % 4}.5,{k % 3}.5\n" for k in range(15))
    id = client.post("/api/datasets", files={"file": ("twice.csv", f"a,b\n{rows}".encode())}).json()["id"]
    assert client.get(f"/api/datasets/{id}/repeats").json() == {"rows": {"train": [12, 13, 14]}, "across": {}}
    assert client.get(f"/api/datasets/{id}/relations/progress").json() == {"done": None}


def test_relations_to_a_column_that_is_not_there_are_refused(client: TestClient) -> None:
    answer = client.get("/api/datasets/iris/relations?target=petals")
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown-column")
