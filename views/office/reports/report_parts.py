"""What a report is made of, whatever it is written in: headings, paragraphs and tables of marked text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

StretchLook = Literal["plain", "strong", "soft", "added", "dropped"]
"""How a stretch of text looks; `added` and `dropped` mark what differs between two texts."""


@dataclass(frozen=True, slots=True)
class MarkedStretch:
    """A stretch of text of one look; a line feed in it begins a new line."""

    text: str
    look: StretchLook = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCell:
    """A cell of a table: its text, its colour (`#RRGGBB`) and how many columns it takes up."""

    text: tuple[MarkedStretch, ...] = ()
    fill: str | None = None
    span: int = 1
    centred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable:
    """A table: its columns' shares of the width, its head, which every page repeats, and its rows."""

    shares: tuple[float, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[ReportCell, ...], ...]


@dataclass(frozen=True, slots=True)
class ReportHeading:
    """A heading inside of a report; `new_page` begins a page with it."""

    text: str
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class ReportParagraph:
    """A paragraph of a report."""

    text: str


ReportPart = ReportHeading | ReportParagraph | ReportTable
CellLine = Sequence[MarkedStretch | str]
"""One line of a cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedReport:
    """A report: its title, its language and its parts in order."""

    title: str
    language: str
    parts: tuple[ReportPart, ...]


def cell(*text: MarkedStretch | str, fill: str | None = None, span: int = 1, centred: bool = False) -> ReportCell:
    """Return a cell of stretches of text; plain words are stretches without a look.

    >>> cell("全文", MarkedStretch("新增", "added")).text[1].look
    'added'
    """
    stretches = tuple(MarkedStretch(one) if isinstance(one, str) else one for one in text)
    return ReportCell(text=tuple(one for one in stretches if one.text), fill=fill, span=span, centred=centred)


def lines_of(text: Iterable[MarkedStretch]) -> list[list[MarkedStretch]]:
    r"""Return the lines of some stretches of text: one list of stretches each.

    >>> len(lines_of([MarkedStretch("牵头：甲局"), MarkedStretch("；"), MarkedStretch("\n时限：年底前")]))
    2
    """
    lines: list[list[MarkedStretch]] = [[]]
    for stretch in text:
        first, *rest = stretch.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        lines[-1].append(MarkedStretch(first, stretch.look))
        lines += [[MarkedStretch(one, stretch.look)] for one in rest]
    return [[one for one in line if one.text] for line in lines]


def joined(lines: Iterable[CellLine]) -> tuple[MarkedStretch, ...]:
    """Return lines as stretches of text, empty lines left out."""
    made: list[MarkedStretch] = []
    for line in lines:
        stretches = [MarkedStretch(one) if isinstance(one, str) else one for one in line]
        if any(one.text for one in stretches):
            made += [MarkedStretch("\n")] * bool(made) + stretches
    return tuple(made)
