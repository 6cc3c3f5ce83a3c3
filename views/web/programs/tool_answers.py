"""What a tool gives an agent: rows, the words of documents that prove them, and what cannot be said; never too long."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

# The SDK makes schemas of these alone under Python 3.11; it brings this package with it.
from typing_extensions import TypedDict

from graph.store.protocol import AnswerRow, Scalar, Store
from queries.answer import Answer, Note
from queries.catalog import find
from queries.question_rows import ask

MOST_ROWS = 50
"""Rows of one answer at most; more are asked for by `offset`."""
MOST_CHARACTERS = 25_000
"""Characters of one answer at most."""
MOST_TEXT = 8_000
"""Characters of a document's text in one answer at most."""
_PROVED = 40
"""Of so many things of the rows the proofs are looked up."""
_QUOTE = 200
_KEYS = ("task", "parent", "child", "root", "key", "unit", "policy", "theme")
_TOLD = ("itself", "title", "name", "doc_number")
"""The properties whose proof tells where a thing stands, the best first."""
_SHORTEST = 200

Tell = Callable[[Note], str]


class ToolProof(TypedDict):
    """Where the words stand that prove something: characters of the document's text, from `start` up to `end`."""

    subject: str
    document: str
    start: int
    end: int
    quote: str


class ToolAnswer(TypedDict):
    """The answer of a tool. `total` counts all rows, `next_offset` asks for those behind these."""

    rows: list[dict[str, Any]]
    total: int
    next_offset: int | None
    truncated: bool
    evidence: list[ToolProof]
    limits: list[str]


def tool_answer(store: Store, answer: Answer, tell: Tell, *, limit: int, offset: int) -> ToolAnswer:
    """Return some rows of an answer with their evidence, cut so that an agent can take it in; empty values left out."""
    shown = answer.rows[offset : offset + limit]
    made = ToolAnswer(
        rows=[{name: value for name, value in row.items() if value is not None} for row in shown],
        total=len(answer.rows),
        next_offset=None,
        truncated=False,
        evidence=proofs(store, shown),
        limits=[tell(note) for note in answer.notes],
    )
    while _length(made) > MOST_CHARACTERS and len(made["rows"]) > 1:
        made["truncated"] = True
        made["rows"] = made["rows"][: max(1, len(made["rows"]) * 3 // 4)]
        made["evidence"] = proofs(store, shown[: len(made["rows"])])
    while _length(made) > MOST_CHARACTERS and _shorten(made):
        made["truncated"] = True
    behind = offset + len(made["rows"])
    made["next_offset"] = behind if behind < len(answer.rows) else None
    return made


def _length(made: ToolAnswer) -> int:
    return len(json.dumps(made, ensure_ascii=False))


def _shorten(made: ToolAnswer) -> bool:
    """Cut the longest text of the one row that is left by half; tell whether there was one long enough."""
    [row] = made["rows"] or [{}]
    longest = max(row, key=lambda name: len(str(row[name])), default=None)
    if longest is None or len(str(row[longest])) <= _SHORTEST:
        return False
    row[longest] = str(row[longest])[: len(str(row[longest])) // 2] + "…"
    return True


def proofs(store: Store, rows: Sequence[AnswerRow]) -> list[ToolProof]:
    """Return where the things that rows name stand in documents, one place each, in the order of the rows."""
    subjects = list(dict.fromkeys(_subjects(rows)))[:_PROVED]
    found: dict[str, tuple[int, AnswerRow]] = {}
    for row in ask(find("evidence_of"), store, {"subjects": subjects}) if subjects else []:
        told = str(row["property"])
        rank = _TOLD.index(told) if told in _TOLD else len(_TOLD)
        if rank < found.get(str(row["subject"]), (len(_TOLD) + 1, row))[0]:
            found[str(row["subject"])] = rank, row
    return [_proof(found[subject][1]) for subject in subjects if subject in found]


def _subjects(rows: Iterable[AnswerRow]) -> Iterable[str]:
    for row in rows:
        for name in _KEYS:
            if isinstance(value := row.get(name), str):
                yield value


def _proof(row: AnswerRow) -> ToolProof:
    quote = str(row["quote"])
    return ToolProof(
        subject=str(row["subject"]),
        document=str(row["document"]),
        start=_number(row["start"]),
        end=_number(row["end"]),
        quote=quote if len(quote) <= _QUOTE else quote[:_QUOTE] + "…",
    )


def _number(value: Scalar) -> int:
    return int(value or 0)
