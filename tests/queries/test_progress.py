"""Progress in what is asked of the graph: what is due, who is reminded, the ledger, the page of a task."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.errors import UsageError
from graph.ledger.progress import read_progress
from graph.snapshot.snapshot import Snapshot
from graph.store import open_store, sparql_address
from graph.store.protocol import Store
from queries.run import run
from queries.things.due import open_counts, open_tasks
from queries.things.followed_progress import task_words
from queries.things.recording import SaidProgress, record_progress
from tests.factories import CITY_PLAN, small_snapshot
from tests.made import make_store

Rows = dict[str, list[dict[str, Any]]]


def changed(tmp_path: Path, **changes: Any) -> Path:  # noqa: ANN401
    """Make the hand-made graph with the rows of some tables made anew, from the rows that they had."""
    snapshot = small_snapshot()
    rows: Rows = {name: snapshot.rows(name) for name in snapshot._held}
    for table, change in changes.items():
        rows[table] = [change(dict(row)) for row in rows[table]]
    return make_store(tmp_path / "store", Snapshot.of_rows(rows, rules="test"))


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Store]:
    with open_store(make_store(tmp_path / "store")) as store:
        yield store


def states(store: Store, **params: str) -> dict[str, str]:
    return {str(row["task"]): str(row["state"]) for row in run("due", store, today="2022-09-15", **params)}


def test_what_is_done_or_cancelled_is_not_overdue(own: Store) -> None:
    assert states(own)["chengzhou/1.1"] == "overdue"
    record_progress(own, "chengzhou/1.1", SaidProgress(status="going_on", share=60, words="已开工", by="李敏"))
    assert states(own, state="overdue") == {"chengzhou/1.1": "overdue"}
    record_progress(own, "chengzhou/1.1", SaidProgress(status="done", by="王磊"))
    record_progress(own, "yunxi/1.1", SaidProgress(status="cancelled"))
    assert states(own) == {"chengzhou/1.1": "done", "yunxi/1.1": "cancelled", "lanjiang/1.1": "later"}
    assert states(own, state="overdue") == states(own, state="soon") == {}
    assert states(own, state="done") == {"chengzhou/1.1": "done"}
    [row] = run("targets_due", own, today="2022-09-15", state="done").rows
    assert (row["task"], row["progress"], row["share"]) == ("chengzhou/1.1", "done", None)
    reminded = run("reminders", own, today="2022-09-15")
    assert [(row["unit_name"], row["task"]) for row in reminded] == [
        ("省水利厅", "lanjiang/1.1"),
        ("省生态环境厅", "lanjiang/1.1"),
    ]


DAY = date(2022, 9, 15)


def counted(store: Store) -> dict[str, int]:
    """Return the counts of the first page, which must be those of the list that is behind them."""
    counts = open_counts(store, DAY)
    told = [row for row in run("due", store, today=DAY.isoformat()) if row["scope"] == "task"]
    assert counts == {name: sum(row["state"] == name for row in told) for name in counts}
    near = {str(row["task"]) for row in open_tasks(store, DAY, 400) if row["state"] in counts}
    assert near == {str(row["task"]) for row in run("due", store, today=DAY.isoformat()) if row["state"] in counts}
    return counts


def test_counts_of_what_is_open_are_those_of_the_list(tmp_path: Path) -> None:
    def over(row: dict[str, Any]) -> dict[str, Any]:
        return row | ({"period_end": date(2022, 6, 30)} if row["key"] == CITY_PLAN else {})

    with open_store(make_store(tmp_path / "plain")) as store:
        first = counted(store)
        assert first["overdue"] == 1
        record_progress(store, "chengzhou/1.1", SaidProgress(status="done"))
        assert counted(store)["overdue"] == 0
    with open_store(changed(tmp_path, Policy=over)) as store:
        assert counted(store)["overdue"] == 0
        record_progress(store, "chengzhou/1.1", SaidProgress(status="going_on"))
        assert counted(store)["overdue"] == 1
        record_progress(store, "chengzhou/1.1", SaidProgress(status="cancelled"))
        assert counted(store)["overdue"] == 0
    with open_store(tmp_path / "plain") as store:
        assert open_counts(store, date.max)["soon"] == 0


def test_both_dialects_take_progress_into_account(own: Store, tmp_path: Path) -> None:
    record_progress(own, "chengzhou/1.1", SaidProgress(status="done"))
    with open_store(sparql_address(tmp_path / "store")) as other:
        for name, given in (("due", {"today": "2022-09-15"}), ("reminders", {"today": "2022-09-15"}), ("ledger", {})):
            assert run(name, other, **given).rows == run(name, own, **given).rows != ()


def test_what_a_policy_asked_for_whose_period_is_over_is_closed(tmp_path: Path) -> None:
    def over(row: dict[str, Any]) -> dict[str, Any]:
        return row | ({"period_end": date(2022, 6, 30)} if row["key"] == CITY_PLAN else {})

    with open_store(changed(tmp_path, Policy=over)) as store:
        answer = run("due", store, today="2022-09-15")
        assert {row["task"]: row["state"] for row in answer}["chengzhou/1.1"] == "closed"
        assert {note.code: note.values for note in answer.notes}["closed_by_period"] == {"count": 1}
        assert run("targets_due", store, today="2022-09-15", state="closed").column("task") == ["chengzhou/1.1"]
        assert states(store, state="overdue") == {}
        assert states(store, state="closed") == {"chengzhou/1.1": "closed"}
        # Before the period is over it is overdue, and again where somebody says that it goes on.
        assert run("due", store, today="2022-06-30", state="overdue").rows == ()
        record_progress(store, "chengzhou/1.1", SaidProgress(status="delayed"))
        assert states(store, state="overdue") == {"chengzhou/1.1": "overdue"}


def test_the_date_of_a_body_in_the_text_is_due_by_itself(tmp_path: Path) -> None:
    def part(row: dict[str, Any]) -> dict[str, Any]:
        own = {"scope": "part", "deadline_raw": "2022年7月底前", "deadline_end": date(2022, 7, 31)}
        return row | (own if (row["source"], row["order"]) in (("yunxi/1.1", 2), ("yunxi/2.2", 1)) else {})

    root = changed(tmp_path, ASSIGNED_TO=part)
    for address in (root, sparql_address(root)):
        with open_store(address) as store:
            found = run("due", store, today="2022-09-15", state="overdue")
            assert [(row["end"], row["scope"], row["task"], row["in_text"]) for row in found] == [
                ("2022-06-30", "task", "chengzhou/1.1", None),
                ("2022-07-31", "part", "yunxi/1.1", "各镇（街道）"),
                ("2022-07-31", "part", "yunxi/2.2", "区大数据局"),
            ]
            reminded = [
                (row["unit_name"], row["end"], row["scope"]) for row in run("reminders", store, today="2022-09-15")
            ]
            assert ("各镇（街道）", "2022-07-31", "part") in reminded
            assert ("区水利局", "2022-09-30", "task") in reminded
            only = run("reminders", store, today="2022-09-15", unit="990102:大数据局")
            assert [(row["unit_name"], row["task"], row["end"]) for row in only] == [
                ("区大数据局", "yunxi/2.2", "2022-07-31")
            ]


def test_the_ledger_has_every_task_with_what_was_last_said(own: Store, tmp_path: Path) -> None:
    record_progress(own, "yunxi/2.3", SaidProgress(status="not_begun"))
    record_progress(own, "yunxi/2.3", SaidProgress(status="going_on", share=40, words="已招录", by="李敏"))
    rows = run("ledger", own, document="yunxi").rows
    assert [(row["path"], row["progress"], row["share"]) for row in rows] == [
        ("1.1", None, None),
        ("2.2", None, None),
        ("2.3", "going_on", 40),
    ]
    assert run("ledger", own, progress="going_on").column("task") == ["yunxi/2.3"]
    assert run("ledger", own, recorded=True).column("by") == ["李敏"]
    assert run("progress_history", own, task="yunxi/2.3").column("progress") == ["not_begun", "going_on"]
    page = {row["name"]: (row["value"], row["rule"]) for row in run("about", own, key="yunxi/2.3")}
    assert page["progress"] == ("going_on", "recorded by a person")
    assert page["share"][0] == "40%"


def test_a_status_and_its_share_stand_until_another_is_said(own: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--status"):
        record_progress(own, "yunxi/2.3", SaidProgress(share=20))
    record_progress(own, "yunxi/2.3", SaidProgress(status="going_on", share=20))
    record_progress(own, "yunxi/2.3", SaidProgress(words="继续推进"))
    assert record_progress(own, "yunxi/2.3", SaidProgress(words="继续推进")).made is None
    record_progress(own, "yunxi/2.3", SaidProgress(status="delayed"))
    entries = read_progress(tmp_path / "store" / "progress.jsonl")
    assert [(one.status, one.share) for one in entries] == [("going_on", 20), ("going_on", 20), ("delayed", None)]
    with pytest.raises(UsageError, match="percentage"):
        record_progress(own, "yunxi/2.3", SaidProgress(share=120))


def test_progress_follows_its_task_through_a_rebuild_or_says_that_it_does_not(own: Store, tmp_path: Path) -> None:
    record_progress(own, "yunxi/2.3", SaidProgress(status="done", by="李敏"))
    record_progress(own, "yunxi/2.2", SaidProgress(status="delayed"))
    words = {one.key: one for one in task_words(own)}
    own.close()

    def renumbered(row: dict[str, Any]) -> dict[str, Any]:
        # 2.2 was put before: what it was is no more, and 2.3 is what 2.2 was called.
        if row["key"] == "yunxi/2.2":
            return row | {"title": "公布用水价格", "text": "公布用水价格。每季度在村务公开栏公布一次。"}
        return row

    other = tmp_path / "other"
    other.mkdir()
    root = changed(other, Task=renumbered)
    (root / "progress.jsonl").write_bytes((tmp_path / "store" / "progress.jsonl").read_bytes())
    with open_store(root) as store:
        answer = run("ledger", store, recorded=True)
        assert [(row["task"], row["kept_task"], row["found"]) for row in answer] == [
            ("yunxi/2.3", "yunxi/2.3", "here"),
            (None, "yunxi/2.2", "lost"),
        ]
        assert {note.code: note.values for note in answer.notes}["progress_lost"] == {"count": 1, "listed": "yunxi/2.2"}
        assert run("about", store, key="yunxi/2.2").rows
        assert "progress" not in run("about", store, key="yunxi/2.2").column("name")
    # The file was renamed: the same words stand under another name.
    entries = (tmp_path / "store" / "progress.jsonl").read_text(encoding="utf-8")
    (root / "progress.jsonl").write_text(entries.replace('"yunxi/', '"plan-2021/'), encoding="utf-8")
    with open_store(root) as store:
        [moved] = [row for row in run("ledger", store, recorded=True) if row["found"] == "moved"]
        assert (moved["task"], moved["kept_task"], moved["progress"]) == ("yunxi/2.3", "plan-2021/2.3", "done")
    assert replace(words["yunxi/2.3"], key="x/1").mark == words["yunxi/2.3"].mark
