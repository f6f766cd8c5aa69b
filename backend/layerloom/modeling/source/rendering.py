"""Templates filled, and what comes out made sure of: it parses, and it is formatted as people format Python."""

import ast
import re
from functools import cache
from typing import Any

import black
import jinja2

from layerloom.modeling.source.literals import doc, literal, markdown, prose

LINE_LENGTH = 88
_BLANK_LINES = re.compile(r"\n\s*\n\n")
_MODE = black.Mode(line_length=LINE_LENGTH)


def code(template: str, **values: Any) -> str:
    """The template `<name>.py.j2` as formatted Python.

    Raises SyntaxError where what comes out is no Python: a bug of a template, never of what was drawn.
    """
    return formatted(filled(f"{template}.py.j2", **values))


def filled(template: str, **values: Any) -> str:
    """A template with runs of blank lines made one. Raises jinja2.UndefinedError for a value that it lacks."""
    return _BLANK_LINES.sub("\n\n", _templates().get_template(template).render(**values)).lstrip("\n")


def formatted(text: str) -> str:
    """Python text as `black` writes it. Raises SyntaxError."""
    ast.parse(text)
    return black.format_str(text, mode=_MODE)


@cache
def _templates() -> jinja2.Environment:
    """Nothing is escaped: what is printed is code, made safe by identifiers.py and literals.py."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("layerloom.modeling.source"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    environment.filters |= {"literal": literal, "prose": prose, "doc": doc, "markdown": markdown}
    return environment
