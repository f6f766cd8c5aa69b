"""Random drawings that Keras can build, for property tests."""

from itertools import pairwise

from hypothesis import strategies as st

from layerloom.graph.document import Edge, Graph, Node

WIDTHS = st.integers(1, 6)


def chain(*nodes: Node) -> Graph:
    """The nodes in a row."""
    pairs = pairwise(nodes)
    return Graph(nodes=list(nodes), edges=[Edge(source=a.id, target=b.id) for a, b in pairs])


@st.composite
def vector_networks(draw: st.DrawFn) -> Graph:
    """One to three Inputs of vectors, dense layers and concatenations on any earlier tensors, one to three Outputs."""
    inputs = draw(st.integers(1, 3))
    nodes = [Node(id=f"i{k}", type="Input", config={"shape": [draw(WIDTHS)]}) for k in range(inputs)]
    edges: list[Edge] = []
    for k in range(draw(st.integers(1, 8))):
        several = draw(st.booleans())
        sources = draw(st.lists(st.sampled_from(nodes), min_size=2, max_size=3)) if several else [draw(_any(nodes))]
        node = draw(_layer(f"l{k}", several))
        edges += [Edge(source=source.id, target=node.id) for source in sources]
        nodes.append(node)
    ends = draw(st.lists(st.sampled_from(nodes), min_size=1, max_size=3))
    outputs = [Node(id=f"o{k}", type="Output") for k in range(len(ends))]
    edges += [Edge(source=end.id, target=output.id) for end, output in zip(ends, outputs, strict=True)]
    return Graph(nodes=draw(st.permutations([*nodes, *outputs])), edges=edges)


def _any(nodes: list[Node]) -> st.SearchStrategy[Node]:
    return st.sampled_from(list(nodes))


def _layer(id: str, merges: bool) -> st.SearchStrategy[Node]:
    if merges:
        return st.just(Node(id=id, type="Concatenate"))
    dense = st.builds(lambda units: Node(id=id, type="Dense", config={"units": units}), WIDTHS)
    others = ["BatchNormalization", "ReLU", "LayerNormalization", "Dropout"]
    plain = st.sampled_from(others).map(
        lambda type: Node(id=id, type=type, config={"rate": 0.5} if type == "Dropout" else {})
    )
    return st.one_of(dense, plain)
