"""Where every character of a document went: read, left out by a rule that has a name, or not understood.

What no reading and no rule claims becomes an issue `text-unread`; what a rule leaves out by a word of its heading, though it holds
more than its like do by nature, becomes an issue `section-unread`.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from graph.issues import IssueLog
from graph.model import PolicyMention, Span, Task
from loaders.extract.tasks.annex_lists import listed_tasks
from loaders.extract.tasks.bare_paragraphs import says_what
from loaders.extract.tasks.body_tasks import rule_without_tasks
from loaders.extract.tasks.table_rows import TaskTable
from loaders.extract.units.unit_roles import first_leads_note
from loaders.patterns.pattern_files import load_patterns
from loaders.read.document import Document
from loaders.read.page_data import is_page_data
from loaders.reading.articles import AnnexLists, Article, DocumentParts
from loaders.reading.left_out_marks import marks_in
from loaders.reading.shared_duties import remarks_for_all
from loaders.structure.outline import DocumentOutline, Node, build
from loaders.structure.paragraphs import Piece
from loaders.structure.section_kinds import left_out_sections

Account = Literal["read", "left_out", "unread"]
ACCOUNTS: tuple[Account, ...] = ("read", "left_out", "unread")
Claim = tuple[Span, Account, str]
# Issues about words that are read nowhere; others (a gap in a numbering) are about words that are read besides.
UNREAD_PLACES = frozenset(
    {
        "deadline-rest",
        "duty-unread",
        "section-date",
        "section-duty",
        "section-target",
        "table-rows",
        "table-unread",
        "unit-rest",
    }
)
# Properties of a policy whose words are its name, not a fact beside it.
_TITLES = frozenset({"title", "notice_title"})
_LETTER = re.compile(r"[^\W\d_]")
_RUN = re.compile(rb"(.)\1*", re.DOTALL)
# The place of an issue about a long stretch is its beginning.
_SHOWN = 80
_HOLDS = {one.name: frozenset(one.data.get("holds", ())) for one in load_patterns("sections")}
# Items that define words, or say who belongs to a group, are numbered and dated by nature; words above tasks are dated.
_HELD_BY_ITEMS = frozenset({"items", "dates"})
_HELD_ABOVE_TASKS = frozenset({"dates"})


@dataclass(frozen=True, slots=True)
class TextPart:
    """A stretch of a text: its account, and what it was read as, the name of the rule, or the code of the issue."""

    span: Span
    account: Account
    rule: str


@dataclass(frozen=True, slots=True)
class TextAccount:
    """The parts of a text in printed order; each character stands in exactly one of them."""

    text: str
    parts: tuple[TextPart, ...]

    def share(self, account: Account) -> float:
        """Return the share of the characters (white space left out) that belong to an account, in [0, 1]."""
        whole = visible(self.text)
        size = sum(visible(part.span.of(self.text)) for part in self.parts if part.account == account)
        return round(size / whole, 4) if whole else 0.0


def visible(words: str) -> int:
    r"""Return the number of characters that are no white space.

    >>> visible("一、 修渡口\n")
    5
    """
    return sum(map(len, words.split()))


class _Sheet:
    """A text whose characters are claimed one claim over the other; the last one holds."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._claims: dict[tuple[Account, str], int] = {("unread", "text-unread"): 0}
        self._marks = bytearray(len(text))

    def put(self, span: Span, account: Account, rule: str) -> None:
        """Claim a stretch of the text."""
        mark = self._claims.setdefault((account, rule), len(self._claims))
        end = min(span.end, len(self._marks))
        if span.start < end:
            self._marks[span.start : end] = bytes((mark,)) * (end - span.start)

    def stretches(self) -> list[Claim]:
        """Return the stretches of one claim, which together are the whole text.

        Blanks, signs and numbers that nothing claims belong to what stands before them.
        """
        claims = list(self._claims)
        starts: list[int] = []
        kept: list[tuple[Account, str]] = []
        for run in _RUN.finditer(self._marks):
            start, end = run.span()
            mark = self._marks[start]
            if kept and (claims[mark] == kept[-1] or (mark == 0 and not _LETTER.search(self.text, start, end))):
                continue
            starts.append(start)
            kept.append(claims[mark])
        ends = [*starts[1:], len(self.text)]
        places = map(Span, starts, ends)
        found: list[Claim] = [(span, *claim) for span, claim in zip(places, kept, strict=True)]
        if len(found) > 1 and found[0][2] == "text-unread" and not _LETTER.search(found[0][0].of(self.text)):
            found[:2] = [(Span(0, found[1][0].end), *found[1][1:])]
        return found


def account_of(
    parts: DocumentParts, tasks: Sequence[Task], policies: Sequence[PolicyMention], issues: IssueLog
) -> TextAccount:
    """Return the account of a document, whose issues are told of what no reading and no rule claims.

    All places of `tasks`, `policies` and `issues` are of `parts.document`; those of the account are of the text as loaded.
    """
    document = parts.document
    sheet = _Sheet(document.text)
    for claim in _claims(parts, tasks, policies, issues):
        sheet.put(*claim)
    for issue in issues:
        if issue.span and issue.code in UNREAD_PLACES:
            sheet.put(issue.span, "unread", issue.code)
    stretches = sheet.stretches()
    for span, _, rule in stretches:
        if rule == "text-unread" and _LETTER.search(document.text, span.start, span.end):
            _report(document, span, issues)
    compact = parts.compact
    starts = [compact.outward(span.start) if span.start else 0 for span, *_ in stretches]
    ends = [*starts[1:], len(compact.original.text)]
    placed = zip(starts, ends, stretches, strict=True)
    return TextAccount(
        compact.original.text,
        tuple(TextPart(Span(start, end), account, rule) for start, end, (_, account, rule) in placed),
    )


def _report(document: Document, span: Span, issues: IssueLog) -> None:
    words = document.raw(span)
    start = span.start + len(words) - len(words.lstrip())
    line = document.text.find("\n", start, span.end)
    end = min(start + _SHOWN, span.end if line < 0 else line)
    issues.add(
        "text-unread", Span(start, end), f"{visible(words)} characters that nothing reads and no rule leaves out"
    )


def _claims(
    parts: DocumentParts, tasks: Sequence[Task], policies: Sequence[PolicyMention], issues: IssueLog
) -> Iterator[Claim]:
    """Yield what is claimed of the text, the weaker claims first."""
    document = parts.document
    for above, below in pairwise(article.scope for article in parts.articles):
        # 第二篇: the sign of an article of a page stands right above it.
        yield Span(min(above.end, below.start), below.start), "read", "heading"
    for article in parts.articles:
        yield from _around(article)
        for scope in (article.body, *(listed.annex.span for listed in article.lists)):
            if note := first_leads_note(document, scope):
                yield note, "read", "fact"
        yield from _body(document, article, tasks, issues)
        yield from ((remark.duty.span, "read", "fact") for remark in remarks_for_all(document, article.outline, ()))
        for listed in article.lists:
            yield from _annex(document, listed)
        yield from ((span, "left_out", rule) for span, rule in article.rest)
        yield from ((span, "unread", "annex-unread") for span in article.unread)
        yield from ((span, "left_out", "contents") for span in article.contents)
    for table in document.tables:
        if is_page_data(document.text, table):
            yield table.span, "left_out", "page-data"
    yield from ((span, "left_out", reason) for span, reason in parts.furniture)
    # The place and level of a policy stand in its title.
    said = [(name, span) for policy in policies for name, spans in policy.spans.items() for span in spans]
    yield from ((span, "left_out", "addressees") for name, span in said if name == "addressees")
    yield from ((span, "read", "fact") for name, span in said if name not in {*_TITLES, "addressees"})
    yield from ((span, "read", "title") for name, span in said if name in _TITLES)
    for task in tasks:
        if task.kind != "checklist" or task.rule == "task-annex-item":
            yield task.span, "read", "task"


def _around(article: Article) -> Iterator[Claim]:
    """Yield what stands around the text itself: notice, preamble, signature."""
    header = article.header
    if header.notice:
        yield header.notice, "left_out", "notice"
    if not article.outline.nodes and any(listed.tables for listed in article.lists):
        yield header.preamble, "left_out", "preamble"
    yield from ((span, "left_out", "signature") for span in header.tail)
    yield from ((piece.span, "left_out", "annexes-listed") for piece in article.layout.listed)


def _body(document: Document, article: Article, tasks: Sequence[Task], issues: IssueLog) -> Iterator[Claim]:
    outline = article.outline
    if outline.nodes:
        # An act or a sum above the first heading is a measure that was not read, and no introduction.
        above = [piece for piece in outline.preamble if not says_what(document, piece)]
        yield from _beside_tasks(document, above, "preamble")
    ends = {task.span.start: task.span.end for task in tasks}
    starts = sorted(ends)
    for node in outline.walk():
        yield from _node(document, node, ends, starts)
    told = {issue.span.start for issue in issues if issue.code == "duties-unread" and issue.span}
    done = -1
    for node, rule in _without_tasks(document, outline, starts):
        if node.span.start < done:
            continue
        # The rule that the first unit leads is one sentence; what follows it is none.
        whole = Span(node.piece.span.start, node.own.start if rule == "lead-rule" else node.span.end)
        done = whole.end
        held = marks_in(document, whole, [one.marker for one in node.walk() if one is not node])
        if node.title.start in told:
            yield whole, "unread", "duties-unread"
        elif held.beyond(_HOLDS.get(rule, _HELD_BY_ITEMS)):
            issues.add(
                "section-unread",
                node.title,
                f"left out by its heading ({rule}), though it holds {held.items} numbered items,"
                f" {held.duties} assignments, {held.dates} dates, {held.grants} sums",
            )
            yield whole, "unread", "section-unread"
        else:
            yield whole, "left_out", rule


def _node(document: Document, node: Node, ends: dict[int, int], starts: Sequence[int]) -> Iterator[Claim]:
    """Yield the heading of a node, and what stands below it beside the tasks."""
    yield Span(node.piece.span.start, max(node.own.start, node.title.end)), "read", "heading"
    end = ends.get(node.span.start)
    if end is not None:
        yield Span(end, max(end, node.span.end)), "left_out", "closing"
    elif (first := _first_task(node, starts)) is not None:
        above = [piece for piece in node.paragraphs if piece.span.end <= first]
        yield from _beside_tasks(document, [node.own, *above], "introduction")


def _first_task(node: Node, starts: Sequence[int]) -> int | None:
    """Return where the first task of a node begins, at a heading or paragraph of it; `starts` are those of all, sorted."""
    whole = node.span
    first, last = bisect_left(starts, whole.start), bisect_right(starts, whole.end)
    if first == last:
        return None
    places = set(_starts(node))
    return next((start for start in starts[first:last] if start in places), None)


def _starts(node: Node) -> Iterator[int]:
    for one in node.walk():
        yield one.span.start
        yield from (piece.content for piece in one.paragraphs)


def _beside_tasks(document: Document, found: Sequence[Piece | Span], rule: str) -> Iterator[Claim]:
    """Yield words that belong to all the tasks below them, but what is an item or assigns something."""
    for one in found:
        span, sign = (one.span, one.marker) if isinstance(one, Piece) else (one, None)
        if span.start < span.end and not marks_in(document, span, [sign]).beyond(_HELD_ABOVE_TASKS):
            yield span, "left_out", rule


def _without_tasks(document: Document, outline: DocumentOutline, starts: Sequence[int]) -> Iterator[tuple[Node, str]]:
    """Yield the nodes that a rule leaves out and in which no task stands, in printed order."""
    by_heading = {id(node): rule for node, rule in left_out_sections(document, outline.nodes)}
    for node in outline.walk():
        if _first_task(node, starts) is None:
            rule = by_heading.get(id(node)) or rule_without_tasks(document, node)
            if rule:
                yield node, rule


def _annex(document: Document, listed: AnnexLists) -> Iterator[Claim]:
    """Yield the title of an annex, its headings, and the cells of its tables."""
    annex = listed.annex
    if annex.title:
        yield Span(annex.span.start, annex.title.end), "read", "title"
    if not listed.tables and annex.pieces and listed_tasks(document, annex, ""):
        for node in build(document, annex.pieces).walk():
            yield Span(node.piece.span.start, node.span.end if not node.children else node.title.end), "read", "heading"
    for table in listed.tables:
        yield from _table(table)


def _table(table: TaskTable) -> Iterator[Claim]:
    """Yield the cells of a list of tasks; columns beside tasks, units and times are left out by their heads."""
    first = min((span.start for row in table.rows for cells in row.cells.values() for span in cells), default=None)
    if first is not None:
        yield Span(table.span.start, max(first, table.span.start)), "read", "heading"
    for row in table.rows:
        yield from ((heading, "read", "heading") for heading in row.headings)
        for at, cells in row.cells.items():
            other = table.columns[at].kind == "other"
            yield from ((span, "left_out", "column") if other else (span, "read", "task") for span in cells)
