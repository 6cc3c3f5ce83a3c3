"""Documents side by side: sentence by sentence, units and dates as sets, what was added, dropped, tightened, loosened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.store.protocol import AnswerRow
from queries.answer import Answer, shaped
from queries.cascades.side_by_side import compare
from queries.catalog import find
from queries.changes.sentence_pairs import sentences
from queries.changes.text_changes import ComparedText, compared
from queries.question_rows import ask
from queries.run import run
from queries.things.found import parted
from views.web.page_records import Asked, Page

_BLOCKS, _OFFERED = 40, 400
"""So many upper tasks stand on one page, and so many documents are offered to choose from."""
SHOWN = ("added", "not_found", "tightened", "relaxed", "units", "numbers", "doubtful")
"""What the rows can be narrowed to."""
_SENTENCES = ("parent", "task", "change", "upper", "lower")
_LATER, _EARLIER = ("relaxed", "dropped", "no_day"), ("tightened", "set", "day_set")
"""Changes of a date that loosen it, and those that tighten it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedSentence:
    """Two sentences that say the same, in pieces with what differs, or one that the other text does not have."""

    change: str
    upper: ComparedText
    lower: ComparedText


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedPair:
    """A row of the comparison: a lower task beside an upper one; `units` are those of both sides, each with its side."""

    row: AnswerRow
    sentences: Sequence[ComparedSentence]
    units: Sequence[tuple[str, str]]


def compare_page(asked: Asked) -> Page:
    """Return the comparison of a document with one or two below it; without two, the page that asks for them.

    Raises:
        NotFoundError: no document is named so.
    """
    names = [name for one in ("of", "with", "third") if (name := asked.get(one))]
    held = _held(asked)
    facts: dict[str, Any] = {
        "offered": held[:_OFFERED],
        "named": {one: asked.get(one) or "" for one in ("of", "with", "third")},
        "show": asked.get("show"),
        "shown": SHOWN,
        "blocks": [],
    }
    if len(names) < 2:
        return Page(title=asked.words("compare.title"), facts=facts)
    answer = compare(
        asked.store, names[0], names[1:], lambda below, above: asked.texts.links(below, above, asked.decisions)
    )
    fits = {one: [row for row in answer.rows if _fits(row, one)] for one in SHOWN}
    rows = fits.get(str(asked.get("show")), list(answer.rows))
    parents = list(dict.fromkeys(str(row["parent"]) for row in rows if row["parent"] is not None))
    part = _part(asked, len(parents))
    wanted = set(parents[part])
    # What the lower documents add stands behind all upper tasks, on the last part.
    last = part.stop is None or part.stop >= len(parents)
    rows = [row for row in rows if (row["parent"] is None and last) or row["parent"] in wanted]
    pairs = _pairs(asked, rows)
    facts |= {
        "counts": {one: len(found) for one, found in fits.items()} | {"all": len(answer)},
        "documents": _documents(held, answer.rows),
        "blocks": _blocks(pairs),
        "added": [pair for pair in pairs if pair.row["parent"] is None],
        "part": _parts_of(part, len(parents)),
    }
    tables = (
        Answer(name="compared", columns=answer.columns, rows=tuple(rows)),
        Answer(name="sentences", columns=_SENTENCES, rows=shaped(_SENTENCES, _sentence_rows(pairs))),
    )
    upper = next((one["title"] for one in facts["documents"]), None) or names[0]
    return Page(title=asked.words("compare.title_of", name=upper), tables=tables, facts=facts, notes=answer.notes)


def _held(asked: Asked) -> list[AnswerRow]:
    """Return the documents that can be compared, each once, those with tasks first."""
    found = {str(row["document"]): row for row in reversed(run("documents", asked.store).rows)}
    return sorted(found.values(), key=lambda row: (not row["tasks"], str(row["document"])))


def _documents(held: Sequence[AnswerRow], rows: Sequence[AnswerRow]) -> list[AnswerRow]:
    """Return the documents of a comparison, the upper one first."""
    of_parents = [str(row["parent"]).rpartition("/")[0] for row in rows if row["parent"] is not None]
    keys = dict.fromkeys([*of_parents[:1], *(str(row["document"]) for row in rows if row["document"])])
    known = {str(row["document"]): row for row in held}
    return [known[key] for key in keys if key in known]


def _fits(row: AnswerRow, shown: str) -> bool:
    """Tell whether a row is one of what is asked to be seen."""
    if shown == "added":
        return row["parent"] is None
    if shown in ("not_found", "doubtful"):
        return row["answer"] == shown
    if shown in ("tightened", "relaxed"):
        return row["date_change"] in (_EARLIER if shown == "tightened" else _LATER)
    if shown == "units":
        return bool(row["units_dropped"] or row["units_added"])
    return bool(row["number_change"] or row["target_change"])


def _part(asked: Asked, count: int) -> slice:
    """Return which upper tasks the address asks for: a part of so many, all of them with `part=all`."""
    given = asked.get("part") or "1"
    if given == "all":
        return slice(0, None)
    at = int(given) if given.isdecimal() and len(given) < 7 else 1
    at = min(max(at, 1), max(-(-count // _BLOCKS), 1))
    return slice((at - 1) * _BLOCKS, at * _BLOCKS)


def _parts_of(part: slice, count: int) -> dict[str, Any]:
    """Return what is said of the part that is shown: its number, how many there are, how many upper tasks in all."""
    whole = part.stop is None
    return {"at": None if whole else part.start // _BLOCKS + 1, "all": max(-(-count // _BLOCKS), 1), "tasks": count}


def _pairs(asked: Asked, rows: Sequence[AnswerRow]) -> list[ComparedPair]:
    tasks = list(dict.fromkeys(str(row[side]) for row in rows for side in ("parent", "task") if row[side] is not None))
    told = ask(find("task_words"), asked.store, {"tasks": tasks}) if tasks else []
    texts = {str(row["task"]): str(row["text"] or "") for row in told}
    return [
        ComparedPair(
            row=row,
            sentences=_compared_sentences(texts.get(str(row["parent"]), ""), texts.get(str(row["task"]), "")),
            units=_units(row),
        )
        for row in rows
    ]


def _compared_sentences(upper: str, lower: str) -> list[ComparedSentence]:
    found = []
    for above, below in sentences(upper, lower):
        sides: tuple[ComparedText, ComparedText] = ([(above or "", False)], [(below or "", False)])
        change = "dropped" if below is None else "added" if above is None else "kept"
        if above is not None and below is not None:
            sides = compared(above, below)
            change = "changed" if any(differs for side in sides for _, differs in side) else "kept"
        found.append(ComparedSentence(change=change, upper=sides[0], lower=sides[1]))
    return found


def _units(row: AnswerRow) -> list[tuple[str, str]]:
    """Return the units of both sides of a row: those that stay as the lower text has them, then dropped, then added."""
    if row["parent"] is None or row["task"] is None:
        return []
    lists = {name: parted(str(row[name] or "")) for name in ("units", "units_dropped", "units_added")}
    kept = [one for one in lists["units"] if one and one not in lists["units_added"]]
    named = [("kept", kept), ("dropped", lists["units_dropped"]), ("added", lists["units_added"])]
    return [(kind, one) for kind, units in named for one in units if one]


def _blocks(pairs: Sequence[ComparedPair]) -> list[dict[str, Any]]:
    """Return the upper tasks in order, each with the rows beside it."""
    found: dict[str, dict[str, Any]] = {}
    for pair in pairs:
        if pair.row["parent"] is not None:
            block = found.setdefault(str(pair.row["parent"]), {"key": pair.row["parent"], "row": pair.row, "pairs": []})
            block["pairs"].append(pair)
    return list(found.values())


def _sentence_rows(pairs: Sequence[ComparedPair]) -> list[AnswerRow]:
    rows: list[AnswerRow] = []
    for pair in pairs:
        if pair.row["parent"] is None or pair.row["task"] is None:
            continue
        own: Mapping[str, Any] = {"parent": pair.row["parent"], "task": pair.row["task"]}
        for one in pair.sentences:
            sides = {
                name: "".join(text for text, _ in side) or None
                for name, side in (("upper", one.upper), ("lower", one.lower))
            }
            rows.append({**own, "change": one.change, **sides})
    return rows
