"""What a Cypher text may not call, however it is written."""

import time

import pytest

from graph.store.plan import refused_text


@pytest.mark.parametrize(
    "text",
    [
        "CALL apoc.load.json('x') YIELD value RETURN value",
        "CALL `apoc`.`load`.`json`('x') YIELD value RETURN value",
        "CALL apoc . load\n. json ('x')",
        "CALL/* x */apoc.load.json('x')",
        "CALL apoc.load.json",
        "CALL db.info YIELD id",
        "RETURN apoc . load.json('x')",
        "RETURN `apoc`.load.`json` ('x')",
        "MATCH (n) CALL { CALL apoc.load.json('x') YIELD value RETURN value } RETURN value",
    ],
)
def test_what_is_called_is_seen(text: str) -> None:
    assert refused_text(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (n) WITH n AS call RETURN call",
        "MATCH (n) WITH n AS `call` RETURN `call`.key AS key",
        "MATCH (n) RETURN n.`apoc.load`",
        "MATCH (n) WHERE n.key IN ['apoc.load.json(1)'] RETURN n.key AS key // CALL apoc.x()",
        "CALL db.labels YIELD label",
        "RETURN date.truncate('month', date()) AS day",
    ],
)
def test_what_calls_nothing_is_let_through(text: str) -> None:
    assert refused_text(text) is None


@pytest.mark.parametrize("text", ["a." * 9_000, "a " * 9_000, "CALL a" + " ." * 9_000, "`a`" * 6_000, " " * 20_000])
def test_a_long_text_takes_no_long(text: str) -> None:
    began = time.process_time()
    refused_text(f"MATCH (n) RETURN {text}")
    assert time.process_time() - began < 1
