import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerloom.graph.document import Edge, Graph, Node
from layerloom.graph.patch import (
    AddEdge,
    AddNode,
    RemoveEdge,
    RemoveNode,
    Rename,
    SetConfig,
    SetRecipe,
    SetType,
    UnsetConfig,
    apply,
)
from tests.graph.drawings import acyclic_graphs, chain


@given(acyclic_graphs(), st.data())
def test_an_edge_removed_and_put_back_in_its_place_gives_the_same_graph(graph: Graph, data: st.DataObject) -> None:
    if not graph.edges:
        return
    index = data.draw(st.integers(0, len(graph.edges) - 1))
    index = graph.edges.index(graph.edges[index])
    edge = graph.edges[index]

    assert apply(graph, [RemoveEdge(edge=edge), AddEdge(edge=edge, index=index)]) == graph


@given(acyclic_graphs())
def test_a_node_added_and_removed_gives_the_same_graph(graph: Graph) -> None:
    node = Node(id="new", type="Dense", config={"units": 3})
    wires = [AddEdge(edge=Edge(source=other.id, target="new")) for other in graph.nodes]

    changed = apply(graph, [AddNode(node=node, position=(3.0, 4.0)), *wires, RemoveNode(node="new")])

    assert changed == graph


@given(acyclic_graphs())
def test_every_change_survives_json(graph: Graph) -> None:
    assert Graph.model_validate_json(graph.model_dump_json()) == graph


def test_each_change_of_a_node_changes_that_and_nothing_else() -> None:
    graph = Graph(nodes=[Node(id="a", type="Dense", name="x", config={"units": 3, "activation": "relu"})])

    changed = apply(
        graph,
        [
            SetConfig(node="a", parameter="units", value=5),
            UnsetConfig(node="a", parameter="activation"),
            Rename(node="a", name=None),
            SetType(node="a", type="EinsumDense"),
            SetRecipe(path=["seed"], value=1),
        ],
    )

    assert changed == Graph(nodes=[Node(id="a", type="EinsumDense", config={"units": 5})])


@pytest.mark.parametrize(
    "change",
    [
        SetConfig(node="no", parameter="units", value=1),
        UnsetConfig(node="no", parameter="units"),
        Rename(node="no", name="x"),
        SetType(node="no", type="Dense"),
        RemoveNode(node="no"),
        RemoveEdge(edge=Edge(source="n1", target="n0")),
        AddEdge(edge=Edge(source="n0", target="no")),
        AddNode(node=Node(id="n0", type="Dense")),
    ],
    ids=lambda change: change.op,
)
def test_a_change_that_does_not_fit_the_graph_is_refused(change: SetConfig) -> None:
    with pytest.raises(ValueError):
        apply(chain(2), [change])
