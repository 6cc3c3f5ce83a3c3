"""One document in several formats gives the same: `python -m benchmarks.format_pairs FOLDER [--scans] > table.md`.

Each document of the folder is printed as DOCX (automatic numbers, merged cells), DOC, RTF, PDF, OFD, its lists as XLSX, and
as pictures at 200 dots an inch; what is read of each is compared with what is read of the document itself: F1 by field.
OFD needs Java and Maven, the others LibreOffice; what is not there is left out.
"""

import argparse
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.printing import by_libreoffice, ofd_printer, print_docx, print_ofd, print_xlsx, scan
from graph.errors import InputError
from graph.model import Reading
from graph.text import squeeze
from loaders.read.child.parsing_process import end_child
from loaders.read.document import Document
from loaders.read.registry import read
from loaders.reading.document_reading import read_document

FIELDS = ("tasks", "units", "deadlines", "targets")
Facts = dict[str, Counter[tuple[str, ...]]]


def facts_of(reading: Reading) -> Facts:
    """Return what a document says, by field, without places."""
    found: Facts = {name: Counter() for name in FIELDS}
    for task in reading.tasks:
        title = squeeze(task.title)
        found["tasks"][task.path, title] += 1
        found["units"].update((title, squeeze(unit.surface), str(unit.role)) for unit in task.units)
        if task.deadline:
            found["deadlines"][title, str(task.deadline.kind), str(task.deadline.start), str(task.deadline.end)] += 1
        found["targets"].update((title, squeeze(one.text)) for one in task.targets)
    return found


def copies(source: Document, folder: Path, printer: list[str] | None, scans: bool) -> Iterator[tuple[str, Path]]:
    """Yield the document in each format; one that cannot be made is told."""
    made = folder / "copy.docx"
    print_docx(source, made)
    yield "DOCX", made
    if printer:
        try:
            print_ofd(source, folder / "copy.ofd", printer)
            yield "OFD", folder / "copy.ofd"
        except (OSError, subprocess.SubprocessError) as error:
            print(f"no OFD: {error}", file=sys.stderr)
    for kind in ("doc", "rtf", "pdf"):
        try:
            yield kind.upper(), by_libreoffice(made, kind)
        except OSError as error:
            print(error, file=sys.stderr)
    if scans and (folder / "copy.pdf").exists():
        scan(folder / "copy.pdf", folder / "copy.tif")
        yield "scan", folder / "copy.tif"


def compare(path: Path, printer: list[str] | None, scans: bool, add: Callable[[str, Facts, Facts], None]) -> None:
    """Compare one document with its copies, and its lists with what a workbook of them gives."""
    source = read(path, "x")
    facts = facts_of(read_document(source))
    with TemporaryDirectory() as made:
        for kind, copy in copies(source, Path(made), printer, scans):
            try:
                add(kind, facts, facts_of(read_document(read(copy, "x"))))
            except InputError as error:
                print(f"{path.name} as {kind}: {error}", file=sys.stderr)
                add(kind, facts, {name: Counter() for name in FIELDS})
        if source.tables:
            lists, book = Path(made) / "lists.docx", Path(made) / "lists.xlsx"
            print_docx(source, lists, only_tables=True)
            print_xlsx(source, book)
            told = facts_of(read_document(read(lists, "x")))
            if told["tasks"]:
                add("XLSX (lists alone, against DOCX)", told, facts_of(read_document(read(book, "x"))))


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--scans", action="store_true")
    asked.add_argument("--verbose", action="store_true")
    given = asked.parse_args()
    counts: dict[str, dict[str, list[int]]] = defaultdict(lambda: {name: [0, 0, 0] for name in FIELDS})
    documents: Counter[str] = Counter()
    printer = ofd_printer()
    for path in sorted(given.folder.iterdir()):

        def add(kind: str, one: Facts, other: Facts, name: str = path.name) -> None:
            documents[kind] += 1
            for field in FIELDS:
                both = sum((one[field] & other[field]).values())
                sizes = (both, sum(one[field].values()), sum(other[field].values()))
                counts[kind][field] = [a + b for a, b in zip(counts[kind][field], sizes, strict=True)]
                if given.verbose and sizes[1] + sizes[2] > 2 * both:
                    lost, new = list(one[field] - other[field]), list(other[field] - one[field])
                    print(f"{name} as {kind}, {field}: -{lost[:4]} +{new[:4]}", file=sys.stderr)

        compare(path, printer, given.scans, add)
    end_child()
    print("| format | documents | " + " | ".join(FIELDS) + " |\n| --- |" + " --- |" * (len(FIELDS) + 1))
    for kind, fields in counts.items():
        shown = [f"{2 * both / (one + other):.3f}" if one + other else "" for both, one, other in fields.values()]
        print(f"| {kind} | {documents[kind]} | " + " | ".join(shown) + " |")


if __name__ == "__main__":
    main()
