"""A report as Markdown: tables that every program shows, nothing of a document taken for markup."""

from collections.abc import Iterator

from views.office.reports.report_parts import MarkedStretch, PrintedReport, ReportCell, ReportHeading, ReportTable
from views.words.visible import visible

# What Markdown, or the HTML in it, would take for more than text.
_MARKUP = {sign: f"\\{sign}" for sign in "\\|[]`*_#~!<>"} | {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": ""}
_MARKS = {"plain": "", "soft": "", "strong": "**", "added": "**", "dropped": "~~"}


def report_markdown(report: PrintedReport) -> str:
    """Return a report as Markdown; a cell across several columns is a row whose other cells are empty."""
    blocks = [f"# {escaped(report.title)}"]
    for part in report.parts:
        if isinstance(part, ReportTable):
            blocks.append("\n".join(_table(part)))
        elif isinstance(part, ReportHeading):
            blocks.append(f"## {escaped(part.text)}")
        else:
            blocks.append(escaped(part.text))
    return visible("\n\n".join(blocks)) + "\n"


def escaped(text: str) -> str:
    r"""Return text of which Markdown takes nothing for markup; line feeds become breaks.

    >>> escaped("a|b<i>")
    'a\\|b&lt;i&gt;'
    """
    return "".join(_MARKUP.get(sign, sign) for sign in text).replace("\n", "<br>")


def _table(table: ReportTable) -> Iterator[str]:
    yield "| " + " | ".join(map(escaped, table.head)) + " |"
    yield "|" + " --- |" * len(table.head)
    for row in table.rows:
        cells = [piece for cell in row for piece in (_cell(cell), *[""] * (cell.span - 1))]
        yield "| " + " | ".join(cells) + " |"


def _cell(cell: ReportCell) -> str:
    return "".join(_marked(stretch) for stretch in cell.text)


def _marked(stretch: MarkedStretch) -> str:
    text, mark = escaped(stretch.text), _MARKS[stretch.look]
    # Marks take hold only right beside a letter.
    inner = text.strip(" 　")
    return text.replace(inner, f"{mark}{inner}{mark}", 1) if mark and inner and "<br>" not in inner else text
