"""What is due as a calendar (RFC 5545), to be subscribed to or taken in by any calendar program."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime

from graph.store.protocol import AnswerRow
from queries.answer import Answer
from views.office.ledger_words import WORDS

_OCTETS = 75
"""No line is longer, its end not counted."""
_OPEN = frozenset({"overdue", "soon", "later"})
_ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


def calendar_of(answer: Answer, language: str, now: datetime | None = None) -> bytes:
    """Return the answer of the question `due` as a calendar: an event a day for each row that is not done or closed.

    The same task has the same event id in every calendar, so that a program that takes a newer one in moves its event.
    `now` is when it was made; the present moment where it is not given.
    """
    words = WORDS[language]
    stamp = (now or datetime.now(UTC)).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//zhengmai//deadlines//ZH",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(words['calendar'])}",
    ]
    for row in answer.rows:
        if row["state"] in _OPEN:
            lines += _event(row, stamp, words["alarm"])
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def _event(row: AnswerRow, stamp: str, alarm: str) -> Iterator[str]:
    carriers = str(row["units"] or row["in_text"] or "")
    named = f"（{carriers}）" if carriers else ""
    told = [row["deadline"], carriers or None, row["place"], row["task"]]
    # Of one part of a task there may be several dates: each is an event of its own.
    place = (row["task"], row["scope"], *((row["in_text"], row["end"]) if row["scope"] == "part" else ()))
    identity = hashlib.sha256("\n".join(map(str, place)).encode()).hexdigest()[:32]
    yield "BEGIN:VEVENT"
    yield f"UID:{identity}@zhengmai"
    yield f"DTSTAMP:{stamp}"
    # Without an end it lasts the one day.
    yield f"DTSTART;VALUE=DATE:{date.fromisoformat(str(row['end'])):%Y%m%d}"
    yield f"SUMMARY:{escaped(str(row['title']) + named)}"
    yield f"DESCRIPTION:{escaped(chr(10).join(str(one) for one in told if one))}"
    yield "TRANSP:TRANSPARENT"
    if row["state"] != "overdue":
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escaped(alarm)}", "TRIGGER:-P7D", "END:VALARM")
    yield "END:VEVENT"


def escaped(text: str) -> str:
    r"""Return text as a value of a calendar holds it, without control characters.

    >>> escaped("水利局；a,b;c\\d\n次行\x07")
    '水利局；a\\,b\\;c\\\\d\\n次行'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (sign for sign in lines if sign == "\n" or (sign >= " " and not "\x7f" <= sign <= "\x9f"))
    return "".join(_ESCAPES.get(sign, sign) for sign in kept)


def folded(line: str) -> bytes:
    """Return a line of a calendar with its end, folded so that none is too long and no character is cut."""
    made, room, parts = bytearray(), _OCTETS, []
    for sign in line:
        data = sign.encode("utf-8", "replace")
        if len(made) + len(data) > room:
            parts.append(bytes(made))
            # The blank that a folded line begins with counts.
            made, room = bytearray(), _OCTETS - 1
        made += data
    parts.append(bytes(made))
    return b"\r\n ".join(parts) + b"\r\n"
