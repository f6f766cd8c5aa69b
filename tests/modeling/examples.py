"""The drawings of `tests/examples`: whole ones, and one broken in each way that the check knows."""

import json
from pathlib import Path
from typing import Any

from layerloom.graph.document import Graph

FOLDER = Path(__file__).parents[1] / "examples"
BUDGET_BYTES = 8_000_000_000


def names(kind: str) -> list[str]:
    return sorted(path.stem for path in (FOLDER / kind).glob("*.json"))


def read(kind: str, name: str) -> dict[str, Any]:
    content = json.loads((FOLDER / kind / f"{name}.json").read_text(encoding="utf-8"))
    return {"budget_bytes": BUDGET_BYTES, **content, "graph": Graph.model_validate(content["graph"])}
