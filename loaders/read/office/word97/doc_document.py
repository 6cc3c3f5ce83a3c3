"""DOC: paragraphs with their automatic numbers, tables, and what stands around the text, written into a draft."""

from loaders.read.document import Document
from loaders.read.office.list_numbers import ListNumbers
from loaders.read.office.word97.doc_file import DocFile, opened, streams_of
from loaders.read.office.word97.doc_styles import DocStyles
from loaders.read.office.word97.doc_table import DocTable
from loaders.read.office.word97.doc_text import CELL_END, DocParagraph, DocText
from loaders.read.text_draft import TextDraft
from loaders.read.web.script_text import han

_AROUND = {
    "header": "page-header",
    "footnote": "footnote",
    "endnote": "footnote",
    "text-box": "text-box",
    "header-box": "page-header",
}
_OBJECTS = "ObjectPool"


def doc_document(data: bytes, *, name: str, where: str) -> Document:
    """Return the document that a DOC holds.

    Raises:
        InputError: it is protected by a password, older than Word 97, or damaged.
    """
    with opened(data, where) as ole:
        file = DocFile(ole, where)
        objects = streams_of(ole).get(_OBJECTS, 0)
    text = DocText(file)
    if objects:
        text.leftovers.objects["object"] = objects
    draft = TextDraft(where)
    writer = _Writer(draft, text, DocStyles(file))
    parts = {part: (start, end) for part, start, end in file.parts()}
    text.leftovers.comments = file.text[slice(*parts.get("comment", (0, 0)))].count("\x05")
    boxes = file.text[slice(*parts.get("text-box", (0, 0)))]
    laid_out = han(boxes) > han(file.text[slice(*parts.get("text", (0, 0)))])
    for part, (start, end) in parts.items():
        if part == "text" or (part == "text-box" and laid_out):
            writer.write(start, end, None)
        elif part in _AROUND:
            writer.write(start, end, _AROUND[part])
    return draft.document(
        name=name,
        data=data,
        media_type="application/msword",
        title_hint=None,
        remarks=text.leftovers.remarks(draft.length),
    )


class _Writer:
    """Writes paragraphs and tables as they come."""

    def __init__(self, draft: TextDraft, text: DocText, styles: DocStyles) -> None:
        self._draft, self._text, self._styles = draft, text, styles
        self._numbers = ListNumbers(styles.lists)
        self._table = DocTable()
        self._row: list[str] = []
        self._cell: list[str] = []

    def write(self, start: int, end: int, furniture: str | None) -> None:
        """Write the paragraphs of a part of the text; `furniture` says why they are none of it."""
        for one in self._text.paragraphs(start, end):
            if one.in_table:
                self._in_table(one)
                continue
            self._end_table(furniture)
            sign, bullet = self._sign(one)
            text = sign + one.text.lstrip() if sign else one.text
            self._draft.add_lines(text, heading=one.heading, strong=one.strong, listed=bullet, furniture=furniture)
        self._end_table(furniture)

    def _in_table(self, one: DocParagraph) -> None:
        # A row that says nothing of itself ends with a mark that follows a mark.
        unsaid = one.end == CELL_END and not one.properties and not one.text and not self._cell
        if one.row_end or (unsaid and self._row):
            if one.end == CELL_END:
                self._table.add_row(self._row, one.properties)
                self._row = []
            return
        self._cell.append(self._sign(one)[0] + one.text)
        if one.end == CELL_END:
            self._row.append("\n".join(self._cell).strip("\n"))
            self._cell = []

    def _end_table(self, furniture: str | None) -> None:
        if self._cell:
            self._row.append("\n".join(self._cell))
        if self._row:
            self._table.add_row(self._row, ())
        if self._table.rows:
            self._draft.add_table(self._table.cells(), furniture=furniture)
        self._table, self._row, self._cell = DocTable(), [], []

    def _sign(self, one: DocParagraph) -> tuple[str, bool]:
        """Return the automatic number before a paragraph, and whether a bullet stands there."""
        listed, level = self._styles.listed(one.style)
        listed = listed if one.listed is None else one.listed
        level = (level if one.level is None else one.level) or 0
        if not listed:
            return "", False
        found = self._numbers.level(str(listed), level)
        return self._numbers.printed(str(listed), level), found is not None and found.is_bullet
