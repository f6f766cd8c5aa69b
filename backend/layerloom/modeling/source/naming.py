"""Names of layers as expressions: as they are at the top, behind the name of the call inside of a block's function."""

from layerloom.modeling.source.literals import literal


def name_expression(name: str, *, inside: bool, numbered: bool = False) -> str:
    """`"conv"`; inside of a function that has an argument `name`, `f"{name}_conv"`; in a loop, with `number` too."""
    if not inside and not numbered:
        return literal(name)
    text = name.replace("{", "{{").replace("}", "}}")
    return "f" + repr(f"{'{name}_' if inside else ''}{text}{'_{number}' if numbered else ''}")
