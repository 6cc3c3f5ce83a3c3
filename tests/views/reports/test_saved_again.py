"""What LibreOffice saves again holds the same: an office program can open what we write, and nothing is lost in it."""

import shutil
import subprocess
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.views.formulas import HOSTILE
from tests.views.reports.tables import pair, side_by_side
from views.office.reports.correlation_book import write_correlation
from views.office.reports.correlation_report import correlation_report
from views.office.reports.report_docx import write_docx

OFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed here")
ROWS = [pair(number, words_added=text, text=f"整修渡口。{text}") for number, text in enumerate(HOSTILE, 1)]


def saved_again(path: Path, profile: Path) -> Path:
    """Return the file as LibreOffice saves it after opening it."""
    out = path.parent / "again"
    told = f"-env:UserInstallation={profile.as_uri()}"
    command = [str(OFFICE), told, "--headless", "--convert-to", path.suffix[1:], "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return out / path.name


def test_a_workbook_holds_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_correlation(path, side_by_side(*ROWS), None, [], "zh")
    before, after = (openpyxl.load_workbook(one) for one in (path, saved_again(path, tmp_path / "profile")))
    assert before.sheetnames == after.sheetnames
    for name in before.sheetnames:
        was, now = (
            {cell.coordinate: cell for line in book[name].iter_rows() for cell in line if cell.value is not None}
            for book in (before, after)
        )
        assert {at: _text(cell.value) for at, cell in was.items()} == {
            at: _text(cell.value) for at, cell in now.items()
        }
        assert not [cell for cell in now.values() if cell.data_type == "f"]
        assert {at for at, cell in was.items() if cell.is_date} == {at for at, cell in now.items() if cell.is_date}


def test_a_document_holds_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    write_docx(path, correlation_report(side_by_side(*ROWS), ["一处说明"], "zh"))
    before, after = (docx.Document(str(one)) for one in (path, saved_again(path, tmp_path / "profile")))
    assert [one.text for one in before.paragraphs] == [one.text for one in after.paragraphs]
    was, now = (
        [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
        for document in (before, after)
    )
    assert was == now


def _text(value: object) -> str:
    # A line break and a tab are white space of one kind or another to every program.
    return " ".join(str(value).split())
