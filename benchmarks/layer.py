"""What our layer costs: every question of the catalogue through `run`, against the engine's own call of its texts."""

import gc
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter, process_time
from typing import Any

from benchmarks.asked import Given
from benchmarks.engines import ENGINES, Prepare, Recording
from benchmarks.figures import Figure
from benchmarks.workshop import Workshop
from graph.snapshot.snapshot import Snapshot
from graph.store.protocol import Store
from queries.catalog import Query, catalogue
from queries.question_rows import ParameterValue, text_of
from queries.run import run

_LONG = 10
Took = tuple[float, float]
"""Seconds by the clock, and of this process's processor time."""


@dataclass(slots=True)
class Timed:
    """The seconds that one question took, ours and the engine's, run by run; `calls` are the engine's."""

    name: str
    calls: int
    ours: list[Took] = field(default_factory=list)
    other: list[Took] = field(default_factory=list)

    def median(self, side: str, by: int) -> float:
        """Return the median of one side, by the clock (0) or in processor time (1)."""
        return float(median(took[by] for took in getattr(self, side)))


def _timed(store: Store, prepare: Prepare, query: Query, given: dict[str, ParameterValue], repeats: int) -> Timed:
    recording: Any = Recording(store)

    def recorded() -> None:
        run(query, recording, **given)

    first = _took(recorded)
    asked = recording.asked
    if not query.function:
        # The question's own text alone: what `run` looks up before it (a name, tellings to pass over) is our layer's.
        own = text_of(query, store.dialect)
        asked = [one for one in asked if one[0] == own][-1:]
    timed = Timed(query.name, len(asked))
    calls = [prepare(text, parameters) for text, parameters in asked]

    def ours() -> None:
        run(query, store, **given)

    def other() -> None:
        for call in calls:
            call()

    seconds, used = _took(other)
    # What takes long is not disturbed by much, and a whole list of a large graph takes minutes on some engines.
    if seconds >= _LONG:
        timed.ours, timed.other = [first], [(seconds, used)]
        return timed
    for number in range(repeats if seconds < 1 else min(repeats, 3)):
        pair = [(ours, timed.ours), (other, timed.other)]
        for act, kept in pair if number % 2 else pair[::-1]:
            kept.append(_took(act))
    return timed


def _took(act: Callable[[], None]) -> Took:
    gc.collect()
    started, used = perf_counter(), process_time()
    act()
    return perf_counter() - started, process_time() - used


def _figure(benchmark: str, what: str, timed: list[Timed], by: int, aim: float | None) -> Figure:
    """Return the figure of one engine: the sums of the medians of all questions."""
    ours, other = (sum(one.median(side, by) for one in timed) for side in ("ours", "other"))
    rounds = [
        sum(one.ours[turn % len(one.ours)][by] for one in timed)
        / sum(one.other[turn % len(one.other)][by] for one in timed)
        for turn in range(max(len(one.ours) for one in timed))
    ]
    return Figure(
        benchmark=benchmark,
        what=what,
        ours=f"{ours:.2f} s",
        other=f"{other:.2f} s",
        ratio=ours / other,
        low=min(rounds),
        high=max(rounds),
        aim=aim,
        repeats=len(rounds),
    )


def layer_figures(shop: Workshop, tasks: int, repeats: int, benchmark: str, engine: str) -> list[Figure]:
    """Measure one engine."""
    home = shop.graph(tasks)
    snapshot = Snapshot.open(home.snapshot())
    given, count = Given(snapshot), snapshot.count("Task")
    with ENGINES[engine](home, shop.folder / f"server-{benchmark}") as (store, prepare):
        timed = []
        for query in catalogue().values():
            timed.append(one := _timed(store, prepare, query, given.of(query), repeats))
            times = (f"{one.median(side, by) * 1000:10.1f} ms" for side in ("ours", "other") for by in (0, 1))
            sys.stderr.write(f"{engine:18} {one.name:24} {' '.join(times)}  {one.calls} calls\n")
    calls = sum(one.calls for one in timed)
    what = f"{engine}: {len(timed)} questions of {count:,} tasks through `run`, against the engine's own {calls} calls"
    figures = [_figure(benchmark, what, timed, 0, 1.2)]
    if engine.startswith("embedded"):
        figures.append(_figure(benchmark, f"{engine}: the same in processor time", timed, 1, None))
    return figures
