"""A drawing of 150 layers: residual blocks of convolution, normalisation, activation and addition."""

from typing import Any

LAYERS = 150
MIDDLE = "n69"  # the last layer of the tenth block's branch


def deep_graph(side: int, rate: float = 0.5) -> dict[str, Any]:
    """The document for pictures of `side` x `side` pixels; `rate` is the Dropout's in the middle, the one to edit."""
    first = {"id": "in", "type": "Input", "name": "image", "config": {"shape": [side, side, 8]}}
    nodes: list[dict[str, Any]] = [first]
    edges: list[dict[str, Any]] = []
    last = "in"

    def add(type: str, config: dict[str, Any], *sources: str) -> str:
        id = f"n{len(nodes)}"
        nodes.append({"id": id, "type": type, "config": config})
        edges.extend({"source": source, "target": id} for source in sources)
        return id

    while len(nodes) < LAYERS - 6:
        skip = last
        for _ in range(2):
            last = add("Conv2D", {"filters": 8, "kernel_size": 3, "padding": "same"}, last)
            last = add("BatchNormalization", {}, last)
            last = add("ReLU", {}, last)
        if last == MIDDLE:
            nodes.append({"id": "edit", "type": "Dropout", "config": {"rate": rate}})
            edges.append({"source": last, "target": "edit"})
            last = "edit"
        last = add("Add", {}, skip, last)
    last = add("GlobalAveragePooling2D", {}, last)
    while len(nodes) < LAYERS:
        last = add("Dense", {"units": 10, "activation": "softmax" if len(nodes) == LAYERS - 1 else "relu"}, last)
    nodes.append({"id": "out", "type": "Output", "name": "digit", "config": {}})
    edges.append({"source": last, "target": "out"})
    return {"version": 1, "name": "150 layers", "nodes": nodes, "edges": edges}
