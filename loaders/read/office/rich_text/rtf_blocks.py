"""The paragraphs and tables of RTF, written into a draft as its words and tokens come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from loaders.read.office.rich_text.rtf_text import RtfWords, joined
from loaders.read.office.rich_text.rtf_tokens import RtfToken
from loaders.read.text_draft import DraftCell, TextDraft

# Edges of cells, in twentieths of a point, that stand so near to each other are one.
_NEAR = 60
_LEVELS = 9
_ENDS = frozenset({"par", "page", "sect", "nestcell", "nestrow"})


@dataclass(slots=True)
class _Edge:
    """The right edge of a cell, and whether the cell goes on the one above it or on the left."""

    right: int
    from_above: bool = False
    from_left: bool = False


@dataclass(slots=True)
class _Form:
    """How a paragraph stands: its level in the outline, centred, in a table."""

    outline: int | None = None
    centred: bool = False
    in_table: bool = False


@dataclass(slots=True)
class _Line:
    """The words of a paragraph that is not yet ended."""

    parts: list[str] = field(default_factory=list)
    number: list[str] = field(default_factory=list)
    bold: bool = True

    def add(self, words: RtfWords) -> None:
        if words.group.place == "number":
            self.number.append(words.text)
            return
        self.parts.append(words.text)
        self.bold = self.bold and (words.group.bold or not words.text.strip())

    def printed(self) -> tuple[str, bool]:
        """Return the paragraph with its number before it, and whether a sign without a meaning stands there instead."""
        text, sign = joined("".join(self.parts)), joined("".join(self.number)).strip()
        if not sign:
            return text, False
        if any(one.isalnum() for one in sign):
            return sign + text.lstrip(), False
        return text, True


class RtfBlocks:
    """Writes the text into a draft, and what stands around it behind the text."""

    def __init__(self, draft: TextDraft, headings: Mapping[int, int]) -> None:
        """Begin with nothing written; `headings` are the levels of styles."""
        self._draft, self._headings = draft, headings
        self._aside: list[tuple[str, str]] = []
        self._line, self._form = _Line(), _Form()
        self._beside = _Line()
        self._where_beside = ""
        self._cell: list[str] = []
        self._row: list[str] = []
        self._edges: list[_Edge] = []
        self._next = _Edge(0)
        self._left = 0
        self._table: list[DraftCell] = []
        self._rows = 0
        self._ends: list[int] = []

    def write(self, parts: Iterable[RtfWords | RtfToken]) -> None:
        """Write all of it."""
        for part in parts:
            if isinstance(part, RtfWords):
                self._words(part)
            elif part.kind == "word":
                self._token(part)
            else:
                self._end_beside("")
        self._end_beside("")
        if self._row or self._cell:
            self._end_row()
        self._end_paragraph()
        self._end_table()
        for reason, text in self._aside:
            self._draft.add_lines(text, furniture=reason)

    def _words(self, words: RtfWords) -> None:
        place = words.group.place
        if place in ("", "number"):
            self._end_beside("")
            self._line.add(words)
            return
        self._end_beside(place)
        self._beside.add(words)

    def _end_beside(self, place: str) -> None:
        """Note the line that stands around the text, where what comes now is none of it."""
        if place == self._where_beside:
            return
        if text := joined("".join(self._beside.parts)).strip():
            self._aside.append((self._where_beside, text))
        self._beside, self._where_beside = _Line(), place

    def _token(self, token: RtfToken) -> None:
        word, number = token.word, token.number
        if self._where_beside and word in ("par", "sect", "page", "cell", "row"):
            self._beside.parts.append("\n")
            return
        if self._where_beside:
            return
        if word in _ENDS:
            self._end_paragraph()
        elif word == "cell":
            self._end_cell()
        elif word == "row":
            self._end_row()
        elif word == "pard":
            self._form = _Form()
        elif word == "qc":
            self._form.centred = True
        elif word in ("ql", "qr", "qj"):
            self._form.centred = False
        elif word == "intbl":
            self._form.in_table = True
        elif word == "s":
            self._form.outline = self._headings.get(number or 0)
        elif word == "outlinelevel":
            self._form.outline = number
        else:
            self._row_token(word, number or 0)

    def _row_token(self, word: str, number: int) -> None:
        """Take what says where the cells of a row stand."""
        if word == "trowd":
            self._edges, self._next, self._left = [], _Edge(0), 0
        elif word == "trleft":
            self._left = number
        elif word == "clvmrg":
            self._next.from_above = True
        elif word == "clmrg":
            self._next.from_left = True
        elif word == "cellx":
            self._next.right = number
            self._edges.append(self._next)
            self._next = _Edge(0)

    def _end_paragraph(self) -> None:
        text, listed = self._line.printed()
        line, self._line = self._line, _Line()
        if self._form.in_table:
            if text.strip():
                self._cell.append(text)
            return
        self._end_table()
        outline = self._form.outline
        heading = outline + 1 if outline is not None and 0 <= outline < _LEVELS else None
        strong = bool(text.strip()) and (self._form.centred or line.bold)
        self._draft.add_lines(text, heading=heading, strong=strong, listed=listed)

    # -- tables

    def _end_cell(self) -> None:
        text, _ = self._line.printed()
        self._line = _Line()
        self._row.append("\n".join([*self._cell, text] if text.strip() else self._cell))
        self._cell = []

    def _end_row(self) -> None:
        """Put the cells of a row into the table, those that go on others with them."""
        if self._cell or self._line.parts:
            self._end_cell()
        edges = self._edges[: len(self._row)]
        left = self._snapped(self._left)
        for at, text in enumerate(self._row):
            # A row that says nothing of its cells has them side by side.
            edge = edges[at] if at < len(edges) else _Edge(left + 1000)
            right = max(self._snapped(edge.right), left + 1)
            if not self._goes_on(edge, left, right, text):
                self._table.append(DraftCell(text=text, row=self._rows, column=left, covers=(1, right - left)))
            left = right
        self._rows += bool(self._row)
        self._row = []

    def _goes_on(self, edge: _Edge, left: int, right: int, text: str) -> bool:
        """Let the cell above, or on the left, cover this one, where it says so and holds no words of its own."""
        if text.strip():
            return False
        for at in range(len(self._table) - 1, -1, -1):
            cell = self._table[at]
            if edge.from_left and cell.row == self._rows and cell.column + cell.covers[1] == left:
                self._table[at] = replace(cell, covers=(cell.covers[0], right - cell.column))
                return True
            if edge.from_above and cell.column == left and cell.row + cell.covers[0] == self._rows:
                self._table[at] = replace(cell, covers=(cell.covers[0] + 1, cell.covers[1]))
                return True
            if cell.row + cell.covers[0] < self._rows and cell.column == left:
                return False
        return False

    def _snapped(self, edge: int) -> int:
        """Return an edge of the table that is as good as this one."""
        near = next((one for one in self._ends if abs(one - edge) <= _NEAR), None)
        if near is None:
            self._ends.append(edge)
        return edge if near is None else near

    def _end_table(self) -> None:
        if self._table:
            self._draft.add_table(self._table)
        self._table, self._rows, self._ends = [], 0, []
