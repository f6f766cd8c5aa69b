"""Between rows and what they mean: runs to their summaries and back, events to rows."""

import time
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from sqlalchemy.engine import RowMapping

from layerloom.events import Event
from layerloom.graph.document import Graph
from layerloom.recipe import Recipe
from layerloom.runs.progress import Progress
from layerloom.runs.summary import RunDetail, RunSummary
from layerloom.runs.tables import RUNS

SUMMARY_NAMES = [name for name in RunSummary.model_fields if name != "position"]
SUMMARY_COLUMNS = [RUNS.c[name] for name in SUMMARY_NAMES]
PROGRESS_NAMES = [field.name for field in fields(Progress)]


def summary(row: RowMapping, position: int | None = None) -> RunSummary:
    """The line of the list that this row is."""
    return RunSummary.model_validate({**{name: row[name] for name in SUMMARY_NAMES}, "position": position})


def detail(row: RowMapping, folder: Path, position: int | None = None) -> RunDetail:
    """All of the run that this row is."""
    return RunDetail(
        **dict(summary(row, position)),
        graph=Graph.model_validate_json(row["graph"]),
        recipe=Recipe.model_validate_json(row["recipe"]),
        versions=row["versions"],
        fingerprint=row["fingerprint"],
        folder=folder,
        from_run=row["from_run"],
        from_epoch=row["from_epoch"],
    )


def frozen(graph: Graph, recipe: Recipe, versions: Mapping[str, str]) -> dict[str, Any]:
    """The columns of a run that is made now: what it trains, and that nothing of it is done."""
    now = time.time()
    return {
        "state": "queued",
        "created_at": now,
        "queued_at": now,
        "attempt": 0,
        "interruptions": 0,
        "last_seq": 0,
        "tags": [],
        "notes": "",
        "dataset": recipe.data.dataset,
        "versions": dict(versions),
        "graph": graph.model_dump_json(),
        "recipe": recipe.model_dump_json(),
        "epochs": recipe.fit.epochs,
        "epochs_done": 0,
        "metrics": {},
        "checkpoint_epochs": [],
    }


def progress(row: RowMapping) -> Progress:
    """How far the run has come."""
    return Progress(**{name: row[name] for name in PROGRESS_NAMES})


def event_row(run_id: int, event: Event) -> dict[str, Any]:
    """The row that keeps this event, which has its `seq` already."""
    return {"run_id": run_id, "seq": event.seq, "kind": event.kind, "body": event.model_dump_json()}
