"""A report as one web page that needs nothing else, to read and to print on A4 landscape."""

from importlib.resources import files

from views.office.reports.answer_colours import HEAD
from views.office.reports.report_parts import PrintedReport, ReportHeading, ReportTable
from views.words.visible import visible

_TAGS = {"plain": "", "strong": "b", "soft": "small", "added": "ins", "dropped": "del"}


def report_html(report: PrintedReport) -> str:
    """Return the page of a report; no word of it is taken for markup."""
    from jinja2 import Environment

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(files("views.templates").joinpath("report.html").read_text(encoding="utf-8"))
    tables = [part for part in report.parts if isinstance(part, ReportTable)]
    fills = sorted({cell.fill for table in tables for row in table.rows for cell in row if cell.fill})
    kinds = [
        "table" if isinstance(part, ReportTable) else "heading" if isinstance(part, ReportHeading) else "paragraph"
        for part in report.parts
    ]
    parts = list(zip(kinds, report.parts, strict=True))
    return visible(template.render(report=report, parts=parts, fills=fills, head=HEAD, tags=_TAGS)) + "\n"
