"""Units that are one by a person's word, asked in Cypher and in SPARQL: one unit, by whatever name, with equal answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.link.decisions import decide_units
from graph.snapshot.snapshot import Snapshot
from graph.store import open_store, sparql_address
from graph.store.home import Home
from graph.store.protocol import Store
from loaders.ingest.graph_build import build
from queries.catalog import catalogue
from queries.names import resolve
from queries.run import run
from tests.conformance.graphs import said
from tests.loaders.built import SAMPLE
from tests.queries.cases import cases

PLACE = "澄州市"
STAYS, OTHER = f"{PLACE}:大数据局", f"{PLACE}:审管办"
LINKS = "MATCH (u:Unit {key: $unit})-[r]-() RETURN type(r) AS kind, count(r) AS links ORDER BY kind"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("one") / "store"
    decide_units(Home(store).decisions, OTHER, STAYS, "same")
    build([SAMPLE], store, jobs=1)
    return store


@pytest.fixture(scope="module")
def cypher(address: Path) -> Iterator[Store]:
    with open_store(address) as opened:
        yield opened


@pytest.fixture(scope="module")
def sparql(address: Path) -> Iterator[Store]:
    with open_store(sparql_address(address)) as opened:
        yield opened


@pytest.mark.parametrize("question", catalogue())
def test_both_engines_give_the_same_rows(question: str, address: Path, cypher: Store, sparql: Store) -> None:
    listed = list(cases(catalogue()[question], Snapshot.open(Home(address).snapshot())))
    # The first sets and the last: those between differ in little.
    chosen = listed[:2] + listed[-1:]
    takes = [
        param.name for param in catalogue()[question].params if param.names in ("unit", "any") or param.name == "key"
    ]
    chosen += [listed[0] | {takes[0]: name} for name in (STAYS, OTHER, "澄州市行政审批服务局") if takes]
    for given in chosen:
        assert said(question, sparql, given) == said(question, cypher, given), given


def test_the_one_unit_answers_to_every_name_and_has_what_both_had(cypher: Store, sparql: Store, address: Path) -> None:
    for store in (cypher, sparql):
        for name in (STAYS, OTHER, "澄州市行政审批服务局", "市行政审批服务局", "澄州市数据局"):
            assert resolve(store, "unit", name) == [STAYS], name
            assert resolve(store, "any", name) == [STAYS], name
        [unit] = [row for row in run("units", store).rows if row["unit"] in (STAYS, OTHER)]
        assert (unit["unit"], unit["name"]) == (STAYS, "澄州市数据局")
        surfaces = {row["surface"] for row in run("unit_load", store, unit=OTHER).rows}
        assert surfaces == {"市行政审批服务局", "市数据局"}
        below = {row["name"] for row in run("unit_counterparts", store, unit=STAYS).rows if row["hops"] == 1}
        assert len(below) > 1
    snapshot = Snapshot.open(Home(address).snapshot())
    rows = [row for kind in ("ASSIGNED_TO", "ISSUED_BY", "COUNTERPART_OF", "PART_OF") for row in snapshot.rows(kind)]
    ends = [end for row in rows for end in (row["source"], row["target"])]
    assert OTHER not in ends
    assert sum(int(str(row["links"])) for row in cypher.ask(LINKS, {"unit": STAYS})) == ends.count(STAYS)
