"""Why a model does not become a file of a format, in words for a person."""

import re

from layerloom.model_file import FORMATS, FormatName, installed
from layerloom.modeling.exporting.compare import Difference
from layerloom.modeling.exporting.routes import ROUTES
from layerloom.problem import Refusal

OPERATIONS = (
    re.compile(r"No Op registered for (\w+)"),
    re.compile(r"Node number \d+ \((?:Flex)?(\w+)\)"),
    re.compile(r"'tf\.(\w+)' op is neither"),
    re.compile(r"[Cc]ustom op: (?:Flex)?(\w+)"),
    re.compile(r"Could not find gradient|Could not find an implementation for (\w+)"),
)
PATH = re.compile(r"(?<![\w.])(?:/[\w.@+-]+){2,}/?")
MAX_SAID = 200


def require_installed(format: FormatName) -> None:
    """Raise Refusal `format-not-installed` where the packages of a format are missing."""
    if not installed(format):
        names = ", ".join(FORMATS[format].packages)
        message = f"{ROUTES[format].title} needs packages that are not installed here ({names})."
        raise Refusal("format-not-installed", f"{message} Install them with: pip install layerloom[{format}]")


def not_written(format: FormatName, error: Exception, instead: str | None = None) -> Refusal:
    """The refusal of a conversion, or of a runtime's loading of what it gave. `instead` is what to take."""
    route = ROUTES[format]
    operation = next((match[1] for pattern in OPERATIONS if (match := pattern.search(str(error))) and match[1]), None)
    if operation:
        reason = f"it has no operation '{operation}', which this model needs"
    else:
        reason = f"the model does not survive the way there ({type(error).__name__}: {_first_line(error)})"
    message = f"{route.title} can not carry this model: {reason}. Take {instead or route.instead} instead."
    return Refusal("not-exportable", message)


def differs(format: FormatName, difference: Difference) -> Refusal:
    """The refusal of a file that answers otherwise than Keras."""
    route = ROUTES[format]
    figure = f"by {difference.relative:.2g} of its largest answer" if difference.relative < 1e300 else "beyond measure"
    message = f"{route.title} of this model was made and thrown away: on trial it differs from Keras {figure}."
    return Refusal("export-differs", f"{message} Take {route.instead} instead.")


def no_answer(error: Exception) -> Refusal:
    """The refusal of a model that Keras itself can not ask."""
    reason = f"Keras could not compute the trial samples ({type(error).__name__}: {_first_line(error)})"
    message = f"The file could not be verified: {reason}. Take the .weights.h5 file instead."
    return Refusal("not-verifiable", message)


def _first_line(error: Exception) -> str:
    line = next((line.strip() for line in str(error).splitlines() if line.strip()), "no message")
    return PATH.sub("…", line)[:MAX_SAID].rstrip(".")
