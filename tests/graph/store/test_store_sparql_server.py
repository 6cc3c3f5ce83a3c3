"""A SPARQL server by its address, without one: what an address may hold, and what answers there that is no such server."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from graph.errors import StoreError, UsageError
from graph.store import open_store, shown
from graph.store.address import sparql_endpoint
from tests.cli.test_failures import zm
from views.words.lines import in_words


@contextmanager
def saying(answer: bytes) -> Iterator[str]:
    """Serve one request on loopback with these bytes; yield the address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with listening.accept()[0] as one:
                one.recv(65536)
                one.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"sparql+http://127.0.0.1:{listening.getsockname()[1]}/query"
        thread.join(30)


@contextmanager
def answering(seen: list[str], header: str) -> Iterator[str]:
    """Serve empty results on loopback, with a header that names the server; what is asked for is added to `seen`."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.append(self.path)
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header(header, "1")
            self.end_headers()
            self.wfile.write(b'{"head": {"vars": []}, "results": {"bindings": []}}')

        def log_message(self, *said: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as serving:
        thread = threading.Thread(target=serving.serve_forever)
        thread.start()
        yield f"sparql+http://127.0.0.1:{serving.server_address[1]}/query"
        serving.shutdown()
        thread.join(30)


def http(body: str) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()


@pytest.mark.parametrize(
    "address",
    [
        "sparql+http://me:secret@127.0.0.1:9/query",
        "sparql+https://secret@127.0.0.1/query",
        "sparql+http://me:se/secret@127.0.0.1:9/query",
        "sparql+http://me:se?secret#x@127.0.0.1:9/query",
        "SPARQL+HTTP://me:secret@127.0.0.1:9/query",
        "neo4j://me:se/secret@127.0.0.1:9",
        "bolt://me:secret?x@127.0.0.1:9/plans",
    ],
)
def test_credentials_have_no_place_in_an_address_and_are_not_repeated(address: str) -> None:
    with pytest.raises(UsageError, match="holds no user and no password") as caught:
        open_store(address)
    assert "secret" not in str(caught.value)
    assert "secret" not in shown(address)
    assert "地址中不写用户名和密码" in in_words(str(caught.value), "zh")


@pytest.mark.parametrize("words", [("tasks",), ("query", "ASK {}"), ("doctor",)])
def test_no_command_repeats_credentials_of_an_address(words: tuple[str, ...]) -> None:
    done = zm(*words, "--store", "sparql+http://me:secret@127.0.0.1:9/query")
    assert "secret" not in done.stdout + done.stderr
    assert "holds no user and no password" in done.stdout + done.stderr
    assert done.returncode == (6 if words == ("doctor",) else 2)


@pytest.mark.parametrize(
    "address",
    [
        "sparql+http://127.0.0.1:abc/query",
        "sparql+http://127.0.0.1:99999/query",
        "sparql+http://[::1/query",
        "sparql+http:///query",
        "sparql+http://a..b/query",
        "sparql+http://127.0.0.1:9/que ry",
        "sparql+http://127.0.0.1:9/que\x7fry",
        "neo4j://127.0.0.1:abc",
        "neo4j://[::1",
    ],
)
def test_an_address_of_no_server_is_one_line(address: str) -> None:
    with pytest.raises(UsageError, match="names no") as caught:
        open_store(address)
    assert "\n" not in str(caught.value)
    assert "不是" in in_words(str(caught.value), "zh")


def test_a_bad_port_is_wrong_usage_on_the_command_line() -> None:
    done = zm("tasks", "--store", "sparql+http://127.0.0.1:abc/query")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr


@pytest.mark.parametrize(
    ("address", "endpoint"),
    [
        ("sparql+http://localhost:3030/zm/query", "http://localhost:3030/zm/query"),
        ("SPARQL+HTTPS://localhost/query?x=%41", "https://localhost/query?x=%41"),
        ("sparql+http://[::1]:3030/query", "http://[::1]:3030/query"),
        ("sparql+http://a/x%40y/图/query", "http://a/x%40y/%E5%9B%BE/query"),
    ],
)
def test_an_address_names_an_endpoint(address: str, endpoint: str) -> None:
    assert sparql_endpoint(address) == endpoint


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH_9.6\r\n",
        http("not json"),
        http("{}"),
        http("[1]"),
        http('{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {}}]}}'),
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{",
    ],
    ids=["no HTTP", "no JSON", "other JSON", "a list", "a row that is none", "broken off"],
)
def test_what_is_no_sparql_server_is_said_so(answer: bytes) -> None:
    with saying(answer) as address, pytest.raises(StoreError, match="no result of a query") as caught:
        open_store(address).ask("ASK {}")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("header", "asked"),
    [("Fuseki-Request-Id", ["/query", "/query?timeout=2.5", "/query?timeout=2.5"]), ("X-Other", ["/query"] * 3)],
)
def test_only_a_server_that_knows_it_is_told_the_limit(header: str, asked: list[str]) -> None:
    seen: list[str] = []
    with answering(seen, header) as address, open_store(address, seconds=2.5) as store:
        store.ask("SELECT * {}")
        store.ask("SELECT * {}")
    assert seen == asked
