"""Silence while converters are at work: they warn of their own insides, and what counts is tried."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quietly() -> Iterator[None]:
    """No warnings for as long as the block lasts."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
