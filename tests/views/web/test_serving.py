"""The server itself, as a command, and its pages in a real browser."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cli.options import INTERRUPTED
from graph.errors import StoreError, UsageError
from tests.cli.pages import browser, opened
from tests.shared import ROOT
from views.web.door import cookie_name
from views.web.serving import serve

needs_browser = pytest.mark.skipif(browser() is None, reason="no browser of the Chromium family is installed")


@contextmanager
def served(store: Path, *options: str) -> Iterator[str]:
    """Yield the line that the command says when it serves a graph; it is interrupted afterwards."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ZHENGMAI_LANG": "en", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "zhengmai", "serve", "--store", str(store), "--port", "0", *options]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as started:
        assert started.stderr is not None
        yield started.stderr.readline()
        started.send_signal(signal.SIGINT)
        assert started.wait(30) == INTERRUPTED


def told_address(line: str) -> str:
    """Return the address that a server said, with its token."""
    found = re.search(r"http://127\.0\.0\.1:\d+/\?token=[^\s;]{20,}(?=;)", line)
    assert found, line
    return found[0]


def address_in(line: str) -> str:
    """Return the address that a server said, without its token."""
    return told_address(line).partition("?")[0]


@pytest.fixture(scope="module")
def url(hostile_store: Path) -> Iterator[str]:
    with served(hostile_store) as line:
        yield address_in(line)


def test_the_command_serves_this_machine(url: str) -> None:
    with urllib.request.urlopen(f"{url}keys") as answer:
        assert answer.status == 200
        assert "server" not in {name.lower() for name in answer.headers}


@needs_browser
@pytest.mark.parametrize(
    "page",
    [
        "",
        "document?of=province",
        "task?of=city/1.1",
        "family?of=province",
        "family?of=province&view=tree",
        "family?of=province&view=matrix",
        "review?child=city/1.1&parent=province/1.1",
        "search?q=%E6%B8%A1%E5%8F%A3",
        "unit?of=%E6%BE%9C%E6%B1%9F%E7%9C%81%E4%BA%A4%E9%80%9A%E8%BF%90%E8%BE%93%E5%8E%85",
    ],
)
def test_nothing_of_a_document_runs_and_nothing_is_complained_of(page: str, url: str, tmp_path: Path) -> None:
    dom, complaints = opened(f"{url}{page}", tmp_path / "profile")
    assert "</html>" in dom
    assert "<title>fired" not in dom
    assert complaints == ""


def test_the_address_that_is_told_lets_write(hostile_store: Path) -> None:
    with served(hostile_store, "--token", "a-token-of-mine-that-is-long") as line:
        url = address_in(line)
        for headers, status in (({}, 403), ({"authorization": "Bearer a-token-of-mine-that-is-long"}, 404)):
            with pytest.raises(urllib.error.HTTPError, match=str(status)) as refused:
                urllib.request.urlopen(urllib.request.Request(f"{url}progress", b"task=nowhere&status=done", headers))
            refused.value.close()


def test_another_address_wants_a_token(hostile_store: Path) -> None:
    with served(hostile_store, "--host", "0.0.0.0") as line:
        found = re.search(r"http://0\.0\.0\.0:(\d+)/\?token=(\S{20,});", line)
        assert found, line
        address = f"http://127.0.0.1:{found[1]}/keys"
        with pytest.raises(urllib.error.HTTPError, match="403") as refused:
            urllib.request.urlopen(address)
        refused.value.close()
        asked = urllib.request.Request(
            address, headers={"cookie": f"{cookie_name(f'127.0.0.1:{found[1]}')}={found[2]}"}
        )
        with urllib.request.urlopen(asked) as answer:
            assert answer.status == 200


def test_a_port_that_is_taken_is_told(hostile_store: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(StoreError, match="cannot be listened on"):
            serve(str(hostile_store), port=taken.getsockname()[1])


def test_a_graph_on_a_server_is_refused() -> None:
    with pytest.raises(UsageError, match="a server only answers questions"):
        serve("neo4j://localhost:7687")
