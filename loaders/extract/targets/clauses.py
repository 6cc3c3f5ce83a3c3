"""The sentences of a text, and the clauses of one: what stands between its commas, brackets passed over."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from graph.model import Span
from loaders.patterns.pattern_files import by_name

_MARK = re.compile(r"[,;:。!?()]")
_STOP = re.compile(r"[。!?]|\n\s{0,40}\n|\n")
_GOES_ON = by_name("targets")["goes_on"]
_LONGEST = 1000


class Clauses:
    """The clauses of folded[start:end], found from any place in them."""

    def __init__(self, folded: str, start: int, end: int) -> None:
        """Collect the marks of the sentence, without those inside a number (1,200) or a ratio (1:2)."""
        self.folded, self.start, self.end = folded, start, end
        self._marks = [match.start() for match in _MARK.finditer(folded, start, end) if not self._inside(match.start())]

    def at(self, place: int) -> tuple[int, int]:
        """Return the clause around `place`: between , ; : and the ends, or inside a bracket of its own.

        A bracket that `place` does not stand in is passed over with all that it holds.
        """
        index = bisect_left(self._marks, place)
        left = self._edge(range(index - 1, -1, -1), "(", ")", self.start)
        return left, self._edge(range(index, len(self._marks)), ")", "(", self.end)

    def _edge(self, indices: range, opens: str, closes: str, limit: int) -> int:
        depth = 0
        for index in indices:
            place = self._marks[index]
            char = self.folded[place]
            if char == closes:
                depth += 1
            elif char == opens:
                if depth == 0:
                    return place + (indices.step < 0)
                depth -= 1
            elif depth == 0:
                return place + (indices.step < 0)
        return limit

    def _inside(self, place: int) -> bool:
        before, after = self.folded[place - 1 : place], self.folded[place + 1 : place + 4]
        if self.folded[place] == ",":
            return before.isdigit() and len(after) == 3 and after.isdigit()
        return self.folded[place] == ":" and before.isdigit() and after[:1].isdigit()


def sentences(folded: str, span: Span) -> Iterator[tuple[int, int]]:
    """Yield the sentences: up to 。, or to the end of a line that stands alone (a heading, a cell)."""
    start = span.start
    for mark in _STOP.finditer(folded, span.start, span.end):
        if mark[0][0] == "\n" and not _ends(folded, start, mark, span.end):
            continue
        yield from _bounded(folded, start, mark.start())
        start = mark.end()
    yield from _bounded(folded, start, span.end)


def _bounded(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentence, one that no full stop ends for pages in pieces: the work grows with the square of its length."""
    while end - start > _LONGEST:
        cut = max(folded.rfind(sign, start + 1, start + _LONGEST) for sign in ";,\n")
        cut = cut if cut > start else start + _LONGEST
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _ends(folded: str, start: int, mark: re.Match[str], stop: int) -> bool:
    """Tell whether a line break ends a sentence: not one that a copy put inside a sentence or a date."""
    line = folded[max(start, folded.rfind("\n", start, mark.start()) + 1) : mark.start()].strip()
    following = folded[mark.end() : min(stop, mark.end() + 30)].lstrip()
    if not line or not following:
        return False
    if line[-1].isdigit() or _GOES_ON.match(following):
        return False
    return len(mark[0]) > 1 or (line[-1] not in ",;:、(" and len(line) <= 30)
