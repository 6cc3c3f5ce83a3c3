"""The list of what each unit is still to do: a page for each unit, every row of it."""

from pathlib import Path

import docx
import pytest
from lxml import html

from graph.store import open_store
from queries.answer import Answer
from queries.run import run
from tests.made import make_store
from views.office.reports.reminder_report import reminder_report, write_reminder_report
from views.office.reports.report_html import report_html
from views.office.reports.report_parts import ReportTable


@pytest.fixture
def reminders(tmp_path: Path) -> Answer:
    with open_store(make_store(tmp_path / "store")) as store:
        return run("reminders", store, today="2021-06-01")


def test_each_unit_begins_a_page_and_has_all_its_rows(reminders: Answer, tmp_path: Path) -> None:
    write_reminder_report(tmp_path / "a.docx", "docx", reminders, "zh")
    document = docx.Document(str(tmp_path / "a.docx"))
    units = list(dict.fromkeys(row["unit"] for row in reminders))
    assert len(document.tables) == len(units) > 1
    heads = [one for one in document.paragraphs if one.paragraph_format.page_break_before]
    assert len(heads) == len(units) - 1
    listed = [row.cells[1].text for table in document.tables for row in table.rows[1:]]
    assert listed == [row["title"] for row in reminders]


def test_what_no_unit_has_is_told_last(reminders: Answer) -> None:
    rows = (*reminders.rows, reminders.rows[0] | {"unit": None, "unit_name": None})
    report = reminder_report(Answer(name=reminders.name, columns=reminders.columns, rows=rows), "zh")
    page = html.fromstring(report_html(report))
    assert page.xpath("string(//h2[last()])") == "（未写明单位）"
    assert sum(len(part.rows) for part in report.parts if isinstance(part, ReportTable)) == len(rows)
