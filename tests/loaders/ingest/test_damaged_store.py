"""A graph whose files are cut, lost or other bytes is told of in one line, and `zhengmai build` makes it good."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.main import application
from cli.words.messages import choose
from graph.errors import InputError, StoreError
from graph.link.decisions import Decisions, Word, decide_link
from graph.model import Reading
from graph.snapshot.snapshot import Snapshot
from graph.store import open_store
from graph.store.home import Home
from loaders.ingest import document_list, graph_build, workers
from loaders.ingest.graph_build import build
from loaders.ingest.reading_cache import Cache, Source
from loaders.reading.document_reading import read_file
from tests.loaders.built import SAMPLE, answers, snapshot_bytes

pytestmark = pytest.mark.slow
NAMES = ("province.txt", "yunxi.md")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("damaged")
    build([SAMPLE / name for name in NAMES], root / "graph", jobs=1)
    decide_link(root / "graph" / "decisions.jsonl", "yunxi/2.1.1", "province/2.1.1", "rejected")
    build([], root / "graph", jobs=1)
    return root / "graph"


@pytest.fixture
def store(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "graph"))


def zhengmai(*words: str, store: Path) -> Result:
    choose("en")
    return CliRunner().invoke(application(words[0]), [*words, "--store", str(store), "--lang", "en"])


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def other(path: Path) -> None:
    path.write_bytes(bytes(255 - one for one in path.read_bytes()))


def bits(path: Path) -> None:
    """Change some bytes in the midst of a file, where nothing but its digest tells."""
    data = bytearray(path.read_bytes())
    for at in range(len(data) // 3, len(data) // 3 + 3):
        data[at] ^= 0x55
    path.write_bytes(data)


def nested(path: Path) -> None:
    path.write_bytes(b"[" * 200_000)


def lost(path: Path) -> None:
    path.unlink()


def last_line(path: Path) -> None:
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))


TABLES = [f"snapshot/{name}.parquet" for name in ("Document", "Task", "Evidence", "Text", "DERIVES_FROM", "Mention")]
DAMAGES = [
    *((name, damage) for name in TABLES for damage in (cut, lost)),
    *((name, damage) for name in TABLES[:3] for damage in (other, bits)),
    *(("snapshot/manifest.json", damage) for damage in (cut, lost, other, nested)),
    *(("documents.jsonl", damage) for damage in (cut, lost, other, nested, last_line)),
    *(("arcade/schema.json", damage) for damage in (cut, lost)),
    ("COMPLETE", lost),
    *(("../../current", damage) for damage in (lost, other, nested)),
]


@pytest.mark.parametrize(("name", "damage"), DAMAGES, ids=[f"{name}-{one.__name__}" for name, one in DAMAGES])
def test_what_is_damaged_is_told_and_made_anew(
    name: str, damage: Callable[[Path], None], sound: Path, store: Path
) -> None:
    generation = Home(store).generation()
    damage(generation / name)
    for command in ("docs", "check"):
        result = zhengmai(command, store=store)
        assert result.exit_code in (0, 5, 6), (result.exception, result.output)
        if result.exit_code == 6:
            assert len(result.stderr.splitlines()) == 1
    if name.startswith("snapshot"):
        assert zhengmai("check", store=store).exit_code in (5, 6)
    result = zhengmai("build", store=store)
    assert result.exit_code == 0, (result.exception, result.output)
    told = [line for line in result.stderr.splitlines() if "made anew from what is kept" in line]
    assert len(told) == 1, result.stderr
    assert snapshot_bytes(store) == snapshot_bytes(sound)
    assert answers(store) == answers(sound)
    assert (store / "decisions.jsonl").read_bytes() == (sound / "decisions.jsonl").read_bytes()
    # What is mended stays so.
    result = zhengmai("build", store=store)
    assert "made anew" not in result.stderr
    assert zhengmai("check", store=store).exit_code == 0


def test_damage_met_in_the_midst_of_a_build(sound: Path, store: Path, tmp_path: Path) -> None:
    """The tables have their rows as far as their ends tell, and only who reads them sees."""
    path = Home(store).snapshot() / "Mention.parquet"
    data = path.read_bytes()
    path.write_bytes(data[:4] + bytes(200) + data[204:])
    more = [one for one in sorted(SAMPLE.iterdir()) if one.name not in NAMES][:1]
    expected = Path(shutil.copytree(sound, tmp_path / "expected"))
    build(more, expected, jobs=1)
    report = build(more, store, jobs=1)
    assert (report.failures, report.mended) == ((), (str(path),))
    assert snapshot_bytes(store) == snapshot_bytes(expected)
    assert answers(store) == answers(expected)


@pytest.mark.parametrize("kind", ["Task", "HAS_TASK", "Evidence", "dictionary"])
def test_a_lost_bucket_of_the_engine_is_told_and_made_anew(kind: str, sound: Path, store: Path) -> None:
    graph = Home(store).graph()
    bucket = next(one for one in graph.iterdir() if one.name.startswith((f"{kind}_0.", f"{kind}.")))
    bucket.unlink()
    result = zhengmai("tasks", store=store)
    assert (result.exit_code, len(result.stderr.splitlines())) == (6, 1)
    assert bucket.name in result.stderr
    assert "rebuild with zhengmai build" in result.stderr
    result = zhengmai("check", "--json", store=store)
    assert result.exit_code == 5
    assert [row["where"] for row in json.loads(result.stdout)] == [bucket.name]
    result = zhengmai("build", store=store)
    assert (result.exit_code, bucket.name in result.stderr) == (0, True)
    assert answers(store) == answers(sound)


def test_counts_tell_where_the_files_do_not(sound: Path, store: Path) -> None:
    bucket = next(one for one in Home(store).graph().iterdir() if one.name.startswith("HAS_TARGET_0."))
    bucket.write_bytes(bytes(bucket.stat().st_size))
    result = zhengmai("check", "--json", store=store)
    assert result.exit_code == 5
    assert "HAS_TARGET" in {row["where"] for row in json.loads(result.stdout)}
    result = zhengmai("build", store=store)
    assert "made anew" in result.stderr
    assert zhengmai("check", store=store).exit_code == 0
    assert answers(store) == answers(sound)


def test_a_graph_of_an_earlier_version_is_counted(store: Path) -> None:
    generation = Home(store).generation()
    (generation / "arcade.json").unlink()
    open_store(store).close()
    next(one for one in (generation / "arcade").iterdir() if one.name.startswith("Task_0.")).unlink()
    with pytest.raises(StoreError, match="damaged or lost"):
        open_store(store)


@pytest.mark.parametrize("command", [("docs",), ("explain", "yunxi/2.1.1", "province/2.1.1"), ("check",), ("tasks",)])
def test_a_snapshot_of_another_format_is_told_by_every_command(command: tuple[str, ...], store: Path) -> None:
    path = Home(store).snapshot() / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"format": 999}), encoding="utf-8")
    for words in (command, ("query", "ASK {}", "--dialect", "sparql")):
        result = zhengmai(*words, store=store)
        assert (result.exit_code, len(result.stderr.splitlines())) == (6, 1)
        assert "format 999" in result.stderr


def test_the_list_is_recovered_from_the_readings(sound: Path, store: Path) -> None:
    generation = Home(store).generation()
    for name in ("documents.jsonl", "snapshot/Document.parquet", "snapshot/manifest.json"):
        (generation / name).unlink()
    (generation / "COMPLETE").unlink()
    report = build([], store, jobs=1)
    assert report.unchanged == ("province", "yunxi")
    assert snapshot_bytes(store) == snapshot_bytes(sound)


def test_a_list_names_no_file_elsewhere(store: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("关于推进工作的通知", encoding="utf-8")
    cache = Cache(str(store), "rules")
    for row in (
        {"name": "a", "sha256": "../../../..", "suffix": "/secret.txt", "size": 1},
        {"name": "a", "sha256": "0" * 64, "suffix": "/../../x.txt", "size": 1},
        {"name": "\ud800", "sha256": "0" * 64, "suffix": ".txt", "size": 1},
        {"name": "", "sha256": "0" * 64, "suffix": ".txt", "size": 1},
        ["name"],
    ):
        (tmp_path / "documents.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
        with pytest.raises(StoreError, match=r"documents\.jsonl"):
            document_list.read_list(tmp_path, cache)


def test_a_name_with_another_lines_end_is_one_line(tmp_path: Path) -> None:
    cache = Cache(str(tmp_path), "rules")
    names = ["a\u2028b", "c\x85d", "e\u2029f", "g\x1ch"]
    sources = [Source(one, "", "0" * 64, ".txt", 3) for one in names]
    document_list.write_list(tmp_path, sources[:3], sources[3:])
    found = document_list.read_list(tmp_path, cache)
    assert (list(found.listed), list(found.unread)) == (sorted(names[:3]), names[3:])


# -- what new rules cannot read


def failing(path: Path, name: str) -> Reading:
    if name == "yunxi":
        raise ValueError("a rule of the newer version")
    return read_file(path, name)


def test_a_document_that_new_rules_cannot_read_stays_kept_until_they_can(
    sound: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as newer:
        newer.setattr(graph_build, "reading_rules", lambda: "newer")
        newer.setattr(graph_build, "graph_rules", lambda: "newer")
        newer.setattr(workers, "read_file", failing)
        for _ in range(2):
            report = build([], store, jobs=1)
            assert (report.documents, [one.name for one in report.failures]) == (1, ["yunxi"])
    report = build([], store, jobs=1)
    assert (report.documents, report.failures) == (2, ())
    assert snapshot_bytes(store) == snapshot_bytes(sound)


# -- decisions


@pytest.mark.parametrize(
    "line",
    [
        b"[" * 200_000,
        b"\xff\xfe\x00",
        b'{"child": "a/1", "parent": "b/1"',
        b'{"unit": "a", "other": "\\ud800", "judgement": "same"}',
        b'"word"',
        b'{"policy": "a", "judgement": "confirmed"}',
    ],
)
def test_a_damaged_decision_is_told_by_its_line_and_nothing_is_thrown_away(line: bytes, store: Path) -> None:
    path = store / "decisions.jsonl"
    path.write_bytes(path.read_bytes() + line + b"\n")
    before = path.read_bytes()
    with pytest.raises(InputError, match="line 2: not a decision"):
        Decisions.read(path)
    result = zhengmai("build", store=store)
    assert (result.exit_code, len(result.stderr.splitlines())) == (4, 1)
    assert path.read_bytes() == before
    assert zhengmai("tasks", store=store).exit_code == 0


def test_a_reason_with_another_lines_end_is_one_decision(tmp_path: Path) -> None:
    decide_link(tmp_path / "d.jsonl", "a/1", "b/1", "confirmed", Word(why="一\u2028二\x85三"))
    assert Decisions.read(tmp_path / "d.jsonl").links == {("a/1", "b/1"): "confirmed"}


def test_rows_are_counted_when_a_table_is_read(store: Path) -> None:
    snapshot = Snapshot.open(Home(store).snapshot())
    shutil.copy(Home(store).snapshot() / "Policy.parquet", Home(store).snapshot() / "Unit.parquet")
    with pytest.raises(StoreError, match=r"Unit\.parquet"):
        snapshot.table("Unit")
