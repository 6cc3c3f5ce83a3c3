"""The words of columns, of values of closed lists and of errors, in the language that is asked for."""

from functools import cache
from importlib import import_module

from graph.errors import PolicyGraphError
from graph.store.protocol import Scalar
from queries.answer import Answer
from views.words.lines import in_words, of_template
from views.words.visible import visible

LANGUAGES = ("zh", "en")
# Which closed list of the vocabulary a column's values are of.
_LISTS = {
    "level": "level",
    "child_level": "level",
    "parent_level": "level",
    "to_level": "level",
    "role": "unit_role",
    "scope": "unit_scope",
    "relation": "relation",
    "judgement": "judgement",
    "held": "held",
    "deadline_kind": "deadline_kind",
    "comparator": "comparator",
    "answer": "answer",
    "state": "due_state",
    "progress": "progress_status",
    "was_progress": "progress_status",
    "change": "date_change",
    "date_change": "date_change",
}
# Columns that hold lines of the library.
_LINES = {"message": "ISSUES", "rule": "RULES"}


@cache
def named_words(language: str) -> dict[str, str]:
    """Return the words of columns, values and errors by their codes."""
    names: dict[str, str] = import_module(f"views.words.names_{language}").WORDS
    faults: dict[str, str] = import_module(f"views.words.faults_{language}").WORDS
    return names | faults


def column_word(name: str, language: str) -> str:
    """Return the heading of a column for people; an unknown one (of a typed-in query) stands for itself.

    >>> column_word("lead", "zh"), column_word("my_own", "zh")
    ('牵头单位', 'my_own')
    """
    return named_words(language).get(f"column.{name}", name)


def heading(answer: Answer, name: str, language: str) -> str:
    """Return the heading of an answer's column; `end` is a day, or a place in a text where its values are numbers."""
    place = name == "end" and any(isinstance(row[name], int) for row in answer.rows)
    return column_word("stop" if place else name, language)


def value_word(name: str, printed: Scalar, language: str) -> Scalar:
    """Return a value of a column for people: the word of a closed list, yes or no, everything else as it is.

    >>> value_word("level", "county", "zh"), value_word("forward", True, "zh"), value_word("title", "measure", "zh")
    ('县', '是', 'measure')
    """
    if isinstance(printed, bool):
        return named_words(language)["yes" if printed else "no"]
    if not isinstance(printed, str):
        return printed
    if name in _LINES:
        return in_words(printed, language, _LINES[name])
    own = named_words(language).get(f"value.{name}.{printed}")
    if own is not None:
        return own
    if name == "kind" and printed in ("measure", "checklist", "safeguard", "phase"):
        return _vocabulary("task_kind", printed, language)
    return _vocabulary(_LISTS[name], printed, language) if name in _LISTS else printed


def _vocabulary(listed: str, printed: str, language: str) -> str:
    from graph.schema.vocabulary import closed_lists

    return closed_lists().get(listed, {}).get(printed, {}).get(language, printed)


def signal_word(meaning: str, language: str) -> str:
    """Return the Chinese or the English half of what a signal compares, which its docstring says in both.

    >>> signal_word("用词：相同的词. How many words are the same.", "en")
    'How many words are the same.'
    """
    chinese, dot, english = " ".join(meaning.split()).partition(". ")
    if not dot or chinese.isascii():
        return meaning
    return chinese if language == "zh" else english


def error_line(error: PolicyGraphError, language: str) -> str:
    """Return an error's line: by its code, else by its template, else as it says itself."""
    code, words = getattr(error, "code", None), named_words(language)
    if code and f"error.{code}" in words:
        values = {name: "" if one is None else one for name, one in error.values.items()}
        values |= {
            name: value_word(name, one, language)
            for name, one in values.items()
            if isinstance(one, str) and name != "kind"
        }
        if "kind" in values:
            values["kind"] = words.get(f"kind.{values['kind']}", values["kind"])
        return visible(words[f"error.{code}"].format(**values))
    if language == "en":
        return str(error)
    return of_template(error.template, error.values, language) or in_words(str(error), language)
