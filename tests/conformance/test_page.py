"""docs/conformance.md is what the suite would write; ZHENGMAI_REGENERATE=1 writes it."""

import os

import pytest

from queries.catalog import catalogue
from tests.conformance.engines import abilities, engines, lacks
from tests.conformance.graphs import Graphs
from tests.conformance.page import page, rows_of
from tests.shared import ROOT

pytestmark = pytest.mark.conformance
PATH = ROOT / "docs" / "conformance.md"
# Answered from what was recorded beside a graph: no engine holds it.
BESIDE = {"progress_history"}


def test_the_page_is_what_the_suite_holds(graphs: Graphs) -> None:
    made = page(graphs)
    if os.environ.get("ZHENGMAI_REGENERATE") == "1":
        PATH.write_text(made, encoding="utf-8", newline="\n")
        pytest.fail("docs/conformance.md was written anew; run the tests again without the switch")
    assert PATH.read_text(encoding="utf-8") == made


@pytest.mark.parametrize("question", sorted(catalogue().keys() - BESIDE))
def test_every_question_has_rows_to_compare(question: str, graphs: Graphs) -> None:
    assert any(rows_of(graphs, question))


def test_what_stands_beside_a_graph_asks_no_engine() -> None:
    library = ROOT / "queries" / "library"
    assert all(catalogue()[name].function for name in BESIDE)
    assert not [path for name in BESIDE for path in library.glob(f"{name}.*")]


def test_what_is_lacking_is_of_an_engine_and_a_thing_that_are_there() -> None:
    things = {*catalogue(), *(one.name for one in abilities())}
    for (engine, what), lack in lacks().items():
        assert engine in engines()
        assert what in things
        assert lack.kind in ("notimpl", "notyet", "never")
        assert lack.reason
