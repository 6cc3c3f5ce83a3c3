"""The words of the command line in two languages: messages by code, columns and values by name."""

from functools import cache
from importlib import import_module

from cli.settings import LANGUAGES, started_language
from cli.words.lines import in_words, of_template
from cli.words.visible import visible
from graph.errors import PolicyGraphError
from graph.store.protocol import Scalar

# Which closed list of the vocabulary a column's values are of.
_LISTS = {
    "level": "level",
    "child_level": "level",
    "parent_level": "level",
    "role": "unit_role",
    "scope": "unit_scope",
    "relation": "relation",
    "judgement": "judgement",
    "held": "held",
    "deadline_kind": "deadline_kind",
    "comparator": "comparator",
    "answer": "answer",
    "state": "due_state",
    "change": "date_change",
    "date_change": "date_change",
}
# Columns that hold lines of the library.
_LINES = {"message": "ISSUES", "rule": "RULES"}
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
    names: dict[str, str] = import_module(f"cli.words.names_{name}").WORDS
    return messages | names


def say(code: str, **values: object) -> str:
    """Return the message of that code in the language of this run, filled with the values."""
    return visible(words(language())[code].format(**values))


def column(name: str) -> str:
    """Return the heading of a column for people; an unknown one (of a typed-in query) stands for itself."""
    return words(language()).get(f"column.{name}", name)


def value(name: str, printed: Scalar) -> Scalar:
    """Return a value of a column for people: the word of a closed list, yes or no, everything else as it is."""
    if isinstance(printed, bool):
        return say("yes" if printed else "no")
    if not isinstance(printed, str):
        return printed
    if name in _LINES:
        return in_words(printed, language(), _LINES[name])
    own = words(language()).get(f"value.{name}.{printed}")
    if own is not None:
        return own
    if name == "kind" and printed in ("measure", "checklist", "safeguard", "phase"):
        return _vocabulary("task_kind", printed)
    return _vocabulary(_LISTS[name], printed) if name in _LISTS else printed


def _vocabulary(listed: str, printed: str) -> str:
    from graph.schema.vocabulary import closed_lists

    return closed_lists().get(listed, {}).get(printed, {}).get(language(), printed)


def of_error(error: PolicyGraphError) -> str:
    """Return an error's line in the language of this run: by its code, else by its template, else as it says itself."""
    code = getattr(error, "code", None)
    if code and f"error.{code}" in words(language()):
        values = {name: "" if one is None else one for name, one in error.values.items()}
        values |= {name: value(name, one) for name, one in values.items() if isinstance(one, str) and name != "kind"}
        if "kind" in values:
            values["kind"] = words(language()).get(f"kind.{values['kind']}", values["kind"])
        return say(f"error.{code}", **values)
    if language() == "en":
        return str(error)
    return of_template(error.template, error.values, language()) or in_words(str(error), language())
