"""Layers that the user wrote: their code stands in the program as it was typed, before anything that calls it."""

import ast
import keyword
from collections.abc import Iterator, Sequence

from layerloom.graph.document import Node
from layerloom.modeling.custom import layer_class
from layerloom.modeling.source.literals import literal
from layerloom.problem import Refusal


def names_of(codes: Sequence[str]) -> frozenset[str]:
    """Every name that the codes bind at their top level.

    Raises Refusal `class-name-twice` where two of them define a class of the same name, which one program can not hold.
    """
    bound = [frozenset(_bound(ast.parse(code))) for code in codes]
    classes = [layer_class(code).__name__ for code in codes]
    twice = next((name for name in classes if classes.count(name) > 1), None)
    if twice:
        message = f"Two Python layers define a class '{twice}' each. One program can hold one: give them other names."
        raise Refusal("class-name-twice", message)
    return frozenset().union(*bound)


def own_construction(node: Node, name: str) -> str:
    """The expression that makes the layer of a `python` node; `name` is an expression."""
    arguments = node.config.get("arguments") or {}
    given = arguments if isinstance(arguments, dict) else {}
    plain = all(key.isidentifier() and not keyword.iskeyword(key) for key in given)
    written = [f"{key}={literal(value)}" for key, value in given.items()] if plain else [f"**{literal(given)}"]
    return f"{layer_class(str(node.config['code'])).__name__}({', '.join([*written, f'name={name}'])})"


def _bound(module: ast.Module) -> Iterator[str]:
    for part in module.body:
        if isinstance(part, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield part.name
        elif isinstance(part, ast.Import | ast.ImportFrom):
            yield from ((alias.asname or alias.name).partition(".")[0] for alias in part.names)
        else:
            yield from (name.id for name in ast.walk(part) if isinstance(name, ast.Name))
