"""What a person said of a link is seen and obeyed by every question, in Cypher and in SPARQL; and what a chain lacks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.identity import link_key
from graph.snapshot.snapshot import Snapshot
from graph.store import open_store, sparql_address
from graph.store.protocol import Store
from queries.names import resolve
from queries.run import run
from tests.made import make_store
from tests.queries.summary import Rows, with_summary

REJECTED, CONFIRMED = ("cheng/2.9", "lan/2.2"), ("yun/1.1", "cheng/1.1")
PROVINCE, CITY, UNSEEN, COUNTY = "澜政发〔2024〕1号", "澄政发〔2024〕2号", "朔政发〔2024〕4号", "石政发〔2024〕6号"


def _rows() -> Rows:
    """Return the family: one number in traditional characters, one link confirmed, one policy between only cited."""
    rows = with_summary()
    next(row for row in rows["Policy"] if row["key"] == CITY)["doc_number"] = "澄政發[2024]2號"
    next(row for row in rows["DERIVES_FROM"] if (row["source"], row["target"]) == CONFIRMED)["judgement"] = "confirmed"
    skipped = next(row for row in rows["IMPLEMENTS"] if row["source"] == UNSEEN)
    skipped |= {"key": link_key("IMPLEMENTS", COUNTY, PROVINCE), "source": COUNTY}
    key = link_key("DETAILS", "cheng/2.9", "cheng/2.10")
    rows["DETAILS"] = [{"key": key, "source": "cheng/2.9", "target": "cheng/2.10", "score": 0.9, "signals": "{}"}]
    return rows


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("judged") / "store", Snapshot.of_rows(_rows(), rules="test"))


@pytest.fixture(scope="module", params=["cypher", "sparql"])
def judged(root: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    with open_store(root if request.param == "cypher" else sparql_address(root)) as opened:
        assert opened.dialect == request.param
        yield opened


@pytest.mark.parametrize(
    ("pair", "word"), [(REJECTED, "rejected"), (CONFIRMED, "confirmed"), (("cheng/1.2", "lan/1.2"), None)]
)
def test_a_page_says_what_a_person_said(judged: Store, pair: tuple[str, str], word: str | None) -> None:
    for here, there in (pair, pair[::-1]):
        rows = run("about", judged, key=here).rows
        assert [row["judgement"] for row in rows if row["name"] == "DERIVES_FROM" and row["other"] == there] == [word]


def test_no_way_leads_over_a_link_that_was_rejected(judged: Store) -> None:
    child, parent = REJECTED
    rows = run("connections", judged, start=child, end=parent).rows
    assert rows
    assert "DERIVES_FROM" not in {row["kind"] for row in rows}
    linked = run("connections", judged, start=CONFIRMED[0], end=CONFIRMED[1]).rows
    assert [row["kind"] for row in linked] == ["DERIVES_FROM"]


def test_a_correlation_says_what_was_confirmed(judged: Store) -> None:
    rows = run("correlation", judged, parent="cheng", children=["yun"]).rows
    said = {(row["task"], row["parent"]): row["judgement"] for row in rows if row["task"]}
    assert said[CONFIRMED] == "confirmed"
    assert set(said.values()) == {"confirmed", None}


@pytest.mark.parametrize("name", ["澄政發[2024]2號", "澄政發〔2024〕2號", "澄政发(2024)2号", " 澄政發﹝2024﹞2號"])
@pytest.mark.parametrize("kind", ["policy", "any"])
def test_a_number_is_found_in_either_script(judged: Store, kind: str, name: str) -> None:
    assert resolve(judged, kind, name) == [CITY]
    assert resolve(judged, "document", name) == ["cheng"]


@pytest.mark.parametrize("question", ["cascade", "coverage"])
def test_a_policy_between_that_is_only_cited_is_told_of_from_above(judged: Store, question: str) -> None:
    notes = [note for note in run(question, judged, of="lan").notes if note.code == "between_cited"]
    assert [note.values for note in notes] == [{"policy": UNSEEN, "child": COUNTY}]


@pytest.mark.parametrize("question", ["cascade", "coverage"])
def test_nothing_is_between_what_is_held(judged: Store, question: str) -> None:
    assert "between_cited" not in {note.code for note in run(question, judged, of="cheng").notes}


def test_a_cascade_tells_where_a_day_moved(judged: Store) -> None:
    rows = {row["task"]: row["date_change"] for row in run("cascade", judged, of="lan").rows if row["hops"] == 1}
    assert (rows["cheng/1.1"], rows["cheng/2.10"], rows["cheng/1.2"]) == ("tightened", "relaxed", None)


def test_a_task_without_a_link_says_which_measure_it_details(judged: Store) -> None:
    notes = {note.code: note.values for note in run("lineage", judged, of="cheng/2.9").notes}
    assert notes["details"] == {"task": "cheng/2.9", "measure": "cheng/2.10", "title": "开设助餐点"}
    assert "details" not in {note.code for note in run("lineage", judged, of="cheng/2.10").notes}


def test_of_units_nothing_is_said_where_the_document_above_names_none(judged: Store) -> None:
    rows = run("correlation", judged, parent="lan", children=["cheng"]).rows
    assert all(row["units_added"] is None and row["units_dropped"] is None for row in rows)
