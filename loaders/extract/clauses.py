"""The clauses of one sentence: what stands between its commas, brackets passed over."""

import re
from bisect import bisect_left

_MARK = re.compile(r"[,;:。!?()]")


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
