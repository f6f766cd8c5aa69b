"""Random drawings with blocks for property tests, and small ones to start from."""

from typing import Any

from hypothesis import strategies as st

from layerloom.graph.document import Block, Edge, Graph, Node


def dense_block(units: Any = 4, **parameters: Any) -> Block:
    """Input 'x' -> Dense 'hidden' -> Output 'y'."""
    nodes = [
        Node(id="i", type="Input", name="x"),
        Node(id="d", type="Dense", name="hidden", config={"units": units}),
        Node(id="o", type="Output", name="y"),
    ]
    edges = [Edge(source="i", target="d"), Edge(source="d", target="o")]
    return Block(parameters=parameters, graph=Graph(nodes=nodes, edges=edges))


def calling(name: str, **blocks: Block) -> Graph:
    """Input 'a' -> block 'b' -> Output 'c'."""
    nodes = [
        Node(id="a", type="Input", name="a", config={"shape": [4]}),
        Node(id="b", type=f"block:{name}", name="b"),
        Node(id="c", type="Output", name="c"),
    ]
    return Graph(nodes=nodes, edges=[Edge(source="a", target="b"), Edge(source="b", target="c")], blocks=blocks)


def with_config(graph: Graph, **config: Any) -> Graph:
    """The drawing with this config at its block node 'b'."""
    nodes = [node.model_copy(update={"config": config}) if node.id == "b" else node for node in graph.nodes]
    return graph.model_copy(update={"nodes": nodes})


@st.composite
def drawings_with_blocks(draw: st.DrawFn) -> Graph:
    """One to three blocks, each of dense layers, merges and blocks before it, called by a chain with merges."""
    blocks: dict[str, Block] = {}
    for number in range(draw(st.integers(1, 3))):
        blocks[f"b{number}"] = Block(graph=draw(_body(list(blocks))))
    return draw(_body(list(blocks))).model_copy(update={"blocks": blocks})


@st.composite
def _body(draw: st.DrawFn, callable: list[str]) -> Graph:
    nodes = [Node(id="in", type="Input", name="x", config={"shape": [3]})]
    edges: list[Edge] = []
    for number in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["Dense", "Add", *(f"block:{name}" for name in callable)]))
        config: dict[str, Any] = {"units": 3} if kind == "Dense" else {}
        if kind.startswith("block:"):
            config = {"repeat": draw(st.integers(1, 3))}
        sources = draw(st.lists(st.sampled_from(nodes), min_size=2, max_size=3)) if kind == "Add" else [nodes[-1]]
        node = Node(id=f"n{number}", type=kind, config=config)
        edges += [Edge(source=source.id, target=node.id) for source in sources]
        nodes.append(node)
    output = Node(id="out", type="Output", name="y")
    return Graph(nodes=[*nodes, output], edges=[*edges, Edge(source=nodes[-1].id, target="out")])
