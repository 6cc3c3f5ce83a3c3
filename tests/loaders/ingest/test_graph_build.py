"""Builds: what is added, replaced, left alone and taken away; that order, increments and repeats change nothing."""

import gc
import hashlib
import json
import random
import shutil
from collections.abc import Callable
from concurrent.futures import Future, as_completed
from dataclasses import replace
from pathlib import Path
from weakref import WeakSet

import pytest

import loaders.ingest.reading_cache
from benchmarks.generate import family
from graph.errors import NotFoundError, StoreError
from graph.link.decisions import decide_link
from graph.model import LEVELS
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.tables import FORMAT
from graph.snapshot.validate import validate
from graph.store import open_store
from graph.store.home import Home
from loaders.ingest.graph_build import build, remove
from loaders.ingest.rules import reading_rules
from loaders.ingest.workers import Workers, _given_out
from tests.loaders.built import SAMPLE, answers, rows_of, snapshot_bytes

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the sample; tests that change it work on a copy."""
    store = tmp_path_factory.mktemp("whole") / "graph"
    build([SAMPLE], store, jobs=1)
    return store


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "graph"))


def test_the_sample_builds_into_a_sound_graph(whole: Path) -> None:
    snapshot = Snapshot.open(Home(whole).snapshot())
    assert validate(snapshot) == []
    assert snapshot.count("Document") == len(
        [path for path in SAMPLE.iterdir() if path.suffix in (".txt", ".md", ".html")]
    )
    assert snapshot.count("DERIVES_FROM") > 0
    assert snapshot.count("COUNTERPART_OF") > 0


def test_the_projection_holds_what_the_snapshot_holds(whole: Path) -> None:
    rows = rows_of(whole)
    for name, found in answers(whole).items():
        assert len(found) == len(rows[name]), name


def test_every_fact_has_its_proof(whole: Path) -> None:
    rows = rows_of(whole)
    proved = {(row["subject"], row["property"]) for row in rows["Evidence"]}
    for task in rows["Task"]:
        assert (task["key"], "title") in proved
        assert (task["key"], "itself") in proved
        assert not task["deadline_raw"] or (task["key"], "deadline") in proved
        assert not task["theme_heading"] or (task["key"], "theme") in proved
    for name in ("ASSIGNED_TO", "Target", "RECORDS", "REPORTS_ON", "IMPLEMENTS", "CITES"):
        for row in rows[name]:
            assert (row["key"], "itself") in proved, row["key"]
    for link in rows["DERIVES_FROM"]:
        assert {(link["key"], "child"), (link["key"], "parent")} <= proved
    for policy in rows["Policy"]:
        for name in ("title", "doc_number", "issued", "issuers"):
            assert not policy[name] or (policy["key"], name) in proved, (policy["key"], name)


def test_links_stay_in_their_family_and_run_upward(whole: Path) -> None:
    rows = rows_of(whole)
    level = {row["key"]: LEVELS.index(row["level"]) for row in rows["Policy"] if row["level"]}
    for link in rows["IMPLEMENTS"]:
        if link["source"] in level and link["target"] in level:
            assert level[link["source"]] >= level[link["target"]], link["key"]
    documents = {row["source"].split("/")[0] for row in rows["DERIVES_FROM"]} | {
        row["target"].split("/")[0] for row in rows["DERIVES_FROM"]
    }
    assert "shuoyuan" not in documents


def test_the_same_again_changes_nothing(copy: Path) -> None:
    before = Home(copy).current()
    report = build([SAMPLE], copy, jobs=1)
    assert not report.changed
    assert set(report.unchanged) == {path.stem for path in SAMPLE.iterdir()}
    assert (report.added, report.replaced) == ((), ())
    assert Home(copy).current() == before


@pytest.mark.parametrize("order", range(3))
def test_order_and_number_of_builds_change_no_byte(whole: Path, tmp_path: Path, order: int) -> None:
    files = sorted(SAMPLE.iterdir())
    random.Random(order).shuffle(files)
    store = tmp_path / "graph"
    for at in range(0, len(files), 4):
        build(files[at : at + 4], store, jobs=1)
    assert snapshot_bytes(store) == snapshot_bytes(whole)
    assert answers(store) == answers(whole)


def test_two_processes_come_to_the_same(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loaders.ingest.workers._WORTH_BYTES", 0)
    monkeypatch.setattr("loaders.ingest.workers._WORTH_PAIRS", 0)
    monkeypatch.setattr("loaders.ingest.workers._PARCEL_BYTES", 20_000)
    monkeypatch.setattr("loaders.ingest.workers._CHUNK_PAIRS", 1)
    build([SAMPLE], tmp_path / "graph", jobs=2)
    assert snapshot_bytes(tmp_path / "graph") == snapshot_bytes(whole)


def test_removing_takes_all_that_only_the_document_said(whole: Path, copy: Path, tmp_path: Path) -> None:
    text = "关于开展灯塔维护专项行动的通知\n云溪政发〔2025〕99号\n一、主要任务\n（一）修缮灯塔。（责任单位：区灯塔管理处）\n云溪区人民政府\n2025年3月1日\n"
    (tmp_path / "lamp.txt").write_text(text, encoding="utf-8")
    build([tmp_path / "lamp.txt"], copy, jobs=1)
    assert "灯塔管理处" in str(rows_of(copy))
    report = remove(["lamp"], copy)
    assert report.removed == ("lamp",)
    assert snapshot_bytes(copy) == snapshot_bytes(whole)
    assert answers(copy) == answers(whole)
    left = [path for path in copy.rglob("*") if path.is_file() and "灯塔".encode() in path.read_bytes()]
    assert left == []


def test_removing_all_leaves_an_empty_graph_that_answers(tmp_path: Path) -> None:
    store = tmp_path / "graph"
    build([SAMPLE / "province.txt"], store, jobs=1)
    assert remove(["province"], store).documents == 0
    with open_store(store) as opened:
        assert opened.ask("MATCH (n) RETURN count(n) AS n") == [{"n": 0}]
    assert build([SAMPLE / "province.txt"], store, jobs=1).added == ("province",)


def test_a_name_that_is_not_there_is_told(copy: Path) -> None:
    with pytest.raises(NotFoundError, match="nobody"):
        remove(["nobody"], copy)
    with pytest.raises(StoreError, match="zhengmai build"):
        remove(["nobody"], copy / "other")


def test_a_changed_file_is_a_new_version(copy: Path, tmp_path: Path) -> None:
    path = tmp_path / "province.txt"
    text = (SAMPLE / "province.txt").read_text(encoding="utf-8")
    path.write_text(text.replace("附件", "附件材料一", 1) + "\n", encoding="utf-8")
    report = build([path], copy, jobs=1)
    assert (report.replaced, report.added) == (("province",), ())
    other = tmp_path / "other"
    build([path, *(one for one in SAMPLE.iterdir() if one.stem != "province")], other, jobs=1)
    assert snapshot_bytes(copy) == snapshot_bytes(other)
    assert answers(copy) == answers(other)


def test_a_family_is_extended_one_by_one(tmp_path: Path) -> None:
    files = []
    for name, text in list(family(1))[:5]:
        files.append(tmp_path / "in" / f"{name}.txt")
        files[-1].parent.mkdir(parents=True, exist_ok=True)
        files[-1].write_text(text, encoding="utf-8")
    for file in files:
        build([file], tmp_path / "one", jobs=1)
    build(files, tmp_path / "all", jobs=1)
    assert snapshot_bytes(tmp_path / "one") == snapshot_bytes(tmp_path / "all")
    assert answers(tmp_path / "one") == answers(tmp_path / "all")


def test_many_documents_stand_in_parts_and_change_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = sorted(SAMPLE.iterdir())
    build(files[:4], tmp_path / "one", jobs=1)
    monkeypatch.setattr("graph.snapshot.partitions._STEPS", ((8, 16),))
    build(files[4:9], tmp_path / "one", jobs=1)
    assert (Home(tmp_path / "one").snapshot() / "Task").is_dir()
    build(files[9:], tmp_path / "one", jobs=1)
    remove([files[0].stem], tmp_path / "one")
    build(files[1:], tmp_path / "all", jobs=1)
    assert snapshot_bytes(tmp_path / "one") == snapshot_bytes(tmp_path / "all")
    assert answers(tmp_path / "one") == answers(tmp_path / "all")
    assert validate(Snapshot.open(Home(tmp_path / "one").snapshot())) == []


def test_a_snapshot_alone_is_said_to_answer_nothing_and_is_made_up_for(whole: Path, tmp_path: Path) -> None:
    files = sorted(SAMPLE.iterdir())
    store = tmp_path / "graph"
    build(files[:6], store, jobs=1, snapshot_only=True)
    with pytest.raises(StoreError, match="only the snapshot was built"):
        open_store(store)
    build(files[6:], store, jobs=1, snapshot_only=True)
    assert not build(files, store, jobs=1, snapshot_only=True).changed
    assert snapshot_bytes(store) == snapshot_bytes(whole)
    build([], store, jobs=1)
    assert snapshot_bytes(store) == snapshot_bytes(whole)
    assert answers(store) == answers(whole)
    assert not build(files, store, jobs=1).changed


# -- decisions


def test_a_persons_word_wins_and_is_kept_by_every_build(copy: Path, whole: Path) -> None:
    link = rows_of(copy)["DERIVES_FROM"][0]
    decide_link(Home(copy).decisions, link["source"], link["target"], "rejected")
    assert build([], copy, jobs=1).changed
    judged = {row["key"]: row["judgement"] for row in rows_of(copy)["DERIVES_FROM"]}
    assert judged[link["key"]] == "rejected"
    assert not build([], copy, jobs=1).changed
    decide_link(Home(copy).decisions, link["source"], link["target"], "none")
    build([], copy, jobs=1)
    assert rows_of(copy)["DERIVES_FROM"] == rows_of(whole)["DERIVES_FROM"]


def test_a_confirmed_link_that_no_score_made_is_there(copy: Path) -> None:
    rows = rows_of(copy)
    linked = {(row["source"], row["target"]) for row in rows["DERIVES_FROM"]}
    pair = next(iter(rows["Pair"]))
    tasks = [row["key"] for row in rows["Task"] if row["kind"] == "measure"]
    child, parent = next(
        (one, two)
        for one in tasks
        for two in tasks
        if one.startswith(pair["child"] + "/") and two.startswith(pair["parent"] + "/") and (one, two) not in linked
    )
    decide_link(Home(copy).decisions, child, parent, "confirmed")
    build([], copy, jobs=1)
    assert (child, parent) in {
        (row["source"], row["target"]) for row in rows_of(copy)["DERIVES_FROM"] if row["judgement"] == "confirmed"
    }


# -- other rules, another format


def test_other_rules_of_reading_read_all_again_from_the_kept_files(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loaders.ingest.graph_build.reading_rules", lambda: "other-reading")
    monkeypatch.setattr("loaders.ingest.graph_build.graph_rules", lambda: "other-rules")
    report = build([], copy, jobs=1)
    assert report.changed
    assert (report.added, report.replaced) == ((), ())
    assert Snapshot.open(Home(copy).snapshot()).rules == "other-rules"
    assert {folder.name for folder in Home(copy).readings.iterdir()} == {"other-reading"}


def test_other_rules_of_linking_link_again_and_read_nothing(
    copy: Path, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(path: Path, name: str) -> None:
        raise AssertionError(f"{path} is read again")

    before = Snapshot.open(Home(copy).snapshot()).rules
    monkeypatch.setattr("loaders.ingest.workers.read_file", read)
    monkeypatch.setattr("loaders.ingest.graph_build.graph_rules", lambda: "other-rules")
    report = build([], copy, jobs=1)
    assert report.changed
    assert (report.added, report.replaced, report.failures) == ((), (), ())
    assert before != Snapshot.open(Home(copy).snapshot()).rules == "other-rules"
    assert rows_of(copy) == rows_of(whole)


def test_another_format_is_refused_by_questions_and_rebuilt_by_a_build(copy: Path, whole: Path) -> None:
    manifest = Home(copy).snapshot() / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format": FORMAT + 1}), encoding="utf-8")
    with pytest.raises(StoreError, match="rebuild with zhengmai build"):
        Snapshot.open(Home(copy).snapshot())
    assert build([SAMPLE / "province.txt"], copy, jobs=1).changed
    assert snapshot_bytes(copy) == snapshot_bytes(whole)


def test_lost_readings_are_read_again(copy: Path, tmp_path: Path) -> None:
    shutil.rmtree(Home(copy).readings)
    _, text = next(family(1))
    (tmp_path / "new.txt").write_text(text, encoding="utf-8")
    assert build([tmp_path / "new.txt"], copy, jobs=1).added == ("new",)


def test_a_cached_reading_holds_records_of_ours_only(copy: Path) -> None:
    import os
    import pickle
    import zlib

    class Evil:
        def __reduce__(self) -> tuple[Callable[..., object], tuple[str]]:
            return (os.system, ("exit 1",))

    cache = loaders.ingest.reading_cache.Cache(str(copy), reading_rules())
    path = next(Home(copy).readings.rglob("*.reading"))
    path.write_bytes(zlib.compress(pickle.dumps(Evil())))
    rows = [json.loads(line) for line in (Home(copy).generation() / "documents.jsonl").read_text("utf-8").splitlines()]
    sources = [loaders.ingest.reading_cache.Source(row["name"], "", row["sha256"], row["suffix"]) for row in rows]
    found = [cache.get(source) for source in sources]
    assert found.count(None) == 1
    assert cache.get(replace(sources[0], name="somebody")) is None


# -- bad input


def bad_files(folder: Path) -> Path:
    folder.mkdir()
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "half.txt").write_bytes("关于推进工作的通知".encode()[:-1])
    (folder / "notes.ppt").write_text("x", encoding="utf-8")
    (folder / "good.txt").write_text("关于推进用水工作的通知\n一、主要任务\n（一）修管。\n", encoding="utf-8")
    return folder


def test_bad_input_is_told_in_one_line_each_and_the_rest_is_built(tmp_path: Path) -> None:
    folder = bad_files(tmp_path / "in")
    report = build([folder], tmp_path / "graph", jobs=1)
    assert report.added == ("good",)
    assert report.skipped == {".ppt": 1}
    assert [Path(one.path).name for one in report.failures] == ["binary.txt", "empty.txt", "half.txt"]
    assert all("\n" not in one.message and one.path in one.message for one in report.failures)


def test_nothing_but_bad_input_makes_no_graph(tmp_path: Path) -> None:
    folder = bad_files(tmp_path / "in")
    (folder / "good.txt").unlink()
    report = build([folder], tmp_path / "graph", jobs=1)
    assert not report.changed
    with pytest.raises(StoreError, match="zhengmai build"):
        open_store(tmp_path / "graph")


def test_a_new_version_that_cannot_be_read_leaves_the_old_one(copy: Path, whole: Path, tmp_path: Path) -> None:
    (tmp_path / "province.txt").write_bytes(b"")
    report = build([tmp_path / "province.txt"], copy, jobs=1)
    assert len(report.failures) == 1
    assert not report.changed
    assert snapshot_bytes(copy) == snapshot_bytes(whole)


def test_a_policy_of_one_line_and_a_document_without_tasks_are_kept(tmp_path: Path) -> None:
    item = "（一）修缮管网。" + "在城乡接合处更换旧管并做好记录，" * 30 + "按季通报。"
    (tmp_path / "long.txt").write_text("关于推进用水工作的通知 一、主要任务 " + item * 400, encoding="utf-8")
    (tmp_path / "none.txt").write_text("关于任命张三同志职务的通知\n经研究决定。\n", encoding="utf-8")
    report = build([tmp_path / "long.txt", tmp_path / "none.txt"], tmp_path / "graph", jobs=1)
    assert report.failures == ()
    assert report.documents == 2
    issues = rows_of(tmp_path / "graph")["Issue"]
    assert any(row["document"] == "none" and row["code"] == "no-task" for row in issues)


def test_two_texts_of_one_number_are_one_policy_and_an_issue(tmp_path: Path) -> None:
    text = "澄州市人民政府关于推进用水工作的通知\n澄政发〔2024〕5号\n一、主要任务\n（一）修管。更换旧管。\n{}澄州市人民政府\n2024年3月1日\n"
    (tmp_path / "one.txt").write_text(text.format(""), encoding="utf-8")
    (tmp_path / "two.txt").write_text(text.format("（二）清池。清洗水池。\n"), encoding="utf-8")
    report = build([tmp_path / "one.txt", tmp_path / "two.txt"], tmp_path / "graph", jobs=1)
    rows = rows_of(tmp_path / "graph")
    assert report.documents == 2
    records = {row["source"]: row for row in rows["RECORDS"]}
    assert {row["target"] for row in records.values()} == {"澄政发〔2024〕5号"}
    assert (records["one"]["fullest"], records["two"]["fullest"]) == (False, True)
    assert {row["document"] for row in rows["Task"]} == {"one", "two"}
    said = [row for row in rows["Issue"] if row["code"] == "number-twice"]
    assert [row["document"] for row in said] == ["one", "two"]
    assert validate(Snapshot.open(Home(tmp_path / "graph").snapshot())) == []
    remove(["two"], tmp_path / "graph")
    assert not any(row["code"] == "number-twice" for row in rows_of(tmp_path / "graph")["Issue"])


def test_work_that_is_not_done_ends_with_the_build() -> None:
    with Workers(2) as workers:
        assert workers._shared(worth=False) is None


def test_results_that_were_given_out_are_let_go() -> None:
    """Together they are all rows of the graph: a build would hold them until the last document is read."""

    class Result:
        pass

    def done() -> Future[Result]:
        future: Future[Result] = Future()
        future.set_result(Result())
        return future

    alive: WeakSet[Result] = WeakSet()
    for number, result in enumerate(_given_out(as_completed([done() for _ in range(20)])), 1):
        alive.add(result)
        del result
        gc.collect()
        assert len(alive) <= 1, number
    assert number == 20


def test_a_file_that_changes_while_it_is_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plan.txt").write_text("关于推进用水工作的通知\n一、主要任务\n（一）修管。\n", encoding="utf-8")
    monkeypatch.setattr("loaders.ingest.sources.hashlib.file_digest", lambda file, kind: hashlib.sha256(b"before"))
    report = build([tmp_path / "plan.txt"], tmp_path / "graph", jobs=1)
    assert "changed while it was read" in report.failures[0].message
