"""Scores: each traced to its rows, ties share a rank, what nobody can say counts for nobody; the sample as worked out by hand."""

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from graph.errors import UsageError
from graph.store import open_store
from graph.store.protocol import AnswerRow, Store
from loaders.ingest.graph_build import build
from queries.answer import Answer
from queries.run import run
from queries.scores.definition import VALUES, default_text, definition
from queries.scores.ranked_scores import cases_of, scores_of
from queries.things.recording import SaidProgress, record_progress
from tests.made import make_store

ROOT = Path(__file__).parents[2]
TODAY = "2026-06-30"
_TERM = re.compile(r"(\d+)×(\d+)")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("scores") / "store"
    build([ROOT / "samples/lanjiang"], folder)
    with open_store(folder) as opened:
        yield opened


def by_hand() -> list[dict[str, str]]:
    """Return the rows of the table of docs/scores.md that was worked out by hand."""
    lines = (ROOT / "docs/scores.md").read_text(encoding="utf-8").split("by hand")[1].splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [dict(zip(cells[0], row, strict=True)) for row in cells[2:]]


def test_the_sample_is_as_worked_out_by_hand(sample: Store) -> None:
    rows = {row["name"]: row for row in run("scores", sample, of="province", today=TODAY)}
    told = by_hand()
    assert set(rows) == {row["place"] for row in told}
    for row in told:
        found = rows[row["place"]]
        sums = [
            int(count) * int(points)
            for name in ("taken up", "date", "lead", "dated")
            for count, points in _TERM.findall(row[name])
        ]
        assert sum(sums) == int(row["points"]) == found["points"], row["place"]
        assert (found["full"], found["score"], found["rank"], found["unsaid"]) == (
            int(row["of"]),
            float(row["score"]),
            int(row["rank"]),
            int(row["cannot say"]),
        )


@pytest.mark.parametrize("by", ["place", "unit"])
def test_every_score_is_the_sum_of_its_cases(sample: Store, by: str) -> None:
    listed: dict[object, list[AnswerRow]] = {}
    for row in run("score_cases", sample, of="province", today=TODAY, by=by):
        listed.setdefault(row["key"], []).append(row)
    scores = run("scores", sample, of="province", today=TODAY, by=by).rows
    assert {row["key"] for row in scores} == set(listed)
    for row in scores:
        counted = [one for one in listed[row["key"]] if one["counted"]]
        assert (row["counted"], row["unsaid"]) == (len(counted), len(listed[row["key"]]) - len(counted))
        assert row["points"] == sum(float(one["points"] or 0) for one in counted)
        assert row["full"] == sum(float(one["full"] or 0) for one in counted)
        assert {one["points"] for one in listed[row["key"]] if not one["counted"]} <= {None}
    for case in (one for rows in listed.values() for one in rows):
        assert case["said"] in VALUES[str(case["criterion"])]
        assert case["evidence"] is not None
        assert case["start"] is not None, "where the words stand"


def test_equal_scores_share_a_rank_and_the_next_is_left_free(sample: Store, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        '[[criterion]]\nname = "lead"\npoints = { lead = 1, sole = 1, several = 1, nobody = 1 }\n', encoding="utf-8"
    )
    rows = scores_of(sample, "province", TODAY, path=path).rows
    assert {row["score"] for row in rows} == {100.0}
    assert [row["rank"] for row in rows] == [1, 1, 1, 1, 1]
    path.write_text('[[criterion]]\nname = "taken_up"\npoints = { adapted = 1, not_found = 0 }\n', encoding="utf-8")
    shares = [
        Fraction(int(row["points"] or 0), int(row["full"] or 1))
        for row in scores_of(sample, "province", TODAY, path=path)
    ]
    assert shares[2:] == sorted(shares[2:], reverse=True)


def test_what_nobody_can_say_counts_for_nobody(summary_store: Store) -> None:
    answer = scores_of(summary_store, "lan", TODAY)
    rows = {row["name"]: row for row in answer}
    silent = [row for row in rows.values() if row["counted"] == 0]
    assert silent
    assert all(row["score"] is None and row["rank"] is None for row in silent)
    assert [note.values["count"] for note in answer.notes if note.code == "scores_unsaid"] == [
        sum(int(row["unsaid"] or 0) for row in rows.values())
    ]
    held = [
        row for row in cases_of(summary_store, "lan", TODAY) if row["said"] in ("cannot_say", "doubtful", "unrecorded")
    ]
    assert held
    assert not any(row["counted"] for row in held)


def progress_of(answer: Answer, task: str) -> set[object]:
    return {row["said"] for row in answer if row["task"] == task and row["criterion"] == "progress"}


def test_progress_counts_by_date_and_only_where_somebody_recorded_it(tmp_path: Path) -> None:
    with open_store(make_store(tmp_path / "store")) as store:
        task, late = "chengzhou/1.1", "2030-01-01"
        assert progress_of(cases_of(store, "lanjiang", late), task) == {"unrecorded"}
        record_progress(store, task, SaidProgress(status="going_on"))
        assert progress_of(cases_of(store, "lanjiang", late), task) == {"overdue"}
        assert progress_of(cases_of(store, "lanjiang", "2020-01-01"), task) == set()
        record_progress(store, task, SaidProgress(status="done"))
        assert progress_of(cases_of(store, "lanjiang", late), task) == {"done"}
        units = cases_of(store, "lanjiang", late, by="unit")
        assert progress_of(units, task) == {"done"}, "it counts for those that carry the task"


def test_the_definition_names_what_is_found_and_says_each_in_both_languages() -> None:
    for one in definition():
        assert set(one.points) <= set(VALUES[one.name])
        assert one.zh != one.en
    assert "[[criterion]]" in default_text()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = ", "cannot be read"),
        ("", "has no"),
        ("criterion = 3", "has no"),
        ('[[criterion]]\nname = "luck"\npoints = { a = 1 }', "no criterion is named luck"),
        ('[[criterion]]\nname = "lead"\npoints = { a = 1 }', "lead has no value a"),
        ('[[criterion]]\nname = "lead"\npoints = { lead = -1 }', "no number"),
        ('[[criterion]]\nname = "lead"\npoints = { lead = true }', "no number"),
        ('[[criterion]]\nname = "lead"\npoints = { lead = 0 }', "brings a point"),
        ('[[criterion]]\nname = "lead"\n', "has no points"),
        ('[[criterion]]\nname = "lead"\npoints = { lead = 1 }\nweight = 3', "has no weight"),
        ('[[criterion]]\nname = "lead"\npoints = { lead = 1 }\n' * 2, "twice"),
    ],
)
def test_a_definition_that_cannot_be_is_one_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        definition(path)
    with pytest.raises(UsageError, match="cannot be read"):
        definition(tmp_path / "none.toml")
