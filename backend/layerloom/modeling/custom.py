"""A layer written by the user: Python code of a drawing, run in this process only if it was forked with leave to.

The code is a program: nothing here makes it harmless. What keeps the server safe is that it runs in child processes
alone, and only where the person who started the server said so.
"""

import ast
import hashlib
import os
import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import ModuleType

import keras
from pydantic import JsonValue

from layerloom.catalog import InputPort, NodeEntry, Parameter
from layerloom.graph.blocks import expand
from layerloom.graph.document import Graph, Node
from layerloom.job import CUSTOM_CODE
from layerloom.modeling.mistakes import ConfigError
from layerloom.modeling.nodes import PYTHON
from layerloom.modeling.values import accepts, expectation, shown
from layerloom.problem import Problem, Refusal

KEPT_CLASSES = 64
OFF = "This server was started without custom Python. Start it with --allow-custom-code to use this node."
_FILE = "<layer code>"
_NOT_TENSORS = frozenset({"self", "training", "mask"})


def permitted() -> bool:
    """Whether this process was forked with leave to run code of drawings."""
    return os.environ.get(CUSTOM_CODE) == "1"


def entry_of(node: Node) -> NodeEntry:
    """The entry of a `python` node: its ports are the tensor arguments of `call`, read without running the code."""
    code = node.config.get("code")
    names = _call_arguments(code) if permitted() and isinstance(code, str) else []
    ports = [InputPort(name=name, required=required) for name, required in names] or PYTHON.inputs
    return PYTHON.model_copy(update={"inputs": ports})


def custom_problems(node: Node) -> list[Problem]:
    """What is wrong with a `python` node: not permitted, no text, not Python, no layer class, an error when run."""
    if not permitted():
        return [Problem(code="custom-python-off", message=OFF, node=node.id, parameter="code")]
    wrong = list(_config_problems(node))
    if not wrong:
        try:
            layer_class(str(node.config["code"]))
        except CodeError as error:
            wrong = [error.problem(node.id)]
    return wrong


def make_custom(node: Node, name: str) -> keras.layers.Layer:
    """The layer of a `python` node. Raises ConfigError with the line at fault."""
    problems = custom_problems(node)
    if problems:
        raise ConfigError(problems)
    made = layer_class(str(node.config["code"]))
    arguments = node.config.get("arguments") or {}
    try:
        return made(**(arguments if isinstance(arguments, dict) else {}), name=name)
    except Exception as error:
        raise ConfigError([CodeError.of(error).problem(node.id)]) from error


def codes(graph: Graph) -> list[str]:
    """The code of the `python` nodes of a drawing, those inside blocks too, each once."""
    nodes = expand(graph).graph.nodes
    found = (node.config.get("code") for node in nodes if node.type == PYTHON.type and node.shares is None)
    return list(dict.fromkeys(code for code in found if isinstance(code, str)))


def make_known(codes: Iterable[str]) -> None:
    """Let Keras find the classes of this code when it loads a model. Raises Refusal where it may or can not be run."""
    for code in codes:
        try:
            layer_class(code)
        except PermissionError:
            raise Refusal("custom-python-off", OFF) from None
        except CodeError as error:
            raise Refusal("python-error", str(error)) from error


@lru_cache(maxsize=KEPT_CLASSES)
def layer_class(code: str) -> type[keras.layers.Layer]:
    """Run the code once; the last layer class that it defines. Raises CodeError, PermissionError where not permitted.

    The class is registered with Keras under a name of its own, so that a saved model finds it again.
    """
    if not permitted():
        raise PermissionError("this process may not run code of drawings")
    digest = hashlib.blake2b(code.encode(), digest_size=6).hexdigest()
    module = ModuleType(f"layerloom_custom_{digest}")
    sys.modules[module.__name__] = module  # inspect and pickle look classes up by their module
    try:
        exec(compile(code, _FILE, "exec"), module.__dict__)
    except (Exception, SystemExit) as error:
        raise CodeError.of(error) from error
    found = [value for value in vars(module).values() if _is_layer_class(value, module)]
    if not found:
        raise CodeError(1, "The code defines no class made from keras.layers.Layer.")
    registered: type[keras.layers.Layer] = keras.saving.register_keras_serializable(f"custom-{digest}")(found[-1])
    return registered


def failing_line(error: BaseException) -> int | None:
    """The line of a drawing's code that an exception came from, from 1; None if it came from elsewhere."""
    if isinstance(error, SyntaxError) and error.filename == _FILE:
        return error.lineno
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == _FILE]
    return lines[-1] if lines else None


class CodeError(Exception):
    """The code of a drawing is wrong at a line (from 1). Survives pickling."""

    def __init__(self, line: int | None, text: str) -> None:
        super().__init__(line, text)
        self.line = line
        self.text = text

    @classmethod
    def of(cls, error: BaseException) -> "CodeError":
        """From what running it raised."""
        said = error.msg if isinstance(error, SyntaxError) else str(error)
        first = next((line.strip() for line in said.splitlines() if line.strip()), "no message")
        return cls(failing_line(error), f"{type(error).__name__}: {first[:300]}")

    def __str__(self) -> str:
        where = f"Line {self.line}: " if self.line else ""
        return f"{where}{self.text.rstrip('.')}."

    def problem(self, node: str) -> Problem:
        """The problem at the node's code."""
        return Problem(code="python-error", message=str(self), node=node, parameter="code", line=self.line)


def _config_problems(node: Node) -> Iterator[Problem]:
    known: Mapping[str, Parameter] = {parameter.name: parameter for parameter in PYTHON.parameters}
    for name, value in node.config.items():
        if name not in known:
            message = f"A Python layer has no argument '{name[:60]}'. Constructor arguments stand in 'arguments'."
            yield Problem(code="unknown-parameter", message=message, node=node.id, parameter=name)
        elif not _fits(known[name], value):
            wanted = "an object of arguments by name" if name == "arguments" else expectation(known[name])
            yield Problem(
                code="bad-value", message=f"{name} must be {wanted}, got {shown(value)}.", node=node.id, parameter=name
            )
    if "code" not in node.config:
        yield Problem(code="missing-parameter", message="A Python layer needs code.", node=node.id, parameter="code")


def _fits(parameter: Parameter, value: JsonValue) -> bool:
    return accepts(parameter, value) and (parameter.kind != "json" or isinstance(value, dict))


def _is_layer_class(value: object, module: ModuleType) -> bool:
    return isinstance(value, type) and issubclass(value, keras.layers.Layer) and value.__module__ == module.__name__


def _call_arguments(code: str) -> list[tuple[str, bool]]:
    """Name and whether it is required, of each tensor argument of the last class's `call`; none if unreadable."""
    try:
        classes = [part for part in ast.parse(code).body if isinstance(part, ast.ClassDef)]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []  # whoever runs the code says what is wrong with it
    calls = [
        part
        for found in classes[-1:]
        for part in found.body
        if isinstance(part, ast.FunctionDef) and part.name == "call"
    ]
    if not calls:
        return []
    arguments = calls[-1].args
    named = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]
    required = len(named) - len(arguments.defaults)
    return [(name, place < required) for place, name in enumerate(named) if name not in _NOT_TENSORS]
