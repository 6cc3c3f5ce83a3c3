"""What people decide wins over every score, is kept in order, and can be taken back."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from graph.errors import InputError, UsageError
from graph.link.decisions import Decisions, apply, decide_link, decide_units
from graph.link.tasks.align_tasks import AlignedTasks
from graph.link.tasks.alignment import Alignment, Kinship, align_outlines
from graph.link.tasks.task_view import LinkTask
from tests.graph.link.outlines import CITY, PROVINCE, STRANGE

LINKED = ("chengzhou/2.1.1", "lanjiang/2.1.1")
APART = ("chengzhou/2.2.4", "lanjiang/2.3.1")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store" / "decisions.jsonl"


def test_no_file_is_no_decision(path: Path) -> None:
    assert Decisions.read(path) == Decisions()
    assert Decisions().link(*LINKED) == "none"
    assert Decisions().same_unit("a", "b") is None


def test_the_last_word_counts_and_none_takes_it_back(path: Path) -> None:
    decide_link(path, *LINKED, "confirmed")
    decide_link(path, *LINKED, "rejected")
    assert Decisions.read(path).link(*LINKED) == "rejected"
    decide_link(path, *LINKED, "none")
    assert Decisions.read(path).link(*LINKED) == "none"
    assert Decisions.read(path).digest == Decisions().digest
    assert len(path.read_text(encoding="utf-8").splitlines()) == 3


def test_a_link_has_a_direction_and_two_units_have_none(path: Path) -> None:
    decide_link(path, *LINKED, "confirmed")
    decide_units(path, "b:水利局", "a:水利局", "not_same")
    read = Decisions.read(path)
    assert read.link(*LINKED[::-1]) == "none"
    assert read.same_unit("a:水利局", "b:水利局") is read.same_unit("b:水利局", "a:水利局") is False
    decide_units(path, "a:水利局", "b:水利局", "same")
    assert Decisions.read(path).same_unit("b:水利局", "a:水利局") is True


def test_rejected_links_are_marked_and_confirmed_ones_added(path: Path) -> None:
    decide_link(path, *LINKED, "rejected")
    decide_link(path, *APART, "confirmed")
    aligned = AlignedTasks(CITY, PROVINCE)
    before = aligned.links
    after = {(link.child, link.parent): link for link in apply(aligned, Decisions.read(path))}
    assert after[LINKED].judgement == "rejected"
    assert after[APART].judgement == "confirmed"
    assert after[APART].score < 0.5
    assert len(after) == len(before) + 1
    untouched = [link for link in before if (link.child, link.parent) != LINKED]
    assert all(after[link.child, link.parent] == link for link in untouched)
    assert list(after) == sorted(after)


def test_a_link_that_stands_already_is_only_marked(path: Path) -> None:
    decide_link(path, *LINKED, "confirmed")
    aligned = AlignedTasks(CITY, PROVINCE)
    after = apply(aligned, Decisions.read(path))
    assert len(after) == len(aligned.links)
    assert [link.judgement for link in after].count("confirmed") == 1


def test_decisions_on_other_documents_or_lost_tasks_do_nothing(path: Path) -> None:
    decide_link(path, "chengzhou/9.9", "lanjiang/2.1.1", "confirmed")
    decide_link(path, "yunxi/2.1.1", "lanjiang/2.1.1", "confirmed")
    aligned = AlignedTasks(CITY, PROVINCE)
    assert apply(aligned, Decisions.read(path)) == aligned.links
    assert apply(AlignedTasks(STRANGE, PROVINCE), Decisions.read(path)) == []
    assert apply(AlignedTasks((), PROVINCE), Decisions.read(path)) == []


def test_only_decisions_between_two_documents_touch_their_digest(path: Path) -> None:
    empty = Decisions().digest_between("chengzhou", "lanjiang")
    decide_link(path, "yunxi/2.1.1", "lanjiang/2.1.1", "confirmed")
    assert Decisions.read(path).digest_between("chengzhou", "lanjiang") == empty
    decide_link(path, *LINKED, "rejected")
    assert Decisions.read(path).digest_between("chengzhou", "lanjiang") != empty


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        json.dumps({"child": "a/1", "parent": "b/1"}),
        json.dumps({"child": "a/1", "parent": "b/1", "judgement": "maybe"}),
        json.dumps({"child": "a", "parent": "b/1", "judgement": "confirmed"}),
        json.dumps({"unit": "a", "judgement": "same"}),
        json.dumps({"unit": "a", "other": "b", "judgement": "confirmed"}),
    ],
)
def test_a_line_that_is_no_decision_is_named(path: Path, line: str) -> None:
    decide_link(path, *LINKED, "confirmed")
    with path.open("a", encoding="utf-8") as file:
        file.write("\n" + line + "\n")
    with pytest.raises(InputError, match="line 3"):
        Decisions.read(path)


def test_a_line_cut_short_does_not_swallow_the_next(path: Path) -> None:
    decide_link(path, *LINKED, "confirmed")
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    decide_link(path, *APART, "rejected")
    read = Decisions.read(path)
    assert (read.link(*LINKED), read.link(*APART)) == ("confirmed", "rejected")


def test_a_link_within_one_document_and_a_unit_with_itself_are_refused(path: Path) -> None:
    with pytest.raises(UsageError, match="one document"):
        decide_link(path, "a/1", "a/2", "confirmed")
    with pytest.raises(UsageError, match="twice"):
        decide_units(path, "a", "a", "same")
    assert not path.exists()


def test_confirming_many_pairs_aligns_the_documents_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measures = [[task.key for task in side if task.kind == "measure"] for side in (CITY, PROVINCE)]
    for child in measures[0]:
        for parent in measures[1]:
            decide_link(path, child, parent, "confirmed")
    sizes: list[tuple[int, int]] = []

    def counted(children: Sequence[LinkTask], parents: Sequence[LinkTask], *kinship: Kinship) -> Alignment:
        sizes.append((len(children), len(parents)))
        return align_outlines(children, parents, *kinship)

    monkeypatch.setattr("graph.link.tasks.align_tasks.align_outlines", counted)
    assert len(apply(AlignedTasks(CITY, PROVINCE), Decisions.read(path))) == len(measures[0]) * len(measures[1])
    assert len(sizes) == len(set(sizes)) <= 3


def test_the_rest_of_a_killed_writers_line_is_passed_over(path: Path) -> None:
    decide_link(path, *LINKED, "confirmed")
    path.write_bytes(path.read_bytes() + b'{"child": "a/1", "pa')
    assert Decisions.read(path).link(*LINKED) == "confirmed"
    decide_link(path, *APART, "rejected")
    read = Decisions.read(path)
    assert (read.link(*LINKED), read.link(*APART)) == ("confirmed", "rejected")
