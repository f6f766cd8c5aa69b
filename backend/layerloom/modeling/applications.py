"""The models of `keras.applications`, made for the shape that reaches a node."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import keras

from layerloom.graph.document import Node
from layerloom.modeling.families import family
from layerloom.modeling.objects import node_arguments
from layerloom.modeling.tensors import Shape
from layerloom.problem import Refusal

_PATIENCE_S = 30.0
"""How long a silent network may hold up a run."""

_MAX_WORDS = 300


def application_model(
    node: Node, input_shape: Shape, *, name: str | None = None, load_weights: bool = False
) -> keras.Model:
    """The functional model of an application node for samples of this shape (unknown sizes as None).

    Without `load_weights` the weights are random, whatever the config says: shapes and counts are the same.

    Raises:
        ConfigError: where the config is wrong.
        ValueError: in Keras's words, where it makes no such model for this shape.
        Refusal: code `weights-unavailable`, where pretrained weights can not be had.
    """
    arguments = {**node_arguments(node), "input_shape": tuple(input_shape)}
    if not (load_weights and pretrained(node)):
        model = family("applications").members[node.type](**{**arguments, "weights": None})
    else:
        with _told(node.type):
            model = family("applications").members[node.type](**{**arguments, "weights": "imagenet"})
    if name is not None:
        # Not as an argument: some of Keras's functions look up their sizes by it.
        model.name = name
    return model


def takes_name(type: str) -> bool:
    """Whether Keras's function makes the same model under any name: EfficientNetV2 looks up its blocks by it."""
    return not type.startswith("applications.EfficientNetV2")


def pretrained(node: Node) -> bool:
    """Whether a run of this node loads pretrained weights: it does, as in Keras, unless `weights` says null."""
    return node.config.get("weights", "imagenet") == "imagenet"


def pretrained_fault(node: Node, input_shape: Shape) -> str | None:
    """Why there are no pretrained weights for this config and sample shape; None where there are."""
    if not pretrained(node):
        return None
    if len(input_shape) == 3 and input_shape[-1] != 3:
        return f"They were learned on pictures with 3 channels, got {input_shape[-1]}."
    if node.config.get("include_top", True) is not True:
        return None
    if (classes := node.config.get("classes", 1000)) != 1000:
        return f"Their last layer tells 1,000 classes apart, got {classes}."
    wanted = _default_shape(node.type)
    return None if tuple(input_shape) == wanted else f"With include_top they need pictures of {wanted}."


@cache
def _default_shape(type: str) -> Shape:
    """The sample shape that the pretrained weights of an application were learned on."""
    with keras.StatelessScope(initialize_variables=False):
        return tuple(family("applications").members[type](weights=None).input_shape[1:])


@contextmanager
def _told(type: str) -> Iterator[None]:
    """Turn a failed download into one sentence: Keras raises a bare Exception for it, whatever the network did.

    A ValueError says that the arguments are none that weights exist for.
    """
    patience = socket.getdefaulttimeout()
    socket.setdefaulttimeout(_PATIENCE_S)
    try:
        yield
    except ValueError as error:
        words = " ".join(str(error).split())[:_MAX_WORDS]
        message = f"There are no ImageNet weights for this {type.removeprefix('applications.')}: {words}"
        raise Refusal("weights-unavailable", message) from error
    except Exception as error:
        message = f"The ImageNet weights of {type.removeprefix('applications.')} could not be downloaded."
        advice = "Connect this server to the network, or set weights to null."
        raise Refusal("weights-unavailable", f"{message} {advice}") from error
    finally:
        socket.setdefaulttimeout(patience)
