"""What a typed-in query may take of memory and time, and what of its answer is no text or no number."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.errors import UsageError
from graph.store.protocol import Dialect
from queries.faults import GuardError
from queries.typed import typed_in
from queries.typed.memory_bound import MemoryWatch, bytes_of
from queries.typed.typed_in import LONGEST, answer
from tests.made import make_store

DOUBLED = "WITH 'aaaaaaaaaaaaaaaa' AS a " + "WITH a + a AS a " * 29 + "RETURN size(a) AS n"
CONCATENATED = (
    "SELECT ?n WHERE { BIND('aaaaaaaaaaaaaaaa' AS ?a0) "
    + " ".join(f"BIND(CONCAT(?a{at}, ?a{at}) AS ?a{at + 1})" for at in range(28))
    + " BIND(STRLEN(?a28) AS ?n) }"
)
OPTIONAL = "SELECT * WHERE { ?a ?b ?c OPTIONAL { ?d ?e ?f } OPTIONAL { ?g ?h ?i } } ORDER BY ?a"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("bound") / "store")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "dialect"), [(DOUBLED, "cypher"), (CONCATENATED, "sparql"), (OPTIONAL, "sparql")], ids=str
)
def test_memory_is_bounded_and_told(text: str, dialect: Dialect, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typed_in, "MOST_BYTES", 400 << 20)
    with pytest.raises(GuardError, match="needs more than 400 MB") as error:
        answer(store, text, dialect=dialect, timeout=60)
    assert error.value.exit_code == 2
    assert "\n" not in str(error.value)


def test_a_plain_question_needs_no_more_than_it_may(store: Path) -> None:
    assert answer(store, "MATCH (t:Task) RETURN count(t) AS n").rows[0]["n"]


def test_a_watch_ends_what_takes_too_much_and_nothing_else() -> None:
    for size, ended in ((1 << 20, False), (300 << 20, True)):
        code = f"import time; held = bytearray({size}); held[::4096] = bytes(len(held[::4096])); print(flush=True); time.sleep(30)"
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            assert (bytes_of(process.pid) > 200 << 20) == ended
            with MemoryWatch(process.pid, 200 << 20, process.kill) as watch:
                until = time.monotonic() + (10 if ended else 0.5)
                while process.poll() is None and time.monotonic() < until:
                    time.sleep(0.02)
            assert (watch.passed, process.poll() is not None) == (ended, ended)
            process.kill()
    assert bytes_of(process.pid) == 0


@pytest.mark.parametrize("seconds", [float("inf"), float("nan"), 1e300, 0.0, -1.0, LONGEST + 1])
def test_a_time_that_is_none_is_refused(seconds: float, store: Path) -> None:
    with pytest.raises(UsageError, match="at most 86400 seconds"):
        answer(store, "RETURN 1 AS n", timeout=seconds)


def test_what_is_no_number_is_null_and_told(store: Path) -> None:
    found = answer(store, "RETURN 1.0 / 0.0 AS a, 0.0 / 0.0 AS b, 0.5 AS c, [0.0 / 0.0, 1] AS d")
    assert found.rows == ({"a": None, "b": None, "c": 0.5, "d": "[null, 1]"},)
    assert [(one.code, one.values) for one in found.notes if one.code == "not_numbers"] == [
        ("not_numbers", {"count": 2})
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [("RETURN '\ud800' AS a", "the query is no text"), ("RETURN '\\ud800' AS a", "half of a sign")],
)
def test_half_of_a_sign_is_one_line(text: str, said: str, store: Path) -> None:
    with pytest.raises(UsageError, match=said):
        answer(store, text)


@pytest.mark.skipif(os.name == "nt", reason="a command line there is text")
def test_other_bytes_on_the_command_line_are_one_line(store: Path) -> None:
    for words in ((b"search", b"\xff"), (b"show", b"\xed\xa0\x80"), (b"query", b"RETURN '\xff' AS a")):
        command = [
            os.fsencode(sys.executable),
            b"-m",
            b"zhengmai",
            *words,
            b"--store",
            os.fsencode(store),
            b"--lang",
            b"en",
        ]
        done = subprocess.run(command, capture_output=True, check=False)
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
        assert b"no text in UTF-8" in done.stderr
