"""What a build on Spark costs a document, step by step, and what that makes for ten million: `python -m benchmarks.scale`.

Every step of `loaders.ingest.spark_build` runs once, on one core, in this process; Spark itself is played (`plain_spark`), so
that its own cost does not hide ours. `--spark` measures that beside: the same build by the command, on one and two cores.
"""

import argparse
import csv
import subprocess
import sys
import tracemalloc
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time, sleep
from typing import Any

import psutil
import pyarrow as pa

from benchmarks.figures import machine
from benchmarks.generate import write
from benchmarks.plain_spark import PlainSpark
from benchmarks.processes import ROOT, environment
from benchmarks.workshop import SHARED, build
from graph.assemble.document_names import DocumentNames
from graph.assemble.join import Joined
from graph.assemble.policy_rows import same_policies
from graph.link.decisions import Decisions
from graph.model import PolicyMention
from graph.snapshot.partitions import SPREAD
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.tables import tables
from loaders.ingest.reading_cache import Cache
from loaders.ingest.rules import reading_rules
from loaders.ingest.spark_build import SparkBuild, scan_on

GOAL = 10_000_000
_PAGE = ROOT / "docs" / "scale.md"
_FROM, _TO = "<!-- figures: python -m benchmarks.scale --spark --write -->", "<!-- end of figures -->"
# What each step is, in the words of the page.
_STEPS = {
    "look": "open and hash a file",
    "read": "read a document",
    "align": "align its pairs",
    "join": "policies and families to its tasks",
    "tie": "themes of its family",
    "write": "sort and write its rows",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """What was measured on one corpus; seconds are of the processor, sizes in bytes, all of the whole corpus."""

    name: str
    documents: int
    counts: dict[str, int]
    seconds: dict[str, float]
    moved: dict[str, int]
    sizes: dict[str, int]
    joining: float
    fetched: int
    held: int


class _Measured(SparkBuild):
    """A build that tells what joining takes in the process that joins: seconds, and bytes at their most."""

    told: tuple[float, int]

    def _join(self) -> Joined:
        came = list(self.joining)
        # Once for what stays in memory whatever the number of documents: gazetteers, patterns.
        super()._join()
        self.joining = list(came)
        tracemalloc.start()
        super()._join()
        peak = tracemalloc.get_traced_memory()[1] + sum(one.nbytes for found in came for one in found.values())
        tracemalloc.stop()
        self.joining = came
        started = process_time()
        joined = super()._join()
        self.told = process_time() - started, peak
        return joined


def measure(name: str, documents: Sequence[Path], folder: Path) -> Corpus:
    """Build a corpus, each step once."""
    store = folder / "graph"
    spark: Any = PlainSpark()
    cache = Cache(str(store), reading_rules())
    scanned = scan_on(spark, documents, store, cache)
    spark_build = _Measured(spark, cache, Decisions())
    failed = spark_build.read(scanned.sources, len(scanned.sources))
    fetched = spark.fetched_bytes
    lost = {one.name for one in failed}
    after = {one.name: one for one in scanned.sources if one.name not in lost}
    snapshot = spark_build.finish(folder / "snapshot", after, [])
    counts = {one: snapshot.count(one) for one in ("Task", "Mention", "Pair", "DERIVES_FROM", "Evidence", "Policy")}
    sizes = {
        "documents": sum(one.size for one in after.values()),
        "readings": _size(store / "readings"),
        "snapshot": _size(folder / "snapshot"),
        "shared": _shared(snapshot),
        "whole": max(snapshot.table(name).nbytes for name in tables() if name not in SPREAD),
    }
    return Corpus(
        name=name,
        documents=len(after),
        counts=counts,
        seconds=dict(spark.seconds),
        moved=dict(spark.taken),
        sizes=sizes,
        joining=spark_build.told[0],
        fetched=fetched,
        held=spark_build.told[1],
    )


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _shared(snapshot: Snapshot) -> int:
    """Return the bytes of the proofs that no document owns: one file, however large the graph."""
    table = snapshot.table("Evidence")
    return int(table.filter(pa.compute.is_null(table["owner"])).nbytes)


def table(corpora: Sequence[Corpus]) -> list[str]:
    """Return the figures a document, and what they make for the goal, as Markdown."""
    rows = [["a document", *(one.name for one in corpora), f"× {GOAL:,}"]]

    def line(what: str, values: Sequence[float], unit: str, total: str) -> None:
        rows.append(
            [what, *(f"{value:,.{0 if value >= 100 else 1 if value >= 1 else 2}f} {unit}" for value in values), total]
        )

    for key, what in (
        ("Task", "tasks"),
        ("Mention", "policies named"),
        ("Pair", "pairs to align"),
        ("Evidence", "proofs"),
    ):
        each = [one.counts[key] / one.documents for one in corpora]
        line(what, each, "", _many(each))
    for step, what in _STEPS.items():
        each = [one.seconds.get(step, 0) / one.documents * 1000 for one in corpora]
        line(f"`{step}`: {what}", each, "ms", _hours(each))
    each = [sum(one.seconds.values()) / one.documents * 1000 for one in corpora]
    line("**all steps, on the workers**", each, "ms", _hours(each))
    line("documents a second of one core", [1000 / one for one in each], "", "")
    each = [one.joining / one.documents * 1000 for one in corpora]
    line("joining, in one process", each, "ms", _hours(each))
    for what, key in (
        ("its file", "documents"),
        ("its cached reading", "readings"),
        ("its rows in the snapshot", "snapshot"),
    ):
        each = [one.sizes[key] / one.documents / 1000 for one in corpora]
        line(what, each, "kB", _bytes(each))
    for step, what in (
        ("align", "pairs"),
        ("join", "keys of tasks and links, by part"),
        ("tie", "the same, by family"),
        ("write", "rows, by part of a table"),
    ):
        each = [one.moved.get(step, 0) / one.documents / 1000 for one in corpora]
        line(f"shuffled to `{step}`: {what}", each, "kB", _bytes(each))
    each = [one.fetched / one.documents / 1000 for one in corpora]
    line("sent to the joining process", each, "kB", _bytes(each))
    each = [one.held / one.documents / 1000 for one in corpora]
    line("memory of the joining process at its most", each, "kB", _bytes(each))
    for key, what in (
        ("whole", "the largest table in one piece (Mention)"),
        ("shared", "the part `shared` of Evidence"),
    ):
        each = [one.sizes[key] / one.documents / 1000 for one in corpora]
        line(f"{what}, in memory when it is written", each, "kB", _bytes(each))
    return _markdown(rows)


def _many(each: Sequence[float]) -> str:
    return _range([value * GOAL / 1e6 for value in each], "million")


def _hours(each: Sequence[float]) -> str:
    return _range([value * GOAL / 1000 / 3600 for value in each], "core hours")


def _bytes(each: Sequence[float]) -> str:
    return _range([value * GOAL / 1e6 for value in each], "GB")


def _range(values: Sequence[float], unit: str) -> str:
    low, high = f"{min(values):,.0f}", f"{max(values):,.0f}"
    return f"{low} {unit}" if low == high else f"{low} – {high} {unit}"


def _markdown(rows: Sequence[Sequence[str]]) -> list[str]:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return [lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]]


def resolving(sizes: Sequence[int]) -> list[str]:
    """Return how the time to tell which names mean one policy grows with their number, on real titles."""
    path = SHARED / "corpus" / "titles.csv"
    if not path.exists():
        return ["The table of real titles does not stand beside this checkout: how resolving grows was not measured."]
    with path.open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    rows = [["real titles, each a policy of its own", "seconds", "ms a title"]]
    for many in sizes:
        mentions = [_mention(row) for row in listed[:many]]
        started = process_time()
        same_policies(mentions)
        took = process_time() - started
        rows.append([f"{len(mentions):,}", f"{took:.1f}", f"{took / len(mentions) * 1000:.2f}"])
    return _markdown(rows)


def _mention(row: dict[str, str]) -> dict[str, Any]:
    issuers = (row["issuer"],) if row["issuer"] else ()
    said = PolicyMention(
        role="self", rule="", title=row["title"], doc_number=row["doc_number"] or None, issuers=issuers
    )
    key, place = DocumentNames(row["id"]).policy(said)
    return {
        "document": row["id"],
        "key": key,
        "doc_number": said.doc_number,
        "title": said.title,
        "jurisdiction": place,
        "issuers": list(issuers),
        "level": None,
        "held": "full",
        "role": "self",
    }


def on_spark(documents: Path, folder: Path, count: int) -> list[str]:
    """Return what whole builds by the command take: here and on Spark, on one core and on two."""
    from loaders.ingest.spark import check

    check()
    rows = [
        [
            f"the build of the {count:,} generated documents",
            "seconds by the clock",
            "processor seconds of its processes",
        ]
    ]
    for engine in ("local", "spark"):
        for jobs in (1, 2):
            command = [*build(documents, folder / f"{engine}-{jobs}"), "--snapshot-only"]
            took, used = _run([*command, "--engine", engine, "--jobs", str(jobs)])
            rows.append([f"`--engine {engine} --jobs {jobs}`", f"{took:.0f}", f"{used:.0f}"])
    return _markdown(rows)


def _run(command: Sequence[str | Path]) -> tuple[float, float]:
    """Run a command; return its seconds, and those of the processor by it and all below, as last seen of each."""
    started, used = perf_counter(), dict[int, float]()
    process = psutil.Popen([str(one) for one in command], cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL)
    while process.poll() is None:
        sleep(0.1)
        with suppress(psutil.Error):
            for one in (process, *process.children(recursive=True)):
                with suppress(psutil.Error):
                    times = one.cpu_times()
                    used[one.pid] = times.user + times.system
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(map(str, command)))
    return perf_counter() - started, sum(used.values())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tasks", type=int, default=40_000, help="tasks of the generated corpus (40,000)")
    parser.add_argument("--spark", action="store_true", help="whole builds too, here and on Spark")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/scale.md")
    asked = parser.parse_args()
    place, started, corpora = machine(), perf_counter(), []
    with TemporaryDirectory(prefix="zhengmai-scale-") as made:
        folder = Path(made)
        write(asked.tasks, folder / "in")
        sys.stderr.write("the generated corpus …\n")
        corpora.append(measure("generated", [folder / "in"], folder / "generated"))
        if SHARED.is_dir():
            sys.stderr.write("the real documents …\n")
            corpora.append(measure("real", [SHARED / "seeds", SHARED / "corpus"], folder / "real"))
        said = [f"{place}.", ""]
        said += [f"- {one.name}: {one.documents:,} documents, {one.counts['Task']:,} tasks" for one in corpora]
        said += ["", *table(corpora), "", *resolving((4_000, 8_000, 15_000))]
        if asked.spark:
            sys.stderr.write("whole builds …\n")
            said += ["", *on_spark(folder / "in", folder, corpora[0].documents)]
    text = "\n".join(said)
    sys.stdout.write(text + "\n")
    sys.stderr.write(f"{perf_counter() - started:.0f} s\n")
    if asked.write:
        page = _PAGE.read_text(encoding="utf-8")
        head, tail = page.partition(_FROM)[0], page.partition(_TO)[2]
        _PAGE.write_text(f"{head}{_FROM}\n\n{text}\n\n{_TO}{tail}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
