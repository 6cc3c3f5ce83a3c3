"""Questions that the explorer's pages ask: families, doubtful links, a task beside others, what was found."""

from pathlib import Path

import pytest

from graph.schema.vocabulary import order_of
from graph.snapshot.snapshot import Snapshot
from graph.store import open_store
from graph.store.protocol import Store
from queries.changes.sentence_pairs import sentences
from queries.changes.text_changes import compared
from queries.links.doubtful_links import SURE
from queries.links.link_reasons import link_reasons
from queries.run import run
from queries.things.found import facet_counts
from tests.factories import small_snapshot
from tests.made import make_store


def test_a_family_is_named_by_the_topmost_policy_that_is_held(summary_store: Store) -> None:
    rows = run("families", summary_store).rows
    assert {row["family"] for row in rows} == {"澜政发〔2024〕1号"}
    assert {row["document"] for row in rows} == {"lan", "lan-news", "cheng", "chuan", "yun", "shi"}
    ranks = [order_of("level")[str(row["level"])] for row in rows]
    assert ranks == sorted(ranks)
    assert {row["family_title"] for row in rows} == {row["title"] for row in rows if row["document"] == "lan"}


def test_doubtful_are_weak_links_that_nobody_decided_on(tmp_path: Path) -> None:
    snapshot = small_snapshot()
    links = snapshot.rows("DERIVES_FROM")
    scores, said = (0.41, 0.5, SURE / 100), ("none", "confirmed", "none")
    for link, score, judgement in zip(links, scores, said, strict=False):
        link |= {"score": score, "judgement": judgement}
    tables = ("Task", "Policy", "Document", "HAS_TASK", "RECORDS", "Jurisdiction", "APPLIES_IN")
    held = {name: snapshot.rows(name) for name in tables}
    made = Snapshot.of_rows(held | {"DERIVES_FROM": links[:3]}, rules="test")
    with open_store(make_store(tmp_path / "store", made)) as store:
        answer = run("doubtful_links", store)
        assert [(row["child"], row["parent"]) for row in answer] == [(links[0]["source"], links[0]["target"])]
        assert answer.rows[0]["child_title"]
        assert answer.rows[0]["parent_level"]
        assert run("doubtful_links", store, limit=0).notes[0].values == {"shown": 0, "all": 1}


def test_a_task_stands_beside_those_above_and_below(store: Store) -> None:
    rows = run("task_beside", store, task="chengzhou/1.1").rows
    links = run("links", store, document="chengzhou").rows
    above = {row["parent"] for row in links if row["child"] == "chengzhou/1.1"}
    below = {row["child"] for row in links if row["parent"] == "chengzhou/1.1"}
    assert {row["task"] for row in rows if row["side"] == "above"} == above != set()
    assert {row["task"] for row in rows if row["side"] == "below"} == below


def test_what_changed_is_the_same_as_in_the_correlation_table(store: Store) -> None:
    table = run("correlation", store, parent="lanjiang", children=["chengzhou"]).rows
    told = {(row["parent"], row["task"]): row for row in table if row["parent"] and row["task"] and row["score"]}
    assert told
    for (parent, child), row in told.items():
        beside = {one["task"]: one for one in run("task_beside", store, task=str(child)).rows if one["side"] == "above"}
        for name in ("words_dropped", "words_added", "date_change", "number_change", "target_change"):
            assert beside[parent][name] == row[name], (child, name)


@pytest.mark.parametrize(
    ("given", "kinds"),
    [
        ({"text": "水源"}, {"task", "theme"}),
        ({"text": "水源", "level": "county"}, {"task"}),
        ({"level": "county"}, {"task"}),
    ],
)
def test_found_is_what_holds_the_words_and_fits(given: dict[str, str], kinds: set[str], store: Store) -> None:
    rows = run("found", store, **given).rows
    assert {row["kind"] for row in rows} >= kinds & {"task"}
    assert all(row["level"] == given["level"] for row in rows if "level" in given)
    if "text" not in given:
        assert {row["key"] for row in rows} == set(run("tasks", store, **given).column("task"))


def test_conditions_of_tasks_leave_tasks_alone(store: Store) -> None:
    rows = run("found", store, text="水", unit="区水利局").rows
    carried = set(run("tasks", store, unit="区水利局").column("task"))
    assert {row["key"] for row in rows} <= carried
    assert {row["kind"] for row in rows} == {"task"}


def test_facets_count_every_unit_of_a_row_once() -> None:
    rows = [{"units": "甲局、乙局、甲局"}, {"units": "甲局", "end": "2026-06-30"}, {"units": None}]
    counts = facet_counts(rows)  # type: ignore[arg-type]
    assert counts["units"] == [("甲局", 2), ("乙局", 1)]
    assert counts["year"] == [("2026", 1)]


def test_reasons_say_what_each_signal_compares(store: Store) -> None:
    assert link_reasons(store, "chengzhou/1.1", "chengzhou/1.1") == []
    [link, *_] = run("links", store).rows
    assert [row["signal"] for row in link_reasons(store, str(link["child"]), str(link["parent"]))] == ["wording"]


def test_pieces_of_two_texts_are_the_texts() -> None:
    upper, lower = compared("整修渡口 120 处。", "整修老渡口12处，逐月检查。")
    assert "".join(piece for piece, _ in upper) == "整修渡口120处。"
    assert "".join(piece for piece, _ in lower) == "整修老渡口12处，逐月检查。"


@pytest.mark.parametrize(
    ("upper", "lower", "pairs"),
    [
        ("", "开行渡船。", [(None, "开行渡船。")]),
        ("开行渡船。", "", [("开行渡船。", None)]),
        ("甲乙丙丁。戊己庚辛。", "戊己庚辛。甲乙丙丁。", [("甲乙丙丁。", "甲乙丙丁。"), ("戊己庚辛。", "戊己庚辛。")]),
        # A short sentence does not take the long one that holds its words from the one that says the same.
        (
            "整修渡口。逐个整修渡口的栈桥和候船亭，配齐救生圈。",
            "改造渡口。逐个改造渡口的栈桥，配齐救生圈和求救电话。",
            [
                ("整修渡口。", "改造渡口。"),
                ("逐个整修渡口的栈桥和候船亭，配齐救生圈。", "逐个改造渡口的栈桥，配齐救生圈和求救电话。"),
            ],
        ),
        ("保留。（责任单位：市水利局）", "保留。（责任单位：区水利局）", [("保留。", "保留。")]),
    ],
)
def test_sentences_stand_beside_those_that_say_the_same(upper: str, lower: str, pairs: list[object]) -> None:
    assert sentences(upper, lower) == pairs


def test_indicators_are_counted_and_one_is_followed(store: Store) -> None:
    listed = run("indicators", store).rows
    assert listed
    targets = [row for row in run("targets", store).rows if row["quantity"] and row["value"] is not None]
    assert sum(int(row["targets"] or 0) for row in listed) == len(targets)
    followed = 0
    for row in listed:
        chain = run("indicator", store, of=str(row["quantity"]), measure=row["unit"]).rows
        own = {one["target"] for one in targets if (one["quantity"], one["unit"]) == (row["quantity"], row["unit"])}
        assert own <= {one["target"] for one in chain}
        assert len({one["target"] for one in chain}) == len(chain)
        places = {one["target"]: one for one in chain}
        for one in chain:
            above = places.get(one["parent_target"])
            assert (above is None) == (one["hops"] == 0)
            if above is not None:
                followed += 1
                assert (above["hops"], above["chain"]) == (int(one["hops"] or 0) - 1, one["chain"])
    assert followed


def test_units_that_may_be_one_are_of_one_place_and_have_no_two_functions(store: Store) -> None:
    units = {row["unit"]: row for row in run("units", store).rows}
    for row in run("doubtful_units", store).rows:
        one, other = units[row["unit"]], units[row["other"]]
        assert (one["level"], one["place"]) == (other["level"], other["place"])
        assert len({one["function"], other["function"]} - {None}) < 2
        assert 0.6 <= float(row["alike"] or 0) <= 1


def test_a_name_with_signs_left_out_may_be_the_same_unit(tmp_path: Path) -> None:
    place = {"key": "990100", "name": "澄州市", "level": "city"}
    named = {
        "市发改委": None,
        "市发展和改革委员会": "发展改革",
        "市民政局": "民政",
        "市财政局": "财政",
        "市发展委": "发展",
    }
    units = [{"key": f"990100:{name}", "name": name, "function": of} for name, of in named.items()]
    part_of = [{"source": unit["key"], "target": "990100", "key": f"{unit['key']}>990100"} for unit in units]
    made = Snapshot.of_rows({"Jurisdiction": [place], "Unit": units, "PART_OF": part_of}, rules="test")
    with open_store(make_store(tmp_path / "store", made)) as opened:
        [row] = run("doubtful_units", opened).rows
        # 市发展委 lacks more of the long name than it has; a function that differs makes two bodies.
        assert {row["name"], row["other_name"]} == {"市发改委", "市发展和改革委员会"}
        assert run("doubtful_units", opened, limit=0).notes[0].values == {"shown": 0, "all": 1}
