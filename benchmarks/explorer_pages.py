"""What the explorer costs: its pages against the engine's own calls of their texts, its start, its memory."""

import gc
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from urllib.parse import quote

import psutil
from starlette.testclient import TestClient

from benchmarks.asked import Given
from benchmarks.engines import Recording
from benchmarks.figures import Figure, compared
from benchmarks.processes import ROOT, environment
from benchmarks.workshop import SAMPLE, Workshop
from graph.snapshot.snapshot import Snapshot
from graph.store.protocol import Store
from loaders.ingest.graph_build import build
from views.web.explorer import explorer
from views.web.held_graph import HeldGraph, KeptTexts

_DAY = "2022-06-30"
_MEGABYTE = 1 << 20
_FELT = 0.1
"""Seconds from which on somebody waits."""
Pairs = list[tuple[float, float]]
"""Seconds of a page and of the engine's own calls, run by run."""


class _RecordedGraph(HeldGraph):
    """A graph that notes what pages ask, while it is told to."""

    recording: Recording | None = None
    noting = False

    @contextmanager
    def lent(self) -> Iterator[tuple[Store, KeptTexts]]:
        with super().lent() as (store, texts):
            if self.noting:
                self.recording = Recording(store)
                yield self.recording, texts
            else:
                yield store, texts


@dataclass(frozen=True, slots=True)
class TimedPage:
    """The seconds that a page took, ours and the engine's; `calls` are the engine's."""

    name: str
    calls: int
    pairs: Pairs

    @property
    def ratio(self) -> float:
        """The median of the ratios of neighbours."""
        return median(ours / other for ours, other in self.pairs)


def addresses(given: Given) -> dict[str, str]:
    """Return the pages that are measured, each with the things in the middle of what there is."""
    document = given.parent.rpartition("/")[0]
    child = given.child.rpartition("/")[0]
    unit, place, theme = (given.middle(label) for label in ("Unit", "Jurisdiction", "Theme"))
    asked = {
        "start": f"/?today={_DAY}",
        "search": f"/search?q={quote(given.word)}",
        "document": f"/document?of={quote(document)}",
        "task": f"/task?of={quote(given.child)}",
        "family": f"/family?of={quote(document)}",
        "matrix": f"/family?of={quote(document)}&view=matrix",
        "compare": f"/compare?of={quote(document)}&with={quote(child)}",
        "unit": f"/unit?of={quote(unit)}",
        "place": f"/place?of={quote(place)}",
        "theme": f"/theme?of={quote(theme)}",
        "deadlines": f"/deadlines?today={_DAY}",
        "indicators": "/indicators",
        "review": "/review",
        "issues": "/issues",
    }
    return asked


def page_figures(shop: Workshop, tasks: int, repeats: int) -> list[Figure]:
    """Measure the pages of one graph."""
    home = shop.graph(tasks)
    snapshot = Snapshot.open(home.snapshot())
    count, given = snapshot.count("Task"), Given(snapshot)
    graph = _RecordedGraph(str(home.root))
    with TestClient(explorer(graph), base_url="http://127.0.0.1:8765") as client:
        timed = [_timed(client, graph, name, address, repeats) for name, address in addresses(given).items()]
    what = f"{len(timed)} pages of {count:,} tasks, against the engine's own {sum(one.calls for one in timed)} calls"
    sums = [
        (sum(one.pairs[turn][0] for one in timed), sum(one.pairs[turn][1] for one in timed)) for turn in range(repeats)
    ]
    # What is there in a blink has no ratio: a page of some milliseconds is made of words, and not of what is asked.
    felt = [one for one in timed if median(ours for ours, _ in one.pairs) >= _FELT]
    worst = max(felt or timed, key=lambda one: one.ratio)
    return [
        compared("pages", what, sums, aim=3.0),
        compared(
            "pages",
            f"the dearest by ratio of those that take {_FELT:g} s or more ({worst.name}, {worst.calls} calls)",
            worst.pairs,
            aim=3.0,
        ),
    ]


def _timed(client: TestClient, graph: _RecordedGraph, name: str, address: str, repeats: int) -> TimedPage:
    graph.noting = True
    answer = client.get(address)
    graph.noting = False
    assert answer.status_code == 200, (name, answer.text[:300])
    assert graph.recording is not None
    asked = graph.recording.asked
    with graph.lent() as (store, _):
        database = store.open()  # type: ignore[attr-defined]

        def other() -> None:
            for text, parameters in asked:
                database.query("cypher", text, dict(parameters)).to_list()

        pairs = []
        for number in range(repeats):
            acts = (lambda: client.get(address), other)
            took = {act: _took(act) for act in (acts if number % 2 else acts[::-1])}
            pairs.append((took[acts[0]], took[acts[1]]))
    timed = TimedPage(name, len(asked), pairs)
    ours, own = (median(pair[side] for pair in pairs) * 1000 for side in (0, 1))
    sys.stderr.write(f"{name:12} {ours:10.1f} ms {own:10.1f} ms {timed.ratio:6.2f}  {len(asked)} calls\n")
    return timed


def _took(act: Callable[[], object]) -> float:
    gc.collect()
    started = perf_counter()
    act()
    return perf_counter() - started


def start_figures(shop: Workshop, tasks: int, repeats: int) -> list[Figure]:
    """Measure how soon the first page stands after `serve` was called, and what `serve` holds after every page was seen."""
    sample = shop.folder / "sample-store"
    if not sample.exists():
        build([SAMPLE], sample, jobs=1)
    home = shop.graph(tasks)
    snapshot = Snapshot.open(home.snapshot())
    figures = []
    for what, root, pages in (
        ("the sample", sample, ["/"]),
        (f"{snapshot.count('Task'):,} tasks", home.root, [*addresses(Given(snapshot)).values()]),
    ):
        found = [_served(root, pages if number == 0 else pages[:1]) for number in range(repeats)]
        figures.append(
            _alone("serving", f"from `serve` to its first page, {what}: seconds", [one for one, _ in found], "s", 1.0)
        )
    held = found[0][1] / _MEGABYTE
    figures.append(
        _alone("serving", f"memory of `serve` after {len(pages)} pages, {what}: GB", [held / 1024], "GB", None)
    )
    return figures


def _alone(benchmark: str, what: str, values: list[float], unit: str, aim: float | None) -> Figure:
    """Return the figure of something that nothing stands against; its ratio is that to one of its unit."""
    middle = median(values)
    return Figure(
        benchmark=benchmark,
        what=what,
        ours=f"{middle:.2f} {unit}",
        other="",
        ratio=middle,
        low=min(values),
        high=max(values),
        aim=aim,
        repeats=len(values),
    )


def _served(root: Path, pages: list[str]) -> tuple[float, int]:
    """Return the seconds from the call of `serve` to its first page, and the memory that it holds after all of them."""
    command = [sys.executable, "-m", "zhengmai", "serve", "--store", str(root), "--port", "0"]
    started = perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=environment({"ZHENGMAI_LANG": "en"}), stderr=subprocess.PIPE, text=True
    ) as serving:
        assert serving.stderr is not None
        told = next(word for word in serving.stderr.readline().split() if word.startswith("http"))
        base = told.partition("/?")[0]
        try:
            took = 0.0
            for address in pages:
                with urllib.request.urlopen(base + address) as answer:
                    answer.read()
                took = took or perf_counter() - started
            held = psutil.Process(serving.pid).memory_full_info()
            return took, getattr(held, "pss", held.rss)
        finally:
            serving.terminate()
