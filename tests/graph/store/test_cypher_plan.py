"""What a Cypher text may not call, however it is written."""

import time

import pytest

from graph.store.cypher_text.cypher_plan import refused_text


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
        "CALL `merge.node`(['Task'], {}, {}, {}) YIELD node RETURN node",
        "MATCH (n) WHERE n.value > 1. CALL merge.node(['Task'], {}, {}, {}) YIELD node RETURN node",
        "RETURN `util.md5`('a') AS x",
        "OPTIONAL CALL `x`()",
        "MATCH (n) WITH n // x\rCALL merge.node(n) YIELD node RETURN node",
        "RETURN '\\u0027 AS a CALL x() YIELD b //' AS b",
        "MATCH (n) CALL { USE other MATCH (m) RETURN m } RETURN m",
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
        "MATCH (n) RETURN n.call, n . `call`, n:Call, $call",
        "MATCH (n) WITH n AS use RETURN use ORDER BY use.key",
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
