from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from layerloom.data.description import Description
from layerloom.data.source import fingerprint

DescribeTable = Callable[..., Description]


@pytest.fixture
def describe_table(tmp_path: Path) -> DescribeTable:
    """Writes a CSV file with this text and describes it; what is not given is of no matter."""

    def describe(text: str, **fields: Any) -> Description:
        file = tmp_path / "table.csv"
        file.write_text(text, "utf-8")
        matter = {"targets": [], "default_targets": []} | fields
        words = dict.fromkeys(["title", "description", "licence", "origin"], "") | {"task": "regression"}
        return Description.model_validate(
            {"id": "table", "file": file, "fingerprint": fingerprint(file), **words, **matter}
        )

    return describe
