"""The graph document: the JSON that a drawing is, as strict pydantic models.

A document that parses is well formed (ids unique, edges between known nodes, sizes bounded), however wrong the
drawing: wrong layers, cycles and shapes are the business of the check.
"""

from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints, field_validator, model_validator

MAX_NODES = 2_000
MAX_EDGES = 10_000
MAX_CONFIG_DEPTH = 32
MAX_REPEAT = 10**12

BLOCK = "block:"
"""A node whose type is this and the name of a block stands for the block's contents."""
REPEAT = "repeat"
"""The one word of such a node's config that is no parameter of the block."""

NodeId = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.:-]+$")]
PortName = Annotated[str, StringConstraints(min_length=1, max_length=64)]
BlockName = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class Document(BaseModel):
    """Base of everything that arrives as JSON: unknown fields and loose types are refused."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class Node(Document):
    """One call of a layer. `name` is the Keras layer name; left out, Keras's own default is made from the type."""

    id: NodeId
    type: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    name: str | None = None
    config: dict[str, JsonValue] = Field(default_factory=dict)
    shares: NodeId | None = None

    @field_validator("config")
    @classmethod
    def _bounded_depth(cls, config: dict[str, JsonValue]) -> dict[str, JsonValue]:
        if depth(config) > MAX_CONFIG_DEPTH:
            raise ValueError(f"config may nest at most {MAX_CONFIG_DEPTH} levels deep")
        return config


class Edge(Document):
    """A wire from an output port to an input port; a port left out is the only or first one."""

    source: NodeId
    target: NodeId
    source_port: PortName | None = None
    target_port: PortName | None = None


class Block(Document):
    """A reusable sub-graph with parameters and their defaults.

    The Input and Output nodes of `graph` are its ports, by their layer names. What comes in tells their shapes, so the
    config of an Input in here is passed over, and one block serves many shapes.
    """

    parameters: dict[str, JsonValue] = Field(default_factory=dict)
    graph: "Graph"

    @field_validator("parameters")
    @classmethod
    def _not_reserved(cls, parameters: dict[str, JsonValue]) -> dict[str, JsonValue]:
        if REPEAT in parameters:
            raise ValueError(f"a parameter of a block can not be named '{REPEAT}': that word is its repeat count")
        if depth(parameters) > MAX_CONFIG_DEPTH:
            raise ValueError(f"parameters may nest at most {MAX_CONFIG_DEPTH} levels deep")
        return parameters


class Graph(Document):
    """A drawing. Edge order is meaning: a port that takes several tensors takes them in the order of `edges`."""

    version: Annotated[int, Field(ge=1, le=1)] = 1
    name: Annotated[str, StringConstraints(max_length=200)] = "Untitled"
    nodes: Annotated[list[Node], Field(max_length=MAX_NODES)] = Field(default_factory=list)
    edges: Annotated[list[Edge], Field(max_length=MAX_EDGES)] = Field(default_factory=list)
    blocks: dict[BlockName, Block] = Field(default_factory=dict)
    layout: dict[NodeId, tuple[float, float]] = Field(default_factory=dict)

    @field_validator("layout", mode="before")
    @classmethod
    def _pairs(cls, layout: Any) -> Any:
        """JSON has no tuples: a strict tuple field would refuse the list that a JSON array becomes in Python."""
        if not isinstance(layout, dict):
            return layout
        return {key: tuple(pair) if isinstance(pair, list) else pair for key, pair in layout.items()}

    @model_validator(mode="after")
    def _well_formed(self) -> Self:
        ids = [node.id for node in self.nodes]
        known = set(ids)
        if len(known) < len(ids):
            twice = next(id for id in ids if ids.count(id) > 1)
            raise ValueError(f"node id '{twice}' is used twice; every id must be unique")
        for index, edge in enumerate(self.edges):
            for end in (edge.source, edge.target):
                if end not in known:
                    raise ValueError(f"edges[{index}] names node '{end}', which does not exist")
            if edge.source == edge.target:
                raise ValueError(f"edges[{index}] joins node '{edge.source}' to itself")
        return self

    def node(self, id: str) -> Node:
        """The node with this id. Raises KeyError."""
        for node in self.nodes:
            if node.id == id:
                return node
        raise KeyError(id)


def depth(value: JsonValue) -> int:
    """How many levels of lists and objects `value` nests: 0 for a plain value."""
    deepest, level = 0, [value]
    while level := [child for parent in level for child in _children(parent)]:
        deepest += 1
    return deepest


def _children(value: JsonValue) -> list[JsonValue]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
