"""Layer names in any script: TensorFlow names its scopes in ASCII alone, and Keras hands it the layer's name as it is.

Without this a layer called `층 1` (or `first layer`) builds and then fails in the first training step.
"""

import re
from functools import cache
from typing import Any

import tensorflow as tf
from keras.src.backend.tensorflow import core

_SAFE = re.compile(r"[A-Za-z0-9.][A-Za-z0-9_.\\/>-]*")
_OTHER = re.compile(r"[^A-Za-z0-9_.\\/>-]")


@cache
def allow_any_name() -> None:
    """From now on Keras gives TensorFlow a name that it takes where a layer's own is none. Layers keep theirs."""
    begin = core.name_scope.__init__

    def begin_safely(scope: Any, name: str, **options: Any) -> None:
        begin(scope, name, **options)
        if not _SAFE.fullmatch(name):
            scope._tf_name_scope = tf.name_scope(scope_name(name))

    core.name_scope.__init__ = begin_safely


def scope_name(name: str) -> str:
    """`name` as TensorFlow takes it: other characters as their code points in hex; `층 1` becomes `n_ce35_201`."""
    return "n" + _OTHER.sub(lambda found: f"_{ord(found[0]):x}", name)
