"""Our own files: a saved project, or a bare graph document."""

from pydantic import JsonValue, ValidationError

from layerloom.graph.document import Graph
from layerloom.imported import Imported
from layerloom.problem import Refusal
from layerloom.recipe import Recipe


def is_project(value: JsonValue) -> bool:
    """Whether the value is meant as a project or a graph of ours."""
    return isinstance(value, dict) and "class_name" not in value and ("graph" in value or "nodes" in value)


def read_project(value: JsonValue) -> Imported:
    """The drawing and recipe of a project file. Raises Refusal `bad-document`, naming the place."""
    if not isinstance(value, dict):
        raise Refusal("bad-document", "A project file is a JSON object.")
    try:
        graph = Graph.model_validate(value.get("graph", value) if "graph" in value else value)
        recipe = None if value.get("recipe") is None else Recipe.model_validate(value["recipe"])
    except ValidationError as error:
        found = error.errors(include_input=False)[0]
        place = ".".join(str(key)[:80] for key in found["loc"]) or "the document"
        said = str(found["msg"]).removeprefix("Value error, ")
        raise Refusal("bad-document", f"{place}: {said[:1].lower()}{said[1:]}.") from None
    name = value.get("name")
    if isinstance(name, str) and 0 < len(name.strip()) <= 200:
        graph = graph.model_copy(update={"name": name.strip()})
    return Imported(graph=graph, format="project", recipe=recipe)
