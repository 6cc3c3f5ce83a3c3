from pathlib import Path
from typing import Any

import pytest

from graph.errors import InputError
from loaders.gold.evaluate import evaluate, pair_tasks, read_lines, score_document
from loaders.gold.gold_form import gold_form
from loaders.gold.gold_places import Finder, places_of, words_of
from loaders.gold.scores import Score, total
from loaders.reading.document_reading import read_document
from tests.loaders.documents import text_document

TEXT = (
    "一、主要任务\n（一）修渡口。2026年6月底前修好１２处渡口。（县交通运输局牵头，县水利局配合）\n"
    "（二）补码头。根据《石浦县码头管理办法》补齐设施。（责任单位：县交通运输局）\n"
    "（三）清航道。县水利局要在汛前清理航道。\n"
)


def row(path: str, title: str, **more: object) -> dict[str, Any]:
    return {
        "path": path,
        "kind": "measure",
        "number": None,
        "title": title,
        "theme_heading": None,
        "theme": None,
        "units": [],
        "deadline": None,
        "targets": [],
        **more,
    }


def test_tasks_are_paired_by_path_and_title_then_title_then_path() -> None:
    gold = [row("1.1", "修好全县老旧渡口"), row("1.2", "补齐码头设施"), row("1.3", "清理航道障碍物若干处")]
    found = [row("1.1", "修好全县老旧渡口"), row("2.2", "补齐码头设施"), row("1.3", "清理航道障碍物"), row("9", "别的")]
    assert [(a["path"], b["path"]) for a, b in pair_tasks(gold, found)] == [
        ("1.1", "1.1"),
        ("1.2", "2.2"),
        ("1.3", "1.3"),
    ]


def test_a_wrong_level_in_a_path_does_not_hide_the_other_fields() -> None:
    gold = {"tasks": [row("1.1", "修渡口", number="1")], "policies": []}
    found = {"tasks": [row("1", "修渡口", number="1")], "policies": []}
    scores = {score.field: score for score in score_document("x", gold, found)}
    assert scores["tasks"].f1 == 1
    assert scores["task path"].f1 == 0
    assert scores["number"].f1 == 1
    assert scores["units"].f1 is None


def test_counts_are_multisets_and_add_up() -> None:
    one, other = Score("a", "units"), Score("b", "units")
    one.compare("1", ["甲", "甲", "乙"], ["甲", "丙"])
    other.compare("1", ["丁"], ["丁"])
    (both,) = total([one, other])
    assert (both.gold, both.found, both.right) == (4, 3, 2)
    assert (one.missed, one.invented, one.errors) == (["1: 甲", "1: 乙"], ["1: 丙"], 2)


def test_a_document_scores_full_marks_against_itself_and_less_when_changed() -> None:
    reading = read_document(text_document(TEXT))
    own = gold_form(reading)
    assert all(score.f1 in (None, 1) for score in score_document("doc", own, own))
    changed = gold_form(reading)
    changed["tasks"][0]["units"][0]["role"] = "support"
    fields = {score.field: score.f1 for score in score_document("doc", own, changed)}
    assert fields["units"] == 1
    assert fields["units with role"] is not None
    assert fields["units with role"] < 1


def test_a_swallowed_cell_shows_in_the_whole_title_alone() -> None:
    gold = {"tasks": [row("annex.1", "修好全县老旧渡口和沿线的水毁码头")], "policies": []}
    found = {"tasks": [row("annex.1", "修好全县老旧渡口和沿线的水毁码头县交通运输局")], "policies": []}
    fields = {score.field: score.f1 for score in score_document("doc", gold, found)}
    assert fields["tasks"] == 1
    assert fields["whole title"] == 0


def test_places_give_back_the_words_of_the_text() -> None:
    rows = gold_form(read_document(text_document(TEXT)))
    places, lost = places_of(rows, TEXT)
    assert lost == []
    assert [[TEXT[a:b] for a, b in actor["surface"]] for task in places["tasks"] for actor in task["actors"]] == [
        ["县水利局"]
    ]
    back = words_of(places, TEXT)
    assert all(score.f1 in (None, 1) for score in score_document("doc", rows, back))
    assert not [word for task in places["tasks"] for word in task if isinstance(task["title"], str)]


def test_words_broken_by_a_line_are_found_in_stretches() -> None:
    assert Finder("修好\n渡口，补码头").find("修好渡口") == [[0, 2], [3, 5]]
    assert Finder("修渡口修渡口").find("渡口", 3) == [[4, 6]]
    assert Finder("修渡口").find("码头") is None


def test_gold_that_is_not_there_or_broken_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no gold here"):
        evaluate(tmp_path, lambda name: None)
    (tmp_path / "tasks.jsonl").write_text('{"path": 1}\n{"path"\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"tasks\.jsonl:2: not JSON"):
        read_lines(tmp_path / "tasks.jsonl")


def test_a_text_that_is_not_there_is_named_absent(tmp_path: Path) -> None:
    (tmp_path / "ghost").mkdir()
    (tmp_path / "ghost" / "tasks.jsonl").write_text("", encoding="utf-8")
    assert evaluate(tmp_path, lambda name: None).absent == ["ghost"]
