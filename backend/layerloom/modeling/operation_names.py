"""Names for the operations of a functional model: Keras names them by counting, a drawing by its nodes."""

from collections.abc import Iterator, Sequence
from typing import Any

import keras


def name_operations(made: Sequence[Any], given: Sequence[Any], name: str) -> None:
    """Call the operation that made these tensors `name`, and the steps inside it `name_<step>`.

    `given` are the tensors that went in: what made them is not renamed. Constants have no operation.
    """
    before = {id(operation) for operation in _makers(given)}
    last = [operation for operation in _makers(made) if id(operation) not in before]
    for index, operation in enumerate(dict.fromkeys(last)):
        operation.name = name if index == 0 else f"{name}_{index}"
    seen = {id(operation) for operation in last} | before
    for number, operation in enumerate(_inside(last, seen), start=1):
        operation.name = f"{name}_{type(operation).__name__.lower()}_{number}"


def _inside(operations: Sequence[keras.Operation], seen: set[int]) -> Iterator[keras.Operation]:
    """The operations between, nearest to the end first."""
    waiting = list(operations)
    while waiting:
        for operation in _makers(waiting.pop(0)._inbound_nodes[-1].input_tensors):
            if id(operation) not in seen:
                seen.add(id(operation))
                waiting.append(operation)
                yield operation


def _makers(tensors: Sequence[Any]) -> list[keras.Operation]:
    histories = [getattr(tensor, "_keras_history", None) for tensor in tensors]
    return [history.operation for history in histories if history is not None]
