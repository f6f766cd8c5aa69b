"""Problems of a drawing with its blocks put in, told of the drawing as it is: at block nodes, with fixes for both."""

from collections.abc import Iterable, Iterator

from pydantic import JsonValue

from layerloom.graph.block_copy import Path
from layerloom.graph.block_mistakes import Mistake
from layerloom.graph.block_parameters import parameter_of
from layerloom.graph.blocks import Expanded, Home
from layerloom.graph.document import Edge, Graph, Node
from layerloom.graph.naming import fresh_ids, layer_names
from layerloom.graph.patch import (
    AddEdge,
    AddNode,
    Change,
    InBlock,
    PlainChange,
    RemoveEdge,
    SetConfig,
    SetRecipe,
)
from layerloom.graph.topology import upstream
from layerloom.modeling.drawing import OUTPUT, Drawing
from layerloom.modeling.edits import connect, midway
from layerloom.modeling.structure import unused_node
from layerloom.modeling.wiring import loose_ends
from layerloom.problem import Fix, Problem


def located(problems: Iterable[Problem], expanded: Expanded) -> Iterator[Problem]:
    """The problems at the nodes of the drawing; what is wrong in every copy of a block is told once."""
    told: set[tuple[object, ...]] = set()
    drawn = expanded.homes[()].graph
    used = upstream(drawn, [node.id for node in drawn.nodes if node.type == OUTPUT])
    for problem in problems:
        path = expanded.origin.get(problem.node or "", ())
        if problem.code == "unused-node" and len(path) > 1 and path[0] not in used:
            path, problem = path[:1], unused_node(path[0], layer_names(drawn)[path[0]])
            if path in told:
                continue
            told.add(path)
        key = (problem.code, *path[::2], problem.port, problem.parameter)
        if len(path) > 1 and key in told:
            continue
        told.add(key)
        yield _located(problem, path, expanded)


def block_problems(expanded: Expanded, drawing: Drawing) -> Iterator[Problem]:
    """Why blocks could not be put in. `drawing` is the expanded one."""
    graph = expanded.homes[()].graph
    for mistake in expanded.mistakes:
        problem = _problem(mistake, expanded, graph)
        if problem.code == "missing-input" and not problem.inside:
            problem = problem.model_copy(update={"fixes": _wires(expanded, drawing, mistake)})
        yield problem


def _wires(expanded: Expanded, drawing: Drawing, mistake: Mistake) -> list[Fix]:
    """Wires from loose ends to a port of a block."""
    node = drawing.nodes[mistake.path[0]]
    drawn = [connect(drawing, source, node.id, mistake.port) for source in loose_ends(drawing, node)[:2]]
    return [fix for fix in (_fix(fix, expanded) for fix in drawn) if fix is not None]


def _located(problem: Problem, path: Path, expanded: Expanded) -> Problem:
    moved = [_fix(fix, expanded) for fix in problem.fixes]
    fixes = [fix for fix in moved if fix is not None]
    if len(path) < 2:
        return problem.model_copy(update={"fixes": fixes})
    where = {"node": path[0], "inside": list(path[1:]), "message": f"{_words(path, expanded)}{problem.message}"}
    return problem.model_copy(update={**where, "fixes": fixes})


def _words(path: Path, expanded: Expanded) -> str:
    """The layer by the blocks that it stands in: what a message about it starts with."""
    name = _inner(path, expanded).name
    block = expanded.homes[path[:-1]].block
    return f"In block '{block}', at {f'layer {name!r}' if name else f'a {_inner(path, expanded).type}'}: "


def _inner(path: Path, expanded: Expanded) -> Node:
    return expanded.homes[path[:-1]].graph.node(path[-1])


def _problem(mistake: Mistake, expanded: Expanded, graph: Graph) -> Problem:
    node, *inside = mistake.path
    block = graph.node(node).type.partition(":")[2]
    message = f"In block '{block}': {mistake.message}" if inside else mistake.message
    home = mistake.path[:-1]
    fixes = [Fix(label=way.label, patch=list(way.patch)) for way in mistake.ways]
    if inside:
        moved = [_in_definition(fix, expanded.homes[home], graph) for fix in fixes if home in expanded.homes]
        fixes = [fix for fix in moved if fix is not None]
    return Problem(
        code=mistake.code,
        message=message,
        node=node,
        inside=inside,
        port=mistake.port,
        parameter=mistake.parameter,
        fixes=fixes,
    )


def _fix(fix: Fix, expanded: Expanded) -> Fix | None:
    """The fix as a change of the drawing or of one block's definition; None where it would need more than one."""
    if not expanded.gone:
        return fix
    recipe: list[Change] = [change for change in fix.patch if isinstance(change, SetRecipe)]
    plain = [change for change in fix.patch if not isinstance(change, SetRecipe | InBlock)]
    homes = {home for change in plain for home in _homes(change, expanded)}
    if len(homes) > 1:
        return None
    home = next(iter(homes), ())
    moved = _Mover(expanded, home).moved(plain)
    if moved is None:
        return None
    inner = fix.model_copy(update={"patch": moved})
    done = inner if not home else _in_definition(inner, expanded.homes[home], expanded.homes[()].graph)
    return done and done.model_copy(update={"patch": [*done.patch, *recipe]})


def _in_definition(fix: Fix, home: Home, graph: Graph) -> Fix | None:
    """The fix as a change of a block that the drawing defines; None for one that is defined inside another."""
    drawn = graph.blocks.get(home.block)
    if drawn is None or drawn.graph is not home.graph:
        return None
    changes = [change for change in fix.patch if not isinstance(change, SetRecipe | InBlock)]
    return fix.model_copy(update={"patch": [InBlock(block=home.block, changes=changes)]})


def _homes(change: PlainChange, expanded: Expanded) -> set[Path]:
    """The copy in which the changed node stands; none for what is new."""
    if isinstance(change, AddNode):
        return set()
    id = change.edge.target if isinstance(change, AddEdge | RemoveEdge) else change.node
    return {expanded.origin[id][:-1]} if id in expanded.origin else set()


class _Mover:
    """Changes of the expanded drawing as changes of the graph that one copy was made from."""

    def __init__(self, expanded: Expanded, home: Path) -> None:
        self._expanded = expanded
        self._home = home
        self._graph = expanded.homes[home].graph
        self._new: dict[str, str] = {}
        self._sources: dict[tuple[str, str | None], tuple[str, str | None]] = {}
        self._midway: tuple[float, float] | None = None

    def moved(self, changes: list[PlainChange]) -> list[Change] | None:
        """The same changes there; None where one of them does not stay in that graph."""
        new = [change.node.id for change in changes if isinstance(change, AddNode)]
        self._new = dict(zip(new, fresh_ids(self._graph, len(new)), strict=True))
        for edge in [change.edge for change in changes if isinstance(change, RemoveEdge)]:
            kept = self._drawn(edge)
            self._sources[edge.source, edge.source_port] = (kept.source, kept.source_port)
            self._midway = self._midway or midway(self._graph, kept)
        moved = [self._moved(change) for change in changes]
        return None if any(change is None for change in moved) else [change for change in moved if change is not None]

    def _moved(self, change: PlainChange) -> Change | None:
        if isinstance(change, AddNode):
            node = change.node.model_copy(update={"id": self._new[change.node.id]})
            return change.model_copy(update={"node": node, "position": change.position or self._midway})
        if isinstance(change, RemoveEdge):
            return RemoveEdge(edge=self._drawn(change.edge))
        if isinstance(change, AddEdge):
            return self._added(change)
        id = self._id(change.node)
        if id is None or (isinstance(change, SetConfig) and self._is_parameter(id, change.parameter)):
            return None
        return change.model_copy(update={"node": id})

    def _added(self, change: AddEdge) -> Change | None:
        edge = change.edge
        source = self._sources.get((edge.source, edge.source_port), (self._id(edge.source), edge.source_port))
        target = self._id(edge.target)
        if source[0] is None or target is None:
            return None
        index = None if change.index is None else self._place(change.index)
        ends = Edge(source=source[0], source_port=source[1], target=target, target_port=edge.target_port)
        return AddEdge(edge=ends, index=index)

    def _id(self, id: str) -> str | None:
        path = self._expanded.origin.get(id, ())
        return path[-1] if path and path[:-1] == self._home else self._new.get(id)

    def _drawn(self, edge: Edge) -> Edge:
        """The wire as it was drawn."""
        return self._graph.edges[self._place(self._expanded.graph.edges.index(edge))]

    def _place(self, index: int) -> int:
        wires = self._expanded.wires
        return wires[index][1] if index < len(wires) else len(self._graph.edges)

    def _is_parameter(self, node: str, name: str) -> bool:
        """Whether the value is the block's parameter (or holds one): a fix would cut it off for all copies."""
        return bool(self._home) and _holds_parameter(self._graph.node(node).config.get(name))


def _holds_parameter(value: JsonValue) -> bool:
    if isinstance(value, dict):
        return parameter_of(value) is not None or any(map(_holds_parameter, value.values()))
    return isinstance(value, list) and any(map(_holds_parameter, value))
