"""Statements judged one by one: what annotations/statements.json holds adds up and is printed row by row."""

import json

from benchmarks.accuracy_links import JUDGED, judged_statements


def test_every_judged_kind_has_a_row_with_its_share() -> None:
    kept = json.loads(JUDGED.read_text(encoding="utf-8"))
    rows = judged_statements()[2:]
    assert len(rows) == len(kept["statements"]) + len(kept["stated"])
    for row, (drawn, right) in zip(rows, [*kept["statements"].values(), *kept["stated"].values()], strict=True):
        assert row.endswith(f"| {drawn} | {right} | {right / drawn:.3f} |")


def test_of_stated_relations_no_more_is_judged_and_true_than_of_all() -> None:
    kept = json.loads(JUDGED.read_text(encoding="utf-8"))
    for kind, (drawn, right) in kept["statements"].items():
        few, few_right = kept["stated"][kind]
        assert few_right <= few <= drawn
        assert few_right <= right <= drawn
        assert few - few_right <= drawn - right
