"""What is wrong with an operation on what reaches it, told before Keras is asked or in better words."""

from pydantic import JsonValue

from layerloom.modeling.constants import MAX_BYTES, constant_bytes
from layerloom.modeling.edits import configure
from layerloom.modeling.fault import Fault
from layerloom.modeling.tensors import show, show_bytes
from layerloom.problem import Fix, Problem

_AXES = frozenset({"axis", "axes", "axis1", "axis2", "axisa", "axisb", "axisc"})
_OTHER_AXES = frozenset({"ops.transpose", "ops.tensordot"})
"""Operations whose `axes` do not name the axes to work along."""

_NEW_AXIS = frozenset({"ops.expand_dims", "ops.one_hot", "ops.multi_hot", "ops.stack"})
"""Operations whose `axis` is a place in what comes out, which has one axis more."""

_ON_MATRICES = frozenset(
    f"ops.{name}"
    for name in [
        "cholesky",
        "cholesky_inverse",
        "det",
        "eig",
        "eigh",
        "inv",
        "lu_factor",
        "pinv",
        "qr",
        "svd",
        "slogdet",
        "logdet",
        "matrix_rank",
        "solve",
        "solve_triangular",
        "lstsq",
        "tril",
        "triu",
        "fft2",
        "ifft2",
    ]
)
"""Operations on the last two axes: with one axis a sample, the batch would be the other."""

_ACROSS_SAMPLES = {"ops.flipud": "x", "ops.searchsorted": "sorted_sequence", "ops.correlate": "x1"}
"""Operations that work along the first axis of this port, keeping its size."""


def oversized_constant(fault: Fault) -> Problem | None:
    """A constant too large to be made."""
    size = constant_bytes(fault.node)
    if size <= MAX_BYTES:
        return None
    message = f"'{fault.name}' ({fault.node.type}) would take {show_bytes(size)}; constants may take"
    return fault.problem("too-large", f"{message} {show_bytes(MAX_BYTES)} together. Make it smaller.")


def batch_axis(fault: Fault) -> Problem | None:
    """An argument names the batch axis, or all axes (null), or one that is not there."""
    if fault.node.type in _OTHER_AXES or not fault.specs or not fault.specs[0].batched:
        return None
    rank = max(len(spec.shape) for spec in fault.specs) + (fault.node.type in _NEW_AXIS)
    for parameter in fault.entry.parameters:
        if parameter.name not in _AXES:
            continue
        value = fault.node.config.get(parameter.name, parameter.default)
        if value is None and fault.node.type == "ops.cross":
            continue
        for axis in value if isinstance(value, list) else [value]:
            if axis is None or (isinstance(axis, int) and (not -rank <= axis < rank or axis % rank == 0)):
                return _wrong_axis(fault, parameter.name, axis, rank)
    return None


def matrices(fault: Fault) -> Problem | None:
    """An operation on the last two axes gets samples of one axis."""
    batched = [spec for spec in fault.specs if spec.batched]
    if fault.node.type not in _ON_MATRICES or not batched or len(batched[0].shape) > 2:
        return None
    message = f"{fault.node.type} works on the last two axes of each sample, got {show(batched[0].sample)}."
    return fault.problem("rank", f"{message} Connect it to something with two axes, or reshape first.")


def across_samples(fault: Fault) -> Problem | None:
    """An operation that keeps the shape and mixes the samples all the same."""
    port = _ACROSS_SAMPLES.get(fault.node.type)
    if port and any(argument.port == port and argument.specs[0].batched for argument in fault.arguments):
        return mixed(fault, f"works along the first axis of '{port}', which is the batch")
    if fault.node.type == "ops.get_item" and fault.specs[0].batched and not _takes_all(fault.node.config.get("key")):
        message = f'key must begin with ":" (the batch), got {str(fault.node.config.get("key"))[:60]}.'
        fixes = [configure(fault.node, "key", [":", *_rest(fault.node.config.get("key"))])]
        return fault.problem("bad-value", message, "key", fixes)
    return _einsum(fault)


def lone_constant(fault: Fault) -> Problem | None:
    """A constant reaches a layer, an application or an Output: they take samples."""
    wrong = [spec for spec in fault.specs if not spec.batched]
    if not wrong:
        return None
    message = f"'{fault.name}' ({fault.node.type}) takes samples, got a constant {show(wrong[0].shape)} without"
    return fault.problem(
        "no-batch", f"{message} a batch axis. Combine the constant with data first, for instance with ops.add."
    )


def mixed(fault: Fault, what: str) -> Problem:
    """An operation that would mix the samples of a batch."""
    advice, fixes = _apart(fault)
    message = f"'{fault.name}' ({fault.node.type}) would mix the samples of a batch: it {what.rstrip('.')}."
    return fault.problem("mixes-samples", f"{message} {advice}", fault.parameter("newshape", "axes"), fixes)


def _wrong_axis(fault: Fault, name: str, axis: int | None, rank: int) -> Problem:
    what = "null, which means all of them, the batch too" if axis is None else str(axis)
    allowed = f"1 to {rank - 1}, or -1 for the last" if rank > 1 else "there is none but the batch"
    message = f"{name} must name an axis of a sample of {show(fault.shape)}: {allowed}; got {what}."
    fixes = [configure(fault.node, name, -1), configure(fault.node, name, 1)]
    return fault.problem("bad-axis", f"{message} The batch is axis 0.", name, fixes)


def _apart(fault: Fault) -> tuple[str, list[Fix]]:
    """How to keep samples apart, by operation."""
    config = fault.node.config
    if fault.node.type == "ops.reshape":
        rest = config.get("newshape")
        sizes = rest[1:] if isinstance(rest, list) else []
        return (
            f"Begin newshape with -1 (the batch); the other sizes must multiply to the values of one sample "
            f"{show(fault.shape)}.",
            [
                configure(fault.node, "newshape", [-1, *sizes]),
                configure(fault.node, "newshape", [-1, *(rest if isinstance(rest, list) else [])]),
                configure(fault.node, "newshape", [-1, max(1, fault.specs[0].elements)]),
            ],
        )
    if fault.node.type == "ops.transpose":
        last = list(range(len(fault.specs[0].shape)))
        order: list[JsonValue] = [0, *reversed(last[1:])]
        return "Begin axes with 0, the batch.", [configure(fault.node, "axes", order)]
    return "Keep the batch as the first axis: work along the axes of a sample, 1 and up.", []


def _takes_all(key: JsonValue) -> bool:
    return (
        isinstance(key, list)
        and bool(key)
        and key[0] in (":", "...", [None, None], [None, None, None], [None, None, 1])
    )


def _rest(key: JsonValue) -> list[JsonValue]:
    return key if isinstance(key, list) else []


def _einsum(fault: Fault) -> Problem | None:
    """Batched operands must begin with the letter that the output begins with."""
    subscripts = fault.node.config.get("subscripts")
    if fault.node.type != "ops.einsum" or not isinstance(subscripts, str) or "->" not in subscripts:
        return None
    left, _, out = subscripts.replace(" ", "").partition("->")
    for term, spec in zip(left.split(","), fault.specs, strict=False):
        if spec.batched and (term[:1] != out[:1] or not out):
            return mixed(fault, f"does not lead the batch of '{term}' to the first axis of '{out}'")
    return None
