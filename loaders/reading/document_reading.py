"""From a document to its Reading: policies, tasks with units, deadlines and targets, citations, issues."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graph.issues import IssueLog
from graph.model import Deadline, Issue, PolicyMention, Reading, Span, Target, Task, UnitMention
from loaders.collector import collector_paused
from loaders.extract.citations.citations import read_citations
from loaders.extract.citations.taken_over import with_places
from loaders.extract.deadlines.find import find_closing_deadline, read_deadline, read_phase_date, read_phase_text
from loaders.extract.deadlines.years import Years
from loaders.extract.targets.commitments import find_targets
from loaders.extract.tasks.annex_lists import listed_tasks, row_task
from loaders.extract.tasks.body_tasks import FoundTask, body_tasks
from loaders.extract.tasks.table_rows import TableRow, TaskTable
from loaders.extract.units.actors import read_actors
from loaders.extract.units.duties import Duty, find_duties
from loaders.extract.units.unit_drafts import LeadNote
from loaders.extract.units.unit_lists import read_unit_list
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document
from loaders.read.registry import read
from loaders.reading.articles import Article, DocumentParts, take_apart
from loaders.reading.bracket_dates import dates_of_brackets
from loaders.reading.detail_ties import with_details
from loaders.reading.shared_duties import remarks_for_all, with_shared
from loaders.reading.text_account import TextAccount, account_of
from loaders.reading.unassigned import report_left_out
from loaders.structure.joined_text import Compact

_RATE = by_name("targets")["rate"]
# A document may stand on one line.
_SHOWN = 80
# The records of a reading are many and live until it is done: the collector of cycles looks at them in vain.
_KEEPS_ALL = collector_paused()


@dataclass(frozen=True, slots=True)
class _Context:
    """Where a task is read: its document, what is known of years, what is said of who leads, policy and order."""

    document: Document
    years: Years
    lead_note: LeadNote | None
    policy: int
    order: int
    issues: IssueLog


@_KEEPS_ALL
def read_file(path: Path, name: str | None = None) -> Reading:
    """Return the reading of the file at `path`; `name` is its key, else the file's stem.

    Raises:
        InputError: the file is no document that a reader understands.
    """
    return read_document(read(path, name))


@_KEEPS_ALL
def account_of_file(path: Path, name: str | None = None) -> TextAccount:
    """Return where every character of the file at `path` went; `name` is its key, else the file's stem.

    Raises:
        InputError: the file is no document that a reader understands.
    """
    return reading_with_account(take_apart(read(path, name)))[1]


@_KEEPS_ALL
def read_document(document: Document) -> Reading:
    """Return the reading of a document."""
    return reading_of(take_apart(document))


def reading_of(parts: DocumentParts) -> Reading:
    """Return the reading of a document taken apart."""
    return reading_with_account(parts)[0]


def reading_with_account(parts: DocumentParts) -> tuple[Reading, TextAccount]:
    """Return the reading of a document taken apart, and where each part of its text went."""
    document, issues, compact = parts.document, parts.issues, parts.compact
    policies: list[PolicyMention] = []
    tasks: list[Task] = []
    for place, article in enumerate(parts.articles):
        if place == 0 or article.policy != parts.articles[place - 1].policy:
            policies.append(article.header.policy)
            cited = read_citations(document, article.scope, article.header, parts.furniture, issues)
            policies += cited
        found = _article_tasks(document, article, len(tasks), issues)
        report_left_out(document, article.outline.nodes, found, article.years, issues)
        tasks += found
    if not tasks:
        issues.add("no-task", _first_line(parts), "no section, list or table that holds tasks was found")
    policies = list(with_places(document, policies, tasks))
    account = account_of(parts, tasks, policies, issues)
    original = compact.original
    reading = Reading(
        name=original.name,
        text=original.text,
        sha256=original.sha256,
        text_sha256=original.text_sha256,
        media_type=original.media_type,
        charset=original.charset,
        outline_share=account.share("read"),
        policies=tuple(compact.restored(policy) for policy in policies),
        tasks=tuple(compact.restored(task) for task in _unique(tasks, issues)),
        issues=tuple(_restored(issue, compact) for issue in issues),
        places=original.places,
    )
    return with_details(reading), account


def _first_line(parts: DocumentParts) -> Span:
    """Return the beginning of the first line that is no furniture: what is said of a whole document has its place there."""
    hidden = {span.start for span, _ in parts.furniture}
    lines = (line.span for line in parts.document.lines if line.span.start not in hidden)
    first = next(lines, Span(0, len(parts.document.text)))
    return Span(first.start, min(first.end, first.start + _SHOWN))


def _restored(issue: Issue, compact: Compact) -> Issue:
    issue = compact.restored(issue)
    return replace(issue, quote=compact.original.raw(issue.span)) if issue.span else issue


def _article_tasks(document: Document, article: Article, order: int, issues: IssueLog) -> list[Task]:
    body = body_tasks(document, article.outline, article.prefix)
    own = [find_duties(document, one.said, note=article.lead_note, issues=issues) for one in body]
    remarks = remarks_for_all(document, article.outline, body)
    tasks = []
    for number, (one, duties) in enumerate(
        zip(body, with_shared(document, body, own, remarks), strict=True), order + 1
    ):
        context = _Context(document, article.years, article.lead_note, article.policy, number, issues)
        said = [remark.duty.span for remark in remarks if _share(remark.duty.span, one.span)]
        tasks.append(_body_task(context, one, duties, said))
    for number, (one, table, row, leads) in enumerate(_annex_tasks(document, article), order + len(body) + 1):
        context = _Context(document, article.years, leads, article.policy, number, issues)
        if table is None or row is None:
            duties = find_duties(document, one.said, note=leads, issues=issues)
            tasks.append(_body_task(context, one, duties, []))
        else:
            tasks.append(_row_task(context, one, table, row))
    return tasks


def _annex_tasks(
    document: Document, article: Article
) -> Iterator[tuple[FoundTask, TaskTable | None, TableRow | None, LeadNote | None]]:
    """Yield the tasks of all annex lists; the second list has paths of its own (annex2.1)."""
    lists = 0
    for annex in article.lists:
        listed = [] if annex.tables else listed_tasks(document, annex.annex, "")
        if not annex.tables and not listed:
            continue
        lists += 1
        prefix = article.prefix + ("annex" if lists == 1 else f"annex{lists}")
        position = 0
        for table in annex.tables:
            for row in table.rows:
                position += 1
                if found := row_task(document, table, row, position, prefix):
                    yield found, table, row, annex.lead_note
        for found in listed:
            yield replace(found, path=prefix + found.path), None, None, annex.lead_note


def _body_task(context: _Context, task: FoundTask, duties: Sequence[Duty], said: Sequence[Span]) -> Task:
    """Return a task whose carriers are told by `duties`, also outside its text; `said` are remarks for several in it."""
    deadline = _deadline(context, task, duties)
    stated = [*(duty.span for duty in duties if _share(duty.span, task.span)), *said]
    # The date of a phase is the day of what its text counts, too.
    exclude = stated + ([deadline.span] if deadline and task.kind != "phase" else [])
    units = [unit for duty in duties for unit in duty.units]
    read = _as_read(context, task, units, deadline, exclude, stated)
    dated = dates_of_brackets(context.document, task.span, duties, deadline, context.years)
    if not dated:
        return read
    return replace(read, targets=tuple(sorted((*read.targets, *dated), key=lambda target: target.span)))


def _deadline(context: _Context, task: FoundTask, duties: Sequence[Duty]) -> Deadline | None:
    document, years = context.document, context.years
    for duty in duties:
        for rest in duty.rest:
            if deadline := read_deadline(document, rest, years=years):
                return deadline
    if deadline := find_closing_deadline(document, task.span, years=years):
        return deadline
    if task.kind != "phase":
        return None
    return read_phase_date(document, task.title, years=years) or read_phase_text(document, task.span, years=years)


def _row_task(context: _Context, task: FoundTask, table: TaskTable, row: TableRow) -> Task:
    document, issues = context.document, context.issues
    units: list[UnitMention] = []
    for at, span in table.cells(row, "unit"):
        one = table.columns[at]
        leads = (one.first_leads or context.lead_note == "first") and not any(unit.role == "lead" for unit in units)
        role = one.role or "responsible"
        units += read_unit_list(
            document,
            span,
            role=role,
            first_leads=leads,
            stated=one.stated,
            note=context.lead_note if context.lead_note != "first" else None,
            issues=issues,
            rule="unit-column",
        )
    stated = [span for kind in ("unit", "time") for _, span in table.cells(row, kind)]
    deadline = None
    for _, span in table.cells(row, "time"):
        deadline = deadline or read_deadline(document, span, years=context.years)
        if deadline is None:
            issues.add("deadline-rest", span, "not read as a time")
    if not units:
        duties = find_duties(document, task.span, note=context.lead_note, issues=issues)
        units = [unit for duty in duties for unit in duty.units]
        stated += [duty.span for duty in duties]
    return _as_read(context, task, units, deadline, [], stated)


def _as_read(
    context: _Context,
    task: FoundTask,
    units: Sequence[UnitMention],
    deadline: Deadline | None,
    exclude: Sequence[Span],
    duties: Sequence[Span],
) -> Task:
    """Return the task; `exclude` is what holds no target, `duties` what says who carries it as a whole."""
    document, years = context.document, context.years
    targets = find_targets(document, task.span, years=years, exclude=exclude)
    if deadline and task.kind == "phase":
        targets = tuple(one for one in targets if one.value is not None or not _share(one.span, deadline.span))
    _report_lost_units(document, targets, context.issues)
    read = read_actors(document, task.said, units=units, exclude=duties, years=years, issues=context.issues)
    return Task(
        path=task.path,
        kind=task.kind,
        number=task.number,
        title=document.raw(task.title),
        span=task.span,
        title_span=task.title,
        rule=task.rule,
        order=context.order,
        policy=context.policy,
        theme_heading=document.raw(task.theme) if task.theme else None,
        theme_span=task.theme,
        section=task.section,
        units=tuple(_numbered(unit, number) for number, unit in enumerate(read.with_leads(units), 1)),
        actors=read.actors,
        deadline=deadline,
        targets=targets,
    )


def _report_lost_units(document: Document, targets: Sequence[Target], issues: IssueLog) -> None:
    """Record rates that print a number without a unit: the value stays as printed, and % is not put in its place."""
    for one in targets:
        if one.rule == "target/bare" and one.unit is None and _RATE.search(document.plain(one.span)):
            issues.add("target-unit", one.span, "a rate without a unit; its percent sign may be lost")


def _numbered(unit: UnitMention, number: int) -> UnitMention:
    return unit if unit.order == number else replace(unit, order=number)


def _share(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _unique(tasks: Sequence[Task], issues: IssueLog) -> list[Task]:
    """Give a path that is printed twice (numbering that restarts without a heading) a letter, and say so."""
    seen: dict[str, int] = {}
    kept = []
    for task in tasks:
        count = seen[task.path] = seen.get(task.path, 0) + 1
        if count > 1:
            issues.add("path-twice", task.title_span, f"the path {task.path} is printed {count} times")
            task = replace(task, path=f"{task.path}~{count}")
        kept.append(task)
    return kept
