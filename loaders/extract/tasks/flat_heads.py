"""The heads of lists that a copy prints one cell a line: where they stand, what they name, where their list ends."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.model import Span
from loaders.extract.tasks.table_columns import LONGEST_HEAD, column
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document
from loaders.structure.table_grid import first_row, line_texts, row_sign

# A list of tasks has so many columns; a column of numbers stands no further right.
_FEWEST, _RIGHTMOST = 3, 3
# So many lines further down a head is still looked for.
_MOST_HEADS = 12
_FOOT = by_name("columns")["foot"]
_ORDINAL = by_name("columns")["group_row"]


@dataclass(frozen=True, slots=True)
class FlatHeads:
    """The heads of a list: the lines of each, the place of the head of the numbers (None where there is none), the first line below."""

    lines: tuple[tuple[int, ...], ...]
    words: tuple[str, ...]
    number: int | None
    below: int


def heads_of_flat(document: Document, lines: Sequence[Span]) -> list[int]:
    """Return where the headings of a list printed one cell a line begin, if there is one: one of units, one of tasks."""
    texts = line_texts(document, lines)
    for at in range(len(texts)):
        if (heads := heads_at(texts, at)) is None:
            continue
        kinds = {one.kind for word in heads.words if (one := column(word))}
        if "unit" in kinds and kinds & {"task", "name"}:
            return [lines[at].start]
    return []


def heads_at(texts: Sequence[str], at: int) -> FlatHeads | None:
    """Return the heads that begin at a line: all above the first row number, else a run of known ones."""
    first = column(texts[at]) if len(texts[at]) <= LONGEST_HEAD else None
    if first is None or (
        at and first.kind != "number" and len(texts[at - 1]) <= LONGEST_HEAD and column(texts[at - 1])
    ):
        return None
    number = next((one for one in range(at, min(at + _RIGHTMOST, len(texts))) if _is(texts[one], "number")), None)
    if number is not None and (below := first_row(texts, number) or _later_row(texts, number)) is not None:
        return _numbered_heads(texts, at, below)
    merged = _merged(texts, at, min(at + _MOST_HEADS, len(texts)))
    known = [column(word) for _, word in merged]
    run = next((stop for stop in range(len(known)) if not known[stop] and not any(known[stop : stop + 2])), len(known))
    while run and not known[run - 1]:
        run -= 1
    kinds = {one.kind for one in known[:run] if one}
    if run < _FEWEST or "number" in kinds or not kinds & {"unit", "time"} or not kinds & {"task", "name", "group"}:
        return None
    return _as_heads(merged[:run])


def _later_row(texts: Sequence[str], at: int) -> int | None:
    """Return where the rows of a list begin in mid-count, below heads that are all known; None where they do not."""
    for below in range(at + 1, min(at + _MOST_HEADS, len(texts))):
        if row_sign(texts[below]):
            return below if below - at >= _FEWEST else None
        if len(texts[below]) > LONGEST_HEAD or not column(texts[below]):
            return None
    return None


def _is(text: str, kind: str) -> bool:
    said = column(text) if len(text) <= LONGEST_HEAD else None
    return said is not None and said.kind == kind


def _merged(texts: Sequence[str], start: int, stop: int) -> list[tuple[tuple[int, ...], str]]:
    """Return the heads of some lines; two lines that only together are a known one (序, 号) are one."""
    found: list[tuple[tuple[int, ...], str]] = []
    at = start
    while at < stop:
        both = texts[at] + texts[at + 1] if at + 1 < stop else ""
        together, apart = column(both), [column(one) for one in texts[at : at + 2]]
        if together and (not any(apart) or all(one and one.kind == "number" for one in (together, *apart))):
            found.append(((at, at + 1), both))
            at += 2
        else:
            found.append(((at,), texts[at]))
            at += 1
    return found


def _as_heads(merged: Sequence[tuple[tuple[int, ...], str]]) -> FlatHeads:
    words = tuple(word for _, word in merged)
    number = next((at for at, word in enumerate(words) if _is(word, "number")), None)
    return FlatHeads(tuple(lines for lines, _ in merged), words, number, merged[-1][0][-1] + 1)


def _numbered_heads(texts: Sequence[str], at: int, below: int) -> FlatHeads | None:
    """Return the heads above the first row number at `below`; what stands between them names the first group."""
    merged = _merged(texts, at, below)
    again = next(
        (one for one in range(below, len(texts)) if texts[one] == texts[at] and _same(texts, at, one) > 1), None
    )
    if again is not None:
        # Printed again at a page break, the heads tell where they end.
        size = _same(texts, at, again)
        merged = [one for one in merged if one[0][-1] < at + size]
    else:
        last = max(one for one, (_, word) in enumerate(merged) if column(word))
        grouped = any(_is(word, "number") for _, word in merged[1:])
        stop = last + 1 if grouped else len(merged)
        signed = (one for one in range(last + 1, stop) if _ORDINAL.match(merged[one][1]))
        merged = merged[: next(signed, stop)]
    if len(merged) < _FEWEST or any(len(word) > LONGEST_HEAD for _, word in merged):
        return None
    return _as_heads(merged)


def _same(texts: Sequence[str], one: int, other: int) -> int:
    size = 0
    while size < _MOST_HEADS and other + size < len(texts) and one + size < other:
        if texts[one + size] != texts[other + size] or row_sign(texts[one + size]):
            break
        size += 1
    return size


def end_of_list(texts: Sequence[str], heads: FlatHeads) -> int:
    """Return where a list ends at the latest: at other heads, or at what stands below a table (注:)."""
    own = [texts[line] for line in heads.lines[0]]
    for at in range(heads.below, len(texts)):
        if _FOOT.match(texts[at]):
            return at
        if texts[at] == own[0]:
            continue
        if (
            column(texts[at])
            and (other := heads_at(texts, at))
            and other.words != heads.words
            and "unit" in _kinds(other)
        ):
            return at
    return len(texts)


def _kinds(heads: FlatHeads) -> set[str]:
    return {one.kind for word in heads.words if (one := column(word))}


def without_heads(texts: Sequence[str], heads: FlatHeads, end: int) -> list[int]:
    """Return the lines of the rows up to `end`, without heads that are printed again at a page break."""
    printed = [texts[line] for lines in heads.lines for line in lines]
    kept: list[int] = []
    at = heads.below
    while at < end:
        if texts[at] == printed[0] and list(texts[at : at + len(printed)]) == printed:
            at += len(printed)
        else:
            kept.append(at)
            at += 1
    return kept
