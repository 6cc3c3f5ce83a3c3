"""Asking a store for the rows of one question by its text in the library."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from string import ascii_letters, digits
from typing import cast

from graph.store.protocol import AnswerRow, Parameters, Scalar, Store
from queries.answer_rows import joined, sort_rows, typed
from queries.catalog import Query, find

ParameterValue = Scalar | Sequence[Scalar]
"""One value, or several of a list, that a question is asked with."""
_WIDE = {ord(char): ord(char) + 0xFEE0 for char in ascii_letters + digits}
_NARROW = {wide: narrow for narrow, wide in _WIDE.items()}
_SUFFIX = {"cypher": ".cypher", "sparql": ".rq"}


def ask(query: Query, store: Store, given: Mapping[str, ParameterValue]) -> list[AnswerRow]:
    """Return the rows of a question with its hidden columns, joined, typed and sorted."""
    text = text_of(query, store.dialect)
    parameters = dict(given)
    if "$narrow" in text:
        parameters |= forms_of(str(given["text"]) if given["text"] else None)
    if "$passed_over" in text or "?passed_over" in text:
        parameters["passed_over"] = passed_over(store)
    rows = store.ask(text, cast(Parameters, parameters))
    return sort_rows(joined(typed(rows, query.columns), query), query.sort)


def forms_of(words: str | None) -> dict[str, str | None]:
    """Return typed words with letters and digits `narrow` (120) and `wide` (１２０): a text may print either.

    >>> forms_of("１２０株")
    {'narrow': '120株', 'wide': '１２０株'}
    """
    narrow = words.translate(_NARROW) if words else None
    return {"narrow": narrow, "wide": narrow.translate(_WIDE) if narrow else None}


@cache
def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def text_of(query: Query, dialect: str = "cypher") -> str:
    """Return the text of a question in a dialect, as it stands in the library."""
    return _read(Path(__file__).parent / "library" / f"{query.name}{_SUFFIX[dialect]}")


def passed_over(store: Store) -> list[str]:
    """Return the pairs `policy document` of the tellings that questions do not read."""
    if store.memo is None:
        return _passed_over(store)
    if "passed_over" not in store.memo:
        store.memo["passed_over"] = _passed_over(store)
    return cast(list[str], store.memo["passed_over"])


def _passed_over(store: Store) -> list[str]:
    return [str(row["pair"]) for row in ask(find("passed_over"), store, {})]
