"""The words of documents that prove what a picture shows."""

from collections.abc import Sequence
from dataclasses import replace

from graph.identity import link_key
from graph.store.protocol import AnswerRow, Store
from queries.catalog import find
from queries.question_rows import ask
from views.picture_records import DETAILS, Card, DrawnLink, Proof


def prove(store: Store, cards: dict[str, Card]) -> dict[str, Card]:
    """Put the words that prove each card in place of the keys of its duties, in the order of the document."""
    subjects = {key: key for key in cards}
    for card in cards.values():
        subjects |= {proof.document: card.key for proof in card.proofs}
        card.proofs = []
    for subject, row in _evidence(store, list(subjects)):
        what = "units" if subject not in cards else str(row["property"])
        cards[subjects[subject]].proofs.append(_proof(what, row))
    order = ("itself", "title", "theme", "deadline", "units")
    for card in cards.values():
        card.proofs.sort(key=lambda one: (order.index(one.what) if one.what in order else 9, one.start))
    return cards


def proved(store: Store, links: Sequence[DrawnLink]) -> tuple[DrawnLink, ...]:
    """Return the links, each with the words that decided it in the upper and in the lower document."""
    kinds = {True: "DETAILS", False: "DERIVES_FROM"}
    keys = {link_key(kinds[link.relation == DETAILS], link.child, link.parent): link for link in links}
    sides: dict[str, dict[str, list[Proof]]] = {key: {"parent": [], "child": []} for key in keys}
    for subject, row in _evidence(store, list(keys)):
        if str(row["property"]) in sides[subject]:
            sides[subject][str(row["property"])].append(_proof("link", row))
    return tuple(
        replace(link, above=tuple(sides[key]["parent"]), below=tuple(sides[key]["child"])) for key, link in keys.items()
    )


def _evidence(store: Store, subjects: list[str]) -> list[tuple[str, AnswerRow]]:
    rows = ask(find("evidence_of"), store, {"subjects": subjects}) if subjects else []
    return [(str(row["subject"]), row) for row in rows]


def _proof(what: str, row: AnswerRow) -> Proof:
    return Proof(
        what=what,
        document=str(row["document"]),
        start=int(row["start"] or 0),
        end=int(row["end"] or 0),
        quote=str(row["quote"]),
    )
