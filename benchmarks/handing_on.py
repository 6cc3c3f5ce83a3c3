"""What is written for others, measured: reports of a family of a thousand tasks, workbooks of ten thousand rows."""

import shutil
import sys
from pathlib import Path
from time import process_time

from benchmarks.figures import Figure, compared
from benchmarks.generate import family
from benchmarks.processes import Peak, wall, watched
from benchmarks.workshop import Workshop, build
from graph.store import open_store
from queries.answer import Answer
from queries.run import run
from views.office.a4_sheet import new_book
from views.office.ledger_book import write_ledger

_PER_PLAN = 80
"""Tasks of each of the 13 plans of a family: 1,040 together."""
_MEGABYTE = 1 << 20


def handing_figures(shop: Workshop, tasks: int, repeats: int) -> list[Figure]:
    """Return the figures of reports and of the ledger of a graph of so many tasks."""
    return [*_reports(shop, repeats), _ledger(shop, tasks, repeats)]


def _reports(shop: Workshop, repeats: int) -> list[Figure]:
    documents, store = shop.folder / "thousand-tasks", shop.folder / "thousand-store"
    shutil.rmtree(documents, ignore_errors=True)
    shutil.rmtree(store, ignore_errors=True)
    names = []
    for name, text in family(1, per_plan=_PER_PLAN):
        path = documents / f"{name.replace('/', '-')}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        names.append(path.stem)
    wall(build(documents, store))
    figures = []
    for suffix in ("docx", "xlsx", "html"):
        times, peaks = [], []
        for _ in range(repeats):
            (ours, most), (other, least) = (_written(shop, store, names[0], one) for one in (suffix, "json"))
            times.append((ours, other))
            peaks.append((most.own / _MEGABYTE, least.own / _MEGABYTE))
        what = (
            f"correlation table of a family of {len(names) * _PER_PLAN:,} tasks as {suffix}, against the same as JSON"
        )
        figures.append(compared("handing-on", what, times, aim=None))
        figures.append(compared("handing-on", f"{what}: peak memory", peaks, aim=None, unit="MB"))
    return figures


def _written(shop: Workshop, store: Path, of: str, suffix: str) -> tuple[float, Peak]:
    out = shop.folder / f"table.{suffix}"
    return watched([sys.executable, "-m", "zhengmai", "compare", of, "--store", store, "-q", "-o", out])


def _ledger(shop: Workshop, tasks: int, repeats: int) -> Figure:
    with open_store(shop.graph(tasks).root) as store:
        answer = run("ledger", store)
    pairs = []
    for _ in range(repeats):
        started = process_time()
        write_ledger(shop.folder / "ledger.xlsx", answer, "zh")
        between = process_time()
        _plain(shop.folder / "plain.xlsx", answer)
        pairs.append((between - started, process_time() - between))
    what = (
        f"ledger of {len(answer):,} tasks as a workbook to fill, against xlsxwriter putting the same cells into a sheet"
    )
    return compared("handing-on", what, pairs, aim=2.0)


def _plain(path: Path, answer: Answer) -> None:
    """Write the cells that a ledger has into a sheet without anything else."""
    names = (
        "document",
        "path",
        "title",
        "units",
        "deadline",
        "end",
        "progress",
        "share",
        "words",
        "by",
        "task",
        "task_mark",
        "entry",
    )
    book = new_book(path)
    sheet = book.add_worksheet()
    wrapped = book.add_format({"text_wrap": True, "border": 1})
    for line, row in enumerate(answer.rows):
        for at, name in enumerate(names):
            if row[name] is None:
                sheet.write_blank(line, at, None, wrapped)
            else:
                sheet.write_string(line, at, str(row[name]), wrapped)
    book.close()
