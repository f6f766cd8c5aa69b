"""The models inside a model: which descriptions are models, and where in the file each layer has its weights."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import JsonValue

from layerloom.graph.naming import snake_case
from layerloom.modeling.importing.fields import fields, items, text
from layerloom.modeling.importing.kinds import Named, named

MODELS = frozenset({"Sequential", "Functional", "Model"})
LayerPath = tuple[str, ...]
"""The names of the models around a layer, and its own."""


@dataclass(frozen=True)
class Layer:
    """One layer of a model, as it is described."""

    name: str
    described: dict[str, JsonValue]
    kind: Named

    @property
    def is_model(self) -> bool:
        """Whether it holds layers of its own."""
        return self.kind.type in MODELS and "layers" in self.kind.config


@dataclass(frozen=True)
class Place:
    """Where a layer's weights lie: its group in a `.keras` file, the group of the outermost layer in an `.h5` file."""

    path: LayerPath
    group: str

    @property
    def outermost(self) -> str:
        """The name of the outermost layer that it is part of."""
        return self.path[0]


def layers_of(model: Named, what: str) -> list[Layer]:
    """The layers of a Sequential or functional model, in the order of the file. Raises Refusal."""
    layers = []
    for value in items(model.config.get("layers"), f"the layers of {what}"):
        kind = named(value, f"a layer of {what}")
        described = fields(value, f"a layer of {what}")
        name = described.get("name", kind.config.get("name"))
        layers.append(Layer(text(name, f"the name of a layer of {what}"), described, kind))
    return layers


def places(model: Named, group: str = "", path: LayerPath = ()) -> Iterator[Place]:
    """Every layer that is no model, however deep inside, where Keras puts its weights."""
    numbers: Counter[str] = Counter()
    for layer in layers_of(model, "the model"):
        if layer.kind.operation or (model.type == "Sequential" and layer.kind.type == "InputLayer"):
            continue  # Keras counts neither among the layers
        stem = snake_case("Functional" if layer.is_model and layer.kind.type == "Model" else layer.kind.type)
        name = f"{stem}_{numbers[stem]}" if numbers[stem] else stem
        numbers[stem] += 1
        inner, at = f"{group}/layers/{name}".lstrip("/"), (*path, layer.name)
        if layer.is_model:
            yield from places(layer.kind, inner, at)
        else:
            yield Place(at, inner)
