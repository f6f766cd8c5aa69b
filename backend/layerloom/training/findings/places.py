"""Which node of a drawing a layer of its model belongs to."""

from layerloom.graph.blocks import expand
from layerloom.graph.document import Graph
from layerloom.graph.naming import layer_names


def nodes_of_layers(graph: Graph) -> dict[str, str]:
    """Node ids by layer name; a layer inside a block belongs to the block's node."""
    expanded = expand(graph)
    names = layer_names(expanded.graph)
    return {
        names[node.id]: expanded.origin.get(node.id, (node.id,))[0]
        for node in expanded.graph.nodes
        if node.shares is None
    }
