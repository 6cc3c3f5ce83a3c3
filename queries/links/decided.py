"""Decisions of people on the thing that a page shows: units that are one or are not, and by whom, when and why."""

import json
from dataclasses import replace

from graph.link.decision_merge import Conflict
from graph.link.decisions import Decisions, Word
from graph.store.protocol import Scalar
from queries.answer import Answer, Note


def with_words(page: Answer, decisions: Decisions) -> Answer:
    """Return the answer of the question `about` with a note for each decision on the thing itself.

    A decision on two tasks or two policies is marked at their link: of it there is a note only where it is known who
    decided, when or why.
    """
    mine = {str(row["key"]) for row in page.rows}
    for row in page.rows:
        if (row["part"], row["name"]) == ("property", "other_keys"):
            mine |= set(json.loads(str(row["value"])))
    notes: list[Note] = []
    for pair, sameness in sorted(decisions.units.items()):
        if mine & set(pair):
            values = _values(pair, decisions.words.get(("units", *pair)))
            if sameness == "same":
                notes.append(Note(code="unit_same_told" if values["told"] else "unit_same", values=values))
            else:
                notes.append(Note(code="unit_other_told" if values["told"] else "unit_other", values=values))
    for kind, decided in (("links", decisions.links), ("policies", decisions.policies)):
        for pair, judgement in sorted(decided.items()):
            values = _values(pair, decisions.words.get((kind, *pair))) | {"judgement": judgement}
            if mine & set(pair) and values["told"]:
                notes.append(Note(code="link_decided", values=values))
    return replace(page, notes=(*page.notes, *notes))


def conflict(found: Conflict) -> Note:
    """Return the note on a pair of which two people said different things, with who said what and which word holds."""
    code = "decisions_theirs" if found.theirs_holds else "decisions_ours"
    told: dict[str, Scalar] = {"one": found.ours.pair[0], "other": found.ours.pair[1]}
    for name, said in (("ours", found.ours), ("theirs", found.theirs)):
        told[name] = str(said.judgement)
        told[f"{name}_told"] = " · ".join(said.word.said.values()) or "–"
    return Note(code=code, values=told)


def _values(pair: tuple[str, str], word: Word | None) -> dict[str, Scalar]:
    """Return the values of a note on a decision: `told` joins those of who, when and why that are known."""
    word = word or Word()
    told = " · ".join(word.said.values())
    return {"one": pair[0], "other": pair[1], "by": word.by, "when": word.when, "why": word.why, "told": told}
