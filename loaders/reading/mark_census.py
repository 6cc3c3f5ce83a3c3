"""The marks of what is in scope (duty words, list signs, column heads, dates, titles, numbers) and where each of them went.

A mark is read where a fact of its kind stands at it: a unit beside a duty word, an item behind a list sign, a deadline or target at
a date. Being inside a task is not enough, since a task holds much that was not looked at: there a mark is read, or passed over by
a rule that has a name (passed_marks.py), or unclaimed.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from graph.model import PolicyMention, Reading, Span
from graph.numerals import to_number
from graph.store.protocol import AnswerRow
from graph.text import bare, squeeze
from loaders.extract.header.doc_numbers import find_numbers
from loaders.extract.tasks.table_columns import column
from loaders.numbering import marker_at
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document
from loaders.reading.articles import DocumentParts
from loaders.reading.passed_marks import passed_by
from loaders.reading.text_account import TextAccount, TextPart
from loaders.structure.outline import build

MarkKind = Literal["duty", "sign", "column", "date", "title", "number"]
KINDS: tuple[MarkKind, ...] = ("duty", "sign", "column", "date", "title", "number")
Went = Literal["read", "left_out", "unread", "unclaimed"]
WENT: tuple[Went, ...] = ("read", "left_out", "unread", "unclaimed")
_MARKS = by_name("marks")
_TITLE = re.compile(r"《([^《》\n]{2,120})》")
_CLAUSE_SIGN = re.compile(r"[。;\n]")
_COMMA = re.compile(r"[,。;()\n]")
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\d+|[一二两三四五六七八九十]+")
_DURATION = by_name("targets")["duration"]
_NUMERALS = re.compile(r"[一二三四五六七八九十百两]+")
# Headings of columns that stand one a line: three in a row head a list.
_HEAD, _FEWEST = 30, 3
# A line that holds a sign and nothing else is no longer.
_ALONE = 6
# A sentence that says what is to be done without saying by whom.
_NO_SUBJECT, _BEFORE = re.compile(r"(?<=[^\n])[;。]\s{0,2}(?:并|且|还|也|同时|具体|统一){0,2}\Z"), 8
_LAID = ("负责", "牵头")
# What is looked at beside a mark: signs of a clause are not far.
_REACH = 400


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: its kind, its place in the text as loaded, where it went, and `rule`: what the place around it is.

    Where a rule passes over a mark inside of what is read, `rule` is the name of that one.
    """

    kind: MarkKind
    span: Span
    went: Went
    rule: str


def shape(text: str, mark: Mark) -> str:
    """Return what marks of one shape have in common: the words with digits as 0, numerals as 一, and the place.

    >>> shape("2021年12月20日前", Mark("date", Span(8, 12), "unclaimed", "task"))
    '0日前 · task'
    """
    words = mark.span.of(text)
    if mark.kind == "title":
        words = f"《…{words[-4:]}"
    if mark.kind == "number":
        words = "〔0〕0号"
    return f"{_NUMERALS.sub('一', _DIGITS.sub('0', words))} · {mark.rule}"


def census(parts: DocumentParts, reading: Reading, account: TextAccount) -> tuple[Mark, ...]:
    """Return every mark of a document in printed order."""
    return tuple(sorted(_Census(parts, reading, account).marks(), key=lambda mark: (mark.span.start, mark.kind)))


def counts_by_kind(marks: Sequence[Mark]) -> tuple[AnswerRow, ...]:
    """Return a row for each kind of mark: how many there are (`marks`), how many went where, and by which `rules` left out."""
    counts = Counter((mark.kind, mark.went) for mark in marks)
    rules = Counter((mark.kind, mark.rule) for mark in marks if mark.went == "left_out")
    rows: list[AnswerRow] = []
    for kind in KINDS:
        gone: AnswerRow = {went: counts[kind, went] for went in WENT}
        named = [f"{rule} {times}" for (of, rule), times in rules.most_common() if of == kind]
        whole = sum(counts[kind, went] for went in WENT)
        rows.append({"mark": kind, "marks": whole} | gone | {"rules": ", ".join(named) or None})
    return tuple(rows)


class _Places:
    """Stretches of a text, to ask whether one of them overlaps a place."""

    def __init__(self, length: int, spans: Iterator[Span]) -> None:
        self._covered = bytearray(length)
        for span in spans:
            self._covered[span.start : span.end] = b"\x01" * (span.end - span.start)

    def touch(self, start: int, end: int) -> bool:
        """Tell whether one of the stretches shares a character with [start, end)."""
        return self._covered.find(1, start, end) >= 0


class _Census:
    def __init__(self, parts: DocumentParts, reading: Reading, account: TextAccount) -> None:
        self.parts, self.reading, self.account = parts, reading, account
        self.document: Document = parts.document
        length = len(reading.text)
        named = [unit for task in reading.tasks for unit in (*task.units, *task.actors)]
        self.units = _Places(length, (unit.span for unit in named))
        self.names = {
            (task.span.start, task.span.end): {squeeze(unit.surface) for unit in (*task.units, *task.actors)}
            for task in reading.tasks
        }
        self.bodies = sorted(self.names)
        self.clauses = _Places(length, (span for unit in named for span in (unit.span, unit.clause) if span))
        targets = [target for task in reading.tasks for target in task.targets]
        deadlines = [task.deadline.span for task in reading.tasks if task.deadline]
        self.deadlines = _Places(length, iter(deadlines))
        self.times = _Places(length, iter((*deadlines, *(target.span for target in targets))))
        self.parts_due = _Places(length, (unit.deadline.span for unit in named if unit.deadline))
        self.lengths = [
            (one.span, one.value) for one in targets if one.value is not None and _DURATION.search(one.unit or "")
        ]
        self.issues = _Places(length, (issue.span for issue in reading.issues if issue.span))
        self.titles = [bare(policy.title) for policy in reading.policies if policy.title]
        self.numbers = {bare(policy.doc_number) for policy in reading.policies if policy.doc_number}
        self.named = _Places(length, (span for policy in reading.policies for span in _all(policy)))
        self.items = self._items()
        self._starts = [part.span.start for part in account.parts]

    def _items(self) -> set[int]:
        """Return where the items of the outline, of annexes and of tables begin, in the text as loaded."""
        outward = self.parts.compact.outward
        starts: set[int] = set()
        for article in self.parts.articles:
            nodes = [*article.outline.walk()]
            nodes += [
                node
                for one in article.lists
                if one.annex.pieces
                for node in build(self.document, one.annex.pieces).walk()
            ]
            for node in nodes:
                starts |= {outward(piece.span.start) for piece in (node.piece, *node.boxes)}
                starts |= {outward(one.span.start) for one in node.paragraphs if one.marker}
            starts |= {outward(one.span.start) for one in article.layout.listed}
        return starts

    def marks(self) -> Iterator[Mark]:
        """Yield the marks, kind by kind."""
        inner, outer = self.document.folded, self.parts.compact.outer
        # A copy breaks sentences over lines: the clause of a duty word is that of the text without such breaks.
        for match in _MARKS["duty"].finditer(inner):
            yield self._duty(match)
        for match in _MARKS["bound"].finditer(inner):
            yield self._date(match)
        folded = self.parts.compact.original.folded
        for match in _TITLE.finditer(folded):
            yield self._title(match)
        for number in find_numbers(folded):
            words = bare(folded[number.start : number.end])
            known = self.named.touch(number.start, number.end) or any(
                words in one or one in words for one in self.numbers
            )
            yield self._mark("number", Span(number.start, number.end), known)
        for line in self.document.lines:
            if length := _sign_length(self.document.plain(line.span)):
                span = self.parts.compact.outer(Span(line.span.start, line.span.start + length))
                yield self._mark("sign", span, span.start in self.items)
        for span, read in self._heads():
            yield self._mark("column", outer(span), read)

    def _duty(self, match: re.Match[str]) -> Mark:
        """Return the mark of a duty word: read where a unit stands in its own words or, where no rule passes over it, its sentence."""
        inner, outer = self.document.folded, self.parts.compact.outer
        place = outer(Span(*match.span()))
        own = outer(self._between(_COMMA, inner, match))
        if self.units.touch(own.start, own.end):
            return self._mark("duty", place, True)
        passed = self._passed("duty", match, self._mark("duty", place, False))
        whole = outer(self._between(_CLAUSE_SIGN, inner, match))
        if passed.went == "left_out":
            return passed
        read = self.clauses.touch(whole.start, whole.end)
        if not read and passed.went == "unclaimed":
            read = self._named_before(own) or self._carries_on(match)
        return self._mark("duty", place, True) if read else passed

    def _named_before(self, own: Span) -> bool:
        """Tell whether the words around a mark name a body that is read in its task where it was named first."""
        at = bisect_right(self.bodies, (own.start, len(self.reading.text) + 1)) - 1
        if at < 0 or own.start >= self.bodies[at][1]:
            return False
        words = squeeze(own.of(self.reading.text))
        return any(name in words for name in self.names[self.bodies[at]])

    def _carries_on(self, match: re.Match[str]) -> bool:
        """Tell whether a sentence begins with the mark, so that its subject is the one of the sentence before: …局负责检修；负责登记."""
        sign = _NO_SUBJECT.search(self.document.folded, max(0, match.start() - _BEFORE), match.start())
        if sign is None or not match[0].startswith(_LAID):
            return False
        place = self.parts.compact.outer(Span(sign.start() - 1, sign.start()))
        return self.clauses.touch(place.start, place.end)

    def _passed(self, kind: MarkKind, match: re.Match[str], mark: Mark) -> Mark:
        """Return the mark at `match` of the compact text, left out where it is unclaimed and a rule passes over it."""
        if mark.went != "unclaimed":
            return mark
        rule = passed_by(kind, self.document.folded, Span(*match.span()))
        return replace(mark, went="left_out", rule=rule) if rule else mark

    def _date(self, match: re.Match[str]) -> Mark:
        """Return the mark of a date: a length (3日内) is read where it is a commitment itself, or no rule passes over it.

        合同签订后3日内缴纳50% commits to the share alone.
        """
        place = self.parts.compact.outer(Span(*match.span()))
        touched = self.times.touch(place.start, place.end)
        if not touched or not match[0].endswith("内") or self._counts(match, place):
            passed = self._passed("date", match, self._mark("date", place, touched))
            # The date of a body that does a part is read where no rule says that it is none.
            due = passed.went == "unclaimed" and self.parts_due.touch(place.start, place.end)
            return self._mark("date", place, True) if due else passed
        passed = self._passed("date", match, self._mark("date", place, False))
        return passed if passed.went == "left_out" else self._mark("date", place, True)

    def _counts(self, match: re.Match[str], place: Span) -> bool:
        """Tell whether a deadline holds a length, or the number of a target is its own."""
        if self.deadlines.touch(place.start, place.end):
            return True
        printed = _NUMBER.match(match[0])
        value = to_number(printed[0]) if printed else None
        return any(
            number == value and span.start < place.end and place.start < span.end for span, number in self.lengths
        )

    def _title(self, match: re.Match[str]) -> Mark:
        """Return the mark of a title: read where a policy is named there, or where no rule passes over it and one has that name."""
        span, words = Span(*match.span()), bare(match[1])
        named = self.named.touch(span.start, span.end)
        mark = self._mark("title", span, named)
        if mark.went == "unclaimed" and (rule := passed_by("title", self.parts.compact.original.folded, span)):
            return replace(mark, went="left_out", rule=rule)
        return self._mark("title", span, named or any(words in one or one in words for one in self.titles))

    @staticmethod
    def _between(sign: re.Pattern[str], folded: str, match: re.Match[str]) -> Span:
        """Return the stretch around a mark between two signs."""
        start, end = match.span()
        before = [stop.end() for stop in sign.finditer(folded, max(0, start - _REACH), start)]
        after = sign.search(folded, end, end + _REACH)
        first = before[-1] if before else max(0, start - _REACH)
        return Span(first, after.start() if after else min(len(folded), end + _REACH))

    def _heads(self) -> Iterator[tuple[Span, bool]]:
        """Yield the headings of columns: of drawn tables, and three or more in a row that stand one a line."""
        read = [table.span for article in self.parts.articles for one in article.lists for table in one.tables]
        for table in self.document.tables:
            heads = [cell.span for cell in table.cells if cell.row == 0 and _is_head(self.document, cell.span)]
            if len(heads) > 1:
                yield from ((head, table.span in read) for head in heads)
        run: list[Span] = []
        for line in (*self.document.lines, None):
            if line and _is_head(self.document, line.span):
                run.append(line.span)
                continue
            if len(run) >= _FEWEST:
                known = any(one.start <= run[0].start < one.end for one in read)
                yield from ((head, known) for head in run)
            run = []

    def _mark(self, kind: MarkKind, span: Span, read: bool) -> Mark:
        part = self._part(span.start)
        went: Went = "unclaimed"
        if read:
            went = "read"
        elif part.account == "left_out":
            went = "left_out"
        elif part.account == "unread" or self.issues.touch(span.start, span.end):
            went = "unread"
        elif part.rule in ("title", "fact"):
            went = "read"
        return Mark(kind, span, went, part.rule)

    def _part(self, place: int) -> TextPart:
        return self.account.parts[bisect_right(self._starts, place) - 1]


def _sign_length(line: str) -> int:
    """Return the length of the list sign that a folded line begins with, also where it stands alone; else 0."""
    sign = marker_at(line + "条", 0, len(line) + 1) if len(line) <= _ALONE else marker_at(line, 0, len(line))
    return min(sign.end, len(line)) if sign else 0


def _all(policy: PolicyMention) -> Iterator[Span]:
    for spans in policy.spans.values():
        yield from spans


def _is_head(document: Document, span: Span) -> bool:
    if not 0 < span.end - span.start <= _HEAD:
        return False
    words = document.plain(span)
    found = None if ":" in words.strip("*:") else column(words)
    return found is not None and found.kind in ("number", "name", "task", "unit", "time")
