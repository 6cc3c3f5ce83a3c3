"""What is recorded of progress is whole or absent, in order, and nothing of it is lost or double."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.errors import InputError, StoreError, UsageError
from graph.ledger.progress import ProgressEntry, ProofFile, cleaned, read_progress, record
from graph.ledger.task_words import TaskWords
from tests.shared import ROOT

TASK = TaskWords(key="yunxi/2.1", title="改造泵站", text="改造泵站。年内改造三十座。", policy="云溪政发〔2031〕9号")
WRITER = """
import sys
from pathlib import Path
from graph.ledger.progress import ProgressEntry, record
from graph.ledger.task_words import TaskWords
path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for turn in range(count):
    task = TaskWords(key=f"yunxi/{name}.{turn}", title="改造泵站", text="改造泵站。" * 200)
    record(path, lambda before: [ProgressEntry(task=task, status="going_on", words=str(len(before)), by=name)])
    print(turn, flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store" / "progress.jsonl"


def writer(path: Path, name: str, count: int) -> "subprocess.Popen[bytes]":
    given = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    words = [sys.executable, "-c", WRITER, str(path), name, str(count)]
    return subprocess.Popen(words, env=given, stdout=subprocess.PIPE)


def going_on(share: float | None = None) -> ProgressEntry:
    return ProgressEntry(task=TASK, status="going_on", share=share)


def test_an_entry_is_read_as_it_was_recorded(path: Path, tmp_path: Path) -> None:
    assert read_progress(path) == []
    (tmp_path / "验收单.txt").write_text("合格", encoding="utf-8")
    proof = ProofFile.of(tmp_path / "验收单.txt")
    assert len(proof.sha256) == 64
    entry = ProgressEntry(
        task=TASK,
        status="done",
        share=100,
        words="一\u2028二",
        by="李敏",
        files=(proof,),
        addresses=("https://a.invalid/1",),
    )
    [made] = record(path, lambda before: [entry])
    assert made.when
    assert read_progress(path) == [made]
    assert read_progress(path)[0].key == made.key
    record(path, lambda before: [going_on(len(before))])
    assert [one.share for one in read_progress(path)] == [100, 1]


@pytest.mark.slow
def test_fifty_writers_at_once_lose_nothing_and_write_nothing_twice(path: Path) -> None:
    running = [writer(path, str(name), 3) for name in range(50)]
    assert [one.wait(timeout=300) for one in running] == [0] * 50
    for one in running:
        assert one.stdout is not None
        one.stdout.close()
    entries = read_progress(path)
    assert len({one.task.key for one in entries}) == len(entries) == 150
    # Each saw all that was written before it, and none saw what another saw: no two wrote at a time.
    assert [one.words for one in entries] == [str(at) for at in range(150)]


@pytest.mark.skipif(sys.platform == "win32", reason="no signal that nothing can catch")
def test_what_was_said_to_be_kept_outlives_a_killed_writer(path: Path) -> None:
    kept = 0
    for turn in range(6):
        one = writer(path, str(turn), 100_000)
        assert one.stdout is not None
        one.stdout.readline()
        time.sleep(0.02 * turn)
        one.send_signal(signal.SIGKILL)
        said = 1 + len([line for line in one.stdout.read().split(b"\n") if line])
        one.wait(timeout=60)
        one.stdout.close()
        entries = read_progress(path)
        # One more may have been written whose writer did not come to say so.
        assert kept + said <= len(entries) <= kept + said + 1
        assert len({entry.task.key for entry in entries}) == len(entries)
        kept = len(entries)
    assert kept >= 6


@pytest.mark.parametrize("share", [1, 20, 60])
def test_the_rest_of_a_cut_line_is_passed_over_and_taken_away(path: Path, share: int) -> None:
    record(path, lambda before: [going_on(share)])
    whole = path.read_bytes()
    path.write_bytes(whole + whole[: len(whole) - 1 - share])
    assert [one.share for one in read_progress(path)] == [share]
    record(path, lambda before: [going_on(2)])
    assert [one.share for one in read_progress(path)] == [share, 2]
    # A whole line that only lacks its end, as an editor leaves it, stays.
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    record(path, lambda before: [going_on(3)])
    assert [one.share for one in read_progress(path)] == [share, 2, 3]


def test_nothing_is_written_where_recording_fails(path: Path) -> None:
    record(path, lambda before: [going_on()])
    before = path.read_bytes()
    with pytest.raises(UsageError):
        record(path, lambda entries: [going_on(), going_on(101)])
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "line",
    [
        "[]",
        "{",
        "{}",
        json.dumps({"task": "a/1"}),
        json.dumps({"task": "no key", "status": "done"}),
        json.dumps({"task": "a/1", "status": "finished"}),
        json.dumps({"task": "a/1", "status": "done", "share": "60"}),
        json.dumps({"task": "a/1", "status": "done", "share": 101}),
        json.dumps({"task": "a/1", "status": "done", "by": 3}),
        json.dumps({"task": "a/1", "status": "done", "words": "\ud800"}),
        json.dumps({"task": "a/1", "status": "done", "note": "x"}),
        json.dumps({"task": "a/1", "status": "done", "files": [3]}),
        json.dumps({"task": "a/1", "status": "done", "addresses": ["javascript:alert(1)"]}),
    ],
)
def test_a_line_that_is_no_entry_is_named(path: Path, line: str) -> None:
    record(path, lambda before: [going_on()])
    before = path.read_bytes()
    path.write_bytes(before + line.encode() + b"\n")
    with pytest.raises(InputError, match="line 2: no entry of progress"):
        read_progress(path)
    with pytest.raises(InputError):
        record(path, lambda entries: [going_on()])
    assert path.read_bytes() == before + line.encode() + b"\n"


def test_a_file_that_cannot_be_written_is_said(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(StoreError, match="cannot be read"):
        record(path, lambda before: [going_on()])


def test_control_characters_are_not_kept() -> None:
    assert cleaned("\x1b[31m已完成\u202e\r二　三") == "[31m已完成\n二　三"
