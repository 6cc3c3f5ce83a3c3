"""From a document to its Reading: policies, tasks with units, deadlines and targets, citations, issues."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from graph.issues import IssueLog
from graph.model import Deadline, PolicyMention, Reading, Span, Task, UnitMention
from loaders.document import Document
from loaders.extract.checklist import listed_tasks, row_task
from loaders.extract.citations import read_citations
from loaders.extract.deadlines import find_closing_deadline, read_deadline, read_phase_date
from loaders.extract.rows import Row, TaskTable
from loaders.extract.targets import find_targets
from loaders.extract.tasks import Found, body_tasks
from loaders.extract.units import Duty, find_duties, read_unit_list
from loaders.parts import Article, Parts, explained_share, take_apart
from loaders.registry import read


def read_file(path: Path, name: str | None = None) -> Reading:
    """Return the reading of the file at `path`; `name` is its key, else the file's stem.

    Raises:
        InputError: the file is no document that a reader understands.
    """
    return read_document(read(path, name))


def read_document(document: Document) -> Reading:
    """Return the reading of a document."""
    return reading_of(take_apart(document))


def reading_of(parts: Parts) -> Reading:
    """Return the reading of a document taken apart."""
    document, issues = parts.document, parts.issues
    policies: list[PolicyMention] = []
    tasks: list[Task] = []
    for number, article in enumerate(parts.articles):
        policies.append(article.header.policy)
        policies += read_citations(document, article.scope, article.header)
        tasks += _article_tasks(document, article, number, len(tasks), issues)
    if not tasks:
        issues.add("no-task", None, "no section, list or table that holds tasks was found")
    return Reading(
        name=document.name,
        text=document.text,
        sha256=document.sha256,
        text_sha256=document.text_sha256,
        media_type=document.media_type,
        charset=document.charset,
        outline_share=explained_share(parts),
        policies=tuple(policies),
        tasks=tuple(_unique(tasks, issues)),
        issues=tuple(issues),
    )


def _article_tasks(document: Document, article: Article, policy: int, order: int, issues: IssueLog) -> list[Task]:
    tasks: list[Task] = []
    for found in body_tasks(document, article.outline, article.prefix):
        tasks.append(_body_task(document, article, found, policy, order + len(tasks) + 1, issues))
    for found, table, row in _annex_tasks(document, article):
        number = order + len(tasks) + 1
        if table is None or row is None:
            tasks.append(_body_task(document, article, found, policy, number, issues))
        else:
            tasks.append(_row(document, article, found, table, row, policy, number, issues))
    return tasks


def _annex_tasks(document: Document, article: Article) -> Iterator[tuple[Found, TaskTable | None, Row | None]]:
    """Yield the tasks of all annex lists; the second list has paths of its own (annex2.1)."""
    lists = 0
    for annex, tables in article.tables:
        listed = [] if tables else listed_tasks(document, annex, "x")
        if not tables and not listed:
            continue
        lists += 1
        prefix = article.prefix + ("annex" if lists == 1 else f"annex{lists}")
        position = 0
        for table in tables:
            for row in table.rows:
                position += 1
                if found := row_task(document, table, row, position, prefix):
                    yield found, table, row
        for found in listed:
            yield replace(found, path=prefix + found.path[1:]), None, None


def _body_task(document: Document, article: Article, found: Found, policy: int, order: int, issues: IssueLog) -> Task:
    duties = find_duties(document, found.span, first_leads=article.first_leads is not None, issues=issues)
    deadline = _deadline(document, article, found, duties)
    exclude = [duty.span for duty in duties] + ([deadline.span] if deadline else [])
    return _made(
        document,
        article,
        found,
        policy,
        order,
        units=tuple(unit for duty in duties for unit in duty.units),
        deadline=deadline,
        exclude=exclude,
    )


def _deadline(document: Document, article: Article, found: Found, duties: Sequence[Duty]) -> Deadline | None:
    for duty in duties:
        for rest in duty.rest:
            if deadline := read_deadline(document, rest, years=article.years):
                return deadline
    if deadline := find_closing_deadline(document, found.span, years=article.years):
        return deadline
    if found.kind == "phase":
        return read_phase_date(document, found.title, years=article.years)
    return None


def _row(
    document: Document,
    article: Article,
    found: Found,
    table: TaskTable,
    row: Row,
    policy: int,
    order: int,
    issues: IssueLog,
) -> Task:
    units: list[UnitMention] = []
    for at, span in table.cells(row, "unit"):
        one = table.columns[at]
        leads = (one.first_leads or article.first_leads is not None) and not any(u.role == "lead" for u in units)
        listed = read_unit_list(
            document, span, role=one.role or "responsible", first_leads=leads, issues=issues, rule="unit-column"
        )
        units += [replace(unit, order=len(units) + unit.order) for unit in listed]
    deadline = None
    for _, span in table.cells(row, "time"):
        if deadline := read_deadline(document, span, years=article.years):
            break
        issues.add("deadline-rest", span, "not read as a time")
    span = found.title
    if not units:
        duties = find_duties(document, span, first_leads=article.first_leads is not None, issues=issues)
        units = [unit for duty in duties for unit in duty.units]
    return _made(document, article, replace(found, span=span), policy, order, tuple(units), deadline, [])


def _made(
    document: Document,
    article: Article,
    found: Found,
    policy: int,
    order: int,
    units: tuple[UnitMention, ...],
    deadline: Deadline | None,
    exclude: Sequence[Span],
) -> Task:
    return Task(
        path=found.path,
        kind=found.kind,
        number=found.number,
        title=document.raw(found.title),
        span=found.span,
        title_span=found.title,
        rule=found.rule,
        order=order,
        policy=policy,
        theme_heading=document.raw(found.theme) if found.theme else None,
        theme_span=found.theme,
        section=found.section,
        units=tuple(replace(unit, order=number) for number, unit in enumerate(units, 1)),
        deadline=deadline,
        targets=find_targets(document, found.span, years=article.years, exclude=exclude),
    )


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
