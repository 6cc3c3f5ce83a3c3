"""What a benchmark says: medians of two ways to do one thing, their ratio, the aim; as a table."""

import json
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table: what was measured, ours and the other's medians, the median ratio with its range.

    `ours` and `other` are in `unit`. Without `other` the ratio is that of `ours` to the aim's own measure, said in `what`.
    `machine` is where it was measured.
    """

    benchmark: str
    what: str
    ours: str
    other: str
    ratio: float
    low: float
    high: float
    aim: float | None
    sense: Literal["most", "least"] = "most"
    repeats: int = 1
    machine: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None where there is none."""
        if self.aim is None:
            return None
        return self.ratio <= self.aim if self.sense == "most" else self.ratio >= self.aim

    def cells(self) -> tuple[str, ...]:
        """Return the line's words, in the order of `HEADINGS`."""
        sign = "≤" if self.sense == "most" else "≥"
        spread = f"{self.low:.3g}–{self.high:.3g}" if self.repeats > 1 else ""
        aim = "" if self.aim is None else f"{sign} {self.aim:g}"
        met = {None: "", True: "yes", False: "no"}[self.met]
        return (
            self.benchmark,
            self.what,
            self.ours,
            self.other,
            f"{self.ratio:.3g}",
            spread,
            aim,
            met,
            str(self.repeats),
        )


HEADINGS = ("benchmark", "what", "ours", "other", "ratio", "range", "aim", "met", "repeats")


def compared(
    benchmark: str,
    what: str,
    pairs: Sequence[tuple[float, float]],
    *,
    aim: float | None,
    unit: str = "s",
    sense: Literal["most", "least"] = "most",
) -> Figure:
    """Return the figure of interleaved measurements (ours, other): the median of the ratios of neighbours.

    >>> compared("x", "y", [(1.0, 2.0), (3.0, 2.0), (2.0, 2.0)], aim=1.5).cells()[2:6]
    ('2.00 s', '2.00 s', '1', '0.5–1.5')
    """
    ratios = [ours / other for ours, other in pairs]
    return Figure(
        benchmark=benchmark,
        what=what,
        ours=f"{median(one for one, _ in pairs):.2f} {unit}",
        other=f"{median(one for _, one in pairs):.2f} {unit}",
        ratio=median(ratios),
        low=min(ratios),
        high=max(ratios),
        aim=aim,
        sense=sense,
        repeats=len(pairs),
    )


def machine() -> str:
    """Return what the figures depend on: cores, their load before the run, the interpreter."""
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return (
        f"{os.cpu_count()} cores{load}; {platform.system()} {platform.machine()},"
        f" {platform.python_implementation()} {platform.python_version()}"
    )


def text(figures: Iterable[Figure]) -> str:
    """Return the figures as a table for a terminal."""
    rows = [HEADINGS, *(figure.cells() for figure in figures)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def markdown(figures: Iterable[Figure]) -> str:
    """Return the figures as a table of Markdown."""
    rows = [HEADINGS, tuple("---" for _ in HEADINGS), *(figure.cells() for figure in figures)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def keep(path: Path, figures: Sequence[Figure], place: str) -> list[Figure]:
    """Put figures into a file in the place of earlier ones of the same benchmarks; return all that it then holds."""
    lines = path.read_text(encoding="utf-8").split("\n")[:-1] if path.exists() else []
    new = {one.benchmark for one in figures}
    held = [one for one in (Figure(**json.loads(line)) for line in lines) if one.benchmark not in new]
    held += [replace(one, machine=place) for one in figures]
    written = "".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in held)
    path.write_text(written, encoding="utf-8", newline="\n")
    return held
