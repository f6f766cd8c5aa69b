"""LiteRT (TensorFlow Lite), read back by its interpreter.

The batch axis is fixed at 1: with a free one, recurrent layers need operations that the plain runtime does not have.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import keras
import numpy as np

from layerloom.modeling.exporting.runtime import Array, Runtime


def write_litert(model: keras.Model, path: Path) -> None:
    """Convert with a batch of one sample. `from_concrete_functions` is no way: it gives NaN without a word."""
    signature = [keras.tree.map_structure(_one_sample, model.input)]
    model.export(path, format="litert", verbose=False, input_signature=signature)


def open_litert(path: Path, model: keras.Model) -> Runtime:
    """Load in the interpreter; it is asked about one sample after another."""
    from ai_edge_litert.interpreter import Interpreter  # an extra: only a server that has it gets here

    interpreter = Interpreter(model_path=str(path))
    by_name = {_spoken(detail["name"]): detail["index"] for detail in interpreter.get_input_details()}
    inputs = [by_name[tensor.name] for tensor in model.inputs]
    [signature] = interpreter.get_signature_list().values()
    outputs = sorted(model.output) if isinstance(model.output, dict) else signature["outputs"]

    def run(batch: Sequence[Array]) -> list[Array]:
        for index, array in zip(inputs, batch, strict=True):
            interpreter.resize_tensor_input(index, (1, *array.shape[1:]))
        interpreter.allocate_tensors()
        runner = interpreter.get_signature_runner()
        named = {tensor.name: array for tensor, array in zip(model.inputs, batch, strict=True)}
        answers: list[dict[str, Any]] = [
            runner(**{name: array[at : at + 1] for name, array in named.items()}) for at in range(len(batch[0]))
        ]
        return [np.concatenate([answer[name] for answer in answers]) for name in outputs]

    return run


def _one_sample(tensor: keras.KerasTensor) -> keras.InputSpec:
    return keras.InputSpec(shape=(1, *tensor.shape[1:]), dtype=tensor.dtype, name=tensor.name)


def _spoken(name: str) -> str:
    return name.removeprefix("serving_default_").rpartition(":")[0]
