"""Every form of a deadline in every place where one may stand: what the pattern file finds is read there, or says why not."""

import re
from collections.abc import Iterator

import pytest

from graph.model import Reading
from loaders.patterns.pattern_files import load_table
from loaders.reading.document_reading import read_document
from tests.loaders.documents import html_document, text_document
from tests.loaders.extract.test_deadlines import said

_ITEM = "云溪区2021年渡口改造工作方案\n\n一、主要任务\n\n（一）修缮渡口。{}\n\n（二）健全机制。抓好管护工作。\n"
_TABLE = (
    "<h1>云溪区2021年渡口改造重点工作任务清单</h1><table><tr><td>序号</td><td>重点任务</td><td>责任单位</td><td>时间要求</td></tr>"
    "<tr><td>1</td><td>修缮渡口</td><td>区交通局</td><td>{}</td></tr>"
    "<tr><td>2</td><td>健全机制</td><td>区财政局</td><td>无</td></tr></table>"
)
# Where a deadline may stand: the name by which `not_in` calls the place, and how it is printed there.
PLACES = {
    "among the units": ("duty", "修好码头。（责任单位：区交通局，{}）"),
    "behind the one who leads": ("duty", "修好码头。（区交通局牵头，{}）"),
    "behind the one who leads, done": ("duty", "修好码头。（区交通局牵头，{done}）"),
    "a bracket of its own": ("bracket", "修好码头。（{}）"),
    "behind a label": ("label", "修好码头。\n\n时间要求：{}"),
    "a label in a bracket": ("label", "修好码头。（责任单位：区交通局；完成时限：{}）"),
    "behind a sentence of duty": ("sentence", "修好码头。由区交通局牵头，{done}。"),
    "a sentence": ("sentence", "修好码头。{done}。"),
    "a sentence about the work": ("this work", "修好码头。此项工作{done}。"),
    "behind the units of the work": ("sentence", "修好码头。此项工作由区交通局牵头，{done}。"),
}
# What says that a thing is done, or goes on: a date alone is no sentence.
_ENDS = re.compile(r"(?:完成|举办|召开|开展|推进|启动|实施|坚持|执行|整改|一次|过程)$")


def read(text: str, place: str) -> Reading:
    done = text if _ENDS.search(text) else f"{text}完成"
    return read_document(text_document(_ITEM.format(PLACES[place][1].format(text, done=done))))


def in_cell(text: str) -> str:
    reading = read_document(html_document(_TABLE.format(text)))
    assert len(reading.tasks) == 2
    return said(reading.tasks[0].deadline)


def _found() -> Iterator[tuple[str, str]]:
    """Every example of a form with each place where it is read."""
    for text, not_in in _forms():
        yield from ((text, place) for place, (name, _) in PLACES.items() if name not in not_in)


def _left() -> Iterator[tuple[str, str]]:
    """Every example of a form with each place where the file says that it is none."""
    for text, not_in in _forms():
        yield from ((text, place) for place, (name, _) in PLACES.items() if name in not_in)


def _forms() -> Iterator[tuple[str, dict[str, str]]]:
    for entry in load_table("deadlines")["pattern"]:
        if entry["of"] in ("date", "kind"):
            for examples in (entry, *entry.get("also", ())):
                yield from ((text, examples.get("not_in", {})) for text in examples["finds"])


def _skipped() -> list[str]:
    entries = [entry for entry in load_table("deadlines")["pattern"] if entry["of"] in ("date", "kind")]
    return [text for entry in entries for text in entry["skips"]]


@pytest.mark.parametrize(("text", "place"), [*_found()])
def test_a_form_is_read_in_every_place_as_in_a_time_column(text: str, place: str) -> None:
    reading = read(text, place)
    assert len(reading.tasks) == 2
    assert said(reading.tasks[0].deadline) == in_cell(text) != "none"
    named = [unit.surface for unit in reading.tasks[0].units]
    assert named == (["区交通局"] if "区交通局" in PLACES[place][1] else [])


@pytest.mark.parametrize(("text", "place"), [*_left()])
def test_a_form_is_not_read_where_the_file_says_so(text: str, place: str) -> None:
    assert in_cell(text) != "none"
    assert read(text, place).tasks[0].deadline is None


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", _skipped())
def test_what_is_no_time_is_read_nowhere(text: str, place: str) -> None:
    assert read(text, place).tasks[0].deadline is None
    assert in_cell(text) == "none"


def test_every_exception_names_a_place_and_gives_a_reason() -> None:
    names = {name for name, _ in PLACES.values()}
    for _, not_in in _forms():
        assert set(not_in) <= names
        assert all(not_in.values())
