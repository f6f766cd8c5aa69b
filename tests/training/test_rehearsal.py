"""A run goes on from its dry run as if there had been none."""

from pathlib import Path

import keras
import pytest

from layerloom.checkpoint import CHECKPOINTS, MODEL
from layerloom.events import Event
from layerloom.graph.document import Graph
from layerloom.job import Job
from layerloom.recipe import Recipe
from layerloom.training import fit
from layerloom.training.fit import train
from layerloom.training.probing.meter import Meter
from layerloom.training.trial import trial
from tests.training.making import SOFTMAX, flower, flower_recipe, of_kind

PLENTY = 2**40
DRAWING = flower(
    ("Normalization", {}),
    ("Dense", {"units": 8}),
    ("BatchNormalization", {}),
    ("Dropout", {"rate": 0.5}),
    SOFTMAX,
)


def trained(
    graph: Graph, recipe: Recipe, home: Path, folder: Path, content: str | None, probe_share: float = 0.0
) -> list[Event]:
    folder.mkdir()
    events: list[Event] = []
    train(Job(1, 1, graph, recipe, home, folder, probe_share, content=content), events.append, lambda: False)
    return events


def told(events: list[Event]) -> list[object]:
    """All that does not depend on the clock."""
    return [
        (event.kind, getattr(event, "message", None), getattr(event, "metrics", None))
        for event in events
        if event.kind not in ("step", "probe")
    ]


def test_a_run_that_takes_over_its_dry_run_is_equal_to_one_without(home: Path, tmp_path: Path) -> None:
    recipe = flower_recipe()
    alone = trained(DRAWING, recipe, home, tmp_path / "alone", None)

    trial(DRAWING, recipe, home, PLENTY, "content")
    taken_over = trained(DRAWING, recipe, home, tmp_path / "taken_over", "content")

    assert told(taken_over) == told(alone)


def test_a_run_takes_the_name_of_its_drawing_not_that_of_its_dry_run(home: Path, tmp_path: Path) -> None:
    recipe = flower_recipe(fit__epochs=1)
    renamed = DRAWING.model_copy(update={"name": "iris"})

    trial(DRAWING, recipe, home, PLENTY, "content")
    trained(renamed, recipe, home, tmp_path / "run", "content")

    assert keras.models.load_model(tmp_path / "run" / CHECKPOINTS / "epoch-00001" / MODEL).name == "iris"


def test_steps_that_were_traced_and_measured_are_not_again(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = flower_recipe(fit__epochs=1)
    trial(DRAWING, recipe, home, PLENTY, "content")
    monkeypatch.setattr(fit, "run_in_calls", None)

    events = trained(DRAWING, recipe, home, tmp_path / "run", "content")

    assert [event.kind for event in events].count("epoch") == 1


def test_a_run_of_other_content_has_nothing_of_the_dry_run(home: Path, tmp_path: Path) -> None:
    recipe = flower_recipe(seed=7)
    alone = trained(DRAWING, recipe, home, tmp_path / "alone", None)

    trial(DRAWING, flower_recipe(), home, PLENTY, "content")
    afterwards = trained(DRAWING, recipe, home, tmp_path / "afterwards", "other content")

    assert told(afterwards) == told(alone)


def test_the_first_look_makes_no_graph_where_a_dry_run_has_made_it(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = flower_recipe()
    alone = trained(DRAWING, recipe, home, tmp_path / "alone", None, probe_share=1_000.0)
    trial(DRAWING, recipe, home, PLENTY, "content")
    monkeypatch.setattr(Meter, "trace", None)

    taken_over = trained(DRAWING, recipe, home, tmp_path / "taken_over", "content", probe_share=1_000.0)

    assert (gradients(taken_over), told(taken_over)) == (gradients(alone), told(alone))


def gradients(events: list[Event]) -> list[object]:
    return [{name: layer.gradient for name, layer in look.layers.items()} for look in of_kind(events, "probe")][-1:]
