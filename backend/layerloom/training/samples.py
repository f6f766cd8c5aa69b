"""Samples as JSON has them, checked against what a model takes and made into arrays."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layerloom.problem import Refusal
from layerloom.training.signature import Signature, Tensor

MOST_SAMPLES = 10_000

Array = NDArray[Any]


def sample_arrays(signature: Signature, inputs: Mapping[str, Sequence[Any]]) -> dict[str, Array]:
    """One array per Input, samples first, in the order of the signature. Raises Refusal, naming the input at fault."""
    _require_names(list(signature.inputs), list(inputs))
    counts = {name: len(samples) for name, samples in inputs.items()}
    if len(set(counts.values())) > 1:
        said = ", ".join(f"{count} for '{name}'" for name, count in counts.items())
        raise Refusal("sample-count", f"Every input needs the same number of samples, got {said}.")
    if not 1 <= max(counts.values()) <= MOST_SAMPLES:
        raise Refusal("sample-count", f"Expected 1 to {MOST_SAMPLES:,} samples, got {max(counts.values()):,}.")
    return {name: _array(name, tensor, inputs[name]) for name, tensor in signature.inputs.items()}


def _require_names(expected: list[str], received: list[str]) -> None:
    if sorted(expected) != sorted(received):
        raise Refusal("unknown-input", f"Expected samples for {_listed(expected)}, got {_listed(received)}.")


def _array(name: str, tensor: Tensor, samples: Sequence[Any]) -> Array:
    array = _texts(name, samples) if tensor.dtype == "string" else _numbers(name, tensor, samples)
    shape = _fitting(array.shape[1:], tensor.shape)
    if shape is None:
        wanted, got = _shown(tensor.shape), _shown(array.shape[1:])
        raise Refusal("shape-mismatch", f"Input '{name}' takes samples of shape {wanted}, got {got}.")
    return array.reshape(len(array), *shape)


def _numbers(name: str, tensor: Tensor, samples: Sequence[Any]) -> Array:
    try:
        wide = np.asarray(samples, dtype=np.float64)
    except (ValueError, TypeError, OverflowError):
        raise Refusal("bad-sample", f"Input '{name}' takes numbers, in equally long lists at each level.") from None
    dtype = np.dtype("float32" if tensor.dtype == "bfloat16" else tensor.dtype)
    limits = np.finfo(dtype) if dtype.kind == "f" else np.iinfo(dtype) if dtype.kind in "iu" else None
    # Comparisons with NaN are false, so this finds it too.
    if limits and not ((wide >= float(limits.min)) & (wide <= float(limits.max))).all():
        raise Refusal("non-finite", f"Input '{name}' takes finite numbers of type {tensor.dtype}; check each value.")
    if dtype.kind in "iu" and (wide != np.floor(wide)).any():
        raise Refusal("bad-sample", f"Input '{name}' takes whole numbers ({tensor.dtype}).")
    return wide.astype(dtype)


def _texts(name: str, samples: Sequence[Any]) -> Array:
    array = np.array(samples, dtype=object)
    if not all(isinstance(text, str) for text in array.flat):
        raise Refusal("bad-sample", f"Input '{name}' takes texts.")
    return array


def _fitting(got: tuple[int, ...], wanted: Sequence[int | None]) -> tuple[int, ...] | None:
    """The shape to give a sample; axes of size 1 may be left out. None if it does not fit."""
    if len(got) == len(wanted) and all(want in (None, size) for size, want in zip(got, wanted, strict=True)):
        return got
    fixed = tuple(size for size in wanted if size is not None)
    if len(fixed) == len(wanted) and [n for n in got if n != 1] == [n for n in fixed if n != 1]:
        return fixed
    return None


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"'{name[:60]}'" for name in names[:10]) or "none"


def _shown(shape: Sequence[int | None]) -> str:
    return f"({', '.join('any' if size is None else str(size) for size in shape)})"
