"""Parameters of blocks inside of configs: there they stand for the arguments of a function."""

from collections.abc import Mapping

from pydantic import JsonValue

from layerloom.catalog import Parameter
from layerloom.graph.block_parameters import parameter_of


class Variable(str):
    """An identifier where a value is expected; it is written as it is. `uses` are what Keras is given it for."""

    uses: list[Parameter]

    def __new__(cls, identifier: str) -> "Variable":
        """The variable of this name; made by us alone, never by what a client sends."""
        made = super().__new__(cls, identifier)
        made.uses = []
        return made

    def __repr__(self) -> str:
        return str(self)


def put_variables(value: JsonValue, variables: Mapping[str, Variable]) -> JsonValue:
    """The value with variables in the place of parameters."""
    name = parameter_of(value)
    if name is not None:
        return variables[name]
    if isinstance(value, dict):
        return {key: put_variables(item, variables) for key, item in value.items()}
    return [put_variables(item, variables) for item in value] if isinstance(value, list) else value
