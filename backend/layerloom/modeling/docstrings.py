"""What Keras's docstrings say, as one-line help: of a class and of each of its arguments."""

import inspect
import re
from collections.abc import Callable
from functools import cache
from itertools import takewhile
from typing import Any

MAX_LENGTH = 240

_ARGUMENTS = re.compile(r"^(?P<indent> *)Arg(?:ument)?s:\s*$")
_ARGUMENT = re.compile(r"^(?P<indent> +)[`*]*(?P<names>\w+(?:, *\w+)*)[`*]*(?: *\([^)]*\))?: *(?P<text>.*)$")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z`\"(-])")


def first_paragraph(described: Callable[..., Any]) -> str:
    """The first paragraph of the docstring of a class or function, as one line; empty where there is none."""
    text = inspect.cleandoc(described.__doc__ or "")
    return _one_line(text.split("\n\n", 1)[0])


def argument_docs(member: Callable[..., Any]) -> dict[str, str]:
    """One line of help for each argument of a function or constructor, from the class and then what it inherits."""
    docs: dict[str, str] = {}
    for described in member.__mro__ if isinstance(member, type) else (member,):
        for name, text in _own_docs(described).items():
            docs.setdefault(name, text)
    return docs


@cache
def _own_docs(member: Callable[..., Any]) -> dict[str, str]:
    """Of the class alone; remembered, because most classes share what they inherit."""
    text = member.__dict__.get("__doc__") if isinstance(member, type) else member.__doc__
    return _arguments(inspect.cleandoc(text or ""))


def _arguments(text: str) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    current: list[str] = []
    indent: str | None = None
    for line in _arguments_section(text):
        match = _ARGUMENT.match(line)
        if match and (indent is None or match["indent"] == indent):
            indent = match["indent"]
            current = [match["text"]]
            found |= {name.strip(): current for name in match["names"].split(",")}
        else:
            current.append(line)
    return {name: _one_line(" ".join(lines)) for name, lines in found.items()}


def _arguments_section(text: str) -> list[str]:
    """The lines below `Args:` that are indented deeper than it (its own indentation is not always none)."""
    lines = iter(text.splitlines())
    heading = next((match for line in lines if (match := _ARGUMENTS.match(line))), None)
    if heading is None:
        return []
    deeper = f"{heading['indent']} "
    return list(takewhile(lambda line: not line.strip() or line.startswith(deeper), lines))


def _one_line(text: str) -> str:
    """Whole sentences of `text`, at most MAX_LENGTH characters unless the first alone is longer."""
    sentences = _SENTENCE_END.split(" ".join(text.split()))
    line = sentences[0]
    for sentence in sentences[1:]:
        if len(line) + 1 + len(sentence) > MAX_LENGTH:
            break
        line = f"{line} {sentence}"
    return line if len(line) <= 2 * MAX_LENGTH else f"{line[: 2 * MAX_LENGTH - 1]}…"
