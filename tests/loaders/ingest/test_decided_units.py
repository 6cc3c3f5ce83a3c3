"""A person's word on units in every build: one node or two, on both engines, in whatever order, and back again."""

import shutil
from itertools import permutations
from pathlib import Path

import pytest

import loaders.ingest.spark
from benchmarks.plain_spark import PlainSpark
from graph.link.decisions import decide_units
from graph.model import Sameness
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.validate import validate
from graph.store.home import Home
from loaders.ingest.graph_build import build, remove
from tests.loaders.built import SAMPLE, answers, rows_of, snapshot_bytes

pytestmark = pytest.mark.slow

LINKS = ("ASSIGNED_TO", "ISSUED_BY", "PART_OF", "COUNTERPART_OF")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("whole") / "graph"
    build([SAMPLE], store, jobs=1)
    return store


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "graph"))


@pytest.fixture(scope="module")
def units(whole: Path) -> list[str]:
    """Three units that carry tasks: one that the gazetteer knows, two counterparts, and one that issued a policy."""
    rows = rows_of(whole)
    busy = {row["target"] for row in rows["ASSIGNED_TO"]}
    lower, upper = next(
        (row["source"], row["target"]) for row in rows["COUNTERPART_OF"] if {row["source"], row["target"]} <= busy
    )
    return [lower, upper, next(row["target"] for row in rows["ISSUED_BY"])]


def decide(store: Path, *words: tuple[str, str, Sameness]) -> None:
    for one, other, word in words:
        decide_units(Home(store).decisions, one, other, word)
    build([], store, jobs=1)


def ends(store: Path) -> set[str]:
    rows = rows_of(store)
    return {row[end] for name in LINKS for row in rows[name] for end in ("source", "target")}


def test_two_units_are_one_node_and_two_again(copy: Path, units: list[str]) -> None:
    before, held, counted = (
        snapshot_bytes(copy),
        answers(copy),
        {name: len(rows) for name, rows in rows_of(copy).items()},
    )
    old = {row["key"]: row for row in rows_of(copy)["Unit"]}
    decide(copy, (units[0], units[2], "same"))
    rows = rows_of(copy)
    [unit] = [row for row in rows["Unit"] if row["other_keys"]]
    [gone] = unit["other_keys"]
    assert {unit["key"], gone} == {units[0], units[2]}
    assert unit["other_names"] == [old[gone]["name"]]
    assert set(unit["printed_names"]) == {*old[unit["key"]]["printed_names"], *old[gone]["printed_names"]}
    assert len(rows["Unit"]) == counted["Unit"] - 1
    assert gone not in ends(copy)
    for name in ("ASSIGNED_TO", "ISSUED_BY", "Evidence", "UnitUse", "Mention"):
        assert len(rows[name]) == counted[name], name
    assert gone in {row["key"] for row in rows["UnitUse"]}
    assert validate(Snapshot.open(Home(copy).snapshot())) == []
    assert {name: len(found) for name, found in answers(copy).items()}["Unit"] == len(rows["Unit"])
    decide(copy, (units[2], units[0], "none"))
    assert snapshot_bytes(copy) == before
    assert answers(copy) == held


def test_a_no_takes_counterparts_apart_and_nothing_else(copy: Path, units: list[str]) -> None:
    before = rows_of(copy)
    decide(copy, (units[1], units[0], "not_same"))
    after = rows_of(copy)
    lost = [row for row in before["COUNTERPART_OF"] if row not in after["COUNTERPART_OF"]]
    assert [(row["source"], row["target"]) for row in lost] == [(units[0], units[1])]
    assert {name for name in before if before[name] != after[name]} == {"COUNTERPART_OF"}


def test_words_in_a_chain_make_one_whatever_their_order(whole: Path, units: list[str], tmp_path: Path) -> None:
    words: list[tuple[str, str, Sameness]] = [(units[0], units[1], "same"), (units[2], units[1], "same")]
    found = []
    for number, order in enumerate(permutations(words)):
        store = Path(shutil.copytree(whole, tmp_path / str(number)))
        for word in order:
            decide(store, word)
        assert sum(len(row["other_keys"] or ()) for row in rows_of(store)["Unit"]) == 2
        found.append(snapshot_bytes(store))
    assert found[0] == found[1]


@pytest.mark.parametrize("steps", [((200, 16),), ((2, 16),)], ids=["whole", "parts"])
def test_the_order_of_loading_makes_no_difference(
    units: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: tuple[tuple[int, int]]
) -> None:
    monkeypatch.setattr("graph.snapshot.partitions._STEPS", steps)
    files = sorted(SAMPLE.iterdir())
    for store in (tmp_path / "once", tmp_path / "often"):
        decide_units(Home(store).decisions, units[0], units[1], "same")
        decide_units(Home(store).decisions, units[0], units[2], "same")
        decide_units(Home(store).decisions, units[0], "990999:不存在的局", "same")
    build(files, tmp_path / "once", jobs=1)
    # The unit that stays comes last, and its document goes and comes again.
    for some in (files[5:], files[2:5], files[:2]):
        build(some, tmp_path / "often", jobs=1)
    assert snapshot_bytes(tmp_path / "often") == snapshot_bytes(tmp_path / "once")
    assert answers(tmp_path / "often") == answers(tmp_path / "once")
    remove([files[0].stem], tmp_path / "often")
    build(files, tmp_path / "often", jobs=1)
    assert snapshot_bytes(tmp_path / "often") == snapshot_bytes(tmp_path / "once")
    assert validate(Snapshot.open(Home(tmp_path / "once").snapshot())) == []


@pytest.mark.parametrize("steps", [((200, 16),), ((2, 16),)], ids=["whole", "parts"])
def test_spark_gives_the_same_bytes(
    units: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: tuple[tuple[int, int]]
) -> None:
    monkeypatch.setattr(loaders.ingest.spark, "Spark", lambda *given: PlainSpark())
    monkeypatch.setattr("graph.snapshot.partitions._STEPS", steps)
    here, far = tmp_path / "local", tmp_path / "spark"
    build([SAMPLE], here, jobs=1)
    build([SAMPLE], far, engine="spark")
    for store in (here, far):
        decide_units(Home(store).decisions, units[0], units[2], "same")
        decide_units(Home(store).decisions, units[0], units[1], "not_same")
    build([], here, jobs=1)
    build([], far, engine="spark")
    assert snapshot_bytes(far) == snapshot_bytes(here)
    assert any(row["other_keys"] for row in rows_of(far)["Unit"])
    for store in (here, far):
        decide_units(Home(store).decisions, units[0], units[2], "none")
    # Either engine goes on from what the other wrote.
    build([], here, engine="spark")
    build([], far, jobs=1)
    assert snapshot_bytes(far) == snapshot_bytes(here)
