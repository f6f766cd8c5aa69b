"""Why a file is not opened at all, in one sentence of ours: nothing of the file or of a library's words is echoed."""

from layerloom.problem import Refusal

OFFERED = "Layerloom opens .keras, .h5, architecture JSON and YAML of Keras, and its own project files."


def unsafe(message: str) -> Refusal:
    """The file holds what could do harm, or would unpack beyond every limit."""
    return Refusal("unsafe-model", message)


def not_a_model(message: str) -> Refusal:
    """The file is damaged, or no model."""
    return Refusal("not-a-model", message)


def unsupported(what: str, advice: str) -> Refusal:
    """A model of a kind that is not read, with what to do instead."""
    return Refusal("unsupported-format", f"This is {what}. {OFFERED} {advice}")
