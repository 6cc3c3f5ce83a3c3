"""Ours beside docling, markitdown and LibreOffice on the same files: `python -m benchmarks.format_peers FOLDER --peers PYTHON`.

Each document of the folder is printed as DOCX with automatic numbers and merged cells, and as a web page; so it is known which number
each item has and where each cell stands. Told are the shares that a reader keeps: of numbered items those whose number stands before
their words, of cells those in their row and column; seconds of processor time for all files, warm, the peak of memory, and the size of
all that has to be installed. PYTHON is an interpreter that has docling and markitdown. LibreOffice gives text alone.
"""

import argparse
import html
import json
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from benchmarks.format_worker import Made, installed
from benchmarks.printing import Counter, blocks, by_libreoffice, print_docx, words_of
from graph.text import squeeze
from loaders.read.document import Document, Line, Table
from loaders.read.registry import read

_WORKER = Path(__file__).with_name("format_worker.py")
_SHOWN = 8
"""So many signs of an item's words must follow its number."""
Cells = dict[tuple[int, int], str]


@dataclass(slots=True)
class Wanted:
    """What a printed document holds: its automatic numbers with the words behind them, and its tables by row and column."""

    numbered: list[str] = field(default_factory=list)
    tables: list[Cells] = field(default_factory=list)


@dataclass(slots=True)
class Kept:
    """What a reader kept of all files, and what it took."""

    numbers: int = 0
    cells: int = 0
    refused: int = 0
    seconds: float = 0.0
    memory: int = 0
    installed: int = 0


def wanted_of(document: Document) -> Wanted:
    """Return what a document will hold when it is printed."""
    found, counter = Wanted(), Counter()
    for block in blocks(document):
        if isinstance(block, Line):
            text = words_of(document, block)
            if counter.take(text):
                found.numbered.append(squeeze(text))
        else:
            found.tables.append({(cell.row, cell.column): squeeze(cell.span.of(document.text)) for cell in block.cells})
    return found


def kept_numbers(wanted: Sequence[str], text: str) -> int:
    """Return of how many numbered items the number stands right before the first words.

    >>> kept_numbers(["一、修渡口", "(一)修栈桥", "(二)添渡船"], "一、修渡口。 （一）修 栈桥 - 添渡船")
    2
    """
    plain = squeeze(text)
    return sum(_beginning(one) in plain for one in wanted)


def _beginning(item: str) -> str:
    head = next((at for at, sign in enumerate(item) if sign in ")、."), 0) + 1
    return item[: head + _SHOWN]


def kept_cells(wanted: Sequence[Cells], tables: Sequence[Sequence[Sequence[str]]]) -> int:
    """Return how many cells stand in their row and column; tables are matched where they share the most, each once.

    >>> kept_cells([{(0, 0): "项", (0, 1): "时限", (1, 0): "栈桥"}], [[["项", "时限"], ["渡船", "栈桥"]]])
    2
    """
    left = [[[squeeze(cell) for cell in row] for row in table] for table in tables]
    count = 0
    for cells in wanted:
        scores = [_alike(cells, table) for table in left]
        if not scores or not (best := max(scores)):
            continue
        count += best
        del left[scores.index(best)]
    return count


def _alike(cells: Cells, table: Sequence[Sequence[str]]) -> int:
    return sum(
        row < len(table) and column < len(table[row]) and table[row][column] == words
        for (row, column), words in cells.items()
    )


def piped_tables(text: str) -> list[list[list[str]]]:
    r"""Return the pipe tables of a text in Markdown.

    >>> piped_tables("| 项 | 时限 |\n| --- | --- |\n| 栈桥 | 6月 |\n\n完")
    [[['项', '时限'], ['栈桥', '6月']]]
    """
    found: list[list[list[str]]] = []
    inside = False
    for line in text.splitlines():
        plain = line.strip()
        if not plain.startswith("|"):
            inside = False
            continue
        row = [cell.strip() for cell in plain.strip("|").split("|")]
        if not inside:
            found.append([])
        inside = True
        rule = all(set(cell) <= set("-: ") and cell for cell in row)
        if not rule and (found[-1] or any(row)):
            found[-1].append(row)
    return found


def print_html(document: Document, path: Path) -> None:
    """Write a document as a web page: its lines as paragraphs, its tables with merged cells."""
    parts = [
        _html_table(document, block) if isinstance(block, Table) else f"<p>{html.escape(words_of(document, block))}</p>"
        for block in blocks(document)
    ]
    head = '<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>x</title></head><body>'
    path.write_text(head + "\n".join(parts) + "</body></html>\n", encoding="utf-8")


def _html_table(document: Document, table: Table) -> str:
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        down, across = cell.covers
        words = html.escape(cell.span.of(document.text))
        rows.setdefault(cell.row, []).append(f'<td rowspan="{down}" colspan="{across}">{words}</td>')
    return "<table>" + "".join(f"<tr>{''.join(cells)}</tr>" for _, cells in sorted(rows.items())) + "</table>"


def ours(files: Iterable[Path]) -> tuple[list[Made | None], Kept]:
    """Return what we make of files, and what that takes, in the child process that parses them too."""
    made: list[Made | None] = []
    seconds = 0.0
    for path in files:
        read(path, "x")
        started = _used()
        document = read(path, "x")
        seconds += _used() - started
        tables = [_grid(document, table) for table in document.tables]
        made.append({"text": document.text, "tables": tables})
    held = sum(one.memory_info().rss for one in _processes())
    return made, Kept(seconds=seconds, memory=held, installed=installed("zhengmai"))


def _processes() -> list[psutil.Process]:
    own = psutil.Process()
    return [own, *own.children(recursive=True)]


def _used() -> float:
    return sum(sum(one.cpu_times()[:2]) for one in _processes())


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _grid(document: Document, table: Table) -> list[list[str]]:
    rows = [["" for _ in range(table.columns)] for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row][cell.column] = cell.span.of(document.text)
    return rows


def by_peer(python: str, peer: str, files: Iterable[Path]) -> tuple[list[Made | None], Kept]:
    """Return what a peer makes of files, and what that takes.

    Raises:
        CalledProcessError: the interpreter does not have it.
    """
    asked = json.dumps({"peer": peer, "files": [str(path) for path in files]})
    done = subprocess.run([python, str(_WORKER)], input=asked, stdout=subprocess.PIPE, text=True, check=True)
    told = json.loads(done.stdout)
    return told["made"], Kept(seconds=told["seconds"], memory=told["memory"], installed=told["installed"])


def by_office(files: Iterable[Path]) -> tuple[list[Made | None], Kept]:
    """Return the text that LibreOffice makes of files; every file is a start of its own."""
    made: list[Made | None] = []
    before = _children()
    for path in files:
        written = by_libreoffice(path, "txt:Text (encoded):UTF8")
        made.append({"text": written.read_text(encoding="utf-8-sig"), "tables": []})
        written.unlink()
    program = Path(shutil.which("soffice") or "").resolve().parent.parent
    size = sum(one.stat().st_size for one in program.rglob("*") if one.is_file())
    held = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    return made, Kept(seconds=_children() - before, memory=held, installed=size)


def scored(made: Iterable[Made | None], wanted: Iterable[Wanted], kept: Kept) -> Kept:
    """Return what was kept, counted."""
    for one, sought in zip(made, wanted, strict=True):
        if one is None:
            kept.refused += 1
            continue
        tables = piped_tables(one["text"]) if one["tables"] is None else one["tables"]
        kept.numbers += kept_numbers(sought.numbered, one["text"])
        kept.cells += kept_cells(sought.tables, tables)
    return kept


def main() -> None:
    """Print the tables."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--peers", default=sys.executable, metavar="PYTHON")
    given = asked.parse_args()
    sources = [read(path, "x") for path in sorted(given.folder.iterdir())]
    wanted = [wanted_of(document) for document in sources]
    numbers = sum(len(one.numbered) for one in wanted)
    cells = sum(len(table) for one in wanted for table in one.tables)
    print(f"{len(sources)} documents, {numbers} numbered items, {cells} cells\n")
    print("| format | reader | numbers | cells | refused | seconds | memory, MB | installed, MB |")
    print("| --- |" + " --- |" * 7)
    with TemporaryDirectory() as scratch:
        for kind, write in (("DOCX", print_docx), ("HTML", print_html)):
            files = [Path(scratch) / f"{at}.{kind.lower()}" for at in range(len(sources))]
            for document, path in zip(sources, files, strict=True):
                write(document, path)
            readers = {
                "ours": partial(ours, files),
                "docling": partial(by_peer, given.peers, "docling", files),
                "markitdown": partial(by_peer, given.peers, "markitdown", files),
                "LibreOffice, text": partial(by_office, files),
            }
            for name, run in readers.items():
                try:
                    made, taken = run()
                except (OSError, subprocess.CalledProcessError) as error:
                    print(f"| {kind} | {name} | not there: {type(error).__name__} | | | | | |")
                    continue
                kept = scored(made, wanted, taken)
                shares = (kept.numbers / numbers if numbers else 1.0, kept.cells / cells if cells else 1.0)
                told = f"{shares[0]:.3f} | {shares[1]:.3f} | {kept.refused} | {kept.seconds:.2f}"
                print(f"| {kind} | {name} | {told} | {kept.memory / 1e6:.0f} | {kept.installed / 1e6:.0f} |")


if __name__ == "__main__":
    main()
