from pathlib import Path

import pytest

from graph.identity import link_key
from graph.snapshot.snapshot import Snapshot
from graph.store import open_store, sparql_address
from graph.store.protocol import Store
from queries.answer import Answer
from queries.run import run
from tests.factories import small_snapshot
from tests.made import make_store
from tests.queries.summary import with_summary


def row(answer: Answer, **wanted: object) -> dict[str, object]:
    found = [one for one in answer.rows if all(one[name] == value for name, value in wanted.items())]
    assert len(found) == 1, found
    return dict(found[0])


def test_the_units_of_a_task_stand_in_one_row_in_printed_order(store: Store) -> None:
    found = row(run("tasks", store, document="yunxi"), task="yunxi/1.1")
    assert (found["lead"], found["units"]) == ("区水利局", "区水利局、各镇（街道）")


def test_tasks_come_in_the_order_of_their_document(summary_store: Store) -> None:
    assert run("tasks", summary_store, document="cheng").column("task") == [
        "cheng/1.1",
        "cheng/1.2",
        "cheng/2.10",
        "cheng/2.9",
    ]


@pytest.mark.parametrize(
    ("filters", "tasks"),
    [
        ({"unit": "市大数据局"}, ["chengzhou/2.2"]),
        ({"role": "lead", "level": "county"}, ["yunxi/1.1"]),
        ({"kind": "safeguard"}, ["lanjiang/3.4"]),
        ({"place": "澄州"}, ["chengzhou/1.1", "chengzhou/2.2", "yunxi/1.1", "yunxi/2.2", "yunxi/2.3"]),
        ({"due_to": "2022-06-30"}, ["chengzhou/1.1"]),
        ({"theme": "方便群众", "level": "city"}, ["chengzhou/2.2"]),
        ({"policies": "澄政发(2021) 15号"}, ["chengzhou/1.1", "chengzhou/2.2"]),
        ({"text": "管网"}, ["lanjiang/1.2"]),
        ({"text": "１２０处"}, ["lanjiang/1.1"]),
    ],
)
def test_tasks_by_filter(filters: dict[str, str], tasks: list[str], store: Store) -> None:
    assert run("tasks", store, **filters).column("task") == tasks


def test_a_telling_that_is_not_the_fullest_is_passed_over_unless_it_is_asked_for(summary_store: Store) -> None:
    everything = run("tasks", summary_store).column("task")
    assert "lan-news/1" not in everything
    assert run("tasks", summary_store, document="lan-news").column("task") == ["lan-news/1"]
    assert run("passed_over", summary_store).column("document") == ["lan-news"]


def test_what_is_due_counts_from_the_given_day(store: Store) -> None:
    answer = run("due", store, today="2022-09-15")
    assert [(one["task"], one["days"], one["state"]) for one in answer] == [
        ("chengzhou/1.1", -77, "overdue"),
        ("yunxi/1.1", 15, "soon"),
        ("lanjiang/1.1", 107, "later"),
    ]
    assert answer.notes[0].values == {"count": 6}
    assert run("due", store, today="2022-09-15", state="soon").column("task") == ["yunxi/1.1"]


def test_a_date_that_was_tightened_dropped_or_relaxed_is_said(store: Store, summary_store: Store) -> None:
    changes = {(one["task"], one["parent"]): one["change"] for one in run("date_changed", store)}
    assert changes[("chengzhou/1.1", "lanjiang/1.1")] == "tightened"
    assert changes[("yunxi/1.1", "chengzhou/1.1")] == "relaxed"
    dropped = run("date_changed", summary_store, change="dropped")
    assert "yun/1.1" in dropped.column("task")


def test_later_than_its_parent_allows(summary_store: Store) -> None:
    late = run("later_than_parent", summary_store)
    assert [(one["task"], one["parent"], one["end"]) for one in late] == [("cheng/2.10", "lan/2.1", "2025-09-30")]


def test_targets_with_a_date_are_counted_and_listed(store: Store) -> None:
    dated = run("targets_due", store, today="2022-09-15").rows
    assert [(one["task"], one["end"], one["state"]) for one in dated] == [
        ("chengzhou/1.1", "2022-06-30", "overdue"),
        ("yunxi/1.1", "2022-09-30", "soon"),
        ("lanjiang/1.1", "2022-12-31", "later"),
        ("lanjiang/1.2", "2025-12-31", "later"),
    ]
    notes = {note.code: note.values for note in run("due", store, today="2022-09-15").notes}
    assert notes["further_targets"] == {"count": 1}, "a target due with its task is no further date"
    notes = {note.code: note.values for note in run("due", store, today="2022-09-15", end="2022-12-31").notes}
    assert "further_targets" not in notes
    assert run("targets_due_between", store, unit="990100:水利局").column("task") == ["chengzhou/1.1"]


def test_the_date_of_a_target_is_compared_with_that_of_the_same_target_above(store: Store) -> None:
    changed = run("target_date_changed", store)
    assert [(one["change"], one["task"], one["parent"], one["end"], one["parent_end"]) for one in changed] == [
        ("relaxed", "yunxi/1.1", "chengzhou/1.1", "2022-09-30", "2022-06-30"),
        ("tightened", "chengzhou/1.1", "lanjiang/1.1", "2022-06-30", "2022-12-31"),
        ("tightened", "yunxi/1.1", "lanjiang/1.1", "2022-09-30", "2022-12-31"),
    ]
    assert (changed.rows[0]["quantity"], changed.rows[0]["value"], changed.rows[0]["parent_value"]) == (
        "水源保护区",
        2.0,
        15.0,
    )
    later = run("later_than_parent", store)
    assert later.notes[0].values == {"count": 1, "question": "target_date_changed change=relaxed"}
    assert run("date_changed", store, change="tightened").notes[0].values["count"] == 2


def test_a_task_with_two_targets_of_one_kind_is_not_compared(tmp_path: Path) -> None:
    snapshot = small_snapshot()
    rows = {name: snapshot.rows(name) for name in snapshot._held}
    own = next(row for row in rows["Target"] if row["key"].startswith("yunxi/1.1"))
    rows["Target"].append(own | {"key": "yunxi/1.1#9"})
    link = next(row for row in rows["HAS_TARGET"] if row["target"] == own["key"])
    again = {"target": "yunxi/1.1#9", "key": link_key("HAS_TARGET", "yunxi/1.1", "yunxi/1.1#9"), "order": 9}
    rows["HAS_TARGET"].append(link | again)
    root = make_store(tmp_path / "store", Snapshot.of_rows(rows, rules="test"))
    for address in (root, sparql_address(root)):
        with open_store(address) as store:
            assert run("target_date_changed", store).column("task") == ["chengzhou/1.1"]


def test_a_date_of_a_section_is_listed_with_its_words_and_counted(summary_store: Store) -> None:
    found = run("section_dates", summary_store).rows
    assert [(one["end"], one["document"], one["quote"]) for one in found] == [
        ("2026-12-31", "cheng", "本章任务"),
        ("2027-06-30", "shi", "本章任务"),
    ]
    assert not run("section_dates", summary_store, end="2025-12-31").rows
    for today, state, count in (("2025-01-01", None, 2), ("2027-01-01", "overdue", 1), ("2027-06-01", "soon", 1)):
        notes = {note.code: note.values for note in run("due", summary_store, today=today, state=state).notes}
        assert notes["section_dates"] == {"count": count}
    beyond = run("due", summary_store, today="2027-06-01", state="later")
    assert "section_dates" not in {note.code for note in beyond.notes}


def test_a_section_of_two_policies_has_the_level_of_neither(tmp_path: Path) -> None:
    rows = with_summary()
    told = {"key": link_key("RECORDS", "cheng", "澜政发〔2024〕1号"), "source": "cheng", "target": "澜政发〔2024〕1号"}
    rows["RECORDS"].append(told)
    # The other policy that `shi` tells is of a known level and of no known place.
    other = {"key": "x", "name": "x", "title": "x", "level": "county", "held": "full"}
    rows["Policy"].append(other)
    rows["RECORDS"].append({"key": link_key("RECORDS", "shi", "x"), "source": "shi", "target": "x"})
    root = tmp_path / "store"
    make_store(root, Snapshot.of_rows(rows, rules="test"))
    for address in (root, sparql_address(root)):
        with open_store(address) as store:
            found = run("section_dates", store).rows
            assert [(one["document"], one["level"], one["place"]) for one in found] == [
                ("cheng", None, None),
                ("shi", "county", None),
            ]
            assert [one["document"] for one in run("section_dates", store, level="county").rows] == ["shi"]


def test_targets_follow_the_chain(store: Store) -> None:
    answer = run("targets_along_chain", store, task="chengzhou/1.1")
    assert [(one["direction"], one["task"], one["value"]) for one in answer] == [
        ("above", "lanjiang/1.1", 120.0),
        ("here", "chengzhou/1.1", 15.0),
        ("below", "yunxi/1.1", 2.0),
    ]


def test_who_leads_at_each_level(store: Store) -> None:
    answer = run("lead_units_of_task", store, task="yunxi/1.1")
    assert [(one["level"], one["name"], one["role"]) for one in answer] == [
        ("province", "省水利厅", "responsible"),
        ("province", "省生态环境厅", "responsible"),
        ("city", "市水利局", "responsible"),
        ("county", "区水利局", "lead"),
        ("county", "各镇（街道）", "support"),
    ]


def test_a_unit_with_its_counterparts_comes_from_the_top_down(store: Store) -> None:
    answer = run("unit_with_counterparts", store, unit="市水利局")
    assert [(one["direction"], one["name"], one["task"]) for one in answer] == [
        ("above", "省水利厅", "lanjiang/1.1"),
        ("here", "市水利局", "chengzhou/1.1"),
        ("below", "区水利局", "yunxi/1.1"),
    ]


def test_units_that_share_tasks_leave_groups_out_unless_wanted(store: Store) -> None:
    assert len(run("units_sharing_tasks", store)) == 1
    with_groups = run("units_sharing_tasks", store, groups=True)
    assert ("990102:各镇（街道）", "990102:水利局") in [(one["unit"], one["other"]) for one in with_groups]


def test_what_is_cited_and_not_loaded(store: Store) -> None:
    answer = run("cited_not_loaded", store)
    assert [(one["policy"], one["how"], one["cited_by"]) for one in answer] == [("澄政发〔2020〕3号", "implements", 1)]


def test_two_things_are_connected_by_the_shortest_way(store: Store) -> None:
    answer = run("connections", store, start="设立用水管家", end="省大数据局")
    assert answer.rows[0]["here"] == "yunxi/2.3"
    assert answer.rows[-1]["there"] == "990000:大数据局"
    assert answer.rows[-1]["step"] <= 6  # type: ignore[operator]
    shortest = [one for one in answer if one["path"] == 1]
    assert [one["here"] for one in shortest[1:]] == [one["there"] for one in shortest[:-1]]


def test_what_nothing_connects_is_said(store: Store) -> None:
    answer = run("connections", store, start="澄政发〔2020〕3号", end="990000:生态环境厅")
    assert answer.rows or answer.notes[0].code == "not_connected"


def test_search_finds_titles_before_texts_and_says_where(store: Store) -> None:
    answer = run("search", store, text="水源")
    assert answer.rows[0]["kind"] == "task"
    for one in answer:
        if one["start"] is not None:
            assert isinstance(one["end"], int)
            assert one["end"] - int(one["start"]) == 2
    assert run("search", store, text="網上").rows, "traditional script finds simplified text"
    assert not run("search", store, text="水源 不存在").rows
    limited = run("search", store, text="水", limit=2)
    assert len(limited) == 2
    assert limited.notes[0].code == "more"


def test_all_that_is_known_of_a_task_is_proved(store: Store) -> None:
    answer = run("about", store, key="yunxi/1.1")
    parts = {one["part"] for one in answer}
    assert parts == {"property", "link", "evidence"}
    quotes = {one["quote"] for one in answer if one["part"] == "evidence"}
    assert {"划定水源保护区", "区水利局", "2022年9月底前"} <= quotes
