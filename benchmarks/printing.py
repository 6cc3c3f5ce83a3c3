"""A document printed anew in other formats: DOCX with automatic numbers and merged cells, DOC, RTF and PDF by LibreOffice,
OFD by ofdrw (Java and Maven), its tables as XLSX, its pages as pictures.

What is printed is what the reader of the document gives: its lines and tables without what stands around them.
"""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from loaders.read.document import Document, Line, Table
from loaders.read.office.number_formats import sign_of

PRINTER = Path(__file__).parent / "ofd_printer"
# The three levels that plans count: 一、（一）1.
LEVELS = (("chineseCounting", "{}、"), ("chineseCounting", "（{}）"), ("decimal", "{}."))
_SECONDS = 60
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def blocks(document: Document) -> Iterator[Line | Table]:
    """Yield the lines and tables of a document in order, without its furniture."""
    aside = [span for span, _ in document.furniture]
    inside = [table.span for table in document.tables]
    kept: list[Line | Table] = [*document.lines, *document.tables]
    for one in sorted(kept, key=lambda part: part.span.start):
        hidden = any(span.start <= one.span.start < span.end for span in aside)
        in_table = isinstance(one, Line) and any(span.start <= one.span.start < span.end for span in inside)
        if not hidden and not in_table:
            yield one


def words_of(document: Document, line: Line) -> str:
    """Return the words of a line without the marks of Markdown."""
    return document.raw(line.span).replace("**", "").strip()


class Counter:
    """Counts as a word processor does, and tells which typed numbers it would print itself."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self._at = [0, 0, 0]

    def take(self, text: str) -> tuple[int, str] | None:
        """Return the level of a line and its words without the number, None where it would be another number."""
        for level, (kind, form) in enumerate(LEVELS):
            sign = form.format(sign_of(kind, self._at[level] + 1))
            if text.startswith(sign):
                self._at[level] += 1
                self._at[level + 1 :] = [0] * (len(LEVELS) - level - 1)
                return level, text[len(sign) :].lstrip()
        return None


def print_docx(document: Document, path: Path, *, only_tables: bool = False) -> int:
    """Write a document as DOCX; return how many of its numbers are automatic."""
    import docx

    made = docx.Document()
    number = _list_of(made)
    counter, automatic = Counter(), 0
    for block in blocks(document):
        if isinstance(block, Table):
            _docx_table(made, document, block)
        elif not only_tables:
            text = words_of(document, block)
            counted = counter.take(text)
            paragraph = made.add_paragraph(counted[1] if counted else text)
            if counted:
                _number(paragraph, number, counted[0])
                automatic += 1
    made.save(str(path))
    return automatic


def _list_of(made: Any) -> int:  # noqa: ANN401 - of a library without types
    """Add the list of three levels to a document; return its number."""
    from lxml import etree

    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{form.format(f"%{at + 1}")}"/></w:lvl>'
        for at, (kind, form) in enumerate(LEVELS)
    )
    root = made.part.numbering_part.element
    first = etree.fromstring(f'<w:abstractNum xmlns:w="{_W}" w:abstractNumId="90">{levels}</w:abstractNum>')
    root.insert(0, first)
    root.append(etree.fromstring(f'<w:num xmlns:w="{_W}" w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    return 90


def _number(paragraph: Any, number: int, level: int) -> None:  # noqa: ANN401 - as above
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    listed = OxmlElement("w:numPr")
    for name, value in (("w:ilvl", level), ("w:numId", number)):
        one = OxmlElement(name)
        one.set(qn("w:val"), str(value))
        listed.append(one)
    paragraph._p.get_or_add_pPr().append(listed)


def _docx_table(made: Any, document: Document, table: Table) -> None:  # noqa: ANN401 - as above
    grid = made.add_table(table.rows, table.columns, style="Table Grid")
    for cell in table.cells:
        down, across = cell.covers
        place = grid.cell(cell.row, cell.column)
        if cell.covers != (1, 1):
            place = place.merge(grid.cell(cell.row + down - 1, cell.column + across - 1))
        place.text = document.raw(cell.span)


def by_libreoffice(path: Path, kind: str) -> Path:
    """Return a file printed as another kind (`doc`, `pdf`, `rtf`, or one with its filter, `txt:Text (encoded):UTF8`) beside it.

    Raises:
        OSError: LibreOffice is not there, or wrote nothing.
    """
    with TemporaryDirectory() as profile:
        run = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", kind]
        subprocess.run(
            [*run, "--outdir", str(path.parent), str(path)], capture_output=True, timeout=_SECONDS, check=False
        )
    made = path.with_suffix(f".{kind.partition(':')[0]}")
    if not made.exists():
        raise OSError(f"{path}: LibreOffice made no {kind}")
    return made


def ofd_printer() -> list[str] | None:
    """Return the command that prints OFD, None where Java or Maven is not there."""
    if not (shutil.which("java") and shutil.which("mvn")):
        return None
    libraries = PRINTER / "target" / "libraries"
    if not libraries.exists():
        copy = ["mvn", "-q", "-B", "dependency:copy-dependencies", f"-DoutputDirectory={libraries}"]
        subprocess.run(copy, cwd=PRINTER, check=True, capture_output=True, timeout=_SECONDS)
    return ["java", "-cp", f"{libraries}/*", str(PRINTER / "Print.java")]


def print_ofd(document: Document, path: Path, printer: list[str]) -> None:
    """Write a document as OFD; cells that are merged are printed in each place that they cover."""
    rows: list[tuple[str, ...]] = []
    for block in blocks(document):
        if isinstance(block, Line):
            rows.append(("c" if block.strong else "p", words_of(document, block)))
            continue
        for row in range(block.rows):
            cells = [block.at(row, column) for column in range(block.columns)]
            rows.append(("t", *(" ".join(document.raw(one.span).split()) if one else "" for one in cells)))
    lines = path.with_suffix(".blocks")
    lines.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    subprocess.run([*printer, str(lines), str(path)], check=True, capture_output=True, timeout=_SECONDS)
    lines.unlink()


def print_xlsx(document: Document, path: Path) -> None:
    """Write the tables of a document as a workbook, a sheet for each."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as made:
        for table in document.tables:
            sheet = made.add_worksheet()
            for cell in table.cells:
                down, across = cell.covers
                words = document.raw(cell.span)
                if cell.covers == (1, 1):
                    sheet.write_string(cell.row, cell.column, words)
                else:
                    sheet.merge_range(cell.row, cell.column, cell.row + down - 1, cell.column + across - 1, words)


def scan(pdf: Path, path: Path, dots: int = 200) -> None:
    """Write the pages of a PDF as the pictures of a TIFF."""
    import pypdfium2

    pages = [page.render(scale=dots / 72).to_pil().convert("L") for page in pypdfium2.PdfDocument(pdf)]
    pages[0].save(path, "TIFF", save_all=True, append_images=pages[1:], compression="tiff_lzw")
