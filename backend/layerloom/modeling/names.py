"""What is wrong with layer names: used twice, or nothing that Keras and a file can carry."""

import re
import unicodedata
from collections.abc import Iterator

from layerloom.graph.document import Node
from layerloom.graph.naming import snake_case, unique
from layerloom.graph.patch import Rename
from layerloom.modeling.drawing import OUTPUT, Drawing
from layerloom.problem import Fix, Problem

MAX_NAME = 100
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINER = "\u200d"
"""Joins emoji into one; the only invisible character that names may hold."""


def name_problems(drawing: Drawing) -> Iterator[Problem]:
    """Bad names, and names that a second layer (or a second Output) bears."""
    seen: dict[tuple[bool, str], Node] = {}
    for node in drawing.graph.nodes:
        name = drawing.names[node.id]
        if node.name is not None and (fault := _fault(node.name)):
            yield _bad_name(drawing, node, fault)
            continue
        first = seen.setdefault((node.type == OUTPUT, name), node)
        if first is not node:
            yield _duplicate(drawing, node, name)


def _fault(name: str) -> str | None:
    if not name.strip():
        return "is empty"
    if len(name) > MAX_NAME:
        return f"has {len(name):,} characters"
    if name != name.strip():
        return "starts or ends with a blank"
    bad = sorted({character for character in name if not _allowed(character)})
    if bad:
        return f"holds {', '.join(_character(character) for character in bad[:5])}"
    return "starts with a dot" if name.startswith(".") else None


def _allowed(character: str) -> bool:
    if character in "/\\":
        return False
    return character == _JOINER or unicodedata.category(character) not in _INVISIBLE


def _character(character: str) -> str:
    return f"'{character}'" if character in "/\\" else f"U+{ord(character):04X}"


def _bad_name(drawing: Drawing, node: Node, fault: str) -> Problem:
    start = re.sub(r"\s+", " ", "".join(c if _allowed(c) else "_" for c in (node.name or "")))
    cleaned = unique(start.strip(" ._")[: MAX_NAME - 10].strip() or snake_case(node.type), drawing.names.values())
    return Problem(
        code="bad-name",
        message=f"The name of this {node.type} {fault}. A name has 1 to {MAX_NAME} visible characters, "
        "no / and no \\, and starts with none of dot and blank. Choose another.",
        node=node.id,
        parameter="name",
        fixes=[Fix(label=f"Rename to '{cleaned}'", patch=[Rename(node=node.id, name=cleaned)])],
    )


def _duplicate(drawing: Drawing, node: Node, name: str) -> Problem:
    free = unique(name, drawing.names.values())
    return Problem(
        code="duplicate-name",
        message=f"Two nodes are named '{name}'; every layer needs a name of its own. Rename one of them.",
        node=node.id,
        parameter="name",
        fixes=[Fix(label=f"Rename to '{free}'", patch=[Rename(node=node.id, name=free)])],
    )
