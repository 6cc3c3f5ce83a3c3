"""The body of a DOCX as text: paragraphs with their automatic numbers, tables with merged cells, boxes as furniture."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from loaders.read.office.docx_runs import Runs, end_is_deleted
from loaders.read.office.docx_styles import DocxStyles, ParagraphStyle
from loaders.read.office.leftovers import Leftovers
from loaders.read.office.list_numbers import ListNumbers
from loaders.read.office.word_xml import MC, W, below, number, value
from loaders.read.text_draft import DraftCell, TextDraft

TEXT_BOX = "text-box"
_NO_LIST = "0"
_DELETED_ROW = (f"{W}trPr/{W}del", f"{W}trPr/{W}moveFrom")
# They hold blocks and are none themselves.
_WRAPS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph as it is printed, with the boxes that are anchored in it."""

    text: str
    heading: int | None
    strong: bool
    listed: bool
    boxes: tuple[etree._Element, ...]


class DocxBody:
    """Writes the blocks of a document into a draft; `leftovers` counts what is not printed.

    Text boxes are furniture unless `boxes_are_text`: a document may be laid out in boxes altogether.
    """

    def __init__(self, draft: TextDraft, styles: DocxStyles, *, boxes_are_text: bool) -> None:
        """Begin with nothing counted."""
        self._draft = draft
        self._styles = styles
        self._numbers = ListNumbers(styles.lists)
        self._box = None if boxes_are_text else TEXT_BOX
        self._before = ""
        self.leftovers = Leftovers()

    def write(self, parent: etree._Element, furniture: str | None = None) -> None:
        """Write the blocks below an element; `furniture` says why they are none of the text."""
        for block in _blocks(parent):
            if block.tag == f"{W}p":
                self._write_paragraph(block, furniture)
            elif block.tag == f"{W}tbl":
                self._table(block, furniture)
            else:
                self.leftovers.objects["inserted file"] += 1
        if self._before:
            self._draft.add_lines(self._before, furniture=furniture)
            self._before = ""

    def _write_paragraph(self, element: etree._Element, furniture: str | None) -> None:
        printed = self._paragraph(element)
        if printed is None:
            return
        self._draft.add_lines(
            printed.text, heading=printed.heading, strong=printed.strong, listed=printed.listed, furniture=furniture
        )
        for box in printed.boxes:
            self.write(box, furniture or self._box)

    def _paragraph(self, element: etree._Element) -> _Paragraph | None:
        """Return a paragraph, None for one whose end was deleted: its words stand before those of the next."""
        said = below(element, "pPr")
        style = self._styles.style(value(said, "pStyle"))
        runs = Runs(self.leftovers, style.bold, style.hidden)
        runs.read(element)
        text = self._before + runs.text
        if said is not None and end_is_deleted(said):
            self._before = text
            return None
        self._before = ""
        filled = bool(text.strip())
        # A paragraph without words has its number too, and counts.
        sign, bullet = self._sign(said, style)
        outline = number(value(said, "outlineLvl"))
        heading = style.heading if outline is None else (outline + 1 if 0 <= outline < 9 else None)
        place = value(said, "jc")
        centred = style.centred if place is None else place == "center"
        strong = filled and (centred or runs.bold)
        return _Paragraph(sign + text.lstrip() if sign else text, heading, strong, bullet, tuple(runs.boxes))

    def _sign(self, said: etree._Element | None, style: ParagraphStyle) -> tuple[str, bool]:
        """Return the automatic number before a paragraph, and whether a bullet stands there."""
        own = value(said, "numPr/numId")
        at = number(value(said, "numPr/ilvl"))
        name, at = (style.listed, style.level if at is None else at) if own is None else (own, at)
        if name is None or name == _NO_LIST:
            return "", False
        found = self._numbers.level(name, at or 0)
        return self._numbers.printed(name, at or 0), found is not None and found.is_bullet

    # -- tables

    def _table(self, table: etree._Element, furniture: str | None) -> None:
        if table.find(f".//{W}tbl") is not None:
            self._laid_out(table, furniture)
            return
        cells: list[DraftCell] = []
        # The cell that goes on downwards, by the column of the grid where it begins.
        open_cells: dict[int, int] = {}
        boxes: list[etree._Element] = []
        for row, element in enumerate(_rows(table)):
            column = number(value(element, "trPr/gridBefore")) or 0
            for cell in _cells(element):
                across = max(number(value(cell, "tcPr/gridSpan")) or 1, 1)
                above = open_cells.get(column)
                words = self._words(cell, boxes)
                # Words in a cell that goes on another are hidden by no program alike: then it stands for itself.
                if _goes_on(cell) and above is not None and not words.strip():
                    covers = cells[above].covers
                    cells[above] = replace(cells[above], covers=(row - cells[above].row + 1, covers[1]))
                else:
                    open_cells[column] = len(cells)
                    cells.append(DraftCell(text=words, row=row, column=column, covers=(1, across)))
                column += across
        self._draft.add_table(cells, furniture=furniture)
        for box in boxes:
            self.write(box, furniture or self._box)

    def _laid_out(self, table: etree._Element, furniture: str | None) -> None:
        """Write a table that holds tables: it lays out a page, and what its cells hold follows each other."""
        for row in _rows(table):
            for cell in _cells(row):
                self.write(cell, furniture)

    def _words(self, cell: etree._Element, boxes: list[etree._Element]) -> str:
        """Return the words of a cell, a line for each paragraph; its text boxes are added to `boxes`."""
        lines = []
        for block in _blocks(cell):
            if block.tag == f"{W}p" and (printed := self._paragraph(block)):
                lines.append(printed.text)
                boxes += printed.boxes
        if self._before:
            lines.append(self._before)
            self._before = ""
        return "\n".join(lines)


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs, tables and inserted files below an element, in order."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl", f"{W}altChunk"):
            yield child
        elif child.tag in _WRAPS:
            yield from _blocks(child)
        elif child.tag == f"{MC}AlternateContent" and len(child):
            yield from _blocks(child[0])


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for row in _of_kind(table, f"{W}tr"):
        if not any(row.find(deleted) is not None for deleted in _DELETED_ROW):
            yield row


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    yield from _of_kind(row, f"{W}tc")


def _of_kind(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPS:
            yield from _of_kind(child, tag)


def _goes_on(cell: etree._Element) -> bool:
    """Tell whether a cell goes on the one above it."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"
