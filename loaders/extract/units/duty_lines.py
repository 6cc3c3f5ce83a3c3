"""Finding the lines and closing sentences of a task's text that say who carries it."""

import re
from collections.abc import Iterator

from graph.issues import IssueLog
from graph.model import Span
from graph.text import trim
from loaders.extract.deadlines.deadline_kinds import says_when
from loaders.extract.deadlines.years import Years
from loaders.extract.units.unit_cutting import VERB_ENDS
from loaders.extract.units.unit_drafts import FoundDuty, ListReading
from loaders.extract.units.unit_lists import ListReader, report
from loaders.extract.units.unit_names import is_unit_name
from loaders.extract.units.unit_roles import column_role
from loaders.patterns.pattern_files import by_name, load_words
from loaders.read.document import Document

_PATTERNS = by_name("units")
_HEADING = _PATTERNS["heading"]
_VERB = _PATTERNS["verb"]
_ASSIGNED = _PATTERNS["assigned"]
_SENTENCE_END = re.compile(r"[。;!?]")
_FOOT = _PATTERNS["foot"]
_CLAUSE = re.compile(r";")
_LEAD = _PATTERNS["lead"]
_SAYS = _PATTERNS["says"]
_COLON = _PATTERNS["closes_heading"]
_LINE_START = re.compile(r"[\s*_#>·•\-【〔\[(]{0,20}")
_PART = _PATTERNS["does_part"]
# How long a clause that says when may be.
_LONG_CLAUSE = 40
# How long a sentence that names only units may be, a line that goes on with a list, and all lines of a list.
_LONG_SENTENCE, _LONG_LINE, _LONG_LIST, _MANY_LINES = 300, 600, 1500, 40
# What gives a duty ends with its verb, or says who leads and behind that when it is done: most sentences do not.
_LAST = frozenset(load_words("roles")["DONE_ENDS"])


class LineFinder:
    """Looks for headed lines and closing sentences of duties in one stretch of a document."""

    def __init__(self, document: Document, span: Span, issues: IssueLog) -> None:
        """Look at `span`; what is in scope and not understood goes to `issues`."""
        self.document = document
        self.folded = document.folded
        self.span = span
        self.issues = issues

    def duties(self) -> Iterator[FoundDuty]:
        """Yield every duty in a line or sentence, in printed order."""
        at, end = self.span.start, self.span.end
        while at < end:
            stop = self.folded.find("\n", at, end)
            stop = end if stop < 0 else stop
            duty = self._headed_line(at, stop, end)
            if duty is not None:
                yield duty
            else:
                yield from self._assigned(at, stop)
            at = max(stop + 1, duty.span.end if duty else 0)

    def _headed_line(self, start: int, stop: int, end: int) -> FoundDuty | None:
        heading = self._line_heading(start, stop)
        if heading is None:
            return None
        reach = min(end, heading + _LONG_LIST)
        for _ in range(_MANY_LINES):
            following = self._next_line(stop, reach)
            if following is None or not self._goes_on(heading, stop, following):
                break
            stop = following[1]
        first = self._behind_mark(start, heading)
        close = _SENTENCE_END.search(self.folded, self._last_heading(heading, stop), stop)
        last = close.start() if close and close.group() == "。" else stop
        inside = Span(*trim(self.folded, heading, last, "*_。"))
        reading = ListReader(self.document, inside, declared=True).read(None)
        if reading.objects or len(reading.unread) * 3 > len(reading.drafts):
            # A heading with running text behind it: who does which step, not who carries the task.
            self.issues.add("duty-unread", inside, "a heading of units with more than names behind it")
            return None
        report(reading, self.issues)
        return FoundDuty(reading, Span(first, inside.end), "line-headed") if reading.drafts else None

    def _line_heading(self, start: int, stop: int) -> int | None:
        """Return where a heading of units begins that opens the line or follows a sentence in it."""
        if not _COLON.search(self.folded, start, stop):
            return None
        for heading in _HEADING.finditer(self.folded, start, stop):
            head = heading["head"]
            if not heading["colon"] or _FOOT.search(head) or column_role(head) is None:
                continue
            before = self.folded[start : heading.start()].rstrip(" \t*_【〔[(")
            if not before.strip("*_#>·• \t-") or before[-1] in "。;!?)]〕】":
                return heading.start()
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
        """Tell whether the next line belongs to the list.

        It has a heading; or the line before ends inside the list; or every line below the heading is a name.
        """
        head = _HEADING.match(self.folded, self._skip(following[0], following[1]), following[1])
        if head is not None and head["colon"]:
            return True
        lines = [line.strip(" \t*_") for line in self.folded[heading:stop].split("\n")]
        last = next((line for line in reversed(lines) if line), "")
        if last[-1:] in "、:":
            return following[1] - following[0] < _LONG_LINE
        return lines[0][-1:] == ":" and is_unit_name(self.folded[following[0] : following[1]].strip())

    def _skip(self, start: int, end: int) -> int:
        found = _LINE_START.match(self.folded, start, end)
        return found.end() if found else start

    def _assigned(self, start: int, stop: int) -> Iterator[FoundDuty]:
        """Yield what the sentences of a line say that give the task as a whole to units: 由…牵头,…配合."""
        at = start
        for cut in (*_SENTENCE_END.finditer(self.folded, start, stop), None):
            end = cut.start() if cut else stop
            if cut is None or cut.group() != ";":
                _, last = trim(self.folded, at, end, "。;")
                if last <= at or not (self.folded[last - 1] in _LAST or _SAYS.search(self.folded, at, last)):
                    at = cut.end() if cut else stop
                    continue
                # 甲局牵头;乙局配合。 is one statement; of other sentences only the last part may be one.
                parts = [at, *(one.end() for one in _CLAUSE.finditer(self.folded, at, end))]
                found = (self._sentence(one, end) for one in dict.fromkeys((parts[0], parts[-1])))
                if duty := next((one for one in found if one), None):
                    yield duty
                at = cut.end() if cut else stop

    def _sentence(self, start: int, stop: int) -> FoundDuty | None:
        """Return what a sentence says of who carries the task; None where it says anything else."""
        first, last = trim(self.folded, start, stop, "。;")
        when = self._when_behind(first, last)
        last = when.start - 1 if when else last
        if first == last or last - first > _LONG_SENTENCE or self.folded[last - 1] not in VERB_ENDS:
            return None
        if not _VERB.search(self.folded[max(first, last - 40) : last]):
            return None
        opening = _ASSIGNED.match(self.folded[first:last])
        inside = Span(first + (opening.end() if opening else 0), last)
        reading = ListReader(self.document, inside, declared=False, strict=True).read(None)
        if not reading.strict or not reading.verbs or reading.rest:
            return None
        if opening is None and not self._says_so(reading, inside):
            return None
        if when:
            reading.rest.append(when)
        return FoundDuty(reading, Span(first, last), "sentence")

    def _when_behind(self, first: int, last: int) -> Span | None:
        """Return the last clause of a sentence if it says when: 此项工作由市交通运输局牵头,12月底前完成."""
        mark = max(self.folded.rfind(sign, first, last) for sign in ",;")
        if mark < 0 or last - mark > _LONG_CLAUSE or not says_when(self.folded, mark + 1, last, Years(), "sentence"):
            return None
        return Span(mark + 1, last)

    def _says_so(self, reading: ListReading, inside: Span) -> bool:
        """Tell whether a sentence without 由 gives a duty: who leads or is responsible is named, and not only groups."""
        named = any(not one.collective and one.role in ("lead", "responsible") for one in reading.drafts)
        said = _SAYS.search(self.folded, inside.start, inside.end)
        led = _LEAD.search(self.folded, inside.start, inside.end)
        return bool(named and said) or (led is not None and not self._only_groups(reading))

    @staticmethod
    def _only_groups(reading: ListReading) -> bool:
        return all(one.collective for one in reading.drafts)


def parts_named(document: Document, span: Span) -> list[Span]:
    """Return where units are named for a part of what a task says (县教育局负责排查校舍), which makes none the task's own."""
    parts = []
    for part in _PART.finditer(document.folded, span.start, span.end):
        names = Span(*part.span("names"))
        if ListReader(document, names, declared=False, strict=True).read(None).strict:
            parts.append(Span(names.start, part.end()))
    return parts
