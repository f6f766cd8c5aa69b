import json
import time
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from pydantic import ValidationError

from layerloom.graph.blocks import Expanded, expand
from layerloom.graph.document import Block, Edge, Graph, Node
from layerloom.graph.topology import order
from tests.graph.block_drawings import calling, dense_block, drawings_with_blocks, with_config
from tests.graph.drawings import acyclic_graphs


def layers(expanded: Expanded) -> list[tuple[str, str | None]]:
    return [(node.id, node.name) for node in expanded.graph.nodes]


def wires(expanded: Expanded) -> list[tuple[str, str]]:
    return [(edge.source, edge.target) for edge in expanded.graph.edges]


def mistakes(graph: Graph) -> list[tuple[str, str, str | None]]:
    return [(each.code, ".".join(each.path), each.port or each.parameter) for each in expand(graph).mistakes]


@given(acyclic_graphs())
def test_a_drawing_without_blocks_is_its_own_expansion(graph: Graph) -> None:
    assert expand(graph).graph == graph


@given(drawings_with_blocks())
def test_expansion_is_deterministic_has_unique_ids_and_whole_wires(graph: Graph) -> None:
    once, again = expand(graph), expand(graph)

    ids = [node.id for node in once.graph.nodes]
    assert once == again
    assert max(Counter(ids).values()) == 1
    assert {end for wire in wires(once) for end in wire} <= set(ids)
    assert sorted(order(once.graph)) == sorted(ids)
    assert not any(node.type.startswith("block:") for node in once.graph.nodes)


@given(drawings_with_blocks())
def test_every_node_keeps_the_number_of_its_wires(graph: Graph) -> None:
    expanded = expand(graph)

    for node in expanded.graph.nodes:
        path = expanded.origin[node.id]
        drawn = [edge for edge in expanded.homes[path[:-1]].graph.edges if edge.target == path[-1]]
        assert sum(edge.target == node.id for edge in expanded.graph.edges) == len(drawn)


def test_a_block_is_replaced_by_its_contents_under_dotted_ids_and_joined_names() -> None:
    expanded = expand(calling("dense", dense=dense_block()))

    assert layers(expanded) == [("a", "a"), ("b.1.d", "b_hidden"), ("c", "c")]
    assert wires(expanded) == [("b.1.d", "c"), ("a", "b.1.d")]
    assert expanded.origin["b.1.d"] == ("b", "1", "d")
    assert expanded.gone["b"] == {"y": ("b.1.d", None)}
    assert expanded.gone["b.1.i"] == {"output": ("a", None)}


def test_a_repeated_block_feeds_its_outputs_to_its_inputs() -> None:
    expanded = expand(with_config(calling("dense", dense=dense_block()), repeat=3))

    assert layers(expanded)[1:4] == [("b.1.d", "b_1_hidden"), ("b.2.d", "b_2_hidden"), ("b.3.d", "b_3_hidden")]
    assert set(wires(expanded)) == {("a", "b.1.d"), ("b.1.d", "b.2.d"), ("b.2.d", "b.3.d"), ("b.3.d", "c")}


def test_parameters_are_put_in_wherever_they_stand_and_handed_to_inner_blocks() -> None:
    outer = dense_block().model_copy(update={"parameters": {"size": 5}})
    call = Node(id="d", type="block:inner", name="hidden", config={"units": {"$parameter": "size"}})
    nodes = [call if node.id == "d" else node for node in outer.graph.nodes]
    outer = outer.model_copy(update={"graph": outer.graph.model_copy(update={"nodes": nodes})})
    inner = dense_block(units={"$parameter": "units"}, units_=None)
    inner = inner.model_copy(update={"parameters": {"units": 1}})

    by_default = expand(calling("outer", outer=outer, inner=inner)).graph.node("b.1.d.1.d")
    given = expand(with_config(calling("outer", outer=outer, inner=inner), size=9)).graph.node("b.1.d.1.d")

    assert (by_default.config, given.config) == ({"units": 5}, {"units": 9})
    assert by_default.name == "b_hidden_hidden"


def test_parameters_are_put_into_nested_objects() -> None:
    block = dense_block(units=3)
    regularized = {"units": 3, "kernel_regularizer": {"type": "L2", "config": {"l2": {"$parameter": "decay"}}}}
    nodes = [n.model_copy(update={"config": regularized}) if n.id == "d" else n for n in block.graph.nodes]
    block = Block(parameters={"decay": 0.1}, graph=block.graph.model_copy(update={"nodes": nodes}))

    config = expand(calling("dense", dense=block)).graph.node("b.1.d").config

    assert config == {"units": 3, "kernel_regularizer": {"type": "L2", "config": {"l2": 0.1}}}


def test_merge_ports_keep_the_order_of_their_wires_through_blocks() -> None:
    nodes = [Node(id=id, type="Input", name=id) for id in ("p", "q")]
    nodes += [Node(id="m", type="Subtract"), Node(id="o", type="Output", name="y")]
    edges = [Edge(source="q", target="m"), Edge(source="p", target="m"), Edge(source="m", target="o")]
    graph = Graph(
        nodes=[
            Node(id="a", type="Input"),
            Node(id="z", type="Input"),
            Node(id="b", type="block:minus"),
            Node(id="c", type="Output"),
        ],
        edges=[
            Edge(source="a", target="b", target_port="p"),
            Edge(source="z", target="b", target_port="q"),
            Edge(source="b", target="c"),
        ],
        blocks={"minus": Block(graph=Graph(nodes=nodes, edges=edges))},
    )

    assert [source for source, target in wires(expand(graph)) if target == "b.1.m"] == ["z", "a"]


def test_a_wire_straight_through_a_block_joins_what_is_around_it() -> None:
    nodes = [Node(id="i", type="Input", name="x"), Node(id="o", type="Output", name="y")]
    through = Block(graph=Graph(nodes=nodes, edges=[Edge(source="i", target="o")]))

    expanded = expand(with_config(calling("through", through=through), repeat=1_500))

    assert wires(expanded) == [("a", "c")]


def test_layers_that_share_stay_within_their_copy() -> None:
    block = dense_block()
    nodes = [*block.graph.nodes, Node(id="e", type="Dense", shares="d")]
    edges = [Edge(source="i", target="d"), Edge(source="d", target="e"), Edge(source="e", target="o")]
    block = Block(graph=Graph(nodes=nodes, edges=edges))

    expanded = expand(with_config(calling("dense", dense=block), repeat=2))

    assert {node.id: node.shares for node in expanded.graph.nodes if node.shares} == {
        "b.1.e": "b.1.d",
        "b.2.e": "b.2.d",
    }


def test_a_call_that_shares_another_call_shares_layer_by_layer() -> None:
    graph = with_config(calling("dense", dense=dense_block()), repeat=2)
    twin = Node(id="t", type="block:dense", name="t", shares="b")
    output = Node(id="u", type="Output", name="u")
    edges = [*graph.edges, Edge(source="a", target="t"), Edge(source="t", target="u")]
    graph = graph.model_copy(update={"nodes": [*graph.nodes, twin, output], "edges": edges})

    shared = {node.id: node.shares for node in expand(graph).graph.nodes if node.shares}

    assert shared == {"t.1.d": "b.1.d", "t.2.d": "b.2.d"}


def test_a_drawn_id_that_looks_expanded_stays_another_nodes_id() -> None:
    graph = calling("dense", dense=dense_block())
    graph = graph.model_copy(update={"nodes": [*graph.nodes, Node(id="b.1.d", type="Dense")]})

    ids = [node.id for node in expand(graph).graph.nodes]

    assert ids == ["a", "b.1.d.", "c", "b.1.d"]


def test_blocks_defined_inside_a_block_are_seen_there_first() -> None:
    inner = dense_block(units=7)
    outer = dense_block()
    nodes = [
        node.model_copy(update={"type": "block:dense", "config": {}}) if node.id == "d" else node
        for node in outer.graph.nodes
    ]
    outer = Block(graph=outer.graph.model_copy(update={"nodes": nodes, "blocks": {"dense": inner}}))

    expanded = expand(calling("outer", outer=outer, dense=dense_block(units=1)))

    assert expanded.graph.node("b.1.d.1.d").config == {"units": 7}


def nested(levels: int) -> Graph:
    """Block l1 calls l2, which calls l3, and so on."""
    blocks = {f"l{levels}": dense_block()}
    for level in range(1, levels):
        block = dense_block()
        nodes = [
            node.model_copy(update={"type": f"block:l{level + 1}", "config": {}}) if node.id == "d" else node
            for node in block.graph.nodes
        ]
        blocks[f"l{level}"] = Block(graph=block.graph.model_copy(update={"nodes": nodes}))
    return calling("l1", **blocks)


def test_sixteen_levels_are_put_in_and_the_seventeenth_is_refused() -> None:
    assert mistakes(nested(16)) == []
    assert [code for code, _, _ in mistakes(nested(17))] == ["too-many-nodes"]


def test_a_block_that_contains_itself_is_refused_where_it_does() -> None:
    graph = nested(3)
    last = graph.blocks["l3"]
    nodes = [
        node.model_copy(update={"type": "block:l1", "config": {}}) if node.id == "d" else node
        for node in last.graph.nodes
    ]
    looped = last.model_copy(update={"graph": last.graph.model_copy(update={"nodes": nodes})})
    graph = graph.model_copy(update={"blocks": {**graph.blocks, "l3": looped}})

    [mistake] = expand(graph).mistakes

    assert (mistake.code, mistake.path) == ("block-recursion", ("b", "1", "d", "1", "d", "1", "d"))
    assert "'l1' → 'l2' → 'l3' → 'l1'" in mistake.message


@pytest.mark.parametrize("repeat", [10**9, 10**12])
def test_a_repeat_beyond_the_limit_is_answered_at_once_with_the_count(repeat: int) -> None:
    started = time.perf_counter()

    [mistake] = expand(with_config(calling("dense", dense=dense_block()), repeat=repeat)).mistakes

    assert (mistake.code, mistake.path, mistake.parameter) == ("too-many-nodes", ("b",), "repeat")
    assert f"{repeat + 2:,} nodes; at most 2,000" in mistake.message
    assert time.perf_counter() - started < 0.2


def test_blocks_that_multiply_level_by_level_are_answered_at_once() -> None:
    blocks = {"l15": dense_block()}
    for level in range(15):
        nodes = [Node(id="i", type="Input", name="x"), Node(id="o", type="Output", name="y")]
        nodes[1:1] = [Node(id=f"c{k}", type=f"block:l{level + 1}") for k in range(50)]
        edges = [Edge(source=one.id, target=other.id) for one, other in pairwise(nodes)]
        blocks[f"l{level}"] = Block(graph=Graph(nodes=nodes, edges=edges))
    started = time.perf_counter()

    [mistake] = expand(calling("l0", **blocks)).mistakes

    assert mistake.code == "too-many-nodes"
    assert time.perf_counter() - started < 1


def test_values_that_multiply_level_by_level_are_answered_at_once() -> None:
    levels = 15
    blocks = {f"l{levels}": dense_block(units={"$parameter": "v"}, v=1)}
    for level in range(levels):
        nodes = [Node(id="i", type="Input", name="x"), Node(id="o", type="Output", name="y")]
        nodes[1:1] = [Node(id="c", type=f"block:l{level + 1}", config={"v": [{"$parameter": "v"}] * 30})]
        edges = [Edge(source=one.id, target=other.id) for one, other in pairwise(nodes)]
        blocks[f"l{level}"] = Block(parameters={"v": 1}, graph=Graph(nodes=nodes, edges=edges))
    started = time.perf_counter()

    codes = {code for code, _, _ in mistakes(calling("l0", **blocks))}

    assert codes == {"bad-value"}
    assert time.perf_counter() - started < 1


def without(type: str) -> Block:
    block = dense_block()
    kept = {node.id for node in block.graph.nodes if node.type != type}
    edges = [edge for edge in block.graph.edges if {edge.source, edge.target} <= kept]
    nodes = [node for node in block.graph.nodes if node.id in kept]
    return Block(graph=Graph(nodes=nodes, edges=edges))


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        (calling("dens", dense=dense_block()), ("unknown-type", "b", None)),
        (calling("none"), ("unknown-type", "b", None)),
        (with_config(calling("d", d=dense_block()), units=3), ("unknown-parameter", "b", "units")),
        (calling("d", d=dense_block(units={"$parameter": "u"})), ("missing-parameter", "b.1.d", "units")),
        (calling("d", d=without("Input")), ("no-input", "b", None)),
        (calling("d", d=without("Output")), ("no-output", "b", None)),
        *(
            (with_config(calling("d", d=dense_block()), repeat=value), ("bad-value", "b", "repeat"))
            for value in (0, -1, 1.5, True, "3", None, 10**13, 10**4_000)
        ),
    ],
)
def test_a_bad_call_is_told_at_its_node_and_parameter(graph: Graph, expected: tuple[str, str, str | None]) -> None:
    assert expected in mistakes(graph)


def test_an_unknown_block_with_a_close_name_offers_that_one() -> None:
    [mistake] = expand(calling("dens", dense=dense_block())).mistakes

    assert "Did you mean 'dense'?" in mistake.message
    assert mistake.ways[0].label == "Make it 'dense'"


def test_a_repeated_block_needs_as_many_outputs_as_inputs() -> None:
    block = dense_block()
    nodes = [*block.graph.nodes, Node(id="o2", type="Output", name="z")]
    block = Block(graph=Graph(nodes=nodes, edges=[*block.graph.edges, Edge(source="d", target="o2")]))

    assert mistakes(with_config(calling("d", d=block), repeat=2)) == [("block-ports", "b", "repeat")]
    assert mistakes(calling("d", d=block)) == []


def test_wires_of_a_block_must_end_at_its_ports_one_at_each() -> None:
    graph = calling("d", d=dense_block())
    loose = graph.model_copy(update={"edges": graph.edges[1:]})
    double = graph.model_copy(update={"edges": [graph.edges[0], *graph.edges]})
    wrong = graph.model_copy(
        update={"edges": [*graph.edges, Edge(source="a", target="b", target_port="q")]},
    )
    lost = graph.model_copy(update={"edges": [graph.edges[0], Edge(source="b", target="c", source_port="q")]})

    assert [mistakes(each) for each in (loose, double, wrong, lost)] == [
        [("missing-input", "b", "x")],
        [("too-many-inputs", "b", "x")],
        [("unknown-port", "b", "q")],
        [("unknown-port", "b", "q")],
    ]


@pytest.mark.parametrize("shares", ["b", "zz", "a"])
def test_a_block_can_share_only_another_call_of_the_same_block(shares: str) -> None:
    graph = calling("d", d=dense_block())
    nodes = [node.model_copy(update={"shares": shares}) if node.id == "b" else node for node in graph.nodes]

    assert mistakes(graph.model_copy(update={"nodes": nodes})) == [("shares", "b", None)]


def test_blocks_in_a_circle_stay_so_that_the_circle_is_seen() -> None:
    graph = calling("d", d=dense_block())
    back = Node(id="k", type="block:d")
    edges = [Edge(source="k", target="b"), Edge(source="b", target="k"), Edge(source="b", target="c")]
    graph = graph.model_copy(update={"nodes": [*graph.nodes, back], "edges": edges})

    assert [node.type for node in expand(graph).graph.nodes if node.id in "bk"] == ["block:d", "block:d"]


@pytest.mark.parametrize("parameters", [{"repeat": 2}, {"deep": json.loads("[" * 40 + "]" * 40)}], ids=str)
def test_parameters_that_a_block_can_not_have_are_a_malformed_document(parameters: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Block.model_validate({"parameters": parameters, "graph": {}})


def test_layers_of_several_copies_whose_names_would_be_equal_get_numbers() -> None:
    block = dense_block()
    nodes = [
        Node(id="i", type="Input", config={"shape": [4]}),
        Node(id="a", type="block:dense", name="m", config={"repeat": 2}),
        Node(id="b", type="block:dense", name="m_2"),
        Node(id="d", type="Dense", name="m_1_hidden", config={"units": 4}),
        Node(id="o", type="Output"),
    ]
    edges = [Edge(source=a, target=b) for a, b in (("i", "a"), ("a", "b"), ("b", "d"), ("d", "o"))]

    expanded = expand(Graph(nodes=nodes, edges=edges, blocks={"dense": block}))

    names = [node.name for node in expanded.graph.nodes if node.type == "Dense"]
    assert (expanded.renamed, names) == (True, ["m_1_hidden_1", "m_2_hidden", "m_2_hidden_1", "m_1_hidden"])
