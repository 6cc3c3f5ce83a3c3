"""Decisions of several people brought together: nothing is lost, the later word holds, differences are told."""

import json
from pathlib import Path

import pytest

from graph.errors import InputError
from graph.link.decision_merge import merge_decisions
from graph.link.decisions import Decisions, Word, decide_link, decide_policies, decide_units

EARLY, LATE = (
    Word(by="甲", when="2026-03-01T08:00:00+00:00", why="逐条比对"),
    Word(by="乙", when="2026-03-02T08:00:00+00:00"),
)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return tmp_path / "own.jsonl", tmp_path / "theirs.jsonl"


def test_what_the_other_decided_is_taken_with_who_when_and_why(files: tuple[Path, Path]) -> None:
    own, theirs = files
    decide_link(own, "a/1", "b/1", "confirmed", LATE)
    decide_link(theirs, "a/2", "b/2", "rejected", EARLY)
    decide_policies(theirs, "甲号", "乙号", "confirmed", EARLY)
    decide_units(theirs, "990100:水利局", "990100:水务局", "same", LATE)
    merged = merge_decisions(own, theirs)
    assert (merged.added, merged.known, merged.conflicts) == (3, 0, ())
    made = Decisions.read(own)
    assert made.links == {("a/1", "b/1"): "confirmed", ("a/2", "b/2"): "rejected"}
    assert made.words["links", "a/2", "b/2"] == EARLY
    assert len(made.policies) == len(made.units) == 1


@pytest.mark.parametrize(("mine", "other", "holds"), [(EARLY, LATE, "rejected"), (LATE, EARLY, "confirmed")])
def test_of_two_words_the_later_holds_and_the_difference_is_told(
    mine: Word, other: Word, holds: str, files: tuple[Path, Path]
) -> None:
    own, theirs = files
    decide_link(own, "a/1", "b/1", "confirmed", mine)
    decide_link(theirs, "a/1", "b/1", "rejected", other)
    merged = merge_decisions(own, theirs)
    assert [(one.ours.judgement, one.theirs.judgement) for one in merged.conflicts] == [("confirmed", "rejected")]
    assert merged.conflicts[0].theirs_holds == (holds == "rejected")
    assert (merged.conflicts[0].ours.word, merged.conflicts[0].theirs.word) == (mine, other)
    assert Decisions.read(own).links == {("a/1", "b/1"): holds}
    kept = [json.loads(line) for line in own.read_text(encoding="utf-8").splitlines()]
    assert {(line["judgement"], line["by"]) for line in kept} == {("confirmed", mine.by), ("rejected", other.by)}


def test_where_nobody_says_when_the_own_word_holds(files: tuple[Path, Path]) -> None:
    own, theirs = files
    decide_link(own, "a/1", "b/1", "confirmed")
    decide_link(theirs, "a/1", "b/1", "rejected")
    assert not merge_decisions(own, theirs).conflicts[0].theirs_holds
    assert Decisions.read(own).links == {("a/1", "b/1"): "confirmed"}


def test_to_merge_again_changes_nothing_and_both_ways_agree(files: tuple[Path, Path]) -> None:
    own, theirs = files
    for path, word, judged in ((own, EARLY, "confirmed"), (theirs, LATE, "none")):
        decide_link(path, "a/1", "b/1", judged, word)  # type: ignore[arg-type]
    decide_link(theirs, "a/3", "b/3", "confirmed", EARLY)
    other_way = theirs.with_name("copy.jsonl")
    other_way.write_bytes(theirs.read_bytes())
    before = own.read_bytes()
    merge_decisions(own, theirs)
    once = own.read_bytes()
    assert once.startswith(before)
    again = merge_decisions(own, theirs)
    assert (again.added, again.conflicts, own.read_bytes()) == (0, (), once)
    first = own.with_name("first.jsonl")
    first.write_bytes(before)
    merge_decisions(other_way, first)
    assert Decisions.read(other_way) == Decisions.read(own)
    assert Decisions.read(own).links == {("a/3", "b/3"): "confirmed"}, "a word taken back later stays taken back"


def test_words_that_came_and_went_end_as_they_ended(files: tuple[Path, Path]) -> None:
    own, theirs = files
    for judged in ("confirmed", "rejected", "confirmed"):
        decide_link(theirs, "a/1", "b/1", judged)
    decide_link(own, "a/1", "b/1", "confirmed")
    merge_decisions(own, theirs)
    assert Decisions.read(own).links == {("a/1", "b/1"): "confirmed"}


def test_a_file_that_is_no_file_of_decisions_writes_nothing(files: tuple[Path, Path]) -> None:
    own, theirs = files
    decide_link(own, "a/1", "b/1", "confirmed")
    before = own.read_bytes()
    with pytest.raises(InputError, match="no such file"):
        merge_decisions(own, theirs)
    theirs.write_text('{"child": "a/2", "parent": "b/2", "judgement": "confirmed"}\nyes\n', encoding="utf-8")
    with pytest.raises(InputError, match="line 2"):
        merge_decisions(own, theirs)
    assert own.read_bytes() == before
