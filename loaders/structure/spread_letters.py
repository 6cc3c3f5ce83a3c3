"""The blanks that a scanner puts between all the characters of a line: a reader reads over them."""

import re
from collections.abc import Iterator

from graph.model import Span
from loaders.read.document import Document

_BLANK = re.compile(r"(?<=\S) {1,2}(?=\S)")
# A shorter line may be a heading whose letters are set apart on purpose, and is read as that.
_SHORTEST = 12
# So large a part of the places between two characters holds a blank.
_SHARE = 0.8


def blanks_between_letters(document: Document, scope: Span) -> Iterator[Span]:
    """Yield the blanks of the lines inside `scope` of which nearly every character is followed by one."""
    for line in document.lines_of(scope):
        start, end = max(line.span.start, scope.start), min(line.span.end, scope.end)
        if end - start < _SHORTEST or document.folded.find(" ", start, end) < 0:
            continue
        blanks = list(_BLANK.finditer(document.folded, start, end))
        letters = end - start - sum(blank.end() - blank.start() for blank in blanks)
        if len(blanks) >= _SHARE * (letters - 1):
            yield from (Span(*blank.span()) for blank in blanks)
