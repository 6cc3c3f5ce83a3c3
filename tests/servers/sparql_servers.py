"""Real SPARQL servers on loopback, each with a port of its own: Oxigraph's from PyPI, Apache Jena Fuseki from Maven."""

import os
import shutil
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from graph.store.sparql.sparql_server import SparqlServer
from tests.servers.fixtures import unavailable
from tests.servers.java import Kept, Missing, jars, java
from tests.servers.neo4j_server import free_port

GIVEN = "ZHENGMAI_TEST_SPARQL"
"""Names the query endpoint (`sparql+http://…`) of a server that already runs; its default graph must be empty."""
POM = Path(__file__).with_name("fuseki.pom.xml")
_SPACE = "{http://maven.apache.org/POM/4.0.0}"
_JAVAS = (17, 21, 25)
_LEAST = 17
_PATIENCE = 180.0
# Seconds after which a server gives a query up by itself: one that nobody waits for any more would keep a core busy.
_LIMIT = 60


class RunningServer:
    """A server that was started: its query endpoint as `--store` takes it."""

    def __init__(self, name: str, folder: Path) -> None:
        """Fetch and start it, and wait until it answers.

        Raises:
            Missing: something that it needs is not on this machine, or it does not start.
        """
        port = free_port()
        command, path = _oxigraph(port, folder) if name == "oxigraph" else _fuseki(port)
        self.port = port
        self.address = f"sparql+http://127.0.0.1:{port}{path}"
        self._log = folder / f"{name}.log"
        self._kept = Kept(command, self._log)
        until = time.monotonic() + _PATIENCE
        while not self._answers():
            if not self._kept.running or time.monotonic() > until:
                self.stop()
                raise Missing(f"{name} did not start: {self._log.read_text(encoding='utf-8', errors='replace')[-300:]}")
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.address.removeprefix('sparql+')}?query=ASK%20%7B%7D", timeout=5) as answer:
                return bool(answer.status == 200)
        except HTTPError as error:
            error.close()
            return False
        except (URLError, OSError):
            return False

    def stop(self) -> None:
        """End it."""
        self._kept.stop()


def _oxigraph(port: int, folder: Path) -> tuple[list[str], str]:
    beside = Path(sys.executable).with_name("oxigraph.exe" if sys.platform == "win32" else "oxigraph")
    program = str(beside) if beside.exists() else shutil.which("oxigraph")
    if program is None:
        raise Missing("needs Oxigraph's server: pip install oxigraph")
    limit = ["--timeout-s", str(_LIMIT)]
    return [program, "serve", *limit, "--location", str(folder / "data"), "--bind", f"127.0.0.1:{port}"], "/query"


def _fuseki(port: int) -> tuple[list[str], str]:
    version = next(one.text for one in ElementTree.parse(POM).getroot().iter(f"{_SPACE}version") if one.text != "1")
    program = java(*_JAVAS, least=_LEAST)
    found = jars(POM, f"fuseki-{version}") / f"jena-fuseki-server-{version}.jar"
    command = [str(program), "-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", str(found)]
    return [*command, "--localhost", "--port", str(port), f"--timeout={_LIMIT * 1000}", "--mem", "/zm"], "/zm/query"


def _names() -> list[str]:
    return ["given"] if os.environ.get(GIVEN) else ["oxigraph", "fuseki"]


@pytest.fixture(scope="session", params=_names())
def sparql_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of each real SPARQL server in turn; what it holds is whatever test loaded last."""
    if request.param == "given":
        address = os.environ[GIVEN]
        if SparqlServer(address).ask("ASK { ?s ?p ?o }") != [{"answer": False}]:
            pytest.fail(f"the default graph of {GIVEN} is not empty; the tests take an empty one only")
        yield address
        return
    try:
        server = RunningServer(request.param, tmp_path_factory.mktemp(request.param))
    except Missing as error:
        unavailable(str(error))
    yield server.address
    server.stop()
