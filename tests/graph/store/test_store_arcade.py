"""The embedded store: loads a snapshot, answers read-only, and takes over what changed into a copy."""

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.errors import StoreError, UsageError
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.tables import LINK, NODE, names_of, tables
from graph.store import open_store
from graph.store.arcade.arcade_store import ArcadeStore
from graph.store.protocol import Store
from tests.factories import small_snapshot
from tests.made import make_store
from tests.shared import ROOT


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(make_store(tmp_path_factory.mktemp("store") / "home")) as store:
        yield store


def content(store: Store) -> dict[str, list[Any]]:
    """Return all that a store holds."""
    found: dict[str, list[Any]] = {}
    for label in (*names_of(NODE), "Evidence", "Issue"):
        found[label] = sorted(row["n"] for row in store.ask(f"MATCH (n:{label}) RETURN n"))
    for kind in names_of(LINK):
        rows = store.ask(f"MATCH (a)-[r:{kind}]->(b) RETURN a.key AS a, b.key AS b, r")
        found[kind] = sorted((row["a"], row["b"], row["r"]) for row in rows)
    return found


def test_it_holds_every_row_of_the_snapshot(loaded: Store) -> None:
    for name, rows in content(loaded).items():
        assert len(rows) == small_snapshot().count(name), name


def test_a_cascade_is_one_question(loaded: Store) -> None:
    rows = loaded.ask(
        "MATCH p = (c:Task)-[:DERIVES_FROM*1..4]->(t:Task {key: $key}) "
        "RETURN c.key AS child, min(length(p)) AS hops ORDER BY child",
        {"key": "lanjiang/1.1"},
    )
    assert rows == [{"child": "chengzhou/1.1", "hops": 1}, {"child": "yunxi/1.1", "hops": 1}]


def test_answers_are_flat_and_dates_iso_text(loaded: Store) -> None:
    row = loaded.ask(
        "MATCH (t:Task {key: 'yunxi/1.1'}) RETURN t, t.deadline_end AS end, t.verbs AS verbs, [1, 'a'] AS l"
    )[0]
    assert row["end"] == "2022-09-30"
    assert row["verbs"] is None
    assert json.loads(str(row["l"])) == [1, "a"]
    assert json.loads(str(row["t"]))["title"] == "划定水源保护区"
    assert "@rid" not in str(row["t"])


def test_chinese_words_are_found_inside_sentences(loaded: Store) -> None:
    found = loaded.ask(
        "CALL db.index.fulltext.queryNodes('task_text', $q) YIELD node, score RETURN node.key AS key ORDER BY key",
        {"q": "用水管家"},
    )
    assert {"key": "yunxi/2.3"} in found
    titles = loaded.ask(
        "CALL db.index.fulltext.queryNodes('policy_title', $q) YIELD node RETURN count(node) AS n", {"q": "行动方案"}
    )
    assert titles[0]["n"] not in (0, None)


def test_the_evidence_of_a_link_is_found_by_its_key(loaded: Store) -> None:
    rows = loaded.ask(
        "MATCH (:Task {key: 'yunxi/1.1'})-[r:DERIVES_FROM]->(:Task {key: 'chengzhou/1.1'}) WITH r.key AS link "
        "MATCH (e:Evidence {subject: link}) RETURN e.property AS side, e.document AS document, e.quote AS quote "
        "ORDER BY side"
    )
    assert rows == [
        {"side": "child", "document": "yunxi", "quote": "水源保护区划定"},
        {"side": "parent", "document": "chengzhou", "quote": "水源保护区划定"},
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("CREATE (t:Task {key: 'x'})", "writes"),
        ("MATCH (t:Task) SET t.title = 'x'", "writes"),
        ("MATCH (t:Task) DETACH DELETE t", "writes"),
        ("MERGE (t:Task {key: 'x'}) RETURN t", "writes"),
        ("MATCH (t:Task RETURN t", "not understood"),
        ("MATCH (t:Task {key: $key}) RETURN t.key", "needs a parameter"),
        ("LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line", "reads files"),
        ("load /* x */ csv FROM 'file:///etc/hostname' AS line RETURN line", "reads files"),
    ],
)
def test_what_is_no_question_is_refused_in_one_line(loaded: Store, text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as error:
        loaded.ask(text)
    assert "\n" not in str(error.value)
    assert loaded.ask("MATCH (t:Task) RETURN count(t) AS n") == [{"n": 9}]


def test_words_in_quotes_are_no_keywords(loaded: Store) -> None:
    assert loaded.ask("MATCH (t:Task) WHERE t.title = 'LOAD CSV' RETURN t.key AS key") == []


def test_a_folder_without_a_graph_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="zhengmai build"):
        open_store(tmp_path / "nothing")
    with pytest.raises(StoreError, match="zhengmai build"):
        ArcadeStore(tmp_path / "nothing").ask("RETURN 1 AS n")


def test_a_link_that_ends_at_nothing_is_not_loaded(tmp_path: Path) -> None:
    rows = {name: small_snapshot().rows(name) for name in tables()}
    rows["IMPLEMENTS"][0]["target"] = "nobody"
    with pytest.raises(StoreError, match="not in the graph"):
        ArcadeStore(tmp_path / "arcade").load(Snapshot.of_rows(rows))


def test_loading_again_replaces_what_was_there(tmp_path: Path) -> None:
    with ArcadeStore(tmp_path / "arcade") as store:
        store.load(small_snapshot())
        store.load(Snapshot.of_rows({}))
        assert store.ask("MATCH (n) RETURN count(n) AS n") == [{"n": 0}]


# -- taking over what changed


def changed_rows() -> dict[str, list[dict[str, Any]]]:
    rows = {name: small_snapshot().rows(name) for name in tables()}
    gone = "yunxi/2.3"
    rows["Task"] = [row for row in rows["Task"] if row["key"] != gone]
    for name in ("HAS_TASK", "ASSIGNED_TO", "IN_THEME"):
        rows[name] = [row for row in rows[name] if gone not in (row["source"], row["target"])]
    keys = {row["key"] for name in (*names_of(NODE), *names_of(LINK)) for row in rows[name]}
    rows["Evidence"] = [row for row in rows["Evidence"] if row["subject"] in keys]
    for row in rows["Task"]:
        if row["key"] == "yunxi/2.2":
            row.update(title="报装随手办", number=None)
    rows["DERIVES_FROM"][0].update(score=0.5, judgement="confirmed")
    rows["Unit"].append(
        {"key": "990102:教育局", "name": "云溪区教育局", "function": "教育", "printed_names": ["区教育局"]}
    )
    rows["PART_OF"].append({"key": "PART_OF 990102:教育局 -> 990102", "source": "990102:教育局", "target": "990102"})
    rows["ASSIGNED_TO"].append(
        {
            "key": "ASSIGNED_TO yunxi/2.2 -> 990102:教育局 #2",
            "source": "yunxi/2.2",
            "target": "990102:教育局",
            "role": "support",
            "surface": "区教育局",
            "order": 2,
            "stated": True,
            "owner": "yunxi",
        }
    )
    rows["Issue"] = []
    return rows


def test_an_update_comes_to_the_same_as_a_load(tmp_path: Path) -> None:
    before, after = small_snapshot(), Snapshot.of_rows(changed_rows())
    before.write(tmp_path / "before")
    after.write(tmp_path / "after")
    old, new = Snapshot.open(tmp_path / "before"), Snapshot.open(tmp_path / "after")
    with (
        ArcadeStore(tmp_path / "one") as one,
        ArcadeStore(tmp_path / "two") as two,
        ArcadeStore(tmp_path / "3") as three,
    ):
        one.load(old)
        assert two.update(one, old, new)
        three.load(new)
        assert content(two) == content(three)
        assert content(one) != content(two)
        search = (
            "CALL db.index.fulltext.queryNodes('task_text', '用水管家') YIELD node RETURN collect(node.key) AS keys"
        )
        assert "yunxi/2.3" not in str(two.ask(search))


def test_an_update_of_nothing_is_the_same_graph(tmp_path: Path) -> None:
    small_snapshot().write(tmp_path / "before")
    old = Snapshot.open(tmp_path / "before")
    with ArcadeStore(tmp_path / "one") as one, ArcadeStore(tmp_path / "two") as two:
        one.load(old)
        assert two.update(one, old, old)
        assert content(two) == content(one)


def test_a_copy_that_does_not_come_out_right_is_not_relied_on(tmp_path: Path) -> None:
    before, after = small_snapshot(), Snapshot.of_rows(changed_rows())
    before.write(tmp_path / "before")
    after.write(tmp_path / "after")
    with ArcadeStore(tmp_path / "one") as one, ArcadeStore(tmp_path / "two") as two:
        one.load(Snapshot.of_rows({}))
        assert not two.update(one, Snapshot.open(tmp_path / "before"), Snapshot.open(tmp_path / "after"))
        assert not two.update(
            ArcadeStore(tmp_path / "none"), Snapshot.open(tmp_path / "before"), after=Snapshot.open(tmp_path / "after")
        )


# -- what a question leaves behind


ASK = "import sys; from graph.store import open_store; s = open_store(sys.argv[1]); print(s.ask('MATCH (t:Task) RETURN count(t) AS n')); s.close()"


def run(arguments: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"} | environment,
    )


def test_a_question_writes_nothing_outside_the_store_and_nothing_to_the_screen(tmp_path: Path) -> None:
    store, home = make_store(tmp_path / "graph"), tmp_path / "home"
    home.mkdir()
    done = run([ASK, str(store)], HOME=str(home), TMPDIR=str(home), XDG_STATE_HOME=str(home))
    assert done.stdout == "[{'n': 9}]\n"
    assert done.stderr == ""
    assert list(home.rglob("*")) == []


@pytest.mark.skipif(os.name == "nt", reason="folders have no write permission of this kind there")
def test_a_store_that_cannot_be_written_answers(tmp_path: Path) -> None:
    store = make_store(tmp_path / "graph")
    shutil.rmtree(store / "engine-log", ignore_errors=True)
    folders = [store, *(path for path in store.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        assert run([ASK, str(store)], HOME=str(tmp_path), TMPDIR=str(tmp_path)).stdout == "[{'n': 9}]\n"
    finally:
        for folder in folders:
            folder.chmod(stat.S_IRWXU)


def test_many_may_ask_at_once(tmp_path: Path) -> None:
    store = make_store(tmp_path / "graph")
    with open_store(store) as one, open_store(store) as two:
        assert one.ask("MATCH (t:Task) RETURN count(t) AS n") == two.ask("MATCH (t:Task) RETURN count(t) AS n")
        assert run([ASK, str(store)], HOME=str(tmp_path)).stdout == "[{'n': 9}]\n"


def test_asking_loads_no_arrow() -> None:
    done = run(["import sys, graph.store, graph.store.arcade.arcade_store; print('pyarrow' in sys.modules)"])
    assert done.stdout == "False\n", done.stderr


def test_a_graph_that_a_dead_process_left_open_is_put_in_order(tmp_path: Path) -> None:
    store = make_store(tmp_path / "graph")
    graph = next((store / "generations").iterdir()) / "arcade"
    crash = (
        "import sys, os, arcadedb; d = arcadedb.DatabaseFactory(sys.argv[1]).open(); d.begin();"
        "d.command('cypher', \"MATCH (t:Task {key: 'yunxi/1.1'}) SET t.title = 'x'\"); d.commit(); d.begin();"
        "d.command('cypher', \"MATCH (t:Task {key: 'yunxi/1.1'}) SET t.title = 'y'\"); os.kill(os.getpid(), 9)"
    )
    run([crash, str(graph)], HOME=str(tmp_path), ARCADEDB_LOG_CONSOLE="0", ARCADEDB_LOG_DIR=str(tmp_path / "log"))
    done = run([ASK, str(store)], HOME=str(tmp_path))
    assert done.stdout == "[{'n': 9}]\n", done.stderr
