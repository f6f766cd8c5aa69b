"""The same model with inputs and outputs named as signatures of other runtimes can carry them."""

import re
from collections.abc import Sequence

import keras

from layerloom.graph.naming import unique


def plainly_named(model: keras.Model) -> keras.Model:
    """The model itself if its names are identifiers, else one around it, on the same weights, whose names are."""
    inputs, outputs = _plain([tensor.name for tensor in model.inputs], "input"), _output_names(model)
    if inputs == [tensor.name for tensor in model.inputs] and outputs == _given_outputs(model):
        return model
    tensors = [
        keras.Input(batch_shape=tensor.shape, dtype=tensor.dtype, name=name)
        for tensor, name in zip(model.inputs, inputs, strict=True)
    ]
    answers = keras.tree.flatten(model(keras.tree.pack_sequence_as(model.input, tensors)))
    return keras.Model(_bare(inputs, tensors), _bare(outputs, answers), name=model.name)


def _given_outputs(model: keras.Model) -> list[str]:
    """Names by which several outputs are told apart; a single one has none that matters."""
    return sorted(model.output) if isinstance(model.output, dict) else ["output"]


def _output_names(model: keras.Model) -> list[str]:
    return _plain(_given_outputs(model), "output")


def _plain(names: Sequence[str], fallback: str) -> list[str]:
    plain: list[str] = []
    for name in names:
        word = re.sub(r"[^A-Za-z0-9]+", "_", name).strip("_")
        plain.append(unique(word if word[:1].isalpha() else f"{fallback}_{word}".rstrip("_"), plain))
    return plain


def _bare(names: list[str], tensors: list[keras.KerasTensor]) -> keras.KerasTensor | dict[str, keras.KerasTensor]:
    return tensors[0] if len(tensors) == 1 else dict(zip(names, tensors, strict=True))
