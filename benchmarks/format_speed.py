"""What reading a file costs by format, against the library below it asked for the same text and cells, and nothing made of them."""

import csv
import gc
import io
import json
import sys
import zipfile
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from benchmarks.figures import Figure, compared
from benchmarks.workshop import SHARED, heldback_files
from loaders.read.child.foreign_readers import FOREIGN, foreign_reader
from loaders.read.child.parsing_process import ParsingChild
from loaders.read.file_format import format_of
from loaders.read.registry import READERS

Bare = Callable[[bytes], int]
"""Takes the bytes of a file and returns how many characters of text the library gives."""
_MOST = 1.5


def bare_docx(data: bytes) -> int:
    """Return the characters of a DOCX that python-docx gives: paragraphs, and cells of tables at their places."""
    import docx

    document = docx.Document(io.BytesIO(data))
    count = sum(len(paragraph.text) for paragraph in document.paragraphs)
    return count + sum(len(cell.text) for table in document.tables for row in table.rows for cell in row.cells)


def bare_pdf(data: bytes) -> int:
    """Return the characters of a PDF that PDFium gives, each with its box, and the objects of pages looked through for rules."""
    import pypdfium2

    book = pypdfium2.PdfDocument(data)
    count = 0
    try:
        for page in book:
            words = page.get_textpage()
            count += len(words.get_text_range())
            for at in range(words.count_chars()):
                words.get_charbox(at)
            for one in page.get_objects():
                one.get_bounds()
    finally:
        book.close()
    return count


def bare_ofd(data: bytes) -> int:
    """Return the characters of an OFD: every part read as XML, the letters of its text objects."""
    from lxml import etree

    count = 0
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for name in packed.namelist():
            if name.endswith(".xml"):
                codes = etree.fromstring(packed.read(name)).iter("{*}TextCode")
                count += sum(len(one.text or "") for one in codes)
    return count


def bare_sheets(data: bytes) -> int:
    """Return the characters of the cells of a workbook that calamine gives."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    return sum(len(str(cell)) for sheet in sheets for row in sheet for cell in row)


def bare_html(data: bytes) -> int:
    """Return the characters of a page that lxml gives, cells of its tables counted once more as cells."""
    from lxml import etree

    root = etree.fromstring(data, etree.HTMLParser())
    cells = sum(len(str(cell.xpath("string()"))) for cell in root.iter("td", "th"))
    return len(str(root.xpath("string()"))) + cells


def bare_csv(data: bytes) -> int:
    """Return the characters of the cells of a CSV in UTF-8."""
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig", "replace")))
    return sum(len(cell) for row in rows for cell in row)


BARE: dict[str, Bare] = {
    "docx": bare_docx,
    "pdf": bare_pdf,
    "ofd": bare_ofd,
    "xlsx": bare_sheets,
    "xls": bare_sheets,
    "html": bare_html,
    "csv": bare_csv,
}
"""The library's own work by suffix; of DOC and RTF no library at hand gives text and tables."""


def files_by_format() -> dict[str, list[Path]]:
    """Return the real files beside the checkout by suffix, without those held back and those whose pages are pictures alone."""
    found: dict[str, list[Path]] = {name: [] for name in BARE}
    pictures = _without_text()
    for path in sorted(one for folder in ("files", "corpus") for one in (SHARED / folder).rglob("*")):
        suffix = path.suffix.lower().lstrip(".").replace("htm", "html").replace("htmll", "html")
        named = path.relative_to(SHARED).as_posix()
        if path.is_file() and suffix in found and named not in heldback_files() | pictures:
            found[suffix].append(path)
    return {name: paths for name, paths in found.items() if paths}


def _without_text() -> set[str]:
    listed = SHARED / "files.jsonl"
    lines = listed.read_text(encoding="utf-8").splitlines() if listed.exists() else []
    rows: list[dict[str, Any]] = [json.loads(line) for line in lines]
    return {str(row["file"]) for row in rows if row.get("text_layer") is False}


def speed_figures(repeats: int) -> list[Figure]:
    """Measure every format of which there are files beside the checkout, and what the child process adds."""
    formats = files_by_format()
    if not formats:
        sys.exit("formats are measured on the files beside the checkout, which are not there")
    figures = []
    for name, paths in formats.items():
        held = [(path, path.read_bytes()) for path in paths]
        kept = [(path, data) for path, data in held if _reads(path, data)]
        if not kept:
            continue
        what = (
            f"{name}: {len(kept)} files, {sum(len(data) for _, data in kept) / 1e6:.1f} MB, against the library alone"
        )
        pairs = _pairs(partial(_ours, kept), partial(_bare, kept, name), repeats)
        figures.append(compared("formats", what, pairs, aim=_MOST))
    return [*figures, *_child_figures(formats, repeats)]


def _child_figures(formats: dict[str, list[Path]], repeats: int) -> list[Figure]:
    """Tell the start of the child process apart, and what it costs to hand files to it that it has to parse."""
    starts = []
    for _ in range(repeats):
        started = perf_counter()
        child = ParsingChild()
        starts.append((perf_counter() - started, 1.0))
        child.end()
    foreign = {name for reader in FOREIGN for name in reader.formats}
    paths = [path for found in formats.values() for path in found]
    kept = [
        (path, data) for path in paths if _format(path, data := path.read_bytes()) in foreign and _reads(path, data)
    ]
    child = ParsingChild()
    try:
        pairs = _pairs(partial(_in_child, child, kept), partial(_ours, kept), repeats, perf_counter)
    finally:
        child.end()
    return [
        compared("formats", "start of the child process: seconds, against one", starts, aim=None),
        compared("formats", f"{len(kept)} files parsed in the child process, against in this one", pairs, aim=_MOST),
    ]


def _pairs(
    ours: Callable[[], None], other: Callable[[], None], repeats: int, clock: Callable[[], float] = process_time
) -> list[tuple[float, float]]:
    """Return the seconds of both by a clock, in turn, once both are warm; rubbish of the one is not left to the other."""
    ours()
    other()
    pairs = []
    for number in range(repeats):
        took = {}
        for act in (ours, other) if number % 2 else (other, ours):
            gc.collect()
            started = clock()
            act()
            took[act] = clock() - started
        pairs.append((took[ours], took[other]))
    return pairs


def _format(path: Path, data: bytes) -> str:
    return format_of(data, path.suffix.lower(), str(path))


def _ours(files: Iterable[tuple[Path, bytes]]) -> None:
    for path, data in files:
        _read(path, data)


def _read(path: Path, data: bytes) -> None:
    found, suffix = _format(path, data), path.suffix.lower()
    apart = any(found in reader.formats for reader in FOREIGN)
    reader = foreign_reader(found) if apart else next(one for one in READERS if suffix in one.suffixes)
    reader.read(data, name="x", where=str(path), suffix=suffix)


def _reads(path: Path, data: bytes) -> bool:
    """Tell whether a file is read: one that is refused has no cost to compare."""
    from graph.errors import InputError

    try:
        _read(path, data)
    except InputError:
        return False
    return True


def _bare(files: Iterable[tuple[Path, bytes]], name: str) -> None:
    for _, data in files:
        BARE[name](data)


def _in_child(child: ParsingChild, files: Iterable[tuple[Path, bytes]]) -> None:
    for path, data in files:
        head = {"format": _format(path, data), "name": "x", "where": str(path), "suffix": path.suffix.lower()}
        answer = child.ask(head, data)
        assert not isinstance(answer, str), (path, answer)
