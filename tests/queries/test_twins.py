"""Every question has a text in Cypher and one in SPARQL; that both give equal rows is held by tests/conformance."""

from collections.abc import Iterator
from itertools import islice

import pytest

from graph.snapshot.snapshot import Snapshot
from graph.store import open_store, sparql_address
from graph.store.home import Home
from graph.store.protocol import Store
from loaders.ingest.graph_build import build
from queries.catalog import catalogue
from tests.conformance.graphs import SAMPLE, said
from tests.queries.cases import cases
from tests.sources import files, named


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Snapshot, Store]]:
    root = tmp_path_factory.mktemp("sample") / "store"
    build([SAMPLE], root, jobs=1)
    with open_store(sparql_address(root)) as sparql:
        yield Snapshot.open(Home(root).snapshot()), sparql


# What the sample has none of: two documents of one policy, a date later than its parent's, clauses not understood,
# dates of sections, doubtful links, parts of tasks with a date of their own, progress.
SILENT = {
    "issues",
    "passed_over",
    "later_than_parent",
    "section_dates",
    "doubtful_links",
    "parts_due",
    "progress_history",
}


@pytest.mark.parametrize("name", sorted(catalogue().keys() - SILENT))
def test_the_sample_answers(name: str, sample: tuple[Snapshot, Store]) -> None:
    """What gives no rows in either language proves nothing."""
    snapshot, sparql = sample
    assert any(len(said(name, sparql, given)[0]) for given in islice(cases(catalogue()[name], snapshot), 20))


@pytest.mark.parametrize("name", [name for name, query in catalogue().items() if not query.function])
@pytest.mark.parametrize("suffix", [".cypher", ".rq"])
def test_a_question_has_a_text_in_each_language(name: str, suffix: str) -> None:
    text = named(f"{name}{suffix}").read_text(encoding="utf-8")
    mark = "//" if suffix == ".cypher" else "#"
    head = [line.removeprefix(mark).strip() for line in text.splitlines() if line.startswith(mark)]
    assert [line.partition(":")[0] for line in head[1:3]] == ["parameters", "columns"]


def test_no_text_is_of_no_question() -> None:
    stems = {path.stem for path in files("queries") if path.suffix in (".cypher", ".rq")}
    assert stems == {name for name, query in catalogue().items() if not query.function}
