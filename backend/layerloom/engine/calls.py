"""Calls to children by dotted path: how they are answered, how answers travel, and how calls fail."""

import importlib
import io
import os
import pickle
import sys
import traceback
from collections.abc import Callable
from typing import Any

OUT_OF_MEMORY_EXIT = 77


class WorkerDied(Exception):
    """The call ended the process that answered it; the message says how. The next call gets a new process."""


class WorkerTimedOut(Exception):
    """The call took too long and its process was killed. The next call gets a new process."""


class WorkerFailed(Exception):
    """The call raised something that this process does not know; the message is its traceback."""


def resolve(path: str) -> Callable[..., Any]:
    """The function that `package.module:name` names."""
    module, _, name = path.partition(":")
    function: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return function


def answer(function: str, args: tuple[Any, ...]) -> bytes:
    """What `opened` makes the answer of: what the function returns or raises. Ends the process where memory is out."""
    try:
        return pickle.dumps((True, resolve(function)(*args)))
    except MemoryError:
        os._exit(OUT_OF_MEMORY_EXIT)  # nothing in this process can be trusted to be whole any more
    except Exception as error:  # noqa: BLE001 (whatever a call raises is its answer)
        return pickle.dumps((False, (_pickled(error), traceback.format_exc())))


def _pickled(error: Exception) -> bytes:
    try:
        return pickle.dumps(error)
    except Exception:  # noqa: BLE001 (an exception may hold anything; the text of its traceback travels instead)
        return b""


class _Known(pickle.Unpickler):
    """Makes objects only of modules that are imported already: no answer may load Keras into this process."""

    def find_class(self, module: str, name: str) -> Any:
        """The class, or UnpicklingError."""
        if module not in sys.modules:
            raise pickle.UnpicklingError(f"{module}.{name} is not known here")
        return super().find_class(module, name)


def opened(answer: bytes) -> Any:
    """What the function returned; raises what it raised if this process knows the class, else WorkerFailed."""
    well, value = _Known(io.BytesIO(answer)).load()
    if well:
        return value
    pickled, trace = value
    try:
        error = _Known(io.BytesIO(pickled)).load()
    except Exception:  # noqa: BLE001 (an exception may refuse to be made again in any way it likes)
        raise WorkerFailed(trace) from None
    error.add_note(trace)
    raise error
