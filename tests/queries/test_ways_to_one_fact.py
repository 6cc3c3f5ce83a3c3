"""Two ways to one fact give one answer: cascade, table, coverage, picture, dates and lists, on whole families."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from benchmarks.generate import write
from graph.store import open_store
from graph.store.protocol import AnswerRow, Store
from loaders.ingest.graph_build import build
from queries.answer import Answer
from queries.cascades.task_answers import WORDS
from queries.run import run
from tests.shared import SHARED, needs_shared
from views.cascade_payload import read

SAMPLE = Path(__file__).parents[2] / "samples" / "lanjiang"
TODAY = "2024-03-01"
Said = tuple[Any, Any, Any]


@pytest.fixture(scope="module", params=["generated", "sample", pytest.param("seeds", marks=needs_shared)])
def family(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    root: Path = tmp_path_factory.mktemp(request.param)
    folder = {"generated": root / "texts", "sample": SAMPLE, "seeds": SHARED / "seeds"}[request.param]
    if request.param == "generated":
        write(250, folder)
    build([folder], root / "store", jobs=1)
    with open_store(root / "store") as store:
        yield store


def documents(store: Store) -> list[str]:
    return list(dict.fromkeys(str(row["document"]) for row in run("documents", store) if row["tasks"]))


def said(row: AnswerRow) -> Said:
    return row["answer"], row["reason"], row["near"]


def below(answer: Answer) -> dict[tuple[str, str], set[Said]]:
    """What a cascade says of its roots: by root and lower document, straight below it."""
    found: dict[tuple[str, str], set[Said]] = {}
    for row in answer:
        if row["root"] is not None and row["hops"] == 1 and row["document"]:
            found.setdefault((str(row["root"]), str(row["document"])), set()).add(said(row))
    return found


def table(store: Store, parent: str, child: str) -> Answer:
    return run("correlation", store, parent=parent, children=[child])


def cells(answer: Answer) -> dict[str, set[Said]]:
    found: dict[str, set[Said]] = {}
    for row in answer:
        if row["parent"]:
            found.setdefault(str(row["parent"]), set()).add(said(row))
    return found


def test_cascade_and_table_say_the_same_of_every_task(family: Store) -> None:
    compared = 0
    for parent in documents(family):
        tree = below(run("cascade", family, of=parent))
        for child in dict.fromkeys(document for _, document in tree):
            beside = cells(table(family, parent, child))
            for (root, document), answers in tree.items():
                if document == child and not any(answer == "skips_level" for answer, _, _ in answers):
                    if any(reason == "other_kind" for _, reason, _ in answers):
                        continue
                    assert beside[root] == answers, f"{root} in {child}"
                    compared += 1
    assert compared > 20


def test_cascade_of_a_task_says_what_the_cascade_of_its_document_says(family: Store) -> None:
    parent = next(one for one in documents(family) if below(run("cascade", family, of=one)))
    whole = below(run("cascade", family, of=parent))
    for root in list(dict.fromkeys(root for root, _ in whole))[:12]:
        alone = below(run("cascade", family, of=root))
        for key, answers in alone.items():
            if not any(reason == "other_kind" for _, reason, _ in answers):
                assert whole[key] == answers


def test_coverage_counts_what_the_tables_say(family: Store) -> None:
    counted = 0
    for parent in documents(family):
        coverage = run("coverage", family, of=parent)
        by_policy: dict[str, dict[str, int]] = {}
        for row in coverage:
            sums = by_policy.setdefault(str(row["policy"]), dict.fromkeys(WORDS, 0))
            for word in WORDS:
                sums[word] += int(row[word] or 0)
        known = {str(row["doc_number"] or row["title"]): str(row["document"]) for row in run("documents", family)}
        measures = {str(row["task"]) for row in run("tasks", family, document=parent, kind="measure")}
        for policy, sums in by_policy.items():
            if policy not in known or not measures:
                continue
            beside = {
                task: cell for task, cell in cells(table(family, parent, known[policy])).items() if task in measures
            }
            told = dict.fromkeys(WORDS, 0)
            for answers in beside.values():
                told[min((str(answer) for answer, _, _ in answers), key=WORDS.index)] += 1
            assert told == sums, f"{parent} in {policy}"
            counted += sum(sums.values())
    assert counted > 20


def test_picture_and_cascade_name_the_same_gaps(family: Store) -> None:
    for parent in documents(family)[:8]:
        answer = run("cascade", family, of=parent)
        if not len(answer):
            continue
        drawn = read(family, parent)
        for key, card in drawn.cards.items():
            gaps = [row for row in answer if row["task"] is None and row["parent"] == key]
            for word, names in (("not_found", card.missing), ("doubtful", [place for place, _ in card.doubtful])):
                places = {row["place"] or row["title"] for row in gaps if row["answer"] == word}
                assert set(names) == {str(place) for place in places}, f"{key} {word}"
        links = {(one.parent, one.child) for one in drawn.links}
        rows = {(row["parent"], row["task"]) for row in answer if row["task"] and row["parent"] and row["hops"]}
        assert links == rows


def test_dates_are_the_same_whoever_is_asked(family: Store) -> None:
    listed = {str(row["task"]): row["end"] for row in run("tasks", family) if row["end"]}
    # A date of an actor stands in the list beside that of its task.
    due = {str(row["task"]): row["end"] for row in run("due", family, today=TODAY) if row["scope"] == "task"}
    assert due == listed
    for parent in documents(family)[:8]:
        for row in run("cascade", family, of=parent):
            if row["task"]:
                assert row["end"] == listed.get(str(row["task"]))


def test_changes_of_dates_are_the_same_in_the_table_and_in_the_lists(family: Store) -> None:
    links = {(str(row["child"]), str(row["parent"])) for row in run("links", family)}
    changed = {(str(row["task"]), str(row["parent"])): row["change"] for row in run("date_changed", family)}
    targets = {(str(row["task"]), str(row["parent"])) for row in run("target_date_changed", family)}
    later = {(str(row["task"]), str(row["parent"])) for row in run("later_than_parent", family)}
    assert later == {pair for pair, change in changed.items() if change == "relaxed"}
    seen = 0
    for parent, child in product(documents(family), repeat=2):
        if not any(below.startswith(f"{child}/") and above.startswith(f"{parent}/") for below, above in links):
            continue
        for row in table(family, parent, child):
            pair = (str(row["task"]), str(row["parent"]))
            if pair in links:
                seen += 1
                assert (None if row["date_change"] == "kept" else row["date_change"]) == changed.get(pair)
                assert (row["target_change"] is not None) == (pair in targets), pair
    assert seen > 20
