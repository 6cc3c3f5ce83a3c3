"""Signatures (issuers and day of issue), and the rows below a text: 抄送, 印发, notes of disclosure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from loaders.extract.header.head_rows import HeadRow
from loaders.extract.header.issuing_bodies import Organ, is_organ, organs_in_line
from loaders.extract.header.printed_days import find_days
from loaders.patterns.pattern_files import by_name

_FIND = by_name("header")
_SIGNING_PERSON = by_name("organs")["signing_person"]
_BRANCH_BELOW = by_name("organs")["branch_below"]
# Another body's seal stands for that of the one that signs.
_SEALED = re.compile(r"\([^()]{0,24}代章\)\s*$")
# A signature has as many rows as bodies sign; ministries sign jointly by twenty and more.
MOST_SIGNERS = 40


@dataclass(frozen=True, slots=True)
class Signature:
    """The bodies that sign in the rows `first` to `last` (both included), and the day with its place."""

    organs: tuple[Organ, ...]
    day: tuple[int, int, date] | None
    first: int
    last: int


def is_date(row: HeadRow) -> bool:
    """Tell whether a row holds a day and nothing else."""
    return _FIND["date_line"].match(row.tight) is not None


def is_note(row: HeadRow) -> bool:
    """Tell whether a row is a note such as (此件公开发布)."""
    return _FIND["note_line"].match(row.tight) is not None


def is_annex(row: HeadRow) -> bool:
    """Tell whether a row is the word 附件, alone or with what it lists."""
    return _FIND["annex_line"].match(row.tight) is not None


def is_closing(row: HeadRow) -> bool:
    """Tell whether a row belongs below a text whatever stands beside it: 抄送, 印发, 主题词, red head, note."""
    names = ("copies_line", "subject_words_line", "red_head_line")
    if any(_FIND[name].match(row.tight) for name in names) or is_note(row):
        return True
    return printed_in(row.tight) is not None and len(row.tight) < 70


def printed_in(tight: str) -> re.Match[str] | None:
    """Return the match of …2018年8月28日印发 in a row."""
    return _FIND["printed_line"].search(tight) if "印发" in tight else None


def signature_at(folded: str, rows: Sequence[HeadRow], at: int) -> Signature | None:
    """Return the signature whose day stands in row `at`: the bodies are in the rows above or before the day."""
    row = rows[at]
    days = list(find_days(folded, row.start, row.end)) if len(row.tight) <= 90 else []
    if len(days) != 1:
        return None
    start, end, day = days[0]
    behind = re.sub(r"[\s\u200b)]", "", folded[end : row.end])
    before = organs_in_line(folded, row.start, start)
    if behind or (not before and not is_date(row)):
        return None
    organs, first = _above(folded, rows, at)
    return Signature((*organs, *before), (start, end, day), first, at)


def _above(folded: str, rows: Sequence[HeadRow], at: int) -> tuple[tuple[Organ, ...], int]:
    """Return the bodies of the rows right above `at`, in printed order, and the index of the first such row."""
    above: list[Organ] = []
    first = at
    for number in range(at - 1, max(at - 1 - MOST_SIGNERS, -1), -1):
        row = rows[number]
        if _SIGNING_PERSON.fullmatch(row.tight) or _FIND["seal_line"].match(row.tight):
            first = number
            continue
        sealed = _SEALED.search(folded, row.start, row.end)
        organs = organs_in_line(folded, row.start, sealed.start() if sealed else row.end)
        if not organs:
            organs = _last_sentence(folded, row)
        if not organs:
            break
        whole = _whole_name(organs[-1], above[0]) if above else None
        above[:1] = [*organs[:-1], whole] if whole else [*organs, *above[:1]]
        first = number
        if organs[0].start > row.start:
            break
    return tuple(above), first


def _whole_name(upper: Organ, lower: Organ) -> Organ | None:
    """Return the branch whose name print broke over two rows behind its head body (国家税务总局 / 澄州市税务局), else None."""
    name = upper.name + lower.name
    return Organ(upper.start, lower.end, name) if _BRANCH_BELOW.fullmatch(name) else None


def _last_sentence(folded: str, row: HeadRow) -> tuple[Organ, ...]:
    """Return a body that was copied onto the end of the last sentence, behind its 。."""
    at = folded.rfind("。", row.start, row.end) + 1
    if not at or not 0 < row.end - at <= 44:
        return ()
    organs = organs_in_line(folded, at, row.end)
    return organs if organs and is_organ(organs[0].name) else ()


def find_signatures(folded: str, rows: Sequence[HeadRow], start: int, end: int) -> list[Signature]:
    """Return the signatures whose day stands in the rows [start, end), with bodies or followed by a note or annex."""
    signatures = []
    for at in range(start, end):
        if not (signature := signature_at(folded, rows, at)):
            continue
        closed = at + 1 >= len(rows) or is_closing(rows[at + 1]) or is_annex(rows[at + 1])
        if signature.organs or closed:
            signatures.append(signature)
    return signatures


def closing_rows(folded: str, rows: Sequence[HeadRow], start: int) -> list[int]:
    """Return the indexes of the rows at the end that stand below the text: signature, notes, 抄送, 印发."""
    at = len(rows)
    while at > start:
        row = rows[at - 1]
        signature = signature_at(folded, rows, at - 1)
        if signature and signature.first >= start and _whole(rows, signature):
            at = signature.first
        elif is_closing(row):
            at -= 1
        elif step := _runs_on(rows, at, start):
            at = step
        elif at < len(rows) and organs_in_line(folded, row.start, row.end) and _printer(rows[at]):
            at -= 1
        else:
            break
    return list(range(at, len(rows)))


def _whole(rows: Sequence[HeadRow], signature: Signature) -> bool:
    """Tell whether the signature begins a row: a body behind the last sentence leaves that row in the text."""
    return not signature.organs or signature.organs[0].start <= rows[signature.first].start + 2


def _printer(row: HeadRow) -> bool:
    return printed_in(row.tight) is not None


def _runs_on(rows: Sequence[HeadRow], at: int, start: int) -> int | None:
    """Return the row of 抄送 that the row before `at` continues, or None."""
    for number in range(at - 2, max(at - 6, start - 1), -1):
        if _FIND["copies_line"].match(rows[number].tight):
            return number
        if not rows[number].tight.endswith((",", "、")):
            return None
    return None
