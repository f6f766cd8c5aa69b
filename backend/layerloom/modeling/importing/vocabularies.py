"""Vocabularies that lie as text files beside the description of a `.keras` file."""

from collections.abc import Mapping

from layerloom.modeling.importing.models import LayerPath, Place
from layerloom.modeling.importing.refusals import not_a_model


def by_path(places: list[Place], files: Mapping[str, bytes]) -> dict[LayerPath, list[str]]:
    """The words of each layer that has such a file, one a line. Raises Refusal."""
    return {place.path: _words(files[place.group]) for place in places if place.group in files}


def _words(body: bytes) -> list[str]:
    try:
        return body.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        raise not_a_model("A vocabulary in the file is not UTF-8.") from None
