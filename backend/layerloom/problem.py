"""What is wrong with a drawing or a recipe: mistakes are data, pinned to the place at fault, with ways out."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from layerloom.graph.patch import Change

Severity = Literal["error", "warning"]


class Fix(BaseModel):
    """One click that mends a problem. `parameters_added` is what it costs in weights (negative: it saves)."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)

    label: str
    parameters_added: int | None = None
    patch: list[Change]


class Problem(BaseModel):
    """One thing wrong. The message says what was expected, what was received and what to do.

    `code` is a kebab-case word (the name of its example file and test). `node` is a node id, `port` a port of it,
    `parameter` a constructor argument of it; `recipe` is a path into the recipe, as keys from its root. A problem
    inside a block is told at the block's node; `inside` then leads on to the inner node that port and parameter belong
    to: repetition (from 1), inner node, and so on.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)

    code: str
    severity: Severity = "error"
    message: str
    node: str | None = None
    port: str | None = None
    parameter: str | None = None
    recipe: list[str] | None = None
    inside: list[str] = Field(default_factory=list)
    fixes: list[Fix] = Field(default_factory=list)

    @property
    def place(self) -> str | None:
        """The node's id as it is in the drawing with all blocks put in."""
        return None if self.node is None else ".".join([self.node, *self.inside])


class Refusal(Exception):
    """Something asked for was understood but is wrong: the caller answers with this shape. Survives pickling."""

    def __init__(self, code: str, message: str, problems: list[Problem] | None = None) -> None:
        super().__init__(code, message, problems)
        self.code = code
        self.message = message
        self.problems = problems or []

    def __str__(self) -> str:
        return self.message
