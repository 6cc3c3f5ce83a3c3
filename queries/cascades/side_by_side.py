"""The correlation table of documents as named by a person: which is the upper one, and what must be aligned now."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import UsageError
from graph.store.protocol import AnswerRow, Store
from queries.answer import Answer, Note
from queries.cascades.chains import ChainLink
from queries.cascades.correlation import correlate
from queries.cascades.known_policies import Family
from queries.catalog import find
from queries.names import policies_of, resolve
from queries.question_rows import ask

if TYPE_CHECKING:
    from graph.link.tasks.align_tasks import TaskLink

AlignDocuments = Callable[[str, str], "Iterable[TaskLink]"]
"""Gives the links between a child and a parent document of the graph, by their names, as they are computed now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """A correlation table with its documents: rows of the question `documents`, the upper one and those below it."""

    table: Answer
    upper: AnswerRow
    lower: tuple[AnswerRow, ...]


def compare(store: Store, parent: str, children: Sequence[str], align: AlignDocuments) -> Answer:
    """Return the correlation table of a document and those below it, as `side_by_side` finds it."""
    return side_by_side(store, parent, children, align).table


def side_by_side(store: Store, parent: str, children: Sequence[str], align: AlignDocuments) -> SideBySide:
    """Return the correlation table of a document and of those below it that are named, or of all that carry it out.

    The first document named is the upper one, unless it carries out another that is named. `align` is asked for each
    child whose links to the upper one are not stored, because nothing in the graph says that it carries that one out.

    Raises:
        UnknownNameError: no document is named so.
        SeveralNamesError: several are.
        UsageError: one document is named twice and no other, or one alone that nothing held carries out.
    """
    first = resolve(store, "document", parent)[0]
    listed = children or _below(store, first)
    named = list(dict.fromkeys([first, *(resolve(store, "document", name)[0] for name in listed)]))
    top = _upper(store, named) if children else first
    keys = [key for key in named if key != top]
    if not keys:
        raise UsageError("{name} is given twice; a comparison takes different documents", name=top)
    notes = [] if top == named[0] else [Note(code="upper", values={"name": top})]
    missing = [key for key in keys if not related(store, key, top)]
    links = [*_stored(store), *_aligned(top, missing, align)] if missing else None
    answer = correlate(store, find("correlation"), top, keys, links)
    if missing:
        notes.append(Note(code="aligned_now", values={"documents": "、".join(missing)}))
    table = Answer(name=answer.name, columns=answer.columns, rows=answer.rows, notes=(*answer.notes, *notes))
    told = {str(row["document"]): row for row in reversed(ask(find("documents"), store, {}))}
    return SideBySide(table=table, upper=told[top], lower=tuple(told[key] for key in keys))


def _below(store: Store, document: str) -> list[str]:
    """Return the documents of the policies that carry out those of a document, at any step, from the top down.

    Raises:
        UsageError: none is held.
    """
    family = Family(store)
    below = family.descend(family.know(policies_of(store, document), document))
    found = [known.read for known in below if known.read and known.read != document]
    if not found:
        raise UsageError(
            "nothing that is held carries out {name}; name the documents to compare it with", name=document
        )
    return found


def _upper(store: Store, documents: Sequence[str]) -> str:
    """Return the document that all others carry out, else the first."""
    for document in documents:
        if all(related(store, other, document) for other in documents if other != document):
            return document
    return documents[0]


def related(store: Store, child: str, parent: str) -> bool:
    """Tell whether a policy of one document carries out one of another, so that links between them are stored."""
    family = Family(store)
    own = family.know(policies_of(store, child))
    top = {known.key for known in family.know(policies_of(store, parent))}
    return bool(top & {known.key for known in family.climb(own)})


def _stored(store: Store) -> list[ChainLink]:
    return [
        ChainLink(
            near=str(row["parent"]),
            far=str(row["child"]),
            relation=str(row["relation"]),
            score=float(row["score"] or 0),
            judgement=str(row["judgement"]),
            key=str(row["link"]),
        )
        for row in ask(find("links"), store, {"document": None})
    ]


def _aligned(parent: str, children: Sequence[str], align: AlignDocuments) -> list[ChainLink]:
    return [
        ChainLink(
            near=link.parent, far=link.child, relation=link.relation, score=link.score, judgement=link.judgement, key=""
        )
        for child in children
        for link in align(child, parent)
    ]
