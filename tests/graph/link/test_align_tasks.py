"""Which task carries out which: split, merged, added, slogans, strangers; one set of defaults for all."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph.link.tasks.align_tasks import AlignedTasks, TaskLink, align
from graph.link.tasks.link_thresholds import LINKED
from graph.link.tasks.task_view import LinkTask, from_reading, unit_function
from graph.model import TaskKind
from graph.text import fold
from loaders.reading.document_reading import read_file
from tests.graph.link.outlines import CITY, CITY_TEXT, PROVINCE, PROVINCE_TEXT, STRANGE, outline
from tests.shared import ROOT, SHARED

SAMPLES = ROOT / "samples"

EXPECTED = {
    ("2.1.1", "2.1.1"): "adapted",
    ("2.1.2", "2.1.2"): "partial",
    ("2.1.2", "2.1.3"): "partial",
    ("2.2.1", "2.2.1"): "partial",
    ("2.2.2", "2.2.1"): "partial",
    ("2.2.3", "2.2.3"): "same",
}


def found(links: list[TaskLink]) -> dict[tuple[str, str], str]:
    return {(link.child.rpartition("/")[2], link.parent.rpartition("/")[2]): link.relation for link in links}


def f1(links: set[tuple[str, str]], gold: set[tuple[str, str]]) -> float:
    return 2 * len(links & gold) / (len(links) + len(gold))


def test_split_merged_same_and_added_are_told() -> None:
    assert found(align(CITY, PROVINCE)) == EXPECTED


def test_the_order_of_the_parent_does_not_decide() -> None:
    assert found(align(CITY, PROVINCE[::-1])).keys() == EXPECTED.keys()


def test_headings_are_no_condition() -> None:
    bare = [[replace(task, theme_heading=None) for task in side] for side in (CITY, PROVINCE)]
    assert found(align(*bare)).keys() == EXPECTED.keys()


def test_a_parent_of_headings_only_is_enough() -> None:
    summary = [replace(task, text=task.title) for task in PROVINCE]
    links = found(align(CITY, summary)).keys()
    assert {("2.1.1", "2.1.1"), ("2.2.3", "2.2.3"), ("2.1.2", "2.1.2")} <= links
    assert len(links) <= len(EXPECTED)


def test_slogans_link_nothing() -> None:
    # 加强组织领导 with the words that every plan has stands in all three, once even as a measure.
    spoken = [replace(task, kind="measure") for task in (*CITY, *PROVINCE) if task.kind == "safeguard"]
    assert not [link for link in align(STRANGE, PROVINCE) if link.score > LINKED]
    with_slogans = [*PROVINCE[:-1], spoken[1]]
    assert not align(STRANGE[:2], with_slogans)


def test_safeguards_alike_are_no_link() -> None:
    safeguards = {task.key for task in (*CITY, *PROVINCE) if task.kind != "measure"}
    assert safeguards
    assert not [link for link in align(CITY, PROVINCE) if {link.child, link.parent} & safeguards]


@pytest.mark.parametrize("kind", ["safeguard", "checklist", "phase"])
def test_what_has_no_measure_is_sought_in_safeguards_and_rows(kind: TaskKind) -> None:
    moved = [replace(task, kind=kind) if task.path in {"2.1.1", "2.2.3"} else task for task in CITY]
    links = align(moved, PROVINCE)
    assert found(links).keys() == EXPECTED.keys()
    assert [link.child for link in links] == sorted(link.child for link in links)
    (row,) = [link for link in links if link.parent.endswith("/2.2.3")]
    assert row == AlignedTasks(moved, PROVINCE).link(row.child, row.parent)
    assert (moved[4].key, PROVINCE[5].key) == (row.child, row.parent)
    assert AlignedTasks(moved, PROVINCE).explain(row.child, row.parent)[0] == row.score
    above = [replace(task, kind=kind) if task.path in {"2.1.1", "2.2.3"} else task for task in PROVINCE]
    assert found(align(CITY, above)).keys() == EXPECTED.keys()


def test_a_row_beside_its_measure_is_no_second_counterpart() -> None:
    rows = [replace(task, key=f"{task.key}-row", kind="checklist") for task in CITY]
    assert found(align([*CITY, *rows], PROVINCE)).keys() == EXPECTED.keys()


def test_two_rows_are_compared_when_asked_and_never_linked() -> None:
    sides = [[replace(task, kind="checklist") for task in side] for side in (CITY, PROVINCE)]
    assert not align(*sides)
    assert 0 < AlignedTasks(*sides).explain(sides[0][0].key, sides[1][0].key)[0] <= 1


@pytest.mark.parametrize(("child", "parent"), [((), PROVINCE), (CITY, ()), ((), ()), (CITY[:1], PROVINCE[:1])])
def test_small_outlines_do_no_harm(child: tuple[LinkTask, ...], parent: tuple[LinkTask, ...]) -> None:
    links = align(child, parent)
    assert all(LINKED <= link.score <= 1 for link in links)


def test_every_deciding_word_stands_in_its_document() -> None:
    for link in align(CITY, PROVINCE):
        assert len({signal.name for signal in link.signals}) == len(link.signals) >= 3
        said = {signal.name: signal for signal in link.signals}
        for signal in link.signals:
            assert 0 <= signal.score <= 1
            if signal.child_words and signal.parent_words:
                assert signal.child_words.of(CITY_TEXT).strip()
                assert signal.parent_words.of(PROVINCE_TEXT).strip()
        assert said["sentence"].child_words
    (same,) = [link for link in align(CITY, PROVINCE) if link.relation == "same"]
    titles = next(signal for signal in same.signals if signal.name == "subject")
    assert titles.child_words
    assert titles.parent_words
    assert titles.child_words.of(CITY_TEXT) == titles.parent_words.of(PROVINCE_TEXT) == "清理岸线垃圾"
    names = next(signal for signal in same.signals if signal.name == "names")
    assert names.child_words
    assert names.child_words.of(CITY_TEXT) == "“河段认领”"


def test_other_documents_change_nothing() -> None:
    before = align(CITY, PROVINCE)
    align(STRANGE, PROVINCE)
    align(CITY, STRANGE)
    assert align(CITY, PROVINCE) == before


def test_explain_tells_every_comparison_in_both_languages() -> None:
    score, told = AlignedTasks(CITY, PROVINCE).explain(CITY[0].key, PROVINCE[0].key)
    (link,) = [link for link in align(CITY, PROVINCE) if link.child == CITY[0].key]
    assert score == link.score
    assert [one.signal for one in told] == list(link.signals)
    assert all("：" in one.meaning and ". " in one.meaning for one in told)


def test_explain_tells_why_there_is_no_link() -> None:
    score, told = AlignedTasks(CITY, PROVINCE).explain(CITY[5].key, PROVINCE[6].key)
    assert score < 0.1
    assert len(told) > 10


def test_a_safeguard_can_be_explained_though_it_is_never_linked() -> None:
    score, _ = AlignedTasks(CITY, PROVINCE).explain(CITY[-1].key, PROVINCE[-1].key)
    assert 0 <= score <= 1


def test_a_link_that_was_asked_for_has_its_own_score() -> None:
    made = AlignedTasks(CITY, PROVINCE).link(CITY[5].key, PROVINCE[6].key)
    assert (made.child, made.parent) == (CITY[5].key, PROVINCE[6].key)
    assert made.score < LINKED
    assert made.judgement == "none"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("澄州市发展改革委", "云溪区发改局"),
        ("省交通运输厅", "市交通运输局"),
        ("市人力社保局", "省人力资源社会保障厅"),
    ],
)
def test_counterparts_have_one_function(one: str, other: str) -> None:
    assert unit_function(one) == unit_function(other)


@pytest.mark.parametrize(("one", "other"), [("省民政厅", "省财政厅"), ("市水务局", "市商务局")])
def test_functions_that_sound_alike_stay_apart(one: str, other: str) -> None:
    assert unit_function(one) != unit_function(other)


def test_a_task_that_holds_others_is_linked_by_its_own_words(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(
        "澄州市渡运安全实施方案\n\n二、主要任务\n（一）排查渡口\n1．检查浮桥。汛前逐座检查浮桥锚链。（责任单位：市交通运输局）\n"
        "2．检查渡船。核验渡船证书。（责任单位：市交通运输局）\n",
        encoding="utf-8",
    )
    reading = read_file(path)
    tasks = from_reading(reading)
    assert tasks
    for task in tasks:
        assert "责任单位" not in task.text
        for at, origin, length in task.pieces:
            assert fold(reading.text)[origin : origin + length] == task.text[at : at + length]


def sample_tasks(name: str) -> tuple[LinkTask, ...]:
    (path,) = (SAMPLES / "lanjiang").glob(f"{name}.*")
    return from_reading(read_file(path))


def gold_pairs(*files: Path) -> Iterator[tuple[str, str, dict[tuple[str, str], str]]]:
    pairs: dict[tuple[str, str], dict[tuple[str, str], str]] = {}
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            child, parent = row["child"].split("/"), row["parent"].split("/")
            pairs.setdefault((child[0], parent[0]), {})[child[1], parent[1]] = row["relation"]
    for (one, other), links in pairs.items():
        yield one, other, links


def test_the_sample_family_is_linked_as_by_hand() -> None:
    right = linked = 0
    for child, parent, gold in gold_pairs(SAMPLES / "gold/cascade.jsonl", SAMPLES / "gold/cascade-between.jsonl"):
        made = found(align(sample_tasks(child), sample_tasks(parent)))
        assert f1(set(made), set(gold)) >= 0.95, f"{child} -> {parent}"
        linked += len(made.keys() & gold.keys())
        right += sum(made[pair] == gold[pair] for pair in made.keys() & gold.keys())
    assert right / linked >= 0.85


@pytest.mark.parametrize(
    ("child", "parent"),
    [("shuoyuan", "province"), ("articles", "province"), ("luwan", "province"), ("press", "province")],
)
def test_strangers_in_the_sample_stay_strangers(child: str, parent: str) -> None:
    assert align(sample_tasks(child), sample_tasks(parent)) == []


@pytest.mark.skipif(not SHARED.is_dir(), reason="the annotated documents do not stand beside this checkout")
def test_the_annotated_cascade_is_found() -> None:
    readings = {name: from_reading(read_file(SHARED / f"seeds/{name}.txt")) for name in ("zhenhai", "zjol")}
    for child, parent, gold in gold_pairs(SHARED / "gold/cascade.jsonl"):
        made = found(align(readings[child], readings[parent]))
        assert f1(set(made), set(gold)) >= 0.95
        both = made.keys() & gold.keys()
        assert sum(made[pair] == gold[pair] for pair in both) / len(both) >= 0.85


def test_each_of_many_tasks_alike_finds_its_own() -> None:
    place = [first + second for first in "柏榆槐柳枫杉桐桂樟楠梧栎" for second in "溪湾屿滩汀浦渚洲"]
    text = "\n".join(f"2.{n} 建设{place[n]}渡口。改造{place[n]}栈桥，配置{n}名渡工。" for n in range(1, 81))
    tasks = outline("many", text)
    links = found(align(tasks, [replace(task, key=f"other/{task.path}") for task in tasks]))
    assert {(task.path, task.path) for task in tasks} <= links.keys()
