"""The words of the command line in the language of a run: messages by code, columns and values by name."""

from functools import cache
from importlib import import_module

from cli.settings import started_language
from graph.errors import PolicyGraphError
from graph.store.protocol import Scalar
from views.words.named_words import LANGUAGES, column_word, error_line, named_words, value_word
from views.words.visible import visible

_chosen: list[str] = []


def language() -> str:
    """Return the language of this run, `zh` or `en`."""
    if not _chosen:
        _chosen.append(started_language())
    return _chosen[0]


def choose(name: str) -> None:
    """Speak `zh` or `en` from now on."""
    _chosen[:] = [name if name in LANGUAGES else "en"]


@cache
def words(name: str) -> dict[str, str]:
    """Return every message of a language by its code."""
    messages: dict[str, str] = import_module(f"cli.words.words_{name}").WORDS
    return messages | named_words(name)


def say(code: str, **values: object) -> str:
    """Return the message of that code in the language of this run, filled with the values."""
    return visible(words(language())[code].format(**values))


def column(name: str) -> str:
    """Return the heading of a column for people; an unknown one (of a typed-in query) stands for itself."""
    return column_word(name, language())


def value(name: str, printed: Scalar) -> Scalar:
    """Return a value of a column for people: the word of a closed list, yes or no, everything else as it is."""
    return value_word(name, printed, language())


def of_error(error: PolicyGraphError) -> str:
    """Return an error's line in the language of this run: by its code, else by its template, else as it says itself."""
    return error_line(error, language())
