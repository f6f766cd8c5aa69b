"""Every style of source code by its name: the model alone, or the whole training."""

from collections.abc import Callable, Mapping
from pathlib import Path

from layerloom.graph.document import Graph
from layerloom.modeling.source.styles import model_source
from layerloom.problem import Refusal
from layerloom.recipe import Recipe
from layerloom.training.script import notebook, script

_TRAININGS: Mapping[str, Callable[[Graph, Recipe, Path], str]] = {"script": script, "notebook": notebook}


def source(graph: Graph, recipe: Recipe | None, style: str, home: Path) -> str:
    """Python text, for style `notebook` the JSON of a notebook. Never holds an import of this app.

    `style` is `functional`, `sequential`, `sequential_add`, `subclass` (the model alone; the recipe does not matter),
    `script` or `notebook` (model and training).

    Raises Refusal: `graph-not-ready` with problems; `not-a-chain` with the node where a Sequential model ends being
    possible; `recipe-needed` for a training without a recipe.
    """
    if style not in _TRAININGS:
        return model_source(graph, style)
    if recipe is None:
        raise Refusal("recipe-needed", f"A {style} trains the model; it needs a recipe. Choose a dataset first.")
    return _TRAININGS[style](graph, recipe, home)
