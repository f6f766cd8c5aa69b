from hypothesis import given
from hypothesis import strategies as st

from layerloom.graph import topology
from layerloom.graph.document import Edge, Graph, Node
from tests.graph.drawings import acyclic_graphs, chain


def drawing(*wires: str, nodes: str = "abcdef") -> Graph:
    return Graph(
        nodes=[Node(id=id, type="Dense") for id in nodes],
        edges=[Edge(source=wire[0], target=wire[1]) for wire in wires],
    )


@given(acyclic_graphs())
def test_order_puts_every_source_before_its_targets(graph: Graph) -> None:
    place = {id: index for index, id in enumerate(topology.order(graph))}

    assert sorted(place) == sorted(node.id for node in graph.nodes)
    assert all(place[edge.source] < place[edge.target] for edge in graph.edges)


def test_order_keeps_document_order_between_equals() -> None:
    assert topology.order(drawing("fa", nodes="cbaf")) == ["c", "b", "f", "a"]


def test_order_leaves_out_what_lies_on_or_behind_a_cycle() -> None:
    assert topology.order(drawing("ab", "bc", "cb", "cd")) == ["a", "e", "f"]


@given(acyclic_graphs())
def test_a_graph_without_cycles_has_no_knots(graph: Graph) -> None:
    assert topology.knots(graph) == []


@given(acyclic_graphs(), st.integers(2, 5))
def test_a_planted_ring_is_found_whole(graph: Graph, length: int) -> None:
    ring = [f"r{number}" for number in range(length)]
    nodes = [*graph.nodes, *(Node(id=id, type="Add") for id in ring)]
    into = [Edge(source=node.id, target=ring[0]) for node in graph.nodes]
    around = [Edge(source=ring[k], target=ring[(k + 1) % length]) for k in range(length)]

    assert topology.cycles(Graph(nodes=nodes, edges=[*graph.edges, *into, *around])) == [ring]


def test_each_knot_gives_one_shortest_cycle() -> None:
    assert topology.cycles(drawing("ab", "bc", "ca", "ba", "de", "ed", "cd")) == [["a", "b"], ["d", "e"]]


def test_closing_edges_lead_back_to_where_the_knot_is_entered() -> None:
    graph = drawing("ac", "bc", "cd", "db", "dc")

    assert topology.closing_edges(graph, ["b", "c", "d"]) == [
        Edge(source="b", target="c"),
        Edge(source="d", target="c"),
    ]


@given(acyclic_graphs(), st.data())
def test_without_its_closing_edges_a_knotted_graph_is_untied(graph: Graph, data: st.DataObject) -> None:
    ids = [node.id for node in graph.nodes]
    pairs = [(a, b) for a in ids for b in ids if a != b]
    more = data.draw(st.lists(st.sampled_from(pairs), max_size=6)) if pairs else []
    knotted = Graph(nodes=graph.nodes, edges=[*graph.edges, *(Edge(source=a, target=b) for a, b in more)])
    closing = [edge for knot in topology.knots(knotted) for edge in topology.closing_edges(knotted, knot)]

    untied = Graph(nodes=graph.nodes, edges=[edge for edge in knotted.edges if edge not in closing])

    assert topology.cycles(untied) == []


def test_reach_includes_the_start_and_follows_every_wire() -> None:
    graph = drawing("ab", "bc", "bd", "ed")

    assert (topology.downstream(graph, ["b"]), topology.upstream(graph, ["d"])) == (set("bcd"), set("abde"))


def test_inputs_of_a_node_are_grouped_by_port_in_edge_order() -> None:
    named = Edge(source="c", target="d", target_port="value")
    graph = Graph(nodes=drawing().nodes, edges=[*drawing("bd").edges, named, *drawing("ad").edges])

    assert topology.inputs_of(graph, "d") == {None: drawing("bd", "ad").edges, "value": [named]}


def test_a_chain_of_two_thousand_nodes_is_ordered_without_recursion() -> None:
    graph = chain(2_000)
    ring = graph.model_copy(update={"edges": [*graph.edges, Edge(source="n1999", target="n0")]})

    assert (len(topology.order(graph)), len(topology.cycles(ring)[0])) == (2_000, 2_000)
