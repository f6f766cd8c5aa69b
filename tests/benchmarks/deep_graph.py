"""A drawing of 150 layers: residual blocks of convolution, normalisation, activation and addition."""

from typing import Any

LAYERS = 150
MIDDLE = 17  # channels of the block that has the Dropout


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

    channels = 8
    while len(nodes) < LAYERS - 8:
        channels += 1  # another width a block, so that the checker's memory helps no more than in a real network
        conv = {"filters": channels, "padding": "same"}
        skip = add("Conv2D", {**conv, "kernel_size": 1}, last)
        for _ in range(2):
            last = add("Conv2D", {**conv, "kernel_size": 3}, last)
            last = add("BatchNormalization", {}, last)
            last = add("ReLU", {}, last)
        if channels == MIDDLE:
            last = add("Dropout", {"rate": rate}, last)
        last = add("Add", {}, skip, last)
    last = add("GlobalAveragePooling2D", {}, last)
    while len(nodes) < LAYERS:
        last = add("Dense", {"units": 10, "activation": "softmax" if len(nodes) == LAYERS - 1 else "relu"}, last)
    nodes.append({"id": "out", "type": "Output", "name": "digit", "config": {}})
    edges.append({"source": last, "target": "out"})
    return {"version": 1, "name": "150 layers", "nodes": nodes, "edges": edges}
