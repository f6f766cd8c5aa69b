"""Names for the operations of a functional model: Keras names them by counting, a drawing by its nodes."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import keras
from keras.src import ops

from layerloom.graph.naming import snake_case


def name_operations(made: Sequence[Any], given: Sequence[Any], name: str) -> tuple[str, ...]:
    """Call the operation that made these tensors `name`, and the steps inside it `name_<step>`.

    What Keras would have begun the name of each with comes back.

    `given` are the tensors that went in: what made them is not renamed. Constants have no operation.
    """
    before = {id(operation) for operation in _makers(given)}
    last = [operation for operation in _makers(made) if id(operation) not in before]
    for index, operation in enumerate(dict.fromkeys(last)):
        operation.name = name if index == 0 else f"{name}_{index}"
    seen = {id(operation) for operation in last} | before
    inside = list(_inside(last, seen))
    for number, operation in enumerate(inside, start=1):
        operation.name = f"{name}_{type(operation).__name__.lower()}_{number}"
    return tuple(snake_case(type(operation).__name__) for operation in (*dict.fromkeys(last), *inside))


@cache
def operation_stems() -> frozenset[str]:
    """What Keras begins the names of operations with: `add` for `add`, `add_1`, `add_2`."""
    classes = [member for member in vars(ops).values() if isinstance(member, type)]
    return frozenset(snake_case(one.__name__) for one in classes if issubclass(one, keras.Operation))


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
