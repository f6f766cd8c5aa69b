"""What Keras answered lately, so that one edit recomputes one node and what follows it.

Answers go by (class, config, what comes in), never by a node's id or name.
"""

import hashlib
import json
from collections import OrderedDict
from functools import cache
from typing import TypeVar

from layerloom.graph.document import Node
from layerloom.modeling.symbolic import Arguments, Call, Failed, Sized, call_node
from layerloom.modeling.validate import validate_node
from layerloom.problem import Problem

REMEMBERED = 8_192

K = TypeVar("K")
V = TypeVar("V")
Key = tuple[bytes, Arguments, Arguments | None]


class Memory:
    """The latest answers, the oldest forgotten first. Bounded in number and, with digests for configs, in size."""

    def __init__(self, limit: int = REMEMBERED) -> None:
        self._limit = limit
        self._sound: OrderedDict[bytes, None] = OrderedDict()
        self._answers: OrderedDict[Key, Sized | Failed] = OrderedDict()

    def config_problems(self, node: Node) -> list[Problem]:
        """What is wrong with the node's type and config; sound ones are looked at once."""
        try:
            digest = _digest(node)
        except ValueError:  # Python writes no whole number of more than 4,300 digits: the validation says so.
            return validate_node(node)
        if digest in self._sound:
            self._sound.move_to_end(digest)
            return []
        problems = validate_node(node)
        if not problems:
            _remember(self._sound, digest, None, self._limit)
        return problems

    def answer(self, call: Call) -> Sized | Failed:
        """What Keras says of this call."""
        key = (_digest(call.node), call.arguments, call.first)
        known = self._answers.get(key)
        if known is not None:
            self._answers.move_to_end(key)
            return known
        answer = call_node(call)
        _remember(self._answers, key, answer, self._limit)
        return answer


@cache
def memory() -> Memory:
    """The memory of this process, made when first asked for."""
    return Memory()


def _digest(node: Node) -> bytes:
    return hashlib.blake2b(json.dumps([node.type, node.config]).encode(), digest_size=16).digest()


def _remember(store: OrderedDict[K, V], key: K, value: V, limit: int) -> None:
    store[key] = value
    if len(store) > limit:
        store.popitem(last=False)
