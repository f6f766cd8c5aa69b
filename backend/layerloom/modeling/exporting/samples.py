"""A few samples that a model can be asked about: made from its inputs and from the layers that read them."""

from collections.abc import Iterator, Sequence

import keras
import numpy as np

from layerloom.modeling.exporting.runtime import Array

SAMPLES = 4
FREE_SIZE = 32
"""What stands for a free size: enough for five poolings by two."""
INTEGERS_BELOW = 100
SEED = 7
WORDS = ("a", "few", "words", "to", "try")

LOOKUPS = (keras.layers.StringLookup, keras.layers.IntegerLookup, keras.layers.TextVectorization)


def sample_batch(model: keras.Model) -> list[Array]:
    """One array of SAMPLES samples per input in the order of `model.inputs`; always the same for the same model.

    Whole numbers stay below what an Embedding or CategoryEncoding behind the input counts to, tokens come from the
    vocabulary of a lookup behind it.
    """
    random = np.random.default_rng(SEED)
    return [_samples(tensor, list(_readers(model, tensor)), random) for tensor in model.inputs]


def _samples(tensor: keras.KerasTensor, readers: Sequence[keras.layers.Layer], random: np.random.Generator) -> Array:
    shape = (SAMPLES, *(FREE_SIZE if size is None else size for size in tensor.shape[1:]))
    dtype = str(tensor.dtype)
    tokens = next((_tokens(layer) for layer in readers if isinstance(layer, LOOKUPS)), None)
    if dtype == "string":
        return np.asarray(random.choice(np.array(tokens or WORDS, dtype=object), shape))
    if tokens:
        return np.asarray(random.choice(np.array(tokens), shape)).astype(dtype)
    if dtype == "bool":
        return random.random(shape) < 0.5
    below = min((count for layer in readers if (count := _counts_to(layer))), default=None)
    if below is not None or np.dtype(_numpy(dtype)).kind in "iu":
        return random.integers(0, below or INTEGERS_BELOW, shape).astype(_numpy(dtype))
    return random.standard_normal(shape).astype(_numpy(dtype))


def _readers(model: keras.Model, tensor: keras.KerasTensor) -> Iterator[keras.layers.Layer]:
    """The layers behind an input, in the order of the model, those inside of nested models too."""
    reached = {id(tensor._keras_history.operation)}
    for operation in model.operations:
        before = (one for node in operation._inbound_nodes for one in node.input_tensors)
        if any(id(one._keras_history.operation) in reached for one in before):
            reached.add(id(operation))
            yield from operation._flatten_layers() if isinstance(operation, keras.Model) else [operation]


def _tokens(layer: keras.layers.Layer) -> list[str] | list[int]:
    words = layer.get_vocabulary(include_special_tokens=False)
    return [word.item() if isinstance(word, np.generic) else word for word in words]


def _counts_to(layer: keras.layers.Layer) -> int | None:
    match layer:
        case keras.layers.Embedding():
            return int(layer.input_dim)
        case keras.layers.CategoryEncoding():
            return int(layer.num_tokens)
        case _:
            return None


def _numpy(dtype: str) -> str:
    return "float32" if dtype == "bfloat16" else dtype
