"""Files of office formats that would harm a machine: each is refused with one line, soon, and the next one is read."""

import hashlib
import io
import os
import pickle
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.errors import InputError
from loaders.ingest.graph_build import build
from loaders.read import limits
from loaders.read.child import parsing_process
from loaders.read.child.parsing_process import ParsingChild, read_apart
from loaders.read.registry import read
from tests.loaders.read.office.docx_files import docx, p, zipped
from tests.shared import ROOT

SOON = 2.0
PLAN = docx(p("云溪县护堤方案") + p("一、修堤坝") + p("（一）补缺口。6月底前补完。（责任单位：县水务局）"))
ENTITIES = '<!DOCTYPE w [<!ENTITY a "堤"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def with_document(markup: str | bytes) -> bytes:
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": markup})


def body(inside: str) -> str:
    return f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{inside}</w:body></w:document>'


def long_text(paragraphs: int) -> str:
    """Return the markup of so many paragraphs, no two alike, so that they pack as real ones do."""
    return "".join(p(hashlib.sha256(str(at).encode()).hexdigest()) for at in range(paragraphs))


def encrypted() -> bytes:
    data = bytearray(PLAN)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


def of_one_name() -> bytes:
    with pytest.warns(UserWarning, match="Duplicate name"):
        return _doubled()


def _doubled() -> bytes:
    held = io.BytesIO(PLAN)
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr("word/document.xml", body(p("另一个")))
    return held.getvalue()


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "one member that unpacks to 200 MB": (lambda: with_document(b" " * (200 << 20)), "unpacks to more than is read"),
    "a part beside the text that does so": (
        lambda: docx(p("甲"), styles="<w:style/>" * (1 << 20)),
        "unpacks to more than is read",
    ),
    "three million elements": (lambda: with_document(body("<w:p/>" * 3_000_000)), "unpacks to more than is read"),
    "elements that do not pack well": (
        lambda: zipped({"word/document.xml": body("<w:p/>" * 2_100_000)}, zipfile.ZIP_STORED),
        "marks of its format",
    ),
    "elements without an end of nesting": (lambda: with_document(body("<w:sdt>" * 5_000)), "damaged"),
    "entities": (lambda: with_document(ENTITIES + body(p("&b;"))), "words of its own"),
    "an entity that is a file": (lambda: with_document(OUTSIDE + body(p("&a;"))), "words of its own"),
    "an entity in another encoding": (
        lambda: with_document((OUTSIDE + body(p("&a;"))).encode("utf-16")),
        "words of its own",
    ),
    "more members than a document has": (
        lambda: zipped({"word/document.xml": body(p("甲"))} | {f"word/{at}": "" for at in range(5_001)}),
        "more than 5,000 members",
    ),
    "two members of one name": (of_one_name, "two members of the name"),
    "a password": (encrypted, "protected by a password"),
    "another way of packing": (
        lambda: zipped({"word/document.xml": body(p("甲"))}, zipfile.ZIP_LZMA),
        "packed in a way that is not read",
    ),
    "half of a file": (lambda: PLAN[: len(PLAN) // 2], "damaged"),
    "no text": (lambda: with_document("<a/>"), "damaged"),
}


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plain document, read once so that the child is there."""
    path = tmp_path / "plan.docx"
    path.write_bytes(PLAN)
    read(path)
    return path


@pytest.mark.parametrize(("make", "why"), BOMBS.values(), ids=list(BOMBS))
def test_what_would_harm_is_refused_soon_and_the_next_is_read(
    make: Callable[[], bytes], why: str, plan: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.docx"
    bad.write_bytes(make())
    began = time.monotonic()
    with pytest.raises(InputError, match=why) as error:
        read(bad)
    assert time.monotonic() - began < SOON
    assert str(error.value).startswith(f"{bad}: ")
    assert "\n" not in str(error.value)
    assert "修堤坝" in read(plan).text


def test_a_file_that_takes_too_long_is_ended(plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = tmp_path / "long.docx"
    long.write_bytes(docx(long_text(40_000)))
    monkeypatch.setattr(limits, "SECONDS", 0.1)
    with pytest.raises(InputError, match=r"takes more than 0\.1 seconds"):
        read(long)
    monkeypatch.undo()
    assert len(read(long).lines) == 40_000
    assert "修堤坝" in read(plan).text


@pytest.mark.skipif(sys.platform != "linux", reason="this system has no limit of data")
def test_a_file_that_takes_too_much_memory_is_ended(monkeypatch: pytest.MonkeyPatch, fresh_pool: None) -> None:
    monkeypatch.setattr(limits, "MEMORY", 40 << 20)
    large = docx(long_text(100_000))
    with pytest.raises(InputError, match=r"takes more than 40 MB of memory"):
        read_apart("docx", large, name="x", where="x.docx", suffix=".docx")
    assert read_apart("docx", PLAN, name="x", where="x.docx", suffix=".docx").lines


@pytest.fixture
def fresh_pool() -> Iterator[None]:
    """Start the child anew for a test, and again after it."""
    parsing_process.end_child()
    yield
    parsing_process.end_child()


def test_one_child_reads_many_files_and_one_that_is_gone_is_started_again(fresh_pool: None) -> None:
    child = ParsingChild()
    head = {"format": "docx", "name": "x", "where": "x.docx", "suffix": ".docx"}
    for _ in range(3):
        answer = child.ask(head, PLAN)
        assert not isinstance(answer, str)
        assert answer[0] == {"document": True}
    child.end()
    assert not child.alive
    for _ in range(2):
        assert read_apart("docx", PLAN, name="x", where="x.docx", suffix=".docx").lines
        parsing_process.end_child()


def test_an_answer_that_is_no_document_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    for body_sent in (b"", b"no pickle", pickle.dumps(print), pickle.dumps("text")):
        monkeypatch.setattr(parsing_process._POOL, "ask", lambda head, data, said=body_sent: ({"document": True}, said))
        with pytest.raises(InputError, match="ends the program that reads it"):
            read_apart("docx", PLAN, name="x", where="x.docx", suffix=".docx")


@pytest.mark.parametrize(
    "deed",
    [
        "import socket; socket.socket().connect(('127.0.0.1', 9))",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "open('made.txt', 'w')",
    ],
)
def test_the_child_reaches_nothing_outside(deed: str, tmp_path: Path) -> None:
    code = f"import sys; from loaders.read.child.parsing_child import refuse; sys.addaudithook(refuse)\n{deed}"
    done = subprocess.run(
        [sys.executable, "-B", "-c", code],
        capture_output=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert b"a file that is parsed may not do this" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_build_reads_all_but_the_bad_file(plan: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.docx").write_bytes(BOMBS["three million elements"][0]())
    (tmp_path / "text.txt").write_text(
        "云溪县种树方案\n一、种树木\n9月底前种完。（责任单位：县林业局）\n", encoding="utf-8"
    )
    report = build([tmp_path], tmp_path / "graph", snapshot_only=True, jobs=1)
    assert report.added == ("plan", "text")
    assert [Path(one.path).name for one in report.failures] == ["bad.docx"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_a_child_that_is_killed_from_outside_costs_no_file(fresh_pool: None) -> None:
    assert read_apart("docx", PLAN, name="x", where="x.docx", suffix=".docx").lines
    child = parsing_process._POOL._child
    assert child is not None
    os.kill(child.number, signal.SIGKILL)
    assert read_apart("docx", PLAN, name="x", where="x.docx", suffix=".docx").lines
