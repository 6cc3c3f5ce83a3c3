"""Where the parts of a document stand: title, addressees, notice, the plan that it issues, its preamble and body."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.extract.header.genres import genre_of, is_instrument, issues_another
from loaders.extract.header.head_rows import HeadRow
from loaders.extract.header.issuing_bodies import organs_in_line
from loaders.extract.header.signatures import Signature, find_signatures, is_annex, is_closing, is_date, is_note
from loaders.patterns.pattern_files import by_name, load_words

# Parts of a header are short: further down the same forms belong to the text.
TOP_ROWS = 30
NOTICE_ROWS = 15
PLAN_ROWS = 160
TITLE_ROWS = 5
_LONGEST_ENTRY = 60
_FIND = by_name("header")
_TITLE_FORMS = by_name("genres")
_NOTICE = load_words("genres")["NOTICE"]
QUOTED = re.compile(r"《(?P<title>(?:[^《》\n]|《[^《》\n]{1,80}》){2,120})》")
# Titles are compared by letters and digits, without 的.
_IDLE = re.compile(r"[\W_的]+")
_SENTENCE = re.compile(r"[。;:!?]$")
_SUBTITLE = re.compile(r"^(?:\([^()]{2,40}\)|-{1,2}.{4,60})$")


@dataclass(slots=True)
class Zones:
    """Where the parts of a document stand, as indexes of `rows`.

    `top` are the rows up to the addressees, `notice` is the row whose sentence issues another text, `notice_end` its
    last row, `plan` the title of the plan that it issues, `body` the first row of the text, `heading` its first
    numbered row. `issued` are the places of the 《titles》 that the notice issues; `signature` is that of the notice,
    else that of the text.
    """

    rows: Sequence[HeadRow]
    top: range
    addressee: int | None = None
    notice: int | None = None
    issued: tuple[tuple[int, int], ...] = ()
    plan: tuple[int, ...] = ()
    body: int = 0
    heading: int = 0
    signature: Signature | None = None
    notice_end: int = 0


def locate(folded: str, rows: Sequence[HeadRow]) -> Zones:
    """Return where the parts of the document stand among its rows."""
    begin = next((number for number, row in enumerate(rows) if not row.outside), 0)
    heading = _first_heading(rows, begin)
    addressee = _addressee(rows, begin, heading)
    top_end = addressee if addressee is not None else _first_prose(rows, begin, heading)
    zones = Zones(rows, range(begin, top_end), addressee)
    after = top_end + 1 if addressee is not None else top_end
    zones.notice = _notice(rows, after, heading)
    if zones.notice is None:
        zones.body = _behind_title(folded, rows, after)
    else:
        _notice_and_plan(folded, zones, after)
    zones.heading = _first_heading(rows, zones.body)
    if zones.signature is None:
        signed = find_signatures(folded, rows, zones.body, len(rows))
        zones.signature = next((one for one in signed if one.organs), signed[0] if signed else None)
    return zones


def is_heading(row: HeadRow) -> bool:
    """Tell whether a row opens with a numbering sign of an outline."""
    return _FIND["heading"].match(row.tight) is not None


def _first_heading(rows: Sequence[HeadRow], start: int) -> int:
    return next((number for number in range(start, len(rows)) if is_heading(rows[number])), len(rows))


def _addressee(rows: Sequence[HeadRow], begin: int, heading: int) -> int | None:
    for number in range(begin, min(begin + TOP_ROWS, heading, len(rows))):
        tight = rows[number].tight
        if _FIND["addressee_line"].match(tight) or _FIND["addressee_open_line"].match(tight):
            return number
    return None


def _first_prose(rows: Sequence[HeadRow], begin: int, heading: int) -> int:
    """Return the first row that is a sentence, not part of a title."""
    for number in range(begin, min(heading, len(rows))):
        tight = rows[number].tight
        ends = len(tight) > 8 and _SENTENCE.search(tight) and not _FIND["note_line"].match(tight)
        runs = len(tight) > 130 or (len(tight) > 30 and "。" in tight[:-1])
        sentence = bool(ends or runs or _FIND["issues"].search(tight))
        if sentence and not _is_title_row(tight):
            return number
    return min(heading, len(rows))


def _is_title_row(tight: str) -> bool:
    return genre_of(tight) is not None and not re.search(r"[。,]", tight) and len(tight) < 130


def _notice(rows: Sequence[HeadRow], start: int, heading: int) -> int | None:
    """Return the row whose sentence issues another text, before any numbered row."""
    for number in range(start, min(start + NOTICE_ROWS, heading, len(rows))):
        if _FIND["issues"].search(rows[number].tight):
            return number
    return None


def _notice_and_plan(folded: str, zones: Zones, after: int) -> None:
    rows = zones.rows
    assert zones.notice is not None
    zones.issued = issued_titles(folded, rows, after, zones.notice)
    signed = find_signatures(folded, rows, zones.notice, min(len(rows), zones.notice + PLAN_ROWS))
    wanted = [_core(folded[start:end]) for start, end in zones.issued] or _wanted_by_title(zones)
    if not wanted or _tells_itself(zones):
        # What is made known is a list or a fact: the notice itself is the text.
        zones.notice, zones.issued, zones.body = None, (), _behind_title(folded, rows, after)
        return
    plan = _printed_again(rows, zones.notice + 1, wanted)
    if plan is None and signed:
        plan = _title_shape(rows, _past_notes(rows, signed[0].last + 1))
    if plan:
        zones.plan = plan
        zones.notice_end = next(
            (n for n in range(plan[0] - 1, zones.notice, -1) if not is_annex(rows[n])), zones.notice
        )
        zones.body = _behind_title(folded, rows, plan[-1] + 1)
        zones.signature = next((one for one in signed if one.last < plan[0]), None)
        return
    heading = _first_heading(rows, zones.notice + 1)
    zones.signature = signed[0] if signed else None
    if zones.signature and zones.signature.last < heading:
        # The plan's title is left out, or there is no plan: what follows the signature is the text.
        zones.body = _past_notes(rows, zones.signature.last + 1)
        zones.notice_end = zones.body - 1
    else:
        zones.body = heading if heading < len(rows) else len(rows)
        zones.notice_end = zones.notice


def _tells_itself(zones: Zones) -> bool:
    """Tell whether the title above is a notice's that issues nothing: its own text is what counts."""
    joined = "".join(zones.rows[number].tight for number in zones.top)
    return joined.endswith(_NOTICE) and not issues_another(joined)


def _wanted_by_title(zones: Zones) -> list[str]:
    joined = "".join(zones.rows[number].tight for number in zones.top)
    match = _TITLE_FORMS["issued_in_title"].search(joined)
    return [_core(match["title"])] if match and is_instrument(match["title"].strip("《》")) else []


def issued_titles(folded: str, rows: Sequence[HeadRow], start: int, notice: int) -> tuple[tuple[int, int], ...]:
    """Return the places of the 《titles》, without 《》, that the notice in rows [start, notice] issues."""
    titles: list[tuple[int, int]] = []
    for number in range(notice, start - 1, -1):
        row = rows[number]
        here: list[tuple[int, int]] = []
        for match in QUOTED.finditer(folded, row.start, row.end):
            ahead = folded[max(row.start, match.start() - 12) : match.start()].strip()
            behind = folded[match.end() : row.end].lstrip()
            chained = here and here[-1][1] + 1 >= match.start() - 2
            led = _FIND["ahead_of_issued"].search(ahead) or not ahead or ahead.endswith("。") or chained
            if led and _FIND["behind_issued"].match(behind):
                here.append((match.start("title"), match.end("title")))
        titles = titles or here
    above = _IDLE.sub("", "".join(row.tight for row in rows[:start]))
    named = [place for place in titles if _core(folded[slice(*place)]) in above]
    return tuple(named or titles)


def _core(title: str) -> str:
    """Return what is compared of a title: letters and digits without brackets at its end, 关于 and 的."""
    return _IDLE.sub("", re.sub(r"\([^()]{0,40}\)\s*$", "", title.strip()).removeprefix("关于"))


def _printed_again(rows: Sequence[HeadRow], start: int, wanted: Sequence[str]) -> tuple[int, ...] | None:
    """Return the rows that print one of the titles again, the first of them in printed order."""
    for number in range(start, min(len(rows), start + PLAN_ROWS)):
        joined = ""
        for count in range(TITLE_ROWS):
            if number + count >= len(rows) or (count and is_annex(rows[number + count])):
                break
            joined += rows[number + count].tight
            if len(joined) > 160:
                break
            core = _core(joined)
            if core and core in wanted:
                return tuple(range(number, number + count + 1))
    return None


def _title_shape(rows: Sequence[HeadRow], start: int) -> tuple[int, ...] | None:
    """Return the rows from `start` on that read as a title: they end with a genre word and hold no sentence."""
    while start < len(rows) and is_annex(rows[start]) and len(rows[start].tight) < 6:
        start += 1
    joined = ""
    for count in range(TITLE_ROWS):
        at = start + count
        if at >= len(rows) or is_heading(rows[at]) or re.search(r"[。;:,]", rows[at].tight) or len(joined) > 90:
            return None
        joined += rows[at].tight
        if genre_of(joined) and not is_annex(rows[at]):
            return tuple(range(start, at + 1))
    return None


def _past_notes(rows: Sequence[HeadRow], start: int) -> int:
    while start < len(rows) and (is_closing(rows[start]) or (is_annex(rows[start]) and len(rows[start].tight) > 4)):
        start += 1
    return start


def _behind_title(folded: str, rows: Sequence[HeadRow], start: int) -> int:
    """Return the first row of the text behind a title: years, days, bodies and a table of contents are passed over."""
    at = start
    while at < len(rows) and at < start + 6:
        tight = rows[at].tight
        passed = (
            _SUBTITLE.match(tight) or is_date(rows[at]) or _FIND["date_note_line"].match(tight) or is_note(rows[at])
        )
        if not passed and not organs_in_line(folded, rows[at].start, rows[at].end):
            break
        at += 1
    return _behind_contents(rows, at)


def _behind_contents(rows: Sequence[HeadRow], start: int) -> int:
    """Return the row where the text begins behind a table of contents: behind its last entry.

    That is the last row with a sign or the number of a page above the second time that its first entry stands, or one
    that stands again below.
    """
    for at in range(max(start - 1, 0), min(start + 4, len(rows))):
        if _FIND["contents_line"].match(rows[at].tight) and at + 1 < len(rows):
            entry = _entry(rows[at + 1].tight)
            stop = min(len(rows), at + 200)
            again = next((n for n in range(at + 2, stop) if _entry(rows[n].tight) == entry), None)
            if again is None:
                return start
            below = {row.tight for row in rows[again:]}
            entries = (n for n in range(again - 1, at, -1) if _is_entry(rows[n]) or rows[n].tight in below)
            return next(entries, again - 1) + 1
    return start


def _is_entry(row: HeadRow) -> bool:
    return len(row.tight) < _LONGEST_ENTRY and (is_heading(row) or _entry(row.tight) != row.tight)


def _entry(tight: str) -> str:
    return re.sub(r"[.…·\d-]+$", "", tight)
