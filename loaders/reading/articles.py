"""A document taken apart: its articles with header, layout, outline and lists."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from graph.issues import IssueLog
from graph.model import Span
from graph.text import squeeze
from loaders.extract.deadlines.years import Years
from loaders.extract.header.header import Header, published_on, read_header
from loaders.extract.targets.commitments import counted_years
from loaders.extract.tasks.annex_lists import listed_tasks, task_tables
from loaders.extract.tasks.flat_heads import heads_of_flat
from loaders.extract.tasks.flat_tables import flat_tables
from loaders.extract.tasks.table_rows import TaskTable, drawn_table
from loaders.extract.units.unit_drafts import LeadNote
from loaders.extract.units.unit_roles import lead_note
from loaders.read.document import Document
from loaders.reading.skipped_tables import Rest, absent_annexes, other_annexes, other_flat_tables, other_tables
from loaders.structure.annexes import Annex, Layout, lay_out
from loaders.structure.article_bounds import articles, issued_plans
from loaders.structure.boxes import box_ends
from loaders.structure.furniture import mark
from loaders.structure.joined_text import Compact, cleared, compact, one_way
from loaders.structure.outline import DocumentOutline, Node, build
from loaders.structure.paragraphs import Piece, soft_breaks
from loaders.structure.spread_letters import blanks_between_letters
from loaders.structure.table_grid import cell_lines, flat_bounds
from loaders.structure.torn_lines import torn_breaks
from loaders.structure.unseen_signs import unseen_signs

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexLists:
    """An annex with its lists of tasks; `lead_note` is what a note says of who leads in each row."""

    annex: Annex
    tables: tuple[TaskTable, ...]
    lead_note: LeadNote | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One plan of a page (or the whole document): `prefix` begins the paths of its tasks.

    `policy` is the 0-based index of its policy among the document's own, `scope` the article with its notice, `body`
    the plan itself; several plans that one notice issues share policy, scope and header.
    `lead_note` is what a note in the body says of who leads in every list; a note inside an annex
    speaks of that annex only. `rest` are tables and annexes left out, each with the rule that says why, `unread` the annexes
    that nothing reads and an issue tells of, `contents` the headings of a table of contents.
    """

    policy: int
    scope: Span
    body: Span
    prefix: str
    header: Header
    years: Years
    layout: Layout
    outline: DocumentOutline
    lists: tuple[AnnexLists, ...]
    rest: tuple[Rest, ...]
    unread: tuple[Span, ...]
    contents: tuple[Span, ...]
    lead_note: LeadNote | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentParts:
    """A document taken apart; `furniture` are whole lines with the reason each is none of the text.

    All places are of `document`, the text without breaks in mid-sentence; `compact` leads back to the text as loaded.
    """

    document: Document
    compact: Compact
    articles: tuple[Article, ...]
    furniture: tuple[tuple[Span, str], ...]
    issues: IssueLog


@dataclass(frozen=True, slots=True)
class _Plan:
    """A plan before the lines of its text are joined: the number of its policy, the article, its header, and its body."""

    policy: int
    scope: Span
    header: Header
    body: Span


@dataclass(frozen=True, slots=True)
class _Around:
    """What a document knows of all its text: lines that are none of it, and where boxes may be over."""

    hidden: Sequence[Span]
    box_ends: frozenset[int]


def take_apart(document: Document) -> DocumentParts:
    """Return the parts of a document."""
    unseen, said = unseen_signs(document)
    clear = cleared(replace(document, remarks=(*document.remarks, *said)), unseen)
    document = clear.document
    furniture = mark(document)
    ends = box_ends(document, {span for span, _ in furniture})
    torn = compact(document, torn_breaks(document, [span for span, _ in furniture]))
    document, furniture = torn.document, _moved(furniture, torn)
    plans = _plans(document, furniture)
    # A torn text is joined as a whole; of another the header is read as printed, and the lines below it are joined.
    joined = compact(document, [] if torn.removed else _breaks(document, plans, furniture))
    furniture = _moved(furniture, joined)
    issues = IssueLog(document.name, joined.document.text)
    for remark in joined.document.remarks:
        issues.add(remark.code, remark.span, remark.message)
    around = _Around([span for span, _ in furniture], frozenset(joined.inward(torn.inward(end)) for end in ends))
    parts = tuple(
        _article(joined.document, _entered(plan, joined), f"a{place}." if len(plans) > 1 else "", around, issues)
        for place, plan in enumerate(plans, 1)
    )
    way = one_way(clear, torn if torn.removed else joined)
    return DocumentParts(document=joined.document, compact=way, articles=parts, furniture=furniture, issues=issues)


def _moved(furniture: Sequence[tuple[Span, str]], way: Compact) -> tuple[tuple[Span, str], ...]:
    return tuple((way.inner(span), reason) for span, reason in furniture)


def _plans(document: Document, furniture: Sequence[tuple[Span, str]]) -> list[_Plan]:
    """Return the plans of a document in printed order; several may be issued by one article."""
    plans = []
    for number, scope in enumerate(articles(document)):
        header = read_header(document, scope, furniture)
        whole = Span(_body_start(document, scope, header), scope.end)
        plans += [_Plan(number, scope, header, body) for body in issued_plans(document, header.notice, whole)]
    return plans


def _breaks(document: Document, plans: Sequence[_Plan], furniture: Sequence[tuple[Span, str]]) -> list[Span]:
    """Return what stands between the lines, and the letters, that are one paragraph of a plan."""
    cells = flat_bounds(document, [line.span for line in document.lines]) if plans else []
    apart = [*(span for span, _ in furniture), *cells]
    return [
        one
        for plan in plans
        for one in (
            *soft_breaks(document, plan.body, [*apart, *plan.header.tail]),
            *blanks_between_letters(document, plan.body),
        )
    ]


def _entered(plan: _Plan, way: Compact) -> _Plan:
    """Return the plan with its places in the joined text."""
    header = replace(way.entered(plan.header), body_start=way.inward(plan.header.body_start))
    return _Plan(plan.policy, way.inner(plan.scope), header, way.inner(plan.body))


def _body_start(document: Document, scope: Span, header: Header) -> int:
    """Return where the text begins: no later than a list of tasks, which may be all that stands below the title."""
    inside = [one for one in document.tables if scope.start <= one.span.start < min(header.body_start, scope.end)]
    lists = [one.span.start for one in inside if drawn_table(document, one)]
    heads = heads_of_flat(document, [line.span for line in document.lines_of(scope) if scope.start <= line.span.start])
    return min([header.body_start, scope.end, *lists, *heads])


def _article(document: Document, plan: _Plan, prefix: str, around: _Around, issues: IssueLog) -> Article:
    header, body = plan.header, plan.body
    layout = lay_out(document, body, [*around.hidden, *header.tail])
    years = replace(
        years_of(header, _titles_beside(document, header, layout)),
        published=published_on(document, plan.scope),
        counted=counted_years(document, body),
    )
    issued = _plan_in_annex(document, header, layout)
    text = Span(body.start, min((annex.span.start for annex in layout.annexes), default=body.end))
    cells = cell_lines(document, layout.body)
    in_body = _tables_in_body(document, text, layout.body, cells, years)
    annexes = (*in_body, *layout.annexes)
    taken = {piece.span for annex in annexes for piece in annex.pieces}
    items = [piece for piece in layout.body if piece.span not in taken]
    whole = build(document, [*items, *(issued.pieces if issued else ())], around.box_ends)
    outline = without_contents(document, whole)
    leads = lead_note(document, text)
    lists = tuple(_lists_of(document, annex, years, leads, issues) for annex in annexes)
    _report_gaps(document, outline.nodes, issues)
    listed = [
        (a, a is issued or bool(one.tables or listed_tasks(document, a, ""))) for one in lists for a in [one.annex]
    ]
    rest = _rest(document, body, cells, lists, listed, issues)
    absent_annexes(document, layout, len(in_body), issues)
    left_out = {span for span, _ in rest}
    kept = {node.piece.span.start for node in outline.nodes}
    return Article(
        policy=plan.policy,
        scope=plan.scope,
        body=body,
        prefix=prefix,
        header=header,
        years=years,
        layout=layout,
        outline=outline,
        lists=lists,
        rest=rest,
        unread=tuple(a.span for a, is_read in listed if a.pieces and not is_read and a.span not in left_out),
        contents=tuple(node.piece.span for node in whole.nodes if node.piece.span.start not in kept),
        lead_note=leads,
    )


def _rest(
    document: Document,
    body: Span,
    cells: Sequence[Span],
    lists: Sequence[AnnexLists],
    listed: Sequence[tuple[Annex, bool]],
    issues: IssueLog,
) -> tuple[Rest, ...]:
    """Return the tables and annexes that are left out by a rule; `listed` tells of each annex whether it is read."""
    read = [table.span for one in lists for table in one.tables]
    return (
        *other_tables(document, body, read, issues),
        *other_annexes(document, listed, issues),
        *other_flat_tables(document, cells, read, issues),
    )


def _lists_of(document: Document, annex: Annex, years: Years, leads: LeadNote | None, issues: IssueLog) -> AnnexLists:
    return AnnexLists(
        annex=annex,
        tables=tuple(task_tables(document, annex, document.tables, years, issues)),
        lead_note=leads or lead_note(document, annex.span),
    )


def _plan_in_annex(document: Document, header: Header, layout: Layout) -> Annex | None:
    """Return the annex that a letter without items of its own issues: the document's title holds that of the annex."""
    title = squeeze(header.policy.title or "")
    if any(piece.marker for piece in layout.body):
        return None
    named = (one for one in layout.annexes if one.title and any(piece.marker for piece in one.pieces))
    return next((one for one in named if one.title and squeeze(document.raw(one.title)) in title), None)


def _titles_beside(document: Document, header: Header, layout: Layout) -> list[str]:
    return [document.raw(one) for one in _names_beside(header, layout)]


def _names_beside(header: Header, layout: Layout) -> Iterator[Span]:
    """Yield the titles of the notice that issues the plan and of its annexes."""
    yield from header.policy.spans.get("notice_title", ())
    yield from (piece.span for piece in layout.listed)
    yield from (annex.title for annex in layout.annexes if annex.title)


def years_of(header: Header, beside: Sequence[str] = ()) -> Years:
    """Return what the title and the period of a policy say of its years.

    Where they say nothing, the one year in the titles `beside` them (its notice's, its annexes'), unless it has passed.
    """
    policy = header.policy
    period = None
    if policy.period_start and policy.period_end:
        period = (policy.period_start.year, policy.period_end.year)
    printed = {int(match[1]) for match in _YEAR.finditer(policy.title or "")}
    if not printed and not period:
        # 2021年任务清单 under a plan without a year: the months that the plan names are of 2021.
        named = {int(match[1]) for one in beside for match in _YEAR.finditer(one)}
        printed = named if not policy.issued or min(named, default=0) >= policy.issued.year else set()
    return Years(title=printed.pop() if len(printed) == 1 else None, period=period, issued=policy.issued)


def without_contents(document: Document, outline: DocumentOutline) -> DocumentOutline:
    """Drop a table of contents: bare headings at the top that are printed again further down with their text."""
    later: dict[str, int] = {}
    for at, node in enumerate(outline.nodes):
        later[_heading(document, node)] = at
    kept = [
        node
        for at, node in enumerate(outline.nodes)
        if node.children or node.paragraphs or node.own.start < node.own.end or later[_heading(document, node)] == at
    ]
    return DocumentOutline(kept, outline.preamble)


def _heading(document: Document, node: Node) -> str:
    return "".join(document.plain(Span(node.piece.span.start, node.title.end)).split())


def _tables_in_body(
    document: Document, body: Span, lines: Sequence[Piece], printed: Sequence[Span], years: Years
) -> tuple[Annex, ...]:
    """A list of tasks that stands in the body itself, drawn or one cell a line (`printed`), counts as the annex that it is."""
    inside = [t for t in document.tables if body.start <= t.span.start and t.span.end <= body.end]
    if drawn := [table.span for table in inside if drawn_table(document, table)]:
        return (Annex(1, None, body, tuple(_heads_over(document, lines, drawn))),)
    if flat := flat_tables(document, printed, years, IssueLog(document.name, document.text)):
        whole = Span(flat[0].span.start, max(one.span.end for one in flat))
        cells = [piece for piece in lines if _meets(piece.span, whole)]
        return (Annex(1, None, whole, (*_heads_over(document, lines, [whole]), *cells)),)
    return ()


def _heads_over(document: Document, lines: Sequence[Piece], tables: Sequence[Span]) -> list[Piece]:
    """Return the headings that have nothing below them but a table: they are no tasks (一、任务分工 above its table)."""
    found: list[Piece] = []
    for table in tables:
        above = [piece for piece in lines if piece.span.end <= table.start]
        below = next((piece for piece in lines if piece.span.start >= table.end), None)
        while above and (marker := above[-1].marker) and "。" not in document.plain(above[-1].span):
            if below and below.marker and below.marker.rank > marker.rank:
                break
            found.insert(0, above.pop())
    return found


def _meets(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


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
