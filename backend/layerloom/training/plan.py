"""A drawing, a recipe and a dataset side by side: what the checks before a training look at, and how fixes are made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from layerloom.data.dataset import Column, DatasetInfo
from layerloom.data.library import Library, UnknownDataset
from layerloom.data.suggest import suggest
from layerloom.graph.document import Graph, Node
from layerloom.graph.naming import layer_names
from layerloom.graph.patch import SetConfig, SetRecipe
from layerloom.modeling.outputs import OutputSource, output_sources
from layerloom.modeling.reflection import node_entry
from layerloom.problem import Fix, Problem
from layerloom.recipe import KerasObject, OutputRecipe, Recipe
from layerloom.report import CheckReport, TensorReport

MOST_LISTED = 20


@dataclass(frozen=True)
class Target:
    """One Output node with everything that decides whether its loss fits: where its values come from, its columns."""

    name: str
    source: OutputSource
    columns: list[Column]
    judged: OutputRecipe
    one_hot: bool

    @property
    def path(self) -> list[str]:
        """The place of its loss in the recipe."""
        return ["compile", "outputs", self.name, "loss"]

    @property
    def classes(self) -> int | None:
        """How many classes a category target has."""
        return len(self.columns[0].classes or []) if len(self.columns) == 1 and self.columns[0].classes else None

    @property
    def units(self) -> int | None:
        """The size of the last axis of what the model gives."""
        return self.source.shape[-1]


@dataclass(frozen=True)
class Plan:
    """What a training would be made from: a drawing with its blocks put in, and how it is to learn.

    `dataset` is None if there is none with the recipe's name.
    """

    graph: Graph
    recipe: Recipe
    report: CheckReport
    dataset: DatasetInfo | None

    @cached_property
    def inputs(self) -> dict[str, Node]:
        """The Input nodes by layer name."""
        return self._named("Input")

    @cached_property
    def outputs(self) -> dict[str, Node]:
        """The Output nodes by layer name."""
        return self._named("Output")

    @cached_property
    def suggestion(self) -> Recipe | None:
        """The recipe that would be made for this drawing and dataset; None without a dataset."""
        return suggest(self.graph, self.dataset) if self.dataset else None

    @cached_property
    def targets(self) -> list[Target]:
        """The Output nodes that are computable, bound to columns there are, and have a loss."""
        sources = output_sources(self.graph, self.report)
        data, judged = self.recipe.data, self.recipe.compile.outputs
        return [
            Target(name, sources[name], columns, judged[name], data.encoding.get(name) == "one_hot")
            for name in self.outputs
            if name in sources and name in judged and (columns := self.columns(data.targets.get(name, [])))
        ]

    def columns(self, names: Sequence[str]) -> list[Column]:
        """The columns with these names, or none at all if one of them does not exist."""
        known = {column.name: column for column in self.dataset.columns} if self.dataset else {}
        return [known[name] for name in names] if all(name in known for name in names) else []

    def arriving(self, node: Node) -> TensorReport | None:
        """What an Input node hands on; None if it is wrong in itself."""
        return next(iter(self.report.nodes[node.id].outputs.values()), None)

    def takes(self, node_id: str, parameter: str) -> bool:
        """Whether the layer of this node has such an argument."""
        entry = node_entry(self.graph.node(node_id).type)
        return entry is not None and any(known.name == parameter for known in entry.parameters)

    def _named(self, type: str) -> dict[str, Node]:
        names = layer_names(self.graph)
        return {names[node.id]: node for node in self.graph.nodes if node.type == type}


def plan(graph: Graph, recipe: Recipe, report: CheckReport, home: Path) -> Plan:
    """The plan of a drawing that was checked."""
    try:
        dataset = Library(home).get(recipe.data.dataset)
    except UnknownDataset:
        dataset = None
    return Plan(graph, recipe, report, dataset)


def set_recipe(path: Sequence[str], value: Any, label: str) -> Fix:
    """The fix that puts a value into the recipe."""
    return Fix(label=label, patch=[SetRecipe(path=list(path), value=value)])


def set_config(node_id: str, parameter: str, value: JsonValue, label: str) -> Fix:
    """The fix that gives an argument of a node a value."""
    return Fix(label=label, patch=[SetConfig(node=node_id, parameter=parameter, value=value)])


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant."""
    by_lower = {name.lower(): name for name in known}
    found = get_close_matches(word[:100].lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[found[0]] if found else None


def listed(names: Iterable[str]) -> str:
    """Names in quotes, as many as a person reads."""
    all_names = list(names)
    more = f" and {len(all_names) - MOST_LISTED} more" if len(all_names) > MOST_LISTED else ""
    return (", ".join(f"'{name}'" for name in all_names[:MOST_LISTED]) or "none") + more


def shown(shape: Sequence[int | None]) -> str:
    """A shape in brackets; a free size is "any"."""
    return f"({', '.join('any' if size is None else str(size) for size in shape)})"


def object_json(described: KerasObject | OutputRecipe) -> dict[str, JsonValue]:
    """As it stands in a recipe."""
    content: dict[str, JsonValue] = described.model_dump(mode="json")
    return content


def warning(code: str, message: str, recipe: Sequence[str], fixes: Sequence[Fix] = ()) -> Problem:
    """Something that can be trained but is hardly meant."""
    return Problem(code=code, severity="warning", message=message, recipe=list(recipe), fixes=list(fixes))
