"""Finding where a task's text says who carries it: brackets, headed lines, closing sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph.issues import IssueLog
from graph.model import Span, UnitMention
from graph.text import trim
from loaders.document import Document
from loaders.extract.unit_lists import ListReader, ListReading, let_first_lead, numbered, report
from loaders.extract.unit_names import is_unit_name
from loaders.extract.unit_patterns import pattern
from loaders.extract.unit_roles import column_role

_HEADING = pattern("heading")
_VERB = pattern("verb")
_ASSIGNED = pattern("assigned")
_OPEN, _CLOSE = "([〔【", ")]〕】"
_BRACKET = re.compile(r"[(\[〔【]")
_SENTENCE_END = re.compile(r"[。;!?]")
# A page's own foot has such headings too; they tell of a duty inside a bracket only.
_FOOT = re.compile(r"主办|承办|主管|监督|指导|建设|支持|联系")
_NEW_ITEM = re.compile(
    r"\n\s*(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,3}[.、]|第[一二三四五六七八九十]{1,3}[章节条])"
)
# How far a bracket may run, in characters.
REACH = 600
_LINE_START = re.compile(r"[\s*_#>·•\-【〔\[(]*")
_TAIL = re.compile(r"[\s。;.,、*_]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One statement of who carries a task.

    `span` holds the whole bracket, line or sentence; `rest` what stands among the units and is none, such as
    `6月底完成`; `rule` says in which form it was printed.
    """

    units: tuple[UnitMention, ...]
    span: Span
    rest: tuple[Span, ...]
    rule: str


def find_duties(document: Document, span: Span, *, first_leads: bool, issues: IssueLog) -> tuple[Duty, ...]:
    """Return every statement in `span`, the text of one task, of who carries it, in printed order.

    `first_leads`: the document says once that the first unit of every list leads. Units are numbered over all.
    """
    finder = _Finder(document, span, first_leads=first_leads, issues=issues)
    duties = sorted(finder.duties(), key=lambda duty: duty.span.start)
    placed: list[Duty] = []
    count = 1
    for duty in duties:
        units = tuple(numbered(duty.units, count))
        count += len(units)
        placed.append(replace(duty, units=units))
    return tuple(placed)


class _Finder:
    """Looks through the text of one task."""

    def __init__(self, document: Document, span: Span, *, first_leads: bool, issues: IssueLog) -> None:
        self.document = document
        self.folded = document.folded
        self.span = span
        self.first_leads = first_leads
        self.issues = issues

    def duties(self) -> list[Duty]:
        """Return the duties in brackets, then those in lines and sentences outside of them."""
        found = list(self._brackets())
        taken = [duty.span for duty in found]
        for start, end in self._between(taken):
            found.extend(self._lines(start, end))
        return found

    def _between(self, taken: list[Span]) -> Iterator[tuple[int, int]]:
        at = self.span.start
        for one in taken:
            yield at, one.start
            at = one.end
        yield at, self.span.end

    # Brackets.

    def _brackets(self) -> Iterator[Duty]:
        at = self.span.start
        while opened := _BRACKET.search(self.folded, at, self.span.end):
            at = opened.end()
            closed = self._closing(opened.start())
            duty = self._bracket(opened.start(), closed) if closed else self._unclosed(opened.start())
            if duty is not None:
                yield duty
                at = duty.span.end

    def _closing(self, opened: int) -> int | None:
        """Return the place behind the sign that closes the bracket, whatever its form; None where none does."""
        depth = 0
        limit = min(opened + REACH, self.span.end)
        for at in range(opened, limit):
            char = self.folded[at]
            if char in _OPEN:
                depth += 1
            elif char in _CLOSE:
                depth -= 1
                if depth == 0:
                    return None if _NEW_ITEM.search(self.folded, opened, at) else at + 1
        return None

    def _unclosed(self, opened: int) -> Duty | None:
        """Read a bracket that is never closed to the end of its line, if a heading says that it holds units."""
        start, end = trim(self.folded, opened + 1, self._line_end(opened))
        heading = _HEADING.match(self.folded, start, end)
        if heading is None or not heading["colon"] or column_role(heading["head"]) is None:
            return None
        self.issues.add(
            "bracket-open",
            Span(opened, end),
            "a bracket of duties is not closed; read to the end of its line",
        )
        return self._read(Span(start, end), Span(opened, end), "bracket-headed", declared=True)

    def _bracket(self, opened: int, closed: int) -> Duty | None:
        start, end = trim(self.folded, opened + 1, closed - 1)
        if end - start < 2:
            return None
        inside, outside = Span(start, end), Span(opened, closed)
        if self._headed(inside):
            return self._read(inside, outside, "bracket-headed", declared=True)
        if _VERB.search(self.folded[max(start, end - 40) : end]) or "牵头" in self.folded[start:end]:
            return self._read(inside, outside, "bracket-verb", declared=False)
        if self._closes_item(closed) and not self._second_name(opened, start, end):
            return self._read(inside, outside, "bracket-bare", declared=False)
        return None

    def _headed(self, inside: Span) -> bool:
        for one in _HEADING.finditer(self.folded, inside.start, inside.end):
            leading = one.start() == inside.start
            if (one["colon"] or leading) and column_role(one["head"]) is not None and one.end() < inside.end:
                before = self.folded[one.start() - 1] if not leading else ","
                if before in ",;、。( \n\t*":
                    return True
        return False

    def _closes_item(self, closed: int) -> bool:
        """Tell whether nothing of the item's line follows but signs and further brackets."""
        rest = self.folded[closed : self._line_end(closed)]
        depth = 0
        for char in rest:
            depth += (char in _OPEN) - (char in _CLOSE)
            if depth == 0 and char not in _CLOSE and not _TAIL.fullmatch(char):
                return False
        return True

    def _second_name(self, opened: int, start: int, end: int) -> bool:
        """Tell whether a bracket stands behind a name, as its second name does, and not behind a sentence."""
        line = max(self.folded.rfind("\n", self.span.start, opened) + 1, self.span.start)
        before = self.folded[line:opened].rstrip()
        if not before or before[-1] in "。;!?:,\"'*)]〕】》":
            return False
        return any(is_unit_name(before[-size:]) for size in range(2, min(len(before), 10) + 1))

    def _read(self, inside: Span, outside: Span, rule: str, *, declared: bool) -> Duty | None:
        reader = ListReader(self.document, inside, rule=rule, declared=declared)
        reading = reader.read(None)
        if not declared and not (reading.strict and (reading.verbs or rule == "bracket-bare")):
            return None
        if declared:
            report(reading, self.issues)
        if not reading.mentions:
            return None
        return self._duty(reading, outside, rule)

    def _duty(self, reading: ListReading, outside: Span, rule: str) -> Duty:
        units = let_first_lead(reading.mentions) if self.first_leads else reading.mentions
        return Duty(units=tuple(units), span=outside, rest=tuple(reading.rest), rule=rule)

    # Lines and sentences.

    def _line_end(self, at: int) -> int:
        end = self.folded.find("\n", at, self.span.end)
        return self.span.end if end < 0 else end

    def _lines(self, start: int, end: int) -> Iterator[Duty]:
        at = start
        while at < end:
            stop = self.folded.find("\n", at, end)
            stop = end if stop < 0 else stop
            duty = self._headed_line(at, stop, end) or self._assigned(at, stop)
            if duty is not None:
                yield duty
            at = max(stop + 1, duty.span.end if duty else 0)

    def _headed_line(self, start: int, stop: int, end: int) -> Duty | None:
        heading = self._line_heading(start, stop)
        if heading is None:
            return None
        while (following := self._next_line(stop, end)) and self._goes_on(heading, stop, following):
            stop = following[1]
        first = self._behind_mark(start, heading)
        close = _SENTENCE_END.search(self.folded, self._last_heading(heading, stop), stop)
        last = close.start() if close and close.group() == "。" else stop
        inside = Span(*trim(self.folded, heading, last, "*_。"))
        return self._read(inside, Span(first, inside.end), "line-headed", declared=True)

    def _line_heading(self, start: int, stop: int) -> int | None:
        """Return where a heading of units begins that opens the line or follows a sentence in it."""
        for one in _HEADING.finditer(self.folded, start, stop):
            if not one["colon"] or _FOOT.search(one["head"]) or column_role(one["head"]) is None:
                continue
            before = self.folded[start : one.start()].rstrip(" \t*_【〔[(")
            if not before.strip("*_#>·• \t-") or before[-1] in "。;!?)]〕】":
                return one.start()
        return None

    def _behind_mark(self, start: int, heading: int) -> int:
        while heading > start and self.folded[heading - 1] in "*_【〔[(":
            heading -= 1
        return heading

    def _last_heading(self, start: int, stop: int) -> int:
        return max(one.end() for one in _HEADING.finditer(self.folded, start, stop) if one["colon"])

    def _next_line(self, stop: int, end: int) -> tuple[int, int] | None:
        first, _ = trim(self.folded, stop, end)
        if first >= end:
            return None
        line = self.folded.find("\n", first, end)
        return first, end if line < 0 else line

    def _goes_on(self, heading: int, stop: int, following: tuple[int, int]) -> bool:
        """Tell whether the next line belongs to the list: it has a heading, or this one ends inside the list."""
        head = _HEADING.match(self.folded, self._skip(following[0], following[1]), following[1])
        if head is not None and head["colon"]:
            return True
        line = self.folded[heading:stop].rstrip(" \t*_")
        return line[-1:] in "、:" and following[1] - following[0] < REACH

    def _skip(self, start: int, end: int) -> int:
        found = _LINE_START.match(self.folded, start, end)
        return found.end() if found else start

    def _assigned(self, start: int, stop: int) -> Duty | None:
        """Read a line's last sentence that gives the task as a whole to units: 由…牵头,…配合."""
        first, last = trim(self.folded, start, stop, "。;")
        cuts = [one.end() for one in _SENTENCE_END.finditer(self.folded, first, last)]
        first = trim(self.folded, cuts[-1] if cuts else first, last)[0]
        opening = _ASSIGNED.match(self.folded[first:last])
        if last - first > 300 or not _VERB.search(self.folded[max(first, last - 40) : last]):
            return None
        if opening is None and "牵头" not in self.folded[first:last]:
            return None
        inside = Span(first + (opening.end() if opening else 0), last)
        reader = ListReader(self.document, inside, rule="sentence", declared=False)
        reading = reader.read(None)
        if (
            not reading.strict
            or not reading.verbs
            or reading.rest
            or all(one.collective for one in reading.mentions)
        ):
            return None
        return self._duty(reading, Span(first, last), "sentence")
