"""The commands push and export: exit codes, one line for every error, the line to type after an export."""

import shlex
from pathlib import Path

import pytest

from graph.export.formats import EXPORTERS, exporter
from graph.snapshot.tables import NODE, names_of
from tests.cli.conftest import Invoke
from tests.factories import small_snapshot
from tests.servers.fixtures import AnyServer, empty
from tests.servers.scripted_bolt import scripted


@pytest.mark.parametrize(
    ("uri", "code"),
    [
        ("bolt://127.0.0.1:9", 6),
        ("neo4j://127.0.0.1:9/plans", 6),
        ("neo4j://me:secret@127.0.0.1", 2),
        ("somewhere", 2),
        ("http://127.0.0.1", 2),
    ],
)
def test_what_cannot_be_pushed_to_is_one_line(uri: str, code: int, zhengmai: Invoke) -> None:
    result = zhengmai("push", uri)
    assert result.exit_code == code, result.output
    assert len(result.stderr.strip().splitlines()) == 1
    assert "secret" not in result.output


def test_an_older_server_is_one_line(zhengmai: Invoke) -> None:
    with scripted(b"\x00\x00\x00\x05", "Neo4j/5.20.0") as uri:
        for result in (zhengmai("push", uri), zhengmai("tasks", "--store", uri, store=None)):
            assert result.exit_code == 6
            assert "5.26 or later" in result.stderr


def test_questions_and_typed_in_queries_go_to_a_server(
    zhengmai: Invoke, neo4j_server: AnyServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty(neo4j_server)
    pushed = zhengmai("push", neo4j_server.uri, "--json")
    assert pushed.exit_code == 0, pushed.stderr
    for words in (
        ("tasks", "yunxi"),
        ("cascade", "lanjiang"),
        ("coverage", "lanjiang"),
        ("show", "yunxi/1.1"),
        ("links",),
    ):
        here = zhengmai(*words)
        there = zhengmai(*words, "--store", neo4j_server.uri, store=None)
        assert there.exit_code == 0, there.stderr
        assert there.stdout == here.stdout
    text = "MATCH (t:Task) RETURN t.key AS task ORDER BY task"
    assert zhengmai("query", text, "--store", neo4j_server.uri, store=None).stdout == zhengmai("query", text).stdout
    assert zhengmai("query", "MATCH (t:Task) SET t.x = 1", "--store", neo4j_server.uri, store=None).exit_code == 2
    assert zhengmai("build", "--store", neo4j_server.uri, store=None).exit_code == 2
    assert zhengmai("doctor", "--store", neo4j_server.uri, store=None).exit_code == 0
    monkeypatch.setenv("NEO4J_PASSWORD", "not-this-one")
    asked = [zhengmai(*words, "--store", neo4j_server.uri, store=None) for words in (("tasks",), ("query", text))]
    for refused in (zhengmai("push", neo4j_server.uri), *asked):
        assert refused.exit_code == 6
        assert "not-this-one" not in refused.output
        assert len(refused.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("form", ["neo4j-csv", "neo4j-parquet"])
def test_an_export_says_what_to_type_next(form: str, zhengmai: Invoke, tmp_path: Path) -> None:
    target = tmp_path / "a folder"
    for _ in range(2):  # an older export gives way
        result = zhengmai("export", "--to", form, "-o", str(target))
        assert result.exit_code == 0, result.stderr
    line = result.stdout.strip()
    assert line.startswith(f"cd {shlex.quote(str(target))} && neo4j-admin database import full neo4j")
    named = [word.rpartition("=./")[2] for word in shlex.split(line) if word.startswith(("--nodes", "--relationships"))]
    assert sorted(named) == sorted(path.name for path in target.iterdir() if path.suffix != ".sh")
    assert [path.name for path in tmp_path.iterdir()] == ["a folder"], "nothing half-written stays"


def test_an_export_takes_nothing_away_that_is_not_its_own(zhengmai: Invoke, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    result = zhengmai("export", "--to", "neo4j-csv", "-o", str(tmp_path))
    assert result.exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_format_that_is_not_there_is_wrong_usage(zhengmai: Invoke) -> None:
    assert zhengmai("export", "--to", "visio").exit_code == 2
    assert zhengmai("export").exit_code == 2


@pytest.mark.parametrize("name", sorted(EXPORTERS))
def test_equal_graphs_give_equal_files(name: str, tmp_path: Path) -> None:
    write = exporter(name)
    for folder in ("one", "two"):
        write(small_snapshot(), tmp_path / folder, store_id="x")
    one, two = ([path] if path.is_file() else sorted(path.rglob("*")) for path in (tmp_path / "one", tmp_path / "two"))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_text_is_quoted_and_what_is_not_known_is_not(tmp_path: Path) -> None:
    exporter("neo4j-csv")(small_snapshot(), tmp_path / "csv", store_id="x")
    for label in names_of(NODE):
        head, first = (tmp_path / "csv" / f"{label}.csv").read_text(encoding="utf-8").splitlines()[:2]
        assert head.startswith(f'"key:ID({label})"')
        assert first.startswith('"')
    policies = (tmp_path / "csv" / "Policy.csv").read_text(encoding="utf-8")
    assert ",," in policies
