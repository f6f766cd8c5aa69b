"""Small drawings, recipes and jobs for tests of training."""

import json
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from layerloom.events import Event
from layerloom.graph.document import Edge, Graph, Node
from layerloom.graph.patch import Change, SetRecipe
from layerloom.job import Job
from layerloom.recipe import Recipe
from layerloom.training.fit import Outcome, train

FLOWER = ["sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm"]
Layer = tuple[str, dict[str, Any]]

SOFTMAX: Layer = ("Dense", {"units": 3, "activation": "softmax"})


def flower(*layers: Layer, shape: list[int] | None = None, dtype: str = "float32") -> Graph:
    """Input 'flower' of four numbers, these layers n1, n2, ..., Output 'species'."""
    nodes = [Node(id="in", type="Input", name="flower", config={"shape": shape or [4], "dtype": dtype})]
    nodes += [Node(id=f"n{place}", type=type, config=config) for place, (type, config) in enumerate(layers, 1)]
    nodes.append(Node(id="out", type="Output", name="species"))
    edges = [Edge(source=one.id, target=next.id) for one, next in pairwise(nodes)]
    return Graph(nodes=nodes, edges=edges)


def flower_recipe(**places: JsonValue) -> Recipe:
    """Iris classified, three epochs; `places` are paths with `__` between the keys."""
    recipe = Recipe.model_validate(
        {
            "data": {
                "dataset": "iris",
                "inputs": {"flower": FLOWER},
                "targets": {"species": ["species"]},
                "validation_fraction": 0.2,
            },
            "compile": {
                "optimizer": {"type": "Adam", "config": {"learning_rate": 0.01}},
                "outputs": {
                    "species": {
                        "loss": {"type": "SparseCategoricalCrossentropy"},
                        "metrics": [{"type": "SparseCategoricalAccuracy", "config": {"name": "accuracy"}}],
                    }
                },
            },
            "fit": {"epochs": 3, "batch_size": 16},
        }
    )
    return with_recipe(recipe, [SetRecipe(path=path.split("__"), value=value) for path, value in places.items()])


def with_recipe(recipe: Recipe, changes: Iterable[Change]) -> Recipe:
    """The recipe after these changes; those of the graph are passed over, as the browser does it."""
    content = recipe.model_dump(mode="json")
    for change in changes:
        if isinstance(change, SetRecipe):
            place: Any = content
            for step in change.path[:-1]:
                place = place[int(step)] if isinstance(place, list) else place.setdefault(step, {})
            last = change.path[-1]
            place[int(last) if isinstance(place, list) else last] = change.value
    return Recipe.model_validate_json(json.dumps(content))


def run(graph: Graph, recipe: Recipe, home: Path, folder: Path, attempt: int = 1) -> list[Event]:
    """Train to the end; everything that was said."""
    events, outcome = run_until(graph, recipe, home, folder, attempt=attempt)
    assert outcome == "finished"
    return events


def run_until(
    graph: Graph,
    recipe: Recipe,
    home: Path,
    folder: Path,
    kind: str = "never",
    count: int = 1,
    attempt: int = 1,
    probe_share: float = 0.0,
) -> tuple[list[Event], Outcome]:
    """Train, and ask to stop once so many events of a kind have been said. Left out, `probe_share` saves time."""
    events: list[Event] = []
    job = Job(1, attempt, graph, recipe, home, folder, probe_share)
    outcome = train(job, events.append, lambda: sum(event.kind == kind for event in events) >= count)
    return events, outcome


def of_kind(events: Iterable[Event], kind: str) -> list[Any]:
    """The events of one kind."""
    return [event for event in events if event.kind == kind]
