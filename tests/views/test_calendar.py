"""Calendars of what is due keep the rules of RFC 5545."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.store.protocol import AnswerRow
from queries.answer import Answer
from views.office.calendar_file import calendar_of, escaped, folded

NOW = datetime(2031, 3, 5, 9, tzinfo=UTC)
ROW: AnswerRow = {
    "state": "later",
    "end": "2031-12-31",
    "scope": "task",
    "task": "yunxi/2.1",
    "title": "改造泵站；第一批,第二批",
    "place": "云溪区",
    "units": "区水利局、区农业农村局、各镇（街道）、区发展改革局、区财政局",
    "in_text": None,
    "deadline": "2031年底前",
}


def calendar(*rows: AnswerRow) -> bytes:
    return calendar_of(Answer(name="due", columns=tuple(ROW), rows=rows), "zh", NOW)


def unfolded(data: bytes) -> list[str]:
    """Read the lines as a calendar program does."""
    assert data.endswith(b"\r\n")
    return data.decode("utf-8").replace("\r\n ", "").split("\r\n")[:-1]


def plain(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def test_an_event_lasts_the_day_and_has_all_that_an_event_must_have() -> None:
    lines = unfolded(calendar(ROW))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert {"VERSION:2.0", "DTSTAMP:20310305T090000Z", "DTSTART;VALUE=DATE:20311231"} <= set(lines)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1
    assert lines.count("BEGIN:VALARM") == lines.count("END:VALARM") == 1
    summary = next(one for one in lines if one.startswith("SUMMARY:"))
    assert plain(summary.removeprefix("SUMMARY:")) == f"{ROW['title']}（{ROW['units']}）"


@pytest.mark.parametrize("state", ["done", "cancelled", "closed"])
def test_what_is_not_open_is_no_event(state: str) -> None:
    assert b"VEVENT" not in calendar(ROW | {"state": state})


def test_an_event_keeps_its_id_when_its_day_moves_and_no_two_have_one() -> None:
    def ids(*rows: AnswerRow) -> list[str]:
        return [one for one in unfolded(calendar(*rows)) if one.startswith("UID:")]

    assert ids(ROW) == ids(ROW | {"end": "2032-06-30"})
    part = ROW | {"scope": "part", "in_text": "区水利局"}
    assert len({*ids(ROW, part, part | {"end": "2031-06-30"}, ROW | {"task": "yunxi/2.2"})}) == 4


@given(st.text())
def test_lines_are_folded_at_75_octets_and_cut_no_character(text: str) -> None:
    data = folded("SUMMARY:" + escaped(text))
    parts = data.split(b"\r\n")
    assert parts[-1] == b""
    assert all(len(one) <= 75 for one in parts)
    assert all(one.startswith(b" ") for one in parts[1:-1])
    for one in parts:
        one.decode("utf-8")
    told = data.decode("utf-8").replace("\r\n ", "").removesuffix("\r\n").removeprefix("SUMMARY:")
    wanted = text.replace("\r\n", "\n").replace("\r", "\n")
    assert plain(told) == "".join(one for one in wanted if one == "\n" or (one >= " " and not "\x7f" <= one <= "\x9f"))


def test_a_line_of_three_octet_characters_is_folded_between_them() -> None:
    first, second, rest = folded("SUMMARY:" + "水" * 60).split(b"\r\n")[:3]
    assert (len(first), len(second)) == (74, 73)
    assert rest.decode("utf-8")


def test_no_value_begins_a_line_of_its_own() -> None:
    hostile = "x\r\nEND:VEVENT\r\nBEGIN:VALARM\nACTION:AUDIO\x0b"
    lines = unfolded(calendar(ROW | {"title": hostile, "units": hostile, "deadline": hostile, "place": hostile}))
    assert lines.count("END:VEVENT") == 1
    assert "ACTION:AUDIO" not in lines
