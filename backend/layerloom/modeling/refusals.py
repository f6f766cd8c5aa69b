"""What Keras says when it refuses a layer, turned into problems: the one table to add to.

Each row is a pattern in Keras's words and the function that makes a problem of it. Keras decides *that* something is
wrong; the functions only find words and ways out. Fixes are proposals: the check keeps those that work.
"""

import re
from collections.abc import Callable

from layerloom.modeling import (
    refused_applications,
    refused_axes,
    refused_dtypes,
    refused_merges,
    refused_operations,
    refused_ranks,
    refused_sizes,
    refused_windows,
)
from layerloom.modeling.fault import Fault
from layerloom.modeling.nodes import PYTHON
from layerloom.modeling.symbolic import Failed
from layerloom.modeling.tensors import show
from layerloom.problem import Problem

Explain = Callable[[Fault, re.Match[str]], Problem]

_TABLE: tuple[tuple[re.Pattern[str], Explain], ...] = tuple(
    (re.compile(pattern, re.DOTALL), explain)
    for pattern, explain in (
        (r"Input size must be at least (?P<side>\d+)x\d+", refused_applications.too_small),
        (r"expected (min_|max_)?ndim=(?P<ndim>\d+), found ndim=", refused_ranks.rank),
        (r"with at least (?P<ndim>\d+) dimensions", refused_ranks.rank),
        (r"Kernel shape must have the same length as input", refused_ranks.spatial_rank),
        (r"expected axis (?P<axis>-?\d+) of input shape to have value", refused_sizes.other_size),
        (
            r"output size would be zero or negative.*?(?P<what>kernel shape|pool_size)=(?P<window>[(\[][^)\]]*[)\]])",
            refused_windows.window,
        ),
        (r"Negative dimension size .* for '[^']*(AvgPool|MaxPool)", refused_windows.adaptive),
        (r"`cropping` (argument should|parameter of .* must) be smaller", refused_windows.cropping),
        (r"should be called on (a list|exactly|at least|2)", refused_merges.count),
        (
            r"[Ii]nputs? have incompatible shapes|incompatible input shapes|Incompatible input shapes|"
            r"[Cc]annot merge tensors|shapes must be equal",
            refused_merges.unequal,
        ),
        (r"requires inputs with matching shapes except for", refused_merges.concatenation),
        (
            r"must be fully-defined|last dimension.*should be defined|Found `None`|must be defined",
            refused_sizes.unknown,
        ),
        (r"total size of the tensor must be unchanged", refused_sizes.reshape),
        (r"[Nn]umber of (?:input )?(?:channels|groups|filters).*?(?:groups|channels)", refused_sizes.groups),
        (
            r"has DataType \w+ not in list|has type \w+ that does not match type|not a valid dtype",
            refused_dtypes.other_dtype,
        ),
        (r"[Aa]xis -?\d+ is out of bounds|out of (range|bounds).*axis", refused_axes.out_of_bounds),
    )
)


def explain(fault: Fault, failed: Failed) -> Problem:
    """The problem behind Keras's refusal."""
    if fault.node.type == PYTHON.type:
        return _python_error(fault, failed)
    if failed.error == "ConfigError":
        return fault.problem("bad-value", failed.text, failed.parameter)
    if failed.error == "MixedSamples":
        return refused_operations.mixed(fault, one_sentence(failed.text))
    for pattern, explanation in _TABLE:
        if found := pattern.search(failed.text):
            return explanation(fault, found)
    if refused_ranks.has_other_rank(fault):
        return refused_ranks.spatial_rank(fault)
    return _in_keras_words(fault, failed)


def _python_error(fault: Fault, failed: Failed) -> Problem:
    """The code of a `python` node raised: its own words, at its line."""
    where = f"Line {failed.line}: " if failed.line else ""
    raised = failed.text.rpartition("Error encountered:")[2]  # Keras puts words of its own before
    said = failed.text if failed.error == "ConfigError" else f"{where}{failed.error}: {one_sentence(raised)}"
    return fault.problem("python-error", said, "code").model_copy(update={"line": failed.line})


def _in_keras_words(fault: Fault, failed: Failed) -> Problem:
    got = ", ".join(show(spec.sample) for spec in fault.specs)
    reason = one_sentence(failed.text) or failed.error
    if failed.error not in ("ValueError", "TypeError"):
        reason = f"Keras stopped with {failed.error} ({reason.rstrip('.')})."
    message = f"'{fault.name}' ({fault.node.type}) does not work on {got}: {reason}"
    return fault.problem("layer-error", f"{message} Change its arguments or what it is connected to.")


def one_sentence(text: str) -> str:
    """The reason in Keras's words: no colour codes, no dump of arguments, no paths, a few sentences at most."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    text = re.sub(r"^Exception encountered when calling [^\n]*\n", "", text)
    text = re.split(r"\n\s*Arguments received by|\nCall arguments received", text)[0]
    text = re.sub(r"\{\{[^}]*\}\}\s*|<[^<>]*(<[^<>]*>)?[^<>]*>", "", text)
    text = re.sub(r"(?:[A-Za-z]:)?(?:[/\\][\w.+-]+){2,}", "…", text)
    text = " ".join(text.split())
    text = text if len(text) <= 300 else f"{text[:300].rsplit(' ', 1)[0]} …"
    return text if not text or text[-1] in ".!?…" else f"{text}."
