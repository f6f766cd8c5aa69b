"""What a `.keras` file does not hold but a resumed run needs: random state, callbacks, whether training had ended."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np

from layerloom.events import EpochEvent
from layerloom.training import callback_state
from layerloom.training.callback_state import Arrays, Numbers

NUMBERS_FILE = "state.json"
ARRAYS_FILE = "state.npz"
SEED_STATE = "seed_generator_state"


@dataclass(frozen=True)
class State:
    """`ended` says that a callback had stopped the training after this epoch: it must not go on.

    `told` is what was said of the epoch that ended. Within an epoch, `seconds` are those that it has taken so far.
    """

    callbacks: list[Numbers]
    arrays: Arrays
    ended: bool
    told: EpochEvent | None = None
    seconds: float = 0.0


def capture(
    model: keras.Model, callbacks: Sequence[keras.callbacks.Callback], ended: bool, told: EpochEvent | None = None
) -> State:
    """The state now, at the end of an epoch."""
    arrays = {**_numbered("seed", _seeds(model)), **callback_state.arrays_of(callbacks)}
    return State(callback_state.numbers_of(callbacks), arrays, ended, told)


def capture_within(model: keras.Model, callbacks: Sequence[keras.callbacks.Callback], seconds: float) -> State:
    """The state now, within an epoch: what its metrics have seen belongs to it."""
    state = capture(model, callbacks, ended=False)
    arrays = {**state.arrays, **_numbered("metric", model.metrics_variables)}
    return State(state.callbacks, arrays, ended=False, seconds=seconds)


def restore_seeds(model: keras.Model, state: State) -> None:
    """Let dropout and augmentation draw on from where they were."""
    _assign("seed", _seeds(model), state)


def restore_metrics(model: keras.Model, state: State) -> None:
    """Let the metrics of an epoch count on from where they were. They must have been built."""
    _assign("metric", model.metrics_variables, state)


def write(state: State, folder: Path) -> None:
    """Write the files of a state."""
    told = None if state.told is None else state.told.model_dump(mode="json")
    numbers = {"callbacks": state.callbacks, "ended": state.ended, "told": told, "seconds": state.seconds}
    (folder / NUMBERS_FILE).write_text(json.dumps(numbers), encoding="utf-8")
    np.savez(folder / ARRAYS_FILE, allow_pickle=False, **state.arrays)


def read(folder: Path) -> State:
    """Read what `write` wrote."""
    numbers = json.loads((folder / NUMBERS_FILE).read_text(encoding="utf-8"))
    told = numbers.get("told")
    with np.load(folder / ARRAYS_FILE, allow_pickle=False) as arrays:
        return State(
            numbers["callbacks"],
            dict(arrays),
            numbers["ended"],
            None if told is None else EpochEvent.model_validate(told),
            numbers.get("seconds", 0.0),
        )


def _numbered(name: str, variables: Sequence[Any]) -> Arrays:
    return {f"{name}-{index}": np.asarray(variable) for index, variable in enumerate(variables)}


def _assign(name: str, variables: Sequence[Any], state: State) -> None:
    for index, variable in enumerate(variables):
        variable.assign(state.arrays[f"{name}-{index}"])


def _seeds(model: keras.Model) -> list[Any]:
    return [variable for variable in model.variables if variable.name == SEED_STATE]
