"""Finding the brackets in a task's text that say who carries it."""

import re
from collections.abc import Iterator
from functools import cached_property

from graph.issues import IssueLog
from graph.model import Span
from graph.text import trim
from loaders.extract.units.unit_drafts import FoundDuty, ListReading
from loaders.extract.units.unit_lists import ListReader, report
from loaders.extract.units.unit_names import is_collective, is_unit_name
from loaders.extract.units.unit_roles import column_role
from loaders.patterns.pattern_files import by_name, load_words
from loaders.read.document import Document

_PATTERNS = by_name("units")
# How far a bracket may run, in characters.
REACH = 600
_HEADING = _PATTERNS["heading"]
_FOR_ALL = _PATTERNS["for_all"]
_OPEN, _CLOSE = "([〔【", ")]〕】"
_SIGN = re.compile(r"[(\[〔【)\]〕】]")
_BRACKET = re.compile(r"[(\[〔【]")
_NEW_ITEM = _PATTERNS["new_item"]
_SAID = _PATTERNS["bracket_says"]
_PLACES = frozenset(load_words("units")["PLACES"])
_PLACE = _PATTERNS["only_place"]
_LAST_WORD = re.compile(r"[\u4e00-\u9fff]{2,16}\s{0,2}\Z")
_GIVES = _PATTERNS["bracket_gives"]
# A longer stretch is no name.
_NAME = 40
_TAIL = frozenset(" \t\u3000\n。;.,、*_")


class BracketFinder:
    """Looks for brackets of duties in one stretch of a document."""

    def __init__(self, document: Document, span: Span, issues: IssueLog) -> None:
        """Look at `span`; what is in scope and not understood goes to `issues`."""
        self.document = document
        self.folded = document.folded
        self.span = span
        self.issues = issues

    def duties(self) -> Iterator[FoundDuty]:
        """Yield every duty in brackets, in printed order."""
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
        closed = self._pairs.get(opened)
        if closed is None or closed - opened > REACH or _NEW_ITEM.search(self.folded, opened, closed):
            return None
        return closed

    @cached_property
    def _pairs(self) -> dict[int, int]:
        """Where each bracket opens, and the place behind the sign that closes it, whatever the forms of both."""
        pairs: dict[int, int] = {}
        opened: list[int] = []
        for sign in _SIGN.finditer(self.folded, self.span.start, self.span.end):
            if sign.group() in _OPEN:
                opened.append(sign.start())
            elif opened:
                pairs[opened.pop()] = sign.end()
        return pairs

    def _unclosed(self, opened: int) -> FoundDuty | None:
        """Read a bracket that is never closed to the end of its line, if a heading says that it holds units."""
        start, end = trim(self.folded, opened + 1, min(self._line_end(opened), opened + REACH))
        heading = _HEADING.match(self.folded, start, end)
        if heading is None or not heading["colon"] or column_role(heading["head"]) is None:
            return None
        self.issues.add(
            "bracket-open",
            Span(opened, end),
            "a bracket of duties is not closed; read to the end of its line",
        )
        return self._read_declared(Span(start, end), Span(opened, end), "bracket-headed")

    def _bracket(self, opened: int, closed: int) -> FoundDuty | None:
        start, end = trim(self.folded, opened + 1, closed - 1)
        # What it says of other tasks too (以下均由…) is read by itself.
        if told := _FOR_ALL.search(self.folded, start, end):
            end = trim(self.folded, start, told.start(), "。;,")[1]
        if end - start < 2:
            return None
        inside, outside = Span(start, end), Span(opened, closed)
        if self._headed(inside):
            return self._read_declared(inside, outside, "bracket-headed")
        ends = self._closes_item(closed)
        closes = ends or self._stands_apart(opened, closed)
        if not closes and not _SAID.search(self.folded, start, end):
            return None
        reading = ListReader(self.document, inside, declared=False).read(None)
        if reading.drafts and reading.verbs and reading.unread and ends and self._gives(start, end, reading):
            return self._read_declared(inside, outside, "bracket-verb")
        if not reading.drafts or reading.unread or (reading.objects and not closes):
            return None
        if reading.verbs:
            return FoundDuty(reading, outside, "bracket-verb")
        named = ends or not all(one.collective for one in reading.drafts)
        if closes and named and not self._only_places(reading) and not self._second_name(opened, reading):
            return FoundDuty(reading, outside, "bracket-bare")
        return None

    def _gives(self, start: int, end: int, reading: ListReading) -> bool:
        """Tell whether a bracket behind an item gives it to bodies, whatever names it has beside those that are known.

        It ends with the verb (市财政局、人行中支按职责分工负责), and is no sentence of its own.
        """
        said = _GIVES.search(self.folded, start, end)
        return said is not None and all(one.end - one.start <= _NAME for one in reading.unread)

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
        at = closed
        end = min(self._line_end(closed), closed + REACH)
        while at < end:
            if self.folded[at] in _TAIL or self.folded[at] in _CLOSE:
                at += 1
            elif (behind := self._pairs.get(at)) is not None and at - closed < REACH // 4:
                at = behind
            else:
                return False
        return True

    def _stands_apart(self, opened: int, closed: int) -> bool:
        """Tell whether a sentence ends right before or behind the bracket, in text without line breaks."""
        before = self.folded[max(self.span.start, opened - 1) : opened]
        return before in ("。", ";") or self.folded[closed : closed + 1] in ("。", ";")

    def _only_places(self, reading: ListReading) -> bool:
        return all(not one.collective and _PLACE.search(self.folded, one.start, one.end) for one in reading.drafts)

    def _second_name(self, opened: int, reading: ListReading) -> bool:
        """Tell whether the bracket stands behind a name, as its second name does, and not behind a sentence."""
        line = max(self.folded.rfind("\n", self.span.start, opened) + 1, self.span.start)
        before = _LAST_WORD.search(self.folded[max(line, opened - 16) : opened])
        if before is None:
            return False
        word = before.group().strip()
        placed = (word[at:] for at in range(len(word) - 1) if word[at] in _PLACES)
        if any(is_unit_name(name) and not is_collective(name) for name in placed):
            return True
        return len(reading.drafts) == 1 and is_unit_name(word)

    def _read_declared(self, inside: Span, outside: Span, rule: str) -> FoundDuty | None:
        reading = ListReader(self.document, inside, declared=True).read(None)
        report(reading, self.issues)
        return FoundDuty(reading, outside, rule) if reading.drafts else None

    def _line_end(self, at: int) -> int:
        end = self.folded.find("\n", at, self.span.end)
        return self.span.end if end < 0 else end
