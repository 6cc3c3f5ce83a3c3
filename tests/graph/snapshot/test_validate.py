"""Checks of a whole graph: a sound one passes, and each broken rule is found and named."""

from collections.abc import Callable
from typing import Any

import pytest

from graph.snapshot.snapshot import Snapshot
from graph.snapshot.tables import tables
from graph.snapshot.validate import validate
from tests.factories import small_snapshot


def broken(table: str, change: Callable[[list[dict[str, Any]]], None]) -> list[str]:
    rows = {name: small_snapshot().rows(name) for name in tables()}
    change(rows[table])
    return [str(fault) for fault in validate(Snapshot.of_rows(rows))]


def test_a_sound_graph_has_no_fault() -> None:
    assert validate(small_snapshot()) == []


@pytest.mark.parametrize(
    ("table", "change", "said"),
    [
        ("DERIVES_FROM", lambda rows: rows[0].update(target="lanjiang/9.9"), "DERIVES_FROM.target: ends at nothing"),
        ("ASSIGNED_TO", lambda rows: rows[0].update(source="nobody/1"), "ASSIGNED_TO.source: ends at nothing"),
        ("ASSIGNED_TO", lambda rows: rows[0].update(target="lanjiang/1.1"), "ASSIGNED_TO.target: ends at nothing"),
        ("Task", lambda rows: rows[0].update(title=None), "Task.title: is required"),
        ("Task", lambda rows: rows[0].update(name=None), "Task.name: is required"),
        ("Task", lambda rows: rows[0].update(kind="wish"), "Task.kind: is no value of the list task_kind"),
        ("Policy", lambda rows: rows[0].update(level="planet"), "Policy.level: is no value of the list level"),
        ("Task", lambda rows: rows.append(dict(rows[0])), "Task: has more than one of the key"),
        ("Evidence", lambda rows: rows[0].update(subject="nothing"), "Evidence.subject: is the key of nothing"),
        ("Evidence", lambda rows: rows[0].update(start=rows[0]["start"] + 1), "Evidence.quote: is not what stands"),
        ("Evidence", lambda rows: rows[0].update(document="lost"), "Evidence.quote: is not what stands"),
        ("Issue", lambda rows: rows[0].update(quote="else"), "Issue.quote: is not what stands"),
    ],
)
def test_each_broken_rule_is_named(table: str, change: Callable[[list[dict[str, Any]]], None], said: str) -> None:
    faults = broken(table, change)
    assert any(fault.startswith(said) for fault in faults), faults


def test_one_key_on_two_kinds_that_a_link_may_end_at() -> None:
    def change(rows: list[dict[str, Any]]) -> None:
        rows.append({"key": "990000:水利厅", "name": "省水利厅"})

    assert any("could be a node of two kinds" in fault for fault in broken("UnitGroup", change))


def test_a_long_list_of_cases_stops_at_five() -> None:
    def change(rows: list[dict[str, Any]]) -> None:
        for row in rows:
            row["kind"] = "wish"

    [said] = broken("Task", change)
    assert said.endswith("and 4 more")
    assert said.count("/") == 5
