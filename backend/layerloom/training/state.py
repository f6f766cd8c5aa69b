"""What a `.keras` file does not hold but a resumed run needs: random state, callbacks, whether training had ended."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np

from layerloom.training import callback_state
from layerloom.training.callback_state import Arrays, Numbers

NUMBERS_FILE = "state.json"
ARRAYS_FILE = "state.npz"
SEED_STATE = "seed_generator_state"


@dataclass(frozen=True)
class State:
    """`ended` says that a callback had stopped the training after this epoch: it must not go on."""

    callbacks: list[Numbers]
    arrays: Arrays
    ended: bool


def capture(model: keras.Model, callbacks: Sequence[keras.callbacks.Callback], ended: bool) -> State:
    """The state now, at the end of an epoch."""
    seeds = {f"seed-{index}": np.asarray(variable) for index, variable in enumerate(_seeds(model))}
    arrays = {**seeds, **callback_state.arrays_of(callbacks)}
    return State(callback_state.numbers_of(callbacks), arrays, ended)


def restore_seeds(model: keras.Model, state: State) -> None:
    """Let dropout and augmentation draw on from where they were."""
    for index, variable in enumerate(_seeds(model)):
        variable.assign(state.arrays[f"seed-{index}"])


def write(state: State, folder: Path) -> None:
    """Write the files of a state."""
    numbers = {"callbacks": state.callbacks, "ended": state.ended}
    (folder / NUMBERS_FILE).write_text(json.dumps(numbers), encoding="utf-8")
    np.savez(folder / ARRAYS_FILE, allow_pickle=False, **state.arrays)


def read(folder: Path) -> State:
    """Read what `write` wrote."""
    numbers = json.loads((folder / NUMBERS_FILE).read_text(encoding="utf-8"))
    with np.load(folder / ARRAYS_FILE, allow_pickle=False) as arrays:
        return State(numbers["callbacks"], dict(arrays), numbers["ended"])


def _seeds(model: keras.Model) -> list[Any]:
    return [variable for variable in model.variables if variable.name == SEED_STATE]
