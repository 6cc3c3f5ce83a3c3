"""A document taken apart: its articles with header, layout, outline and lists; what was explained, what was not."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.issues import IssueLog
from graph.model import Span
from loaders.articles import articles
from loaders.document import Document
from loaders.extract.checklist import task_tables
from loaders.extract.header import Header, read_header
from loaders.extract.rows import TaskTable, drawn_table
from loaders.extract.units import first_leads_note
from loaders.extract.years import Years
from loaders.furniture import mark
from loaders.layout import Annex, Layout, lay_out
from loaders.outline import Node, Outline, build
from loaders.pieces import Piece

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|[-~至]|\)|\"|(?!\d))")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexLists:
    """An annex with its lists of tasks; `first_leads` tells whether a note says that the first unit of each row leads."""

    annex: Annex
    tables: tuple[TaskTable, ...]
    first_leads: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article of a page (or the whole document): `prefix` begins the paths of its tasks.

    `first_leads` tells whether a note in the body says that the first unit of every list leads; a note inside an annex
    speaks of that annex only.
    """

    scope: Span
    prefix: str
    header: Header
    years: Years
    layout: Layout
    outline: Outline
    lists: tuple[AnnexLists, ...]
    first_leads: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A document taken apart; `furniture` are whole lines with the reason each is none of the text."""

    document: Document
    articles: tuple[Article, ...]
    furniture: tuple[tuple[Span, str], ...]
    issues: IssueLog


def take_apart(document: Document) -> Parts:
    """Return the parts of a document."""
    issues = IssueLog(document.name, document.text)
    furniture = mark(document)
    scopes = articles(document)
    parts = tuple(
        _article(document, scope, f"a{number}." if len(scopes) > 1 else "", furniture, issues)
        for number, scope in enumerate(scopes, 1)
    )
    return Parts(document=document, articles=parts, furniture=furniture, issues=issues)


def _article(
    document: Document, scope: Span, prefix: str, furniture: tuple[tuple[Span, str], ...], issues: IssueLog
) -> Article:
    header = read_header(document, scope, furniture)
    years = years_of(header)
    hidden = [span for span, _ in furniture] + list(header.tail)
    layout = lay_out(document, Span(min(header.body_start, scope.end), scope.end), hidden)
    outline = without_contents(document, build(document, layout.body))
    annexes = layout.annexes or _tables_in_body(document, layout, scope, header)
    body = Span(
        min(header.body_start, scope.end), min((annex.span.start for annex in layout.annexes), default=scope.end)
    )
    leads = first_leads_note(document, body) is not None
    lists = tuple(
        AnnexLists(
            annex=annex,
            tables=tuple(task_tables(document, annex, document.tables, years, issues)),
            first_leads=leads or first_leads_note(document, annex.span) is not None,
        )
        for annex in annexes
    )
    _report_gaps(document, outline.nodes, issues)
    return Article(
        scope=scope,
        prefix=prefix,
        header=header,
        years=years,
        layout=layout,
        outline=outline,
        lists=lists,
        first_leads=leads,
    )


def years_of(header: Header) -> Years:
    """Return what the title and the period of a policy say of its years."""
    policy = header.policy
    period = None
    if policy.period_start and policy.period_end:
        period = (policy.period_start.year, policy.period_end.year)
    printed = {int(match[1]) for match in _YEAR.finditer(policy.title or "")}
    return Years(title=printed.pop() if len(printed) == 1 else None, period=period, issued=policy.issued)


def without_contents(document: Document, outline: Outline) -> Outline:
    """Drop a table of contents: bare headings at the top that are printed again further down with their text."""
    later: dict[str, int] = {}
    for at, node in enumerate(outline.nodes):
        later[_heading(document, node)] = at
    kept = [
        node
        for at, node in enumerate(outline.nodes)
        if node.children or node.paragraphs or node.own.start < node.own.end or later[_heading(document, node)] == at
    ]
    return Outline(kept, outline.preamble)


def _heading(document: Document, node: Node) -> str:
    return "".join(document.plain(Span(node.piece.span.start, node.title.end)).split())


def _tables_in_body(document: Document, layout: Layout, scope: Span, header: Header) -> tuple[Annex, ...]:
    """A list of tasks drawn, or flattened, in the body itself counts as the annex that it stands for."""
    whole = Span(header.body_start, scope.end)
    inside = [t for t in document.tables if whole.start <= t.span.start and t.span.end <= whole.end]
    if any(drawn_table(document, table) for table in inside):
        return (Annex(1, None, whole, ()),)
    return ()


def _report_gaps(document: Document, nodes: Sequence[Node], issues: IssueLog) -> None:
    """Record where a numbering leaves a number out: an item may have been lost or not been seen."""
    for before, node in pairwise(nodes):
        if (
            before.marker
            and node.marker
            and before.marker.sign == node.marker.sign
            and node.ordinal > before.ordinal + 1
        ):
            issues.add("numbering-gap", node.piece.span, f"number {node.ordinal} follows {before.ordinal}")
    for node in nodes:
        _report_gaps(document, node.children, issues)


def explained_share(parts: Parts) -> float:
    """Return the share of the text's characters (white space left out) that the outline explains, in [0, 1].

    Explained are furniture, header, outline, lists of annexes, lists of tasks, and annexes whose title a rule knows.
    """
    text = parts.document.text
    covered = bytearray(len(text))
    for span in _explained(parts):
        covered[span.start : span.end] = b"\x01" * (span.end - span.start)
    visible = [at for at, char in enumerate(text) if not char.isspace()]
    return round(sum(covered[at] for at in visible) / len(visible), 4) if visible else 0.0


def _explained(parts: Parts) -> Iterable[Span]:
    for span, _ in parts.furniture:
        yield span
    for article in parts.articles:
        yield Span(article.scope.start, max(article.scope.start, min(article.header.body_start, article.scope.end)))
        yield from article.header.tail
        yield from (piece.span for piece in (*article.outline.preamble, *article.layout.listed))
        for node in article.outline.walk():
            yield node.piece.span
            yield from (piece.span for piece in node.paragraphs)
        for one in article.lists:
            if one.annex.title:
                yield Span(one.annex.span.start, one.annex.title.end)
            yield from (table.span for table in one.tables)
            if not one.tables:
                yield from _annex_outline(parts.document, one.annex)


def _annex_outline(document: Document, annex: Annex) -> Iterable[Span]:
    pieces: Sequence[Piece] = annex.pieces
    for node in build(document, pieces).walk() if pieces else ():
        yield node.piece.span
        yield from (piece.span for piece in node.paragraphs)
