"""Names of a drawing made into Python identifiers: valid, unique, no keyword, nothing that would hide a builtin."""

import builtins
import keyword
import unicodedata
from collections.abc import Collection

from layerloom.graph.naming import unique

MAX_LENGTH = 60
MODULES = frozenset({"keras", "math", "np", "os", "sys", "Path"})
_RESERVED = frozenset(
    {*keyword.kwlist, *keyword.softkwlist, *dir(builtins), *MODULES, "cls", "kwargs", "model", "name", "self", "super"}
)
_WORD_CATEGORIES = ("L", "Nd", "Mn", "Mc")


class Identifiers:
    """Hands out identifiers, each once. `taken` are names that the code around uses already; it may grow."""

    def __init__(self, taken: Collection[str] = ()) -> None:
        self._around = taken
        self.made: set[str] = set()

    @property
    def taken(self) -> set[str]:
        """Every name that is not free."""
        return {*self._around, *self.made}

    def make(self, text: str, fallback: str, avoid: Collection[str] = ()) -> str:
        """An identifier that looks like `text`, lower case; like `fallback` where nothing of it can stand in one."""
        name = unique(identifier(text, fallback), {*_RESERVED, *self.taken, *avoid})
        self.made.add(name)
        return name


def identifier(text: str, fallback: str) -> str:
    """`text` as a lower-case identifier, which may be reserved; `fallback`, itself one, where nothing is left of it.

    Python reads identifiers in the Unicode form NFKC, so two spellings of one are made the same here.
    """
    return _identifier(_word(_word(text).lower()), fallback)


def class_identifier(text: str, fallback: str, taken: Collection[str] = ()) -> str:
    """`text` as the name of a class, none of `taken`; `fallback` where nothing is left of it.

    `MNIST MLP` becomes `MnistMlp`, `MyModel` stays as it is.
    """
    parts = [_capital(part) for part in _identifier(_word(text), fallback).split("_")]
    word = _word("".join(parts))
    return unique(word if word.isidentifier() else fallback, {*_RESERVED, *taken})


def _identifier(word: str, fallback: str) -> str:
    if word and not word[0].isidentifier():
        word = f"{fallback}_{word}"
    return word if word.isidentifier() else fallback


def _capital(part: str) -> str:
    return part[:1].upper() + (part[1:].lower() if part.isupper() else part[1:])


def is_identifier(text: str) -> bool:
    """Whether Python reads this text as a name."""
    return text.isidentifier() and not keyword.iskeyword(text)


def _word(text: str) -> str:
    """The letters, digits and marks of `text` in form NFKC, underscores for all runs of other characters."""
    normal = unicodedata.normalize("NFKC", text)
    kept = "".join(c if _in_words(c) else " " for c in normal)
    return unicodedata.normalize("NFKC", "_".join(kept.split())[:MAX_LENGTH].strip("_"))


def _in_words(character: str) -> bool:
    return unicodedata.category(character).startswith(_WORD_CATEGORIES) and f"a{character}".isidentifier()
