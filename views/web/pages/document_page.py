"""A document: its outline, its text with every mark, and the facts that were read from it, each with its place."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from graph.model import PolicyMention, Reading, Span, Task, UnitMention
from graph.store.protocol import AnswerRow
from queries.answer import Answer, shaped
from queries.catalog import find
from queries.names import policies_of, resolve
from queries.question_rows import ask
from views.web.page_records import Asked, Page
from views.web.pages.marked_text import MARKS, MarkedLine, lines_of, marks_of

_PRINTED, _DRAWN = "application/pdf", "application/ofd"
"""Pages of these kinds of files can be shown: as they are printed, or their words and rules where they stand."""
_PLACE = re.compile(r"(\d{1,12})-(\d{1,12})")
_TASKS = (
    "task",
    "kind",
    "title",
    "start",
    "stop",
    "units",
    "actors",
    "deadline",
    "end",
    "targets",
    "parents",
    "children",
)
_FACTS = ("path", "kind", "text", "detail", "start", "stop")


def document_page(asked: Asked) -> Page:
    """Return the page of a document.

    Raises:
        NotFoundError: no document is named so, or nothing was kept of it.
    """
    from loaders.reading.text_account import ACCOUNTS

    key = resolve(asked.store, "document", asked.need("of"))[0]
    reading, account = asked.reading(key), asked.account(key)
    at = place_in(asked.get("at"), len(reading.text))
    own = reading.own
    lines = lines_of(reading.text, marks_of(reading, account, at), reading.tasks)
    tasks = _tasks(asked, reading)
    tables = (tasks, _facts(reading), _unread(reading))
    facts = {
        "key": key,
        "reading": reading,
        "policies": own,
        "heads": [_head(policy) for policy in own],
        "lines": lines,
        "marks": MARKS[:-1],
        "linked": {str(row["task"]): row for row in tasks.rows},
        "units": _unit_keys(asked, reading),
        "shares": {name: account.share(name) for name in ACCOUNTS},
        "sections": _sections(reading),
        "places": _places(asked, key),
        "sheets": _sheets(reading, lines),
        "picture": _picture(asked, reading, at),
    }
    title = next((policy.title for policy in own if policy.title), None) or key
    return Page(title=title, subtitle=key, tables=tables, facts=facts)


def place_in(given: str | None, length: int) -> Span | None:
    """Return the words that the address asks to see; None where it asks for none that are there."""
    found = _PLACE.fullmatch(given or "")
    if not found:
        return None
    start, end = int(found[1]), int(found[2])
    return Span(start, end) if start < end <= length else None


def page_number(given: str | None) -> int:
    """Return the page that the address asks for; 0, which no file has, where it asks for none."""
    return int(given) if given and given.isdecimal() and len(given) < 6 else 0


def _sheets(reading: Reading, lines: Sequence[MarkedLine]) -> dict[int, int]:
    """Return the pages of a file that has pages, each by the start of the first line that stands on it."""
    starts = [line.start for line in lines]
    found: dict[int, int] = {}
    last = None
    for place in reading.places:
        if place.page is not None and place.page != last and starts:
            last = place.page
            at = bisect_right(starts, place.span.start) - 1
            found.setdefault(starts[max(at, 0)], place.page)
    return found


def _picture(asked: Asked, reading: Reading, at: Span | None) -> dict[str, Any] | None:
    """Return which page is to be seen: the one that is asked for, or that the words stand on; None where there is none."""
    pages = [place for place in reading.places if place.page is not None]
    if not pages:
        return None
    on = next((one.page for one in pages if at and one.span.start < at.end and one.span.end > at.start), None)
    page = page_number(asked.get("page")) or on
    last = max(int(one.page or 0) for one in pages)
    return {
        "page": page if page and page <= last else None,
        "last": last,
        "drawn": reading.media_type in (_PRINTED, _DRAWN),
        "by_us": reading.media_type == _DRAWN,
        "at": f"{at.start}-{at.end}" if at else None,
    }


def _head(policy: PolicyMention) -> dict[str, Any]:
    """Return what is known of a policy that the document is, each with the place of its first proof."""
    said = {
        "doc_number": policy.doc_number,
        "level": policy.level,
        "place": policy.place,
        "issuers": "、".join(policy.issuers) or None,
        "issued": policy.issued,
        "period_start": policy.period_start,
        "period_end": policy.period_end,
    }
    where = {name: spans[0] for name, spans in policy.spans.items() if spans}
    period = where.get("period")
    places = where | {"period_start": period, "period_end": period} if period else where
    return {"title": policy.title, "facts": {name: one for name, one in said.items() if one}, "places": places}


def _tasks(asked: Asked, reading: Reading) -> Answer:
    keys = [f"{reading.name}/{task.path}" for task in reading.tasks]
    above, below = (
        _counted(asked, question, near, keys)
        for question, near in (("derives_from", "task"), ("derived_from", "parent"))
    )
    rows: list[AnswerRow] = [
        {
            "task": key,
            "kind": task.kind,
            "title": task.title,
            "start": task.span.start,
            "stop": task.span.end,
            "units": _surfaces(task.units),
            "actors": _surfaces(task.actors),
            "deadline": task.deadline.raw if task.deadline else None,
            "end": task.deadline.end.isoformat() if task.deadline and task.deadline.end else None,
            "targets": "；".join(target.text for target in task.targets) or None,
            "parents": above.get(key, 0),
            "children": below.get(key, 0),
        }
        for key, task in zip(keys, reading.tasks, strict=True)
    ]
    return Answer(name="tasks_of_document", columns=_TASKS, rows=shaped(_TASKS, rows))


def _counted(asked: Asked, question: str, near: str, keys: list[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in ask(find(question), asked.store, {"tasks": keys}) if keys else ():
        counts[str(row[near])] = counts.get(str(row[near]), 0) + 1
    return counts


def _surfaces(units: tuple[UnitMention, ...]) -> str | None:
    return "、".join(dict.fromkeys(unit.surface for unit in units)) or None


def _facts(reading: Reading) -> Answer:
    rows = [row for task in reading.tasks for row in _facts_of(task)]
    for policy in reading.policies:
        if policy.role not in ("self", "reports_on"):
            for span in policy.spans.get("mention", ())[:1]:
                rows.append(_fact(None, "citation", span.of(reading.text), policy.role, span))
    return Answer(name="facts", columns=_FACTS, rows=shaped(_FACTS, rows))


def _facts_of(task: Task) -> list[AnswerRow]:
    rows = [_fact(task.path, "unit", unit.surface, unit.role, unit.span) for unit in task.units]
    rows += [_fact(task.path, "actor", unit.surface, unit.role, unit.span) for unit in task.actors]
    if task.deadline:
        rows.append(_fact(task.path, "date", task.deadline.raw, task.deadline.edtf, task.deadline.span))
    rows += [_fact(task.path, "target", target.text, target.quantity, target.span) for target in task.targets]
    return rows


def _fact(path: str | None, kind: str, text: str, detail: str | None, span: Span) -> AnswerRow:
    return {"path": path, "kind": kind, "text": text, "detail": detail, "start": span.start, "stop": span.end}


def _unread(reading: Reading) -> Answer:
    columns = ("code", "message", "start", "stop", "quote")
    rows: list[AnswerRow] = [
        {
            "code": issue.code,
            "message": issue.message,
            "start": issue.span.start if issue.span else None,
            "stop": issue.span.end if issue.span else None,
            "quote": issue.quote,
        }
        for issue in reading.issues
    ]
    return Answer(name="unread_here", columns=columns, rows=tuple(rows))


def _unit_keys(asked: Asked, reading: Reading) -> dict[str, str]:
    """Return the unit of the graph that each printed name in the document is of, by `path name`."""
    keys = [f"{reading.name}/{task.path}" for task in reading.tasks]
    rows = ask(find("units_of_tasks"), asked.store, {"tasks": keys}) if keys else []
    return {f"{str(row['task']).rpartition('/')[2]} {row['surface']}": str(row["unit"]) for row in rows}


def _places(asked: Asked, document: str) -> dict[str, str]:
    """Return the places of the graph that a document's policies apply in: names by keys."""
    policies = list(policies_of(asked.store, document))
    rows = ask(find("family_policies"), asked.store, {"policies": policies}) if policies else []
    return {str(row["place"]): str(row["place_name"]) for row in rows if row["place"] and row["policy"] in policies}


def _sections(reading: Reading) -> list[tuple[str, list[Task]]]:
    """Return the outline: headings in printed order with the tasks below each."""
    found: list[tuple[str, list[Task]]] = []
    for task in sorted(reading.tasks, key=lambda one: (one.policy, one.span.start)):
        heading = task.theme_heading or (task.section[-1] if task.section else "")
        if not found or found[-1][0] != heading:
            found.append((heading, []))
        found[-1][1].append(task)
    return found
