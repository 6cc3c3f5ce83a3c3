"""Where the marks of the documents went: of those with annotations beside them, of the collection, before, and as judged."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.census import by_kind, counted
from benchmarks.golds import ROOT, shown, table
from benchmarks.workshop import collected

CENSUSES = ROOT / "annotations" / "census.json"
_HEADS = ["documents", "marks", "read", "left out by rule", "in an issue", "unclaimed", "unclaimed share"]


def marks(documents: Sequence[Path]) -> Iterator[str]:
    """Yield the tables of the marks by kind and where they went, what they were before, and how many stand aright."""
    yield from by_kind(counted(documents))
    kept: dict[str, Any] = json.loads(CENSUSES.read_text(encoding="utf-8"))
    if bulk := collected():
        yield from ("", f"The same over {len(bulk):,} collected documents:", "")
        yield from by_kind(counted(bulk))
    yield from ("", "Before (annotations/census.json):", "")
    yield from table(_HEADS, [_before(one) for one in kept["before"]])
    yield from (
        "",
        "Marks drawn by a fixed seed, and how many of them the maker of the rules holds to be in the right account:",
        "",
    )
    yield from table(
        ["marks", "seed", "by kind, right of all", "right", "share"], [_judged(one) for one in kept["judged"]]
    )


def _before(one: dict[str, Any]) -> list[object]:
    sums = [sum(column) for column in zip(*one["marks"].values(), strict=True)]
    return [one["title"], *sums, shown(sums[-1] / sums[0])]


def _judged(one: dict[str, Any]) -> list[object]:
    drawn, right = (sum(column) for column in zip(*one["kinds"].values(), strict=True))
    told = ", ".join(f"{kind} {good} of {all_}" for kind, (all_, good) in one["kinds"].items())
    return [one["title"], one["seed"], told, right, shown(right / drawn)]
