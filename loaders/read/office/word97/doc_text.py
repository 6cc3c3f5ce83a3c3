"""The shown text of a DOC as paragraphs: without what is deleted, hidden, or only names a field."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import compress

from loaders.read.office.leftovers import Leftovers
from loaders.read.office.word97.doc_file import DocFile, words
from loaders.read.office.word97.doc_properties import PropertyRuns
from loaders.read.office.word97.doc_styles import LEVEL_OF_LIST, LIST

CELL_END = "\x07"
_END = re.compile("[\r\x07\x0c]")
_FIELD = re.compile("[\x13\x14\x15]")
_PRINTED = str.maketrans({"\x0b": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": None})
_DELETED, _INSERTED, _HIDDEN, _BOLD = 0x0800, 0x0801, 0x083C, 0x0835
_IN_TABLE, _ROW_END, _INNER_ROW_END, _OUTLINE, _CENTRED = 0x2416, 0x2417, 0x244C, 0x2640, (0x2403, 0x2461)
_HEADINGS = range(1, 10)
"""The numbers of the styles of headings; they are the same in every document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocParagraph:
    """A paragraph: its words, what ends it, and what is said of it."""

    text: str
    end: str
    style: int
    listed: int | None
    level: int | None
    heading: int | None
    strong: bool
    in_table: bool
    row_end: bool
    properties: tuple[tuple[int, bytes], ...]


@dataclass(slots=True)
class DocText:
    """The paragraphs of a document; `leftovers` counts what of it is not shown."""

    file: DocFile
    leftovers: Leftovers = field(default_factory=Leftovers)
    _kept: bytearray = field(default_factory=bytearray)
    _bold: list[tuple[int, int]] = field(default_factory=list)
    _said: PropertyRuns = field(init=False)

    def __post_init__(self) -> None:
        """Find what of the text is shown."""
        self._kept = bytearray(b"\x01") * len(self.file.text)
        self._said = PropertyRuns(self.file, of_paragraphs=True)
        self._of_characters()
        self._of_fields()

    def paragraphs(self, start: int, end: int) -> Iterator[DocParagraph]:
        """Yield the paragraphs of a part of the text."""
        kept = self._kept[start:end]
        shown = "".join(compress(self.file.text[start:end], kept))
        places = list(compress(range(start, end), kept))
        at = 0
        for match in _END.finditer(shown):
            yield self._paragraph(shown[at : match.start()], match[0], places[at], places[match.start()])
            at = match.end()
        if shown[at:].strip():
            yield self._paragraph(shown[at:], "\r", places[at], places[-1])

    def _paragraph(self, text: str, end: str, first: int, last: int) -> DocParagraph:
        row = self._said.at(self.file.place(last))
        said = tuple(self._said.said(row[2:]))
        by_code = dict(said)
        style = int.from_bytes(row[:2], "little") if len(row) >= 2 else 0
        outline = by_code.get(_OUTLINE)
        heading = style if style in _HEADINGS else None
        if outline is not None:
            heading = outline[0] + 1 if outline[0] < len(_HEADINGS) else None
        centred = any(by_code.get(code) == b"\x01" for code in _CENTRED)
        plain = words(text.translate(_PRINTED))
        return DocParagraph(
            text=plain,
            end=end,
            style=style,
            listed=_number(by_code.get(LIST)),
            level=_number(by_code.get(LEVEL_OF_LIST)),
            heading=heading,
            strong=bool(plain.strip()) and (centred or self._is_bold(first, last)),
            in_table=end == CELL_END or by_code.get(_IN_TABLE) == b"\x01",
            row_end=by_code.get(_ROW_END) == b"\x01" or by_code.get(_INNER_ROW_END) == b"\x01",
            properties=said,
        )

    def _is_bold(self, first: int, last: int) -> bool:
        """Tell whether a stretch of the text is bold from end to end."""
        here, behind = self.file.place(first), self.file.place(max(last - 1, first))
        at = bisect_right(self._bold, (here, len(self.file.main))) - 1
        return at >= 0 and here < self._bold[at][1] and behind < self._bold[at][1]

    def _of_characters(self) -> None:
        runs = PropertyRuns(self.file, of_paragraphs=False)
        for start, end, row in runs.runs:
            codes = {code for code, operand in runs.said(row) if operand[:1] == b"\x01"}
            if _BOLD in codes:
                self._add_bold(start, end)
            self.leftovers.inserted += _INSERTED in codes
            self.leftovers.deleted += _DELETED in codes
            self.leftovers.hidden += _HIDDEN in codes and _DELETED not in codes
            if codes & {_DELETED, _HIDDEN}:
                for first, last in self.file.characters(start, end):
                    self._kept[first:last] = bytes(last - first)

    def _add_bold(self, start: int, end: int) -> None:
        """Note a bold stretch; those that follow each other are one."""
        if self._bold and self._bold[-1][1] == start:
            self._bold[-1] = (self._bold[-1][0], end)
        else:
            self._bold.append((start, end))

    def _of_fields(self) -> None:
        """Leave out the names of fields: what stands between the beginning and the separator, or the end of one."""
        begun: list[int] = []
        for match in _FIELD.finditer(self.file.text):
            if match[0] == "\x13":
                begun.append(match.start())
            elif begun:
                start = begun[-1] if match[0] == "\x14" else begun.pop()
                if match[0] == "\x14":
                    begun[-1] = match.start()
                elif self.file.text[start] == "\x14":
                    start = match.start()
                self._kept[start : match.end()] = bytes(match.end() - start)


def _number(operand: bytes | None) -> int | None:
    return None if operand is None else int.from_bytes(operand, "little")
