"""Values of a kind that a layer can not work on: text or whole numbers where others are needed."""

import re

from layerloom.graph.patch import Change, SetConfig
from layerloom.modeling.drawing import INPUT
from layerloom.modeling.edits import LayerConfig, LayerDraft, insert, shown
from layerloom.modeling.fault import Fault
from layerloom.modeling.tensors import show
from layerloom.problem import Fix, Problem

_TAKE_TEXT_ALONE = frozenset({"StringLookup", "TextVectorization"})
_TAKE_TEXT_TOO = frozenset({"Concatenate", "Flatten", "HashedCrossing", "Hashing", "Identity", "Permute", "Reshape"})
_WRAPPED = ("layer", "layers")
_MULTI_HOT: LayerConfig = {"max_tokens": 1_000, "output_mode": "multi_hot", "pad_to_max_tokens": True}
_BRIGHTEST = 255


def text_into_numbers(fault: Fault) -> Problem | None:
    """Text reaches a layer that computes. Keras lets it pass symbolically and fails in training."""
    takes_text = fault.node.type in _TAKE_TEXT_ALONE | _TAKE_TEXT_TOO
    if takes_text or any(parameter.kind in _WRAPPED for parameter in fault.entry.parameters):
        return None
    edges = [edge for edge, spec in zip(fault.edges, fault.specs, strict=True) if spec.dtype == "string"]
    if not edges:
        return None
    message = f"'{fault.name}' ({fault.node.type}) computes with numbers, got text. Turn the words into numbers first."
    # TextVectorization takes single texts: on vectors of texts Keras sizes it otherwise than it runs.
    types = ["StringLookup"] if fault.shape else ["TextVectorization", "StringLookup"]
    fixes = [insert(fault.drawing, edges, (type, dict(_MULTI_HOT)), f"Insert {type}") for type in types]
    return fault.problem("dtype", message, fixes=fixes)


def numbers_into_text(fault: Fault) -> Problem | None:
    """Numbers reach a layer that reads words."""
    if fault.node.type not in _TAKE_TEXT_ALONE or fault.specs[0].dtype == "string":
        return None
    message = f"{fault.node.type} reads text, got {fault.specs[0].dtype}. Connect it to an Input of dtype string."
    changes: LayerConfig = (
        {"dtype": "string"} if fault.node.type == "StringLookup" else {"dtype": "string", "shape": []}
    )
    return fault.problem("dtype", message, fixes=_input_changed(fault, 0, changes))


def text_in_vectors(fault: Fault) -> Problem | None:
    """A vector with one text: Keras 3.15 keeps that axis when it sizes the layer, and drops it when it runs."""
    counts = fault.node.type == "TextVectorization" and fault.node.config.get("output_mode", "int") != "int"
    if not counts or not fault.shape:
        return None
    message = f"TextVectorization counts the words of one text a sample, shape (), got {show(fault.shape)}."
    return fault.problem(
        "rank", f"{message} Give the Input the shape ().", fixes=_input_changed(fault, 0, {"shape": []})
    )


def other_dtype(fault: Fault, _: re.Match[str]) -> Problem:
    """TensorFlow has no such operation for this dtype."""
    if all(spec.dtype.startswith(("float", "bfloat")) for spec in fault.specs):
        return _whole_wanted(fault)
    index, spec = next(
        (place for place in enumerate(fault.specs) if not place[1].dtype.startswith(("float", "bfloat"))),
        (0, fault.specs[0]),
    )
    message = f"{fault.node.type} computes with floating-point numbers, got {spec.dtype}."
    scale = 1 / _BRIGHTEST if spec.dtype == "uint8" else 1.0
    draft: LayerDraft = ("Rescaling", {"scale": scale})
    label = "Insert Rescaling(1/255)" if scale < 1 else "Insert Rescaling(1)"
    fixes = [
        insert(fault.drawing, [fault.edges[index]], draft, label),
        *_input_changed(fault, index, {"dtype": "float32"}),
    ]
    return fault.problem("dtype", f"{message} Rescale them first, or give the Input the dtype float32.", fixes=fixes)


def _whole_wanted(fault: Fault) -> Problem:
    message = f"{fault.node.type} computes with whole numbers, got {fault.specs[0].dtype}. Cast them first."
    cast = insert(fault.drawing, list(fault.edges), ("ops.cast", {"dtype": "int32"}))
    return fault.problem("dtype", message, fixes=[cast])


def _input_changed(fault: Fault, index: int, config: LayerConfig) -> list[Fix]:
    """Other arguments for the Input at the other end of a wire, if an Input is there."""
    source = fault.source(index)
    if source.type != INPUT:
        return []
    changes: list[Change] = [SetConfig(node=source.id, parameter=key, value=value) for key, value in config.items()]
    words = " and ".join(f"{key} {shown(value)}" for key, value in config.items())
    return [Fix(label=f"Give '{fault.drawing.names[source.id]}' {words}", patch=changes)]
