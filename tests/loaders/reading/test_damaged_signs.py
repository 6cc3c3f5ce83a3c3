"""Documents whose signs a copy or a program damaged read as the whole ones, and an issue says what was done."""

import random
from collections import Counter
from collections.abc import Hashable
from pathlib import Path

import pytest

from graph.model import Reading
from graph.text import squeeze
from loaders.reading.document_reading import read_document
from tests.loaders.documents import html_document, text_document
from tests.loaders.reading import disturbing
from tests.loaders.reading.test_damaged_text import read, told
from tests.shared import ROOT

SAMPLE = [ROOT / "samples" / "lanjiang" / name for name in ("lanchuan.txt", "shuoyuan.txt", "shipu.txt")]


def facts(reading: Reading) -> Counter[Hashable]:
    made = disturbing.facts(reading)
    for task in reading.tasks:
        made.update(("target", task.path, one.value, one.unit, one.comparator, one.end) for one in task.targets)
    return made


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.stem)
@pytest.mark.parametrize("name", disturbing.DAMAGES)
def test_a_document_with_damaged_signs_reads_as_the_whole_one(name: str, path: Path) -> None:
    text, markdown = disturbing.plain(path)
    damage, code = disturbing.DAMAGES[name]
    changed = damage(text, markdown, random.Random(3))
    assert changed != text
    whole, reading = disturbing.reading(text, markdown), disturbing.reading(changed, markdown)
    assert facts(whole).total() > 20
    assert facts(reading) == facts(whole)
    said = {issue.code for issue in reading.issues} - {issue.code for issue in whole.issues}
    assert said == ({code} if code else set())
    for issue in reading.issues:
        assert not issue.span or issue.span.of(reading.text) == issue.quote


def test_a_proof_holds_the_signs_that_are_read_over() -> None:
    reading = read("（一）整\u00ad修渡口。（责任单位：县交\u200b通（tōng）局）\n（二）清淤。\n")
    (task, _) = reading.tasks
    (unit,) = task.units
    assert unit.surface == "县交通局"
    assert unit.span.of(reading.text) == "县交\u200b通（tōng）局"
    assert [(issue.code, issue.quote) for issue in reading.issues] == [("unseen-signs", "整"), ("pinyin", "通")]
    assert task.title_span.of(reading.text) == "整\u00ad修渡口"


def test_a_letter_that_only_its_font_knows_stays_and_is_said() -> None:
    reading = read("（一）整修渡口。（责任单位：县\ue123通局）\n（二）清淤。\n")
    assert [(issue.code, issue.quote) for issue in reading.issues if issue.code == "private-sign"] == [
        ("private-sign", "\ue123")
    ]


@pytest.mark.parametrize("words", ["（REITs）", "（app）", "（一）", "（ōu3）"])
def test_other_brackets_are_no_pinyin(words: str) -> None:
    reading = read(f"（一）整修渡口{words}。\n（二）清淤。\n")
    assert not [issue for issue in reading.issues if issue.code == "pinyin"]
    assert words.strip("（）") in squeeze(reading.tasks[0].title)


@pytest.mark.parametrize(
    "line", ["Café à la carte, naïve façade", "路径 C:\\new\\tab 不变", "研发R&D经费", "…………——————", "××××××"]
)
def test_words_that_are_whole_stay(line: str) -> None:
    document = text_document(f"整修渡口的办法。\n{line}\n")
    assert line in document.text
    assert document.remarks == ()


@pytest.mark.parametrize("line", ["锟斤拷锟斤拷整修", "鍏充簬鏁翠慨娓″彛鐨勯?鐭?", "ÊÇ¶ÉÇµÀÏ 渡口"])
def test_what_cannot_be_turned_back_stays_and_is_said(line: str) -> None:
    document = text_document(f"整修渡口的办法。\n{line}\n")
    assert line in document.text
    assert [(one.code, one.span.of(document.text)) for one in document.remarks if one.span] == [("garbled", line)]


def test_one_line_that_was_decoded_wrongly_is_turned_back() -> None:
    line = "（一）整修渡口。年底前完成。"
    reading = read(f"{line.encode().decode('gb18030', 'replace')}\n（二）清淤。\n".replace("\ufffd", ""))
    assert len(reading.tasks) >= 1
    reading = read(f"{line.encode().decode('latin-1')}\n（二）清淤。\n")
    assert told(reading) == [("2.1", "整修渡口"), ("2.2", "清淤")]
    assert [issue.message for issue in reading.issues if issue.code == "garbled-repaired"] == [
        "1 lines were UTF-8 read as Latin; turned back into what they were"
    ]


def test_a_page_that_writes_blanks_out_twice_is_read() -> None:
    items = "".join(f"<p>&amp;nbsp;&amp;nbsp;（{sign}）整修{sign}号渡口。</p>" for sign in "一二三")
    document = html_document(f"<html><body><p>一、重点任务</p>{items}</body></html>")
    assert "&nbsp;" not in document.text
    assert [one.code for one in document.remarks] == ["written-out"]
    assert len(read_document(document).tasks) == 3


@pytest.mark.parametrize(
    ("clause", "value", "said"),
    [
        ("渡口完好率达到95以上", 95, True),
        ("满意率98以上", 98, True),
        ("客运量年均增长8左右", 8, True),
        ("服务指数不低于80", 80, False),
        ("完好率达到95%以上", 95, False),
    ],
)
def test_a_rate_that_lost_its_percent_sign_keeps_its_value_and_is_said(clause: str, value: float, said: bool) -> None:
    reading = read(f"（一）整修渡口。{clause}。\n（二）清淤。\n")
    (target,) = reading.tasks[0].targets
    assert target.value == value
    assert target.unit == ("%" if "%" in clause else None)
    assert [issue.quote for issue in reading.issues if issue.code == "target-unit"] == ([clause] if said else [])
