"""The doctor's place in a training: looks through the data beside it, and at the model where it broke."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import keras

from layerloom.data.library import Library
from layerloom.events import LogEvent
from layerloom.problem import Refusal
from layerloom.recipe import Recipe
from layerloom.training.findings.data import data_findings
from layerloom.training.findings.doctor import Doctor
from layerloom.training.findings.not_finite import first_not_finite
from layerloom.training.signature import Signature


@contextmanager
def looking_through(doctor: Doctor, library: Library, recipe: Recipe, signature: Signature) -> Iterator[None]:
    """Look through the data in a thread while the block trains; the block ends when that is done too."""

    def look() -> None:
        try:
            doctor.tell(data_findings(library, recipe, signature))
        except Exception as error:  # noqa: BLE001 (the training does not need what is found here)
            message = f"The rows could not be compared ({type(error).__name__}: {str(error)[:200]})."
            doctor(LogEvent(level="warning", message=message))

    thread = threading.Thread(target=look, name="findings", daemon=True)
    thread.start()
    try:
        yield
    finally:
        thread.join()


@contextmanager
def explained(doctor: Doctor, model: keras.Model, x: Any) -> Iterator[None]:
    """Where the block diverges, tell which layer breaks on the batch `x`. Raises what the block raises."""
    try:
        yield
    except Refusal as refusal:
        if refusal.code == "diverged":
            doctor.tell(first_not_finite(model, x))
        raise
