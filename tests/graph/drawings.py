"""Random drawings for property tests."""

from hypothesis import strategies as st

from layerloom.graph.document import Edge, Graph, Node

TYPES = ["Dense", "Conv2DTranspose", "LSTM", "Add"]


@st.composite
def acyclic_graphs(draw: st.DrawFn, max_nodes: int = 12) -> Graph:
    """Nodes in a random document order, wires only from earlier to later ones of a hidden order."""
    count = draw(st.integers(0, max_nodes))
    nodes = [Node(id=f"n{number}", type=draw(st.sampled_from(TYPES))) for number in range(count)]
    pairs = [(source, target) for target in range(count) for source in range(target)]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=2 * count)) if pairs else []
    edges = [Edge(source=f"n{source}", target=f"n{target}") for source, target in chosen]
    return Graph(nodes=draw(st.permutations(nodes)), edges=edges)


def chain(count: int) -> Graph:
    """n0 to n1 to ... in a row."""
    nodes = [Node(id=f"n{number}", type="Dense") for number in range(count)]
    return Graph(nodes=nodes, edges=[Edge(source=f"n{k}", target=f"n{k + 1}") for k in range(count - 1)])
