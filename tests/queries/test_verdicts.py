"""What may be said of tasks without a link: one rule for the cascade, its coverage and the correlation table."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.identity import link_key
from graph.snapshot.snapshot import Snapshot
from graph.store import open_store
from graph.store.protocol import Store
from queries.answer import Answer
from queries.run import run
from tests.made import make_store
from tests.queries.summary import Rows, with_summary

Changed = Callable[[Rows], None]


def unlink(rows: Rows) -> None:
    """Take away every link between Chengzhou's plan and Lanjiang's."""
    gone = ("cheng/", "lan/")
    rows["DERIVES_FROM"] = [
        row
        for row in rows["DERIVES_FROM"]
        if not (row["source"].startswith(gone[0]) and row["target"].startswith(gone[1]))
    ]


def other_kinds(rows: Rows) -> None:
    """Make a safeguard of one task on either side of two links, and of one that nothing is linked to."""
    for task in rows["Task"]:
        if task["key"] in ("lan/2.1", "cheng/1.2", "lan/2.2"):
            task["kind"] = "safeguard"
    rows["DERIVES_FROM"] = [row for row in rows["DERIVES_FROM"] if row["target"] != "lan/2.2"]


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Changed], Store]]:
    stores: dict[Changed, Store] = {}

    def made(change: Changed) -> Store:
        if change not in stores:
            rows = with_summary()
            change(rows)
            root: Path = tmp_path_factory.mktemp("changed") / "store"
            stores[change] = open_store(make_store(root, Snapshot.of_rows(rows, rules="test")))
        return stores[change]

    yield made
    for store in stores.values():
        store.close()


def said(answer: Answer) -> set[tuple[object, ...]]:
    return {(row["parent"], row["task"], row["answer"], row["reason"]) for row in answer}


def notes(answer: Answer) -> dict[str, Any]:
    return {note.code: dict(note.values) for note in answer.notes}


def test_compare_says_what_the_cascade_says(summary_store: Store) -> None:
    """Every task of a lower plan that derives from nothing has one word, whichever way it is asked about."""
    cascade = {
        row["task"]: (row["answer"], row["reason"])
        for row in run("cascade", summary_store, of="lan")
        if row["root"] is None and row["task"]
    }
    for child in ("cheng", "yun", "shi", "chuan"):
        table = run("correlation", summary_store, parent="lan", children=[child])
        rest = {row["task"]: (row["answer"], row["reason"]) for row in table if row["parent"] is None}
        assert rest == {task: word for task, word in cascade.items() if str(task).startswith(f"{child}/")}


def test_every_cannot_say_has_its_reason(summary_store: Store) -> None:
    asked = [run("cascade", summary_store, of="lan"), run("lineage", summary_store, of="shi")]
    asked += [run("correlation", summary_store, parent="lan", children=["chuan", "shi"])]
    for row in (row for answer in asked for row in answer):
        assert (row["answer"] == "cannot_say") == (row["reason"] is not None)


def test_documents_that_do_not_carry_each_other_out(summary_store: Store) -> None:
    table = run("correlation", summary_store, parent="chuan", children=["cheng"])
    assert {(row["answer"], row["reason"]) for row in table} == {("cannot_say", "unrelated")}
    assert set(notes(table)) == {"unrelated", "nothing_linked", "held_summary"}


def test_where_nothing_is_linked_nobody_can_say(changed: Callable[[Changed], Store]) -> None:
    store = changed(unlink)
    tree = run("cascade", store, of="lan")
    gaps = {row["reason"] for row in tree if row["task"] is None and row["document"] == "cheng"}
    assert gaps == {"nothing_linked"}
    assert ("cannot_say", "nothing_linked") in {
        (row["answer"], row["reason"]) for row in tree if row["task"] == "cheng/1.2"
    }
    assert notes(tree)["nothing_linked"] == {"child": "澄政发〔2024〕2号", "parent": "澜政发〔2024〕1号"}
    table = run("correlation", store, parent="lan", children=["cheng"])
    assert {(row["answer"], row["reason"]) for row in table} == {("cannot_say", "nothing_linked")}
    assert notes(table)["nothing_linked"] == {"child": "cheng", "parent": "lan"}
    coverage = run("coverage", store, of="lan")
    assert {row["answer"] for row in coverage if row["place"] == "澄州市"} == {"cannot_say"}
    assert run("lineage", store, of="cheng/1.2").rows[0]["reason"] == "nothing_linked"


def test_a_task_that_derives_from_one_between_is_not_added(
    summary_store: Store, changed: Callable[[Changed], Store]
) -> None:
    def between(rows: Rows) -> None:
        judged = {"judgement": "none", "rule_version": "test", "signals": "[]", "relation": "same", "score": 0.9}
        ends = {"source": "yun/1.3", "target": "cheng/2.9"}
        rows["DERIVES_FROM"].append({"key": link_key("DERIVES_FROM", "yun/1.3", "cheng/2.9"), **ends, **judged})

    table = run("correlation", changed(between), parent="lan", children=["cheng", "yun"])
    assert ("cheng/2.9", "yun/1.3", "taken_up", None) in said(table)
    assert (None, "cheng/2.9", "added", None) in said(table)
    assert (None, "yun/1.3", "added", None) in said(run("correlation", summary_store, parent="lan", children=["yun"]))


def test_links_with_other_kinds_of_tasks_are_shown(changed: Callable[[Changed], Store]) -> None:
    store = changed(other_kinds)
    tree = run("cascade", store, of="lan")
    rows = [(row["root"], row["task"] or row["policy"], row["answer"]) for row in tree if row["hops"] == 1]
    assert ("lan/2.1", "cheng/2.10", "adapted") in rows, "a safeguard stands in the tree for its link"
    assert ("lan/2.1", "石政发〔2024〕6号", "not_found") not in rows, "and is not looked for elsewhere"
    assert ("lan/1.2", "cheng/1.2", "taken_up") in rows
    assert "lan/2.2" not in tree.column("root"), "one without a link is none of the measures"
    gaps = {(row["policy"], row["reason"]) for row in tree if row["parent"] == "cheng/1.2" and row["task"] is None}
    assert gaps == {("云政发〔2024〕5号", "other_kind")}
    table = run("correlation", store, parent="lan", children=["cheng"])
    assert {("lan/2.1", "cheng/2.10", "adapted", None), ("lan/1.2", "cheng/1.2", "taken_up", None)} <= said(table)
    assert "lan/2.2" not in table.column("parent")
    assert [row["task"] for row in run("lineage", store, of="cheng")][:4] == [
        "cheng/1.1",
        "lan/1.1",
        "cheng/1.2",
        "lan/1.2",
    ]
    assert run("cascade", store, of="lan/2.2").rows[1]["reason"] == "other_kind"
    counted = [
        row for row in run("coverage", store, of="lan") if row["place"] == "澄州市" and row["theme_name"] == "托育"
    ]
    assert [(row["answer"], row["tasks"]) for row in counted] == [("adapted", 2)]


def test_the_cascade_of_a_policy_that_is_only_cited_goes_on_with_what_carries_it_out(summary_store: Store) -> None:
    tree = run("cascade", summary_store, of="朔政发〔2024〕4号")
    first = tree.rows[0]
    assert (first["policy"], first["task"], first["answer"], first["reason"]) == (
        "朔政发〔2024〕4号",
        None,
        "cannot_say",
        "not_held",
    )
    assert [row["task"] for row in tree.rows[1:]] == ["shi/1.1", "shi/1.2"]
    assert notes(tree)["carried_out_in"] == {"policy": "朔政发〔2024〕4号", "documents": "shi"}
    assert "no_tasks" not in notes(tree)


def test_a_policy_that_nothing_carries_out_says_so(summary_store: Store) -> None:
    tree = run("cascade", summary_store, of="yun")
    assert notes(tree)["carried_out_by_none"] == {"name": "云政发〔2024〕5号"}


def punish(rows: Rows) -> None:
    """Put every task that no link joins into a chapter of penalties."""
    joined = {row[end] for row in rows["DERIVES_FROM"] for end in ("source", "target")}
    for task in rows["Task"]:
        if task["key"] not in joined:
            task["theme_heading"] = "第八章 法律责任"


def test_nothing_takes_up_a_chapter_of_penalties(changed: Callable[[Changed], Store], summary_store: Store) -> None:
    """What is sure of a task elsewhere nobody can say of one that only punishes, whichever way it is asked."""
    store = changed(punish)
    joined = {row[end] for row in with_summary()["DERIVES_FROM"] for end in ("source", "target")}
    words = ("not_found", "added")
    asked: dict[str, dict[str, Any]] = {
        "cascade": {"of": "lan"},
        "correlation": {"parent": "lan", "children": ["cheng", "yun"]},
    }
    for name, given in asked.items():
        before, after = (list(run(name, one, **given)) for one in (summary_store, store))
        alone = [
            at
            for at, row in enumerate(before)
            if row["answer"] in words and (row["task"] or row["parent"]) not in joined
        ]
        assert alone
        assert len(before) == len(after)
        for at, row in enumerate(after):
            expected = ("cannot_say", "penalty") if at in alone else (before[at]["answer"], before[at]["reason"])
            assert (row["answer"], row["reason"]) == expected
    added = [str(row["task"]) for row in run("cascade", summary_store, of="lan") if row["answer"] == "added"]
    assert {run("lineage", store, of=task).rows[0]["reason"] for task in added if task not in joined} == {"penalty"}


def punish_all(rows: Rows) -> None:
    """Put every task into a chapter of penalties."""
    for task in rows["Task"]:
        task["theme_heading"] = "罚则"


def test_coverage_counts_no_chapter_of_penalties(changed: Callable[[Changed], Store], summary_store: Store) -> None:
    before, after = (list(run("coverage", one, of="lan")) for one in (summary_store, changed(punish_all)))
    assert any(row["not_found"] for row in before)
    assert not any(row["not_found"] for row in after)
    assert [row["taken_up"] for row in before] == [row["taken_up"] for row in after], "what is linked stays counted"


def leave_unread(rows: Rows, code: str) -> None:
    """Say of Chengzhou's plan that an annex of it was not understood, or is not in the copy."""
    issue = {
        "key": "cheng#1",
        "document": "cheng",
        "code": code,
        "message": "an annex",
        "start": 0,
        "end": 1,
        "quote": "澄",
    }
    rows.setdefault("Issue", []).append(issue)


@pytest.mark.parametrize(
    ("code", "reason"), [("annex-unread", "part_unread"), ("annex-missing", "part_unread"), ("ocr", "by_ocr")]
)
def test_what_an_unread_part_or_a_picture_may_hold_nobody_misses(
    changed: Callable[[Changed], Store], summary_store: Store, code: str, reason: str
) -> None:
    store = changed(lambda rows: leave_unread(rows, code))
    before, after = (list(run("cascade", one, of="lan")) for one in (summary_store, store))
    assert len(before) == len(after)
    missed = [at for at, row in enumerate(before) if row["answer"] == "not_found" and row["document"] == "cheng"]
    assert missed
    for at, row in enumerate(after):
        if at in missed:
            assert (row["answer"], row["reason"]) == ("cannot_say", reason)
        elif before[at]["answer"] != "added":
            assert row["answer"] == before[at]["answer"]
    assert run("lineage", store, of="yun").rows != run("lineage", summary_store, of="yun").rows
