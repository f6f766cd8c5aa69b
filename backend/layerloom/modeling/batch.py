"""Whether an operation keeps the samples of a batch apart, found out by calling it on batches of known sizes.

Keras sizes operations without knowing that the first axis is the batch. Called on two batches of different sizes, the
first axis of what comes out must have those sizes, and nothing else may depend on them.
"""

from collections.abc import Callable, Sequence

from layerloom.modeling.tensors import Shape, TensorSpec

PROBES = (7_919, 6_997)
"""Sizes of batches that nobody draws otherwise: two primes."""


class MixedSamples(ValueError):
    """What an operation does to the batch, as words after its name."""


def refuse_mixing(outputs: Sequence[TensorSpec], shapes_at: Callable[[int], Sequence[Shape]]) -> None:
    """Raise MixedSamples unless every output keeps the batch as its first axis, and there alone.

    `shapes_at` gives the shapes of the outputs for a batch of that size.
    """
    try:
        first, second = (list(shapes_at(size)) for size in PROBES)
    except Exception as error:
        raise MixedSamples(f"works for some sizes of a batch alone: {error}") from error
    for spec, one, other in zip(outputs, first, second, strict=True):
        _refuse_shape(spec, one, other)


def _refuse_shape(spec: TensorSpec, one: Shape, other: Shape) -> None:
    if not spec.shape or one == other:
        raise MixedSamples("puts all samples of a batch into one")
    if (one[:1], other[:1]) != ((PROBES[0],), (PROBES[1],)):
        raise MixedSamples("does not keep the batch as the first axis")
    if one[1:] != other[1:]:
        raise MixedSamples("sets the samples of a batch against each other")
