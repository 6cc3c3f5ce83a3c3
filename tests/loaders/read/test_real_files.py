"""Real files of office formats: each is read or refused with a true line, and one document in two formats says the same."""

from collections.abc import Callable
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from graph.errors import InputError
from graph.model import Reading
from loaders.read.paged.scans.ocr_engine import ocr_version
from loaders.read.registry import READERS, read
from loaders.reading.document_reading import read_document
from tests.shared import ROOT, SHARED, needs_shared

OFFICE = tuple(suffix for reader in READERS if reader.apart for suffix in reader.suffixes)
# Its pages are pictures.
SCANNED = "003.pdf"
LEAST = 0.98
LEAST_TEXT = 250
TWICE = SHARED / "corpus" / "weilai-chanye" / "national"


def held_back() -> set[str]:
    """Return the names of the documents that no rule may be made on."""
    folder = ROOT / "annotations" / "heldback"
    return {path.name.removesuffix(".spans.json").replace(".", "/", 1) for path in folder.glob("*.spans.json")}


def real(*suffixes: str) -> list[ParameterSet]:
    """Return the real files of these suffixes, none of them held back."""
    found = []
    for folder in ("files", "corpus"):
        for path in sorted((SHARED / folder).rglob("*")):
            name = path.relative_to(SHARED / folder).with_suffix("").as_posix()
            if path.suffix in suffixes and name not in held_back():
                found.append(pytest.param(path, id=f"{path.parent.name}/{path.name}"))
    skip = pytest.mark.skip(reason="the real files (../shared) do not stand beside this checkout")
    return found or [pytest.param(Path(), marks=skip)]


@pytest.mark.parametrize("path", real(*OFFICE))
def test_every_file_of_an_office_format_or_with_pages_is_read(path: Path) -> None:
    if path.name == SCANNED and not ocr_version():
        with pytest.raises(InputError, match=r"pictures without text \(7\)"):
            read(path)
        return
    document = read(path)
    assert len(document.text) > LEAST_TEXT
    assert all(line.span.of(document.text).strip() for line in document.lines)
    reading = read_document(document)
    assert all(task.title_span.of(reading.text).strip() for task in reading.tasks)
    assert all(issue.span is None or issue.span.of(reading.text) == issue.quote for issue in reading.issues)


@pytest.mark.parametrize("path", real(".pdf", ".ofd"))
def test_every_line_of_a_file_with_pages_has_its_page_and_box(path: Path) -> None:
    if path.name == SCANNED and not ocr_version():
        pytest.skip("its pages are pictures")
    document = read(path)
    assert all((place.confidence is not None) == (path.name == SCANNED) for place in document.places)
    placed = {place.span for place in document.places}
    assert all(line.span in placed for line in document.lines)
    cells = [cell.span for table in document.tables for cell in table.cells if cell.span.start < cell.span.end]
    assert all(span in placed for span in cells)
    assert all(place.page and place.box for place in document.places)


def tasks(reading: Reading) -> set[object]:
    return {(task.path, task.title) for task in reading.tasks}


def units(reading: Reading) -> set[object]:
    return {(task.path, unit.surface, unit.role) for task in reading.tasks for unit in (*task.units, *task.actors)}


def dates(reading: Reading) -> set[object]:
    said = {(task.path, task.deadline.kind, task.deadline.end) for task in reading.tasks if task.deadline}
    return said | {(task.path, target.end, target.value) for task in reading.tasks for target in task.targets}


def f1(one: set[object], other: set[object]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0


@needs_shared
@pytest.mark.parametrize("facts", [tasks, units, dates], ids=lambda one: one.__name__)
def test_a_document_says_the_same_in_both_formats_of_word(facts: Callable[[Reading], set[object]]) -> None:
    one, other = (read_document(read(TWICE.with_suffix(suffix), "x")) for suffix in (".doc", ".docx"))
    assert tasks(one)
    assert f1(facts(one), facts(other)) >= LEAST


PRINTED = (
    (SHARED / "corpus" / "geshui" / "national-ndrc-sat.pdf", "national-ndrc-sat.txt"),
    (SHARED / "files" / "018.pdf", "017.docx"),
    (SHARED / "files" / "020.pdf", "021.doc"),
)


@needs_shared
@pytest.mark.parametrize("facts", [tasks, units, dates], ids=lambda one: one.__name__)
@pytest.mark.parametrize(("path", "other"), PRINTED, ids=["ministries", "letter of the year", "subsidies"])
def test_a_pdf_says_the_same_as_what_it_was_printed_from(
    path: Path, other: str, facts: Callable[[Reading], set[object]]
) -> None:
    one, two = (read_document(read(file, "x")) for file in (path, path.with_name(other)))
    assert tasks(one)
    assert f1(facts(one), facts(two)) >= LEAST


@needs_shared
@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(
            tasks, marks=pytest.mark.xfail(strict=True, reason="six of its items stand in others' paragraphs")
        ),
        units,
        dates,
    ],
    ids=lambda one: one.__name__,
)
def test_a_document_of_word_says_the_same_as_its_text(facts: Callable[[Reading], set[object]]) -> None:
    one, other = (read_document(read(TWICE.with_suffix(suffix), "x")) for suffix in (".docx", ".md"))
    assert f1(facts(one), facts(other)) >= LEAST
