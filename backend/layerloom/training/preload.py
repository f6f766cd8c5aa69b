"""Imported once by the fork server, so that every child begins with everything heavy in memory.

Only imports: a TensorFlow that has run anything holds threads, and those do not survive a fork.

What was imported is then put aside from garbage collection: it stays for as long as a child lives, and to walk through
all of it took a child more than 100 ms, in the middle of whatever it was answering.
"""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _without_greetings() -> Iterator[None]:
    """Nothing on stderr: TensorFlow's C++ side says hello there on import, and no setting of its own stops it."""
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(nowhere)
        os.close(kept)


@contextmanager
def _put_aside() -> Iterator[None]:
    """What is made in here is no business of the garbage collection, neither now nor in the children."""
    gc.disable()
    try:
        yield
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


with _without_greetings(), _put_aside():
    from layerloom.modeling import reflection, scope_names
    from layerloom.modeling.exporting import untrained
    from layerloom.modeling.importing import job, starting
    from layerloom.training import export, fit, layers, predict, preflight, rates, trial, warming

scope_names.allow_any_name()  # models are also loaded where none is built
LOADED = (reflection, untrained, job, starting, export, fit, layers, predict, preflight, rates, trial, warming)
