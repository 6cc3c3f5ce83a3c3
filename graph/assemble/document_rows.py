"""What one document says, as rows of the snapshot's tables: a function of its reading and of the gazetteers only.

Everything here carries its document as `owner`, so that the next build takes away or replaces just these rows.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from graph.assemble.document_names import DocumentNames, UnitIdentity
from graph.assemble.link_rows import proofs, scores_of
from graph.identity import TaskKey, link_key
from graph.model import Reading, Span, Task
from graph.snapshot.tables import Rows
from graph.text import running


@dataclass(slots=True)
class _Maker:
    """Collects the rows of one document."""

    reading: Reading
    rows: Rows
    used: set[tuple[str, str]] = field(default_factory=set)

    def add(self, table: str, **row: Any) -> None:  # noqa: ANN401
        row["owner"] = self.reading.name
        self.rows.setdefault(table, []).append(row)

    def prove(self, subject: str, name: str, span: Span | None, rule: str) -> None:
        if span is None or span.start == span.end:
            return
        self.add(
            "Evidence", subject=subject, property=name, document=self.reading.name, start=span.start,
            end=span.end, quote=span.of(self.reading.text), rule=rule,
        )  # fmt: skip


def fragment(reading: Reading, suffix: str = "") -> Rows:
    """Return the rows of one document; links to policies wait for `graph.assemble.assembly`, which knows all of them.

    `suffix` is that of the file, by which it can be read again.
    """
    made, names = _Maker(reading, {}), DocumentNames(reading.name)
    places = _mentions(made, names)
    _document(made, suffix)
    own = [one for one in zip(reading.policies, places, strict=True) if one[0].role in ("self", "reports_on")]
    for task in reading.tasks:
        key, place = own[task.policy][1] if task.policy < len(own) else (None, None)
        _task(made, task, key, place)
        _units(made, task, names, place)
        _targets(made, task)
        _details(made, task)
    return made.rows


def _document(made: _Maker, suffix: str) -> None:
    reading = made.reading
    title = reading.own[0].title if reading.own else None
    made.add(
        "Document", key=reading.name, name=reading.name, sha256=reading.sha256, text_sha256=reading.text_sha256,
        media_type=reading.media_type, charset=reading.charset, title=title, characters=len(reading.text),
        outline_share=round(reading.outline_share, 4), suffix=suffix,
    )  # fmt: skip
    made.add("Text", document=reading.name, text=reading.text)
    for number, issue in enumerate(reading.issues, start=1):
        start, end = (issue.span.start, issue.span.end) if issue.span else (None, None)
        made.add(
            "Issue", key=f"{reading.name}#issue.{number}", document=reading.name, code=issue.code,
            message=issue.message, start=start, end=end, quote=issue.quote,
            deadline_end=issue.deadline_end,
        )  # fmt: skip


def _mentions(made: _Maker, names: DocumentNames) -> list[tuple[str, str | None]]:
    """Add the mentioned policies, in order, with the units that issued them; return their keys and places."""
    found = []
    for order, one in enumerate(made.reading.policies):
        key, place = names.policy(one)
        found.append((key, place))
        spans = {
            name: [[span.start, span.end, span.of(made.reading.text)] for span in listed]
            for name, listed in sorted(one.spans.items())
        }
        issuers = [names.issuer(issuer, place) for issuer in one.issuers]
        for identity, printed in zip(issuers, one.issuers, strict=True):
            _unit_use(made, identity, printed)
        made.add(
            "Mention", document=made.reading.name, order=order, role=one.role, key=key, title=one.title,
            doc_number=one.doc_number, issuers=list(one.issuers), issuer_keys=[unit.key for unit in issuers],
            level=one.level, place=one.place, jurisdiction=place, genre=one.genre, held=one.held,
            issued=one.issued, printed=one.printed, effective=one.effective, period_start=one.period_start,
            period_end=one.period_end, addressees=list(one.addressees), rule=one.rule,
            spans=json.dumps(spans, ensure_ascii=False, separators=(",", ":")),
        )  # fmt: skip
    return found


def _task(made: _Maker, task: Task, policy: str | None, place: str | None) -> None:
    name, deadline = made.reading.name, task.deadline
    key = str(TaskKey(name, task.path))
    made.add(
        "Task", key=key, name=task.title, document=name, kind=task.kind, number=task.number, title=task.title,
        text=running(task.span.of(made.reading.text)), path=task.path, order=task.order, theme_heading=task.theme_heading,
        deadline_raw=deadline and deadline.raw, deadline_kind=deadline and deadline.kind,
        deadline_start=deadline and deadline.start, deadline_end=deadline and deadline.end,
        deadline_edtf=deadline and deadline.edtf, policy_key=policy, jurisdiction=place,
    )  # fmt: skip
    made.prove(key, "itself", task.span, task.rule)
    made.prove(key, "title", task.title_span, task.rule)
    made.prove(key, "theme", task.theme_span, task.rule)
    if deadline:
        made.prove(key, "deadline", deadline.span, deadline.rule)


def _units(made: _Maker, task: Task, names: DocumentNames, place: str | None) -> None:
    source = str(TaskKey(made.reading.name, task.path))
    for order, mention in enumerate(task.units, start=1):
        unit = names.unit(mention, place)
        _unit_use(made, unit, mention.surface)
        key = link_key("ASSIGNED_TO", source, unit.key, order)
        made.add(
            "ASSIGNED_TO", key=key, source=source, target=unit.key, role=mention.role, surface=mention.surface,
            alias=mention.alias, order=order, stated=mention.stated,
        )  # fmt: skip
        made.prove(key, "itself", mention.span, mention.rule)


def _unit_use(made: _Maker, unit: UnitIdentity, printed: str) -> None:
    if (unit.key, printed) in made.used:
        return
    made.used.add((unit.key, printed))
    made.add(
        "UnitUse", key=unit.key, name=unit.name, jurisdiction=unit.jurisdiction, function=unit.function,
        form=unit.form, is_group=unit.group, stands_for=unit.stands_for, printed=printed,
    )  # fmt: skip


def _targets(made: _Maker, task: Task) -> None:
    source = str(TaskKey(made.reading.name, task.path))
    for order, target in enumerate(task.targets, start=1):
        key = f"{source}#{order}"
        made.add(
            "Target", key=key, name=target.text, text=target.text, quantity=target.quantity,
            comparator=target.comparator, value=target.value, unit=target.unit, end=target.end,
        )  # fmt: skip
        made.add("HAS_TARGET", key=link_key("HAS_TARGET", source, key), source=source, target=key, order=order)
        made.prove(key, "itself", target.span, target.rule)


def _details(made: _Maker, task: Task) -> None:
    """Add which measures a checklist row itemises, with the deciding words of both."""
    reading = made.reading
    source = str(TaskKey(reading.name, task.path))
    here = reading.name, reading.text
    for detail in task.details:
        target = str(TaskKey(reading.name, detail.measure))
        key = link_key("DETAILS", source, target)
        made.add("DETAILS", key=key, source=source, target=target, score=detail.score, signals=scores_of(detail.signals))
        made.rows.setdefault("Evidence", []).extend(proofs(key, detail.signals, here, here, "details", reading.name))
