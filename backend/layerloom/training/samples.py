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
        raise _mismatch(name, 0, tensor, array.shape[1:])
    return array.reshape(len(array), *shape)


def _numbers(name: str, tensor: Tensor, samples: Sequence[Any]) -> Array:
    try:
        wide = np.asarray(samples, dtype=np.float64)
    except (ValueError, TypeError, OverflowError):
        raise _first_unfit(name, tensor, samples) from None
    dtype = np.dtype("float32" if tensor.dtype == "bfloat16" else tensor.dtype)
    limits = np.finfo(dtype) if dtype.kind == "f" else np.iinfo(dtype) if dtype.kind in "iu" else None
    # Comparisons with NaN are false, so this finds it too.
    within = (wide >= float(limits.min)) & (wide <= float(limits.max)) if limits else np.ones(wide.shape, bool)
    if tensor.takes_empty:
        within |= np.isnan(wide)
    if not within.all():
        raise _value("non-finite", name, wide, ~within, f"finite numbers of type {tensor.dtype}")
    if dtype.kind in "iu" and (broken := wide != np.floor(wide)).any():
        raise _value("bad-sample", name, wide, broken, f"whole numbers ({tensor.dtype})")
    return wide.astype(dtype)


def _texts(name: str, samples: Sequence[Any]) -> Array:
    try:
        array = np.array(samples, dtype=object)
    except ValueError:
        raise Refusal("bad-sample", f"Input '{name}': expected equally many texts in each sample.") from None
    for place, text in np.ndenumerate(array):
        if not isinstance(text, str):
            raise Refusal("bad-sample", f"Input '{name}', sample {place[0]}: expected texts, got {_seen(text)}.")
    return array


def _first_unfit(name: str, tensor: Tensor, samples: Sequence[Any]) -> Refusal:
    """Which of samples that make no array is the first at fault, and why."""
    first: tuple[int, ...] | None = None
    for at, sample in enumerate(samples):
        try:
            shape = np.asarray(sample, dtype=np.float64).shape
        except (ValueError, TypeError, OverflowError):
            wanted = f"numbers of shape {_shown(tensor.shape)}, in equally long lists at each level"
            return Refusal("bad-sample", f"Input '{name}', sample {at}: expected {wanted}, got {_seen(sample)}.")
        if _fitting(shape, tensor.shape) is None:
            return _mismatch(name, at, tensor, shape)
        first = first or shape
        if shape != first:
            said = f"expected the shape of the samples before, {_shown(first)}, got {_shown(shape)}"
            return Refusal("shape-mismatch", f"Input '{name}', sample {at}: {said}.")
    return Refusal("bad-sample", f"Input '{name}': expected a list of samples of shape {_shown(tensor.shape)}.")


def _mismatch(name: str, at: int, tensor: Tensor, shape: Sequence[int]) -> Refusal:
    wanted, got = _shown(tensor.shape), _shown(shape)
    return Refusal("shape-mismatch", f"Input '{name}', sample {at}: expected shape {wanted}, got {got}.")


def _value(code: str, name: str, values: Array, wrong: Array, expected: str) -> Refusal:
    """The first value at fault, by its sample and its place in it."""
    at, *inside = (int(index) for index in np.argwhere(wrong)[0])
    place = f", place {inside}" if inside else ""
    value = values[(at, *inside)]
    got = "null or no number" if np.isnan(value) else f"{value:g}"
    return Refusal(code, f"Input '{name}', sample {at}{place}: expected {expected}, got {got}.")


def _seen(value: Any) -> str:
    """What a value is, without echoing it."""
    match value:
        case None:
            return "null"
        case str():
            return "a text"
        case dict():
            return "an object"
        case list() if any(isinstance(item, list) != isinstance(value[0], list) for item in value):
            return "numbers beside lists"
        case list() if found := next((item for item in value if not isinstance(item, int | float | list)), None):
            return f"a list that holds {_seen(found)}"
        case list():
            return "lists of unequal lengths, or in them what is no number"
    return "a number that is too large"


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
