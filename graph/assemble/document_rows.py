"""The rows of the snapshot's tables that one document gives: a function of its reading and of the gazetteers only.

Everything here carries its document as `owner`, so that the next build takes away or replaces just these rows.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from graph.assemble.document_names import DocumentNames, UnitIdentity
from graph.assemble.file_places import FilePlaces
from graph.assemble.link_rows import DocumentText, proofs, scores_of
from graph.identity import TaskKey, link_key
from graph.model import ENDINGS, TAKEN_OVER, PolicyMention, Reading, Span, Task
from graph.snapshot.tables import SnapshotRows
from graph.text import running


@dataclass(slots=True)
class _DocumentRows:
    """Collects the rows of one document."""

    reading: Reading
    by_table: SnapshotRows
    used: set[tuple[str, str]] = field(default_factory=set)
    places: FilePlaces = field(init=False)

    def __post_init__(self) -> None:
        self.places = FilePlaces(self.reading.places)

    def add(self, table: str, **row: Any) -> None:  # noqa: ANN401
        row["owner"] = self.reading.name
        self.by_table.setdefault(table, []).append(row)

    def prove(self, subject: str, name: str, span: Span | None, rule: str) -> None:
        if span is None or span.start == span.end:
            return
        self.add(
            "Evidence",
            subject=subject,
            property=name,
            document=self.reading.name,
            start=span.start,
            end=span.end,
            quote=span.of(self.reading.text),
            rule=rule,
            **self.places.of(span),
        )


def fragment(reading: Reading, suffix: str = "", about: str = "") -> SnapshotRows:
    """Return the rows of one document; links to policies wait for `graph.assemble.assembly`, which knows all of them.

    `suffix` is that of the file, by which it can be read again; `about` is what a table says of it, put into the reading.
    """
    rows, names = _DocumentRows(reading, {}), DocumentNames(reading.name, reading.policies)
    places = _mentions(rows, names)
    _document(rows, suffix, about)
    own = [one for one in zip(reading.policies, places, strict=True) if one[0].role in ("self", "reports_on")]
    for task in reading.tasks:
        key, place = own[task.policy][1] if task.policy < len(own) else (None, None)
        _task(rows, task, key, place)
        _units(rows, task, names, place)
        _targets(rows, task)
        _details(rows, task)
    return rows.by_table


def _document(rows: _DocumentRows, suffix: str, about: str) -> None:
    reading = rows.reading
    title = reading.own[0].title if reading.own else None
    rows.add(
        "Document",
        key=reading.name,
        name=reading.name,
        sha256=reading.sha256,
        text_sha256=reading.text_sha256,
        media_type=reading.media_type,
        charset=reading.charset,
        title=title,
        characters=len(reading.text),
        outline_share=round(reading.outline_share, 4),
        suffix=suffix,
        about=about or None,
    )
    rows.add("Text", document=reading.name, text=reading.text)
    for number, issue in enumerate(reading.issues, start=1):
        start, end = (issue.span.start, issue.span.end) if issue.span else (None, None)
        rows.add(
            "Issue",
            key=f"{reading.name}#issue.{number}",
            document=reading.name,
            code=issue.code,
            message=issue.message,
            start=start,
            end=end,
            quote=issue.quote,
            deadline_end=issue.deadline_end,
        )


def _mentions(rows: _DocumentRows, names: DocumentNames) -> list[tuple[str, str | None]]:
    """Add the mentioned policies, in order, with the units that issued them; return their keys and places."""
    keys = []
    for order, mention in enumerate(rows.reading.policies):
        key, place = names.policy(mention)
        keys.append((key, place))
        spans: dict[str, list[list[Any]]] = {
            name: [[span.start, span.end, span.of(rows.reading.text)] for span in listed]
            for name, listed in sorted(mention.spans.items())
            if name not in (TAKEN_OVER, *ENDINGS)
        }
        for fact in mention.stated:
            spans[fact.name] = [[None, None, fact.words, fact.table, fact.row, fact.column]]
        issuers = [names.issuer(issuer, place) for issuer in mention.issuers]
        for identity, printed in zip(issuers, mention.issuers, strict=True):
            _unit_use(rows, identity, printed)
        rows.add(
            "Mention",
            document=rows.reading.name,
            order=order,
            role=mention.role,
            key=key,
            title=mention.title,
            doc_number=mention.doc_number,
            issuers=list(mention.issuers),
            issuer_keys=[unit.key for unit in issuers],
            level=mention.level,
            place=mention.place,
            jurisdiction=place,
            region=names.region(mention),
            genre=mention.genre,
            held=mention.held,
            issued=mention.issued,
            printed=mention.printed,
            valid_from=mention.valid_from,
            valid_to=mention.valid_to,
            status=mention.status,
            period_start=mention.period_start,
            period_end=mention.period_end,
            addressees=list(mention.addressees),
            rule=mention.rule,
            taken_over=_taken_over(rows.reading, mention),
            endings=_endings(rows.reading, mention),
            spans=json.dumps(spans, ensure_ascii=False, separators=(",", ":")),
            places=_places_of(rows, mention),
        )
    return keys


def _taken_over(reading: Reading, mention: PolicyMention) -> str | None:
    """Return the items that carry out a policy, as JSON: the task's key and the place; of several around a place the innermost."""
    found = []
    for place in mention.spans.get(TAKEN_OVER, ()):
        around = [task for task in reading.tasks if task.span.start <= place.start and place.end <= task.span.end]
        if around:
            task = min(around, key=lambda one: one.span.end - one.span.start)
            key = str(TaskKey(reading.name, task.path))
            found.append([key, place.start, place.end, place.of(reading.text)])
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) if found else None


def _endings(reading: Reading, mention: PolicyMention) -> str | None:
    """Return where a document says that a policy ends by it, as JSON: `repealed` or `replaced`, and the place."""
    found = [
        [name, place.start, place.end, place.of(reading.text)]
        for name in ENDINGS
        for place in mention.spans.get(name, ())
    ]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) if found else None


def _places_of(rows: _DocumentRows, mention: PolicyMention) -> str | None:
    """Return where the places of a mention stand in a file with pages or sheets, by their first and last character."""
    spans = sorted({span for listed in mention.spans.values() for span in listed})
    found = {f"{span.start}-{span.end}": place for span in spans if (place := rows.places.of(span))}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) if found else None


def _task(rows: _DocumentRows, task: Task, policy: str | None, place: str | None) -> None:
    name, deadline = rows.reading.name, task.deadline
    key = str(TaskKey(name, task.path))
    rows.add(
        "Task",
        key=key,
        name=task.title,
        document=name,
        kind=task.kind,
        number=task.number,
        title=task.title,
        text=running(task.span.of(rows.reading.text)),
        path=task.path,
        order=task.order,
        theme_heading=task.theme_heading,
        deadline_raw=deadline and deadline.raw,
        deadline_kind=deadline and deadline.kind,
        deadline_start=deadline and deadline.start,
        deadline_end=deadline and deadline.end,
        deadline_edtf=deadline and deadline.edtf,
        policy_key=policy,
        jurisdiction=place,
    )
    rows.prove(key, "itself", task.span, task.rule)
    rows.prove(key, "title", task.title_span, task.rule)
    rows.prove(key, "theme", task.theme_span, task.rule)
    if deadline:
        rows.prove(key, "deadline", deadline.span, deadline.rule)


def _units(rows: _DocumentRows, task: Task, names: DocumentNames, place: str | None) -> None:
    source = str(TaskKey(rows.reading.name, task.path))
    for order, mention in enumerate((*task.units, *task.actors), start=1):
        part, deadline = order > len(task.units), mention.deadline
        unit = names.unit(mention, place)
        _unit_use(rows, unit, mention.surface)
        key = link_key("ASSIGNED_TO", source, unit.key, order)
        rows.add(
            "ASSIGNED_TO",
            key=key,
            source=source,
            target=unit.key,
            role=mention.role,
            scope="part" if part else "task",
            surface=mention.surface,
            alias=mention.alias,
            order=order,
            stated=mention.stated,
            deadline_raw=deadline and deadline.raw,
            deadline_kind=deadline and deadline.kind,
            deadline_start=deadline and deadline.start,
            deadline_end=deadline and deadline.end,
        )
        rows.prove(key, "itself", mention.clause or mention.span, mention.rule)
        if deadline:
            rows.prove(key, "deadline", deadline.span, deadline.rule)


def _unit_use(rows: _DocumentRows, unit: UnitIdentity, printed: str) -> None:
    if (unit.key, printed) in rows.used:
        return
    rows.used.add((unit.key, printed))
    rows.add(
        "UnitUse",
        key=unit.key,
        name=unit.name,
        jurisdiction=unit.jurisdiction,
        function=unit.function,
        form=unit.form,
        is_group=unit.group,
        stands_for=unit.stands_for,
        printed=printed,
    )


def _targets(rows: _DocumentRows, task: Task) -> None:
    source = str(TaskKey(rows.reading.name, task.path))
    for order, target in enumerate(task.targets, start=1):
        key = f"{source}#{order}"
        rows.add(
            "Target",
            key=key,
            name=target.text,
            text=target.text,
            quantity=target.quantity,
            comparator=target.comparator,
            value=target.value,
            unit=target.unit,
            end=target.end,
        )
        rows.add("HAS_TARGET", key=link_key("HAS_TARGET", source, key), source=source, target=key, order=order)
        rows.prove(key, "itself", target.span, target.rule)


def _details(rows: _DocumentRows, task: Task) -> None:
    """Add which measures a checklist row itemises, with the deciding words of both."""
    reading = rows.reading
    source = str(TaskKey(reading.name, task.path))
    here = DocumentText(reading.name, reading.text, rows.places)
    for detail in task.details:
        target = str(TaskKey(reading.name, detail.measure))
        key = link_key("DETAILS", source, target)
        rows.add(
            "DETAILS", key=key, source=source, target=target, score=detail.score, signals=scores_of(detail.signals)
        )
        rows.by_table.setdefault("Evidence", []).extend(
            proofs(key, detail.signals, here, here, "details", reading.name)
        )
