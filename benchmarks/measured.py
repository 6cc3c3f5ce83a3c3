"""The benchmarks, each a function from a workshop and a size to figures."""

import json
import math
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from benchmarks.figures import Figure, compared
from benchmarks.generate import families
from benchmarks.processes import ROOT, step, wall
from benchmarks.workshop import SAMPLE, SHARED, Workshop, build, collected, real_documents
from graph.snapshot.snapshot import Snapshot

GIGABYTE = 1 << 30


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much each benchmark works on, and how often it repeats."""

    small: int = 10_000
    large: int = 100_000
    documents: int = 1_000
    repeats: int = 5


def reading(shop: Workshop, sizes: Sizes) -> list[Figure]:
    """Reading documents (file to Reading) against jieba only cutting their text; processor time, both warm."""
    try:
        import jieba
    except ImportError:
        sys.exit("reading is measured against jieba: pip install -e '.[bench]'")
    from loaders.reading.document_reading import read_file

    name, paths = real_documents()
    jieba.setLogLevel(60)
    jieba.initialize()
    texts = [read_file(path).text for path in paths]
    cut(jieba.cut, texts)
    pairs = []
    for _ in range(sizes.repeats):
        started = process_time()
        for path in paths:
            read_file(path)
        between = process_time()
        cut(jieba.cut, texts)
        pairs.append((between - started, process_time() - between))
    what = f"{name}: {len(paths)} documents, {sum(map(len, texts)):,} characters, against a warm jieba cutting them"
    return [compared("reading", what, pairs, aim=1.0)]


def slowest(shop: Workshop, sizes: Sizes) -> list[Figure]:
    """The ten collected documents that take longest to read, each against a warm jieba cutting its text; processor time.

    They are found in two passes over the documents beside the checkout, those held back left out, and then measured in turn.
    """
    import jieba

    from loaders.reading.document_reading import read_file

    jieba.setLogLevel(60)
    jieba.initialize()
    took: dict[Path, float] = {}
    for path in collected() * 2:
        started = process_time()
        read_file(path)
        took[path] = min(process_time() - started, took.get(path, math.inf))
    figures = []
    for path in sorted(took, key=lambda one: took[one], reverse=True)[:10]:
        text = read_file(path).text
        pairs = []
        for _ in range(sizes.repeats):
            started = process_time()
            read_file(path)
            between = process_time()
            cut(jieba.cut, [text])
            pairs.append(((between - started) * 1000, (process_time() - between) * 1000))
        figures.append(compared("slowest", f"{path.name}: {len(text):,} characters", pairs, aim=None, unit="ms"))
    return figures


def cut(cutter: Callable[[str], Sequence[str]], texts: Sequence[str]) -> int:
    """Cut all texts into words; return their number."""
    return sum(len(list(cutter(text))) for text in texts)


def loading(shop: Workshop, sizes: Sizes) -> list[Figure]:
    """Snapshot to embedded store, against the engine's own bulk load of the same rows with the same indexes.

    The engine's side has its rows ready in memory; ours reads them from the snapshot.
    """
    figures = []
    for tasks, repeats in ((sizes.small, sizes.repeats), (sizes.large, 2)):
        snapshot = shop.store(tasks).snapshot()
        told = []
        for _ in range(repeats):
            told.append([_loaded(shop, side, snapshot) for side in ("load_ours", "load_engine")])
        count, rows = Snapshot.open(snapshot).count("Task"), told[0][1]["rows"]
        what = f"snapshot of {count:,} tasks to store, against the engine's bulk load of its {rows:,} rows"
        figures += _twice("loading", what, told, 1.5)
    return figures


def _loaded(shop: Workshop, side: str, snapshot: Path) -> dict[str, Any]:
    folder = shop.folder / "loaded"
    shutil.rmtree(folder, ignore_errors=True)
    return step(side, snapshot, folder / "arcade")


def _twice(benchmark: str, what: str, told: Sequence[Sequence[Mapping[str, float]]], aim: float) -> list[Figure]:
    """Return the figure by the clock, which the aim is for, and by processor time, which other work disturbs less."""
    clock, processor = ([(ours[by], other[by]) for ours, other in told] for by in ("seconds", "processor"))
    return [
        compared(benchmark, what, clock, aim=aim),
        compared(benchmark, "the same in processor time", processor, aim=None),
    ]


def building(shop: Workshop, sizes: Sizes) -> list[Figure]:
    """Documents to snapshot on one core and on two.

    In processor time the gain is what it would be on two idle cores, were nothing done by the first process while
    its workers work: its own time and half of theirs, against that of one process alone.
    """
    documents = shop.families(sizes.small)
    clock, processor, speeds, tasks = [], [], [], 0
    for _ in range(max(2, sizes.repeats // 2)):
        one, two = (_built(shop, documents, jobs) for jobs in (1, 2))
        tasks = one["tasks"]
        speeds.append(tasks / one["own"])
        clock.append((one["seconds"], two["seconds"]))
        processor.append((one["own"], two["own"] + two["workers"] / 2))
    what = f"documents to snapshot, {tasks:,} tasks: tasks in a second of one core's time"
    return [
        Figure(
            benchmark="building",
            what=what,
            ours=f"{median(speeds):.0f} /s",
            other="",
            ratio=median(speeds),
            low=min(speeds),
            high=max(speeds),
            aim=None,
            repeats=len(speeds),
        ),
        compared("building", "the same on one core and on two: the second's gain", clock, aim=1.7, sense="least"),
        compared("building", "the gain in processor time", processor, aim=None, sense="least"),
    ]


def _built(shop: Workshop, documents: Path, jobs: int) -> dict[str, Any]:
    store = shop.folder / "built"
    shutil.rmtree(store, ignore_errors=True)
    return step("read_and_link", documents, store, jobs)


def adding(shop: Workshop, sizes: Sizes) -> list[Figure]:
    """One document more in many, against building them all."""
    documents, more = shop.folder / "thousand", shop.folder / "more"
    count, repeats = sizes.documents, max(3, sizes.repeats // 2)
    shutil.rmtree(documents, ignore_errors=True)
    shutil.rmtree(more, ignore_errors=True)
    for number, (name, text) in enumerate(families((count + repeats) * 40)):
        if number < count + repeats:
            # A document that comes later stands in the last family: it has links to make.
            path = (documents if number < count else more / str(number - count)) / f"{name}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    store = shop.folder / "grown"
    shutil.rmtree(store, ignore_errors=True)
    full = step("add", documents, store)
    pairs = [(step("add", more / str(number), store)["seconds"], full["seconds"]) for number in range(repeats)]
    what = f"one document more in {full['documents']:,}, against building all of them"
    return [compared("adding", what, pairs, aim=0.05)]


def starting(shop: Workshop, sizes: Sizes) -> list[Figure]:
    """A cold `zhengmai cascade`, against a script that imports engine, typer and rich and asks the same texts."""
    figures = []
    cases = [("the sample", SAMPLE, "province")]
    if SHARED.is_dir():
        cases.append(("the seeds", SHARED / "seeds", "zjol"))
    for number, (name, documents, of) in enumerate(cases):
        store = shop.folder / f"cold-{number}"
        if not store.exists():
            wall(build(documents, store))
        told = step("questions", store, of)
        texts = shop.folder / f"cold-{number}.json"
        texts.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        ours: list[str | Path] = [sys.executable, "-m", "zhengmai", "cascade", of, "--store", store]
        other: list[str | Path] = [sys.executable, ROOT / "benchmarks" / "bare_cascade.py", texts]
        wall(ours), wall(other)
        pairs = [(wall(ours), wall(other)) for _ in range(sizes.repeats * 3)]
        what = f"cold `cascade {of}` of {name} ({told['rows']} rows), against its {len(told['asked'])} bare queries"
        figures.append(compared("starting", what, pairs, aim=1.5))
    return figures


def memory(shop: Workshop, sizes: Sizes) -> list[Figure]:
    """Peak memory of the process tree that builds a graph."""
    home = shop.store(sizes.large)
    tasks = Snapshot.open(home.snapshot()).count("Task")
    peak = shop.peaks[sizes.large]
    own, resident = (one / GIGABYTE / tasks * 100_000 for one in (peak.own, peak.resident))
    what = (
        f"peak memory of the processes of `build`, {tasks:,} tasks in {shop.seconds[sizes.large]:.0f} s:"
        f" GB per 100,000 tasks ({resident:.2f} with shared pages counted in each)"
    )
    return [
        Figure(
            benchmark="memory",
            what=what,
            ours=f"{own:.2f} GB",
            other="",
            ratio=own,
            low=own,
            high=own,
            aim=1.0,
        )
    ]


def push(shop: Workshop, sizes: Sizes) -> list[Figure]:
    """A push to a Neo4j server that is started for it, against the driver alone with the same constraints and indexes.

    Then one task in a hundred is revised (its text, the names of its units, the places of all its evidence) and pushed.
    """
    from benchmarks.push import push_figures

    return push_figures(shop, sizes.large, 2)


def layer(shop: Workshop, sizes: Sizes) -> list[Figure]:
    """Every question of the catalogue through `run`, in process and warm, against the engine's own call.

    The sums of the medians of all questions. A question of one text is held against that text alone, one that is
    composed against all texts that the engine is asked for it; both sides ask with the same parameters: those that the
    question needs and no other, so that lists are whole; the task is the middle one of those that derive from another,
    the document the one that it derives from, several of a kind are ten from all over, the rest the middle ones by key.
    A question that takes an engine more than a second is asked three times only, more than ten seconds once, the first time.
    """
    from benchmarks.layer import layer_figures

    return layer_figures(shop, sizes.large, sizes.repeats, "layer", "embedded, Cypher")


def layer_sparql(shop: Workshop, sizes: Sizes) -> list[Figure]:
    """The same on the embedded SPARQL engine."""
    from benchmarks.layer import layer_figures

    return layer_figures(shop, sizes.large, sizes.repeats, "layer-sparql", "embedded, SPARQL")


def layer_neo4j(shop: Workshop, sizes: Sizes) -> list[Figure]:
    """The same on a Neo4j server, with the smaller graph: nothing is in process there."""
    from benchmarks.layer import layer_figures

    return layer_figures(shop, sizes.small, sizes.repeats, "layer-neo4j", "Neo4j server")


def layer_sparql_server(shop: Workshop, sizes: Sizes) -> list[Figure]:
    """The same on a SPARQL server, with the smaller graph: nothing is in process there."""
    from benchmarks.layer import layer_figures

    return layer_figures(shop, sizes.small, sizes.repeats, "layer-sparql-server", "SPARQL server")


def pages(shop: Workshop, sizes: Sizes) -> list[Figure]:
    """The explorer's pages, each asked whole (address in, HTML out), against the engine's own calls of all texts that it asks.

    A page of each kind, warm, with the things in the middle of what there is; the sum of all, and the dearest of them alone.
    """
    from benchmarks.explorer_pages import page_figures

    return page_figures(shop, sizes.large, sizes.repeats)


def serving(shop: Workshop, sizes: Sizes) -> list[Figure]:
    """How soon `serve` answers its first page, cold, and what it holds in memory once every page was looked at.

    Nothing stands against these: the ratio is that to one second, and to one GB.
    """
    from benchmarks.explorer_pages import start_figures

    return start_figures(shop, sizes.large, sizes.repeats)


def handing_on(shop: Workshop, sizes: Sizes) -> list[Figure]:
    """What is written for others, against what it is made of.

    The correlation table of a family of 1,040 tasks as a report, against the same table as JSON, both by the command and
    cold; the peak memory of each. The ledger as a workbook, against xlsxwriter putting the same cells into a sheet.
    """
    from benchmarks.handing_on import handing_figures

    return handing_figures(shop, sizes.small, max(1, sizes.repeats // 2))


def formats(shop: Workshop, sizes: Sizes) -> list[Figure]:
    """Files of each format to a document (text, tables, places), against the library below it asked for the same text and cells.

    In one process, warm, processor time; the start of the child process in which a build parses them stands apart, and so does what it adds to
    each file. Of DOC and RTF no library at hand gives text and tables. Files that are refused are left out on both sides.
    """
    from benchmarks.format_speed import speed_figures

    return speed_figures(sizes.repeats)


BENCHMARKS: dict[str, Callable[[Workshop, Sizes], list[Figure]]] = {
    "reading": reading,
    "slowest": slowest,
    "formats": formats,
    "loading": loading,
    "building": building,
    "adding": adding,
    "starting": starting,
    "memory": memory,
    "handing-on": handing_on,
    "push": push,
    "layer": layer,
    "layer-sparql": layer_sparql,
    "layer-neo4j": layer_neo4j,
    "layer-sparql-server": layer_sparql_server,
    "pages": pages,
    "serving": serving,
}
