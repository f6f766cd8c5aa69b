"""A drawing in the making: nodes get ids, free names and places that do not overlap."""

from collections.abc import Sequence

from pydantic import JsonValue

from layerloom.graph.document import Edge, Graph, Node
from layerloom.graph.naming import unique

X_STEP, Y_STEP = 220.0, 110.0


class Sketch:
    """A row of 0 is the middle line; a node stands one step right of what feeds it."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._nodes: list[Node] = []
        self._edges: list[Edge] = []
        self._places: dict[str, tuple[float, float]] = {}
        self._names: set[str] = set()

    def graph(self) -> Graph:
        """What was drawn so far."""
        return Graph(name=self._title, nodes=self._nodes, edges=self._edges, layout=self._places)

    def add(
        self, type: str, sources: Sequence[str] = (), *, row: float = 0, name: str | None = None, **config: JsonValue
    ) -> str:
        """Add a node behind these and give its id. A name is to be free (`free_name`)."""
        return self.add_node(type, sources, row, name, config)

    def add_node(
        self, type: str, sources: Sequence[str], row: float, name: str | None, config: dict[str, JsonValue]
    ) -> str:
        """The same with the arguments of the layer in a dict."""
        id = f"n{len(self._nodes) + 1}"
        self._nodes.append(Node(id=id, type=type, name=name, config=config))
        self._edges += [Edge(source=source, target=id) for source in sources]
        right = max((self._places[source][0] + X_STEP for source in sources), default=0.0)
        self._places[id] = (right, row * Y_STEP)
        return id

    def free_name(self, wanted: str) -> str:
        """`wanted`, or with a number behind it where a node has that name already."""
        name = unique(wanted, self._names)
        self._names.add(name)
        return name
