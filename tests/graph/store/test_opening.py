"""Addresses: what each names, in which dialect it is asked, and what is said of one that nothing answers at."""

from pathlib import Path

import pytest

from graph.errors import StoreError, UsageError
from graph.store.opening import open_store
from graph.store.store_address import StoreAddress
from queries.typed.typed_in import answer


@pytest.mark.parametrize(
    ("text", "kind", "dialect", "folder"),
    [
        (".zhengmai", "folder", "cypher", ".zhengmai"),
        ("sparql+file:///data/图谱", "sparql folder", "sparql", "/data/图谱"),
        ("SPARQL+HTTP://localhost:3030/zm/query", "sparql server", "sparql", None),
        ("neo4j://localhost:7687/plans", "bolt server", "cypher", None),
        ("bolt+ssc://localhost", "bolt server", "cypher", None),
        ("ftp://localhost", "unknown", "cypher", None),
    ],
)
def test_an_address_tells_what_answers_there(text: str, kind: str, dialect: str, folder: str | None) -> None:
    found = StoreAddress.of(text)
    assert (found.kind, found.dialect, found.folder) == (kind, dialect, Path(folder) if folder else None)
    assert StoreAddress.of(found) is found


def test_a_folder_answers_in_either_dialect_and_a_server_in_its_own() -> None:
    folder = StoreAddress.of(Path("graph"))
    assert folder.asked_in(None) is folder.asked_in("cypher") is folder
    assert folder.asked_in("sparql") == StoreAddress.of("sparql+file://graph")
    assert folder.asked_in("sparql").folder == folder.folder
    for text, other in (("sparql+file://graph", "cypher"), ("sparql+http://a/b", "cypher"), ("bolt://a", "sparql")):
        with pytest.raises(UsageError, match="this store is asked in"):
            StoreAddress.of(text).asked_in(other)  # type: ignore[arg-type]


def test_an_address_that_nothing_answers_at_is_said_before_a_query_runs() -> None:
    for ask in (lambda: open_store("ftp://a"), lambda: answer("ftp://a", "RETURN 1 AS n", dialect="sparql")):
        with pytest.raises(UsageError, match=r"^ftp://…: no store answers"):
            ask()


@pytest.mark.parametrize("prefix", ["", "sparql+file://"])
def test_a_folder_without_a_graph_is_said(prefix: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no graph here"):
        open_store(f"{prefix}{tmp_path}")
