"""A real Neo4j Community server on loopback, out of its Maven artefacts: no Docker, a port and folders of its own."""

import socket
import subprocess
import time
import xml.etree.ElementTree as ElementTree
import zipfile
from contextlib import suppress
from pathlib import Path

from neo4j import GraphDatabase
from neo4j.exceptions import AuthError, ClientError, DriverError

from tests.servers.java import Kept, Missing, jars, java

POM = Path(__file__).with_name("neo4j.pom.xml")
PASSWORD = "zhengmai-test"
_SPACE = "{http://maven.apache.org/POM/4.0.0}"
# The Java versions that each line of servers supports, the best first; the newest runs with any later one as well.
_JAVAS = {"lts": (17, 21), "newest": (25, 21)}
_LEAST = {"newest": 21}
_PATIENCE = 240.0
_PACKAGES = ("java.nio", "java.io", "java.lang", "java.net", "java.util", "java.util.concurrent", "sun.nio.ch")
# A server that lives for minutes gains nothing from what Java compiles best and slowest.
_QUICK = ["-XX:TieredStopAtLevel=1"]
_OPENED = [f"--add-opens=java.base/{one}=ALL-UNNAMED" for one in _PACKAGES]


def versions() -> dict[str, str]:
    """Return the versions that the pom pins: `lts` and `newest`."""
    root = ElementTree.parse(POM).getroot()
    found = [one.text or "" for one in root.iter(f"{_SPACE}neo4j.version")]
    return {"lts": found[0], "newest": found[1]}


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def java_for(line: str) -> Path:
    """Return the Java that runs a line of servers here.

    Raises:
        Missing: there is none.
    """
    return java(*_JAVAS[line], least=_LEAST.get(line))


class Neo4jServer:
    """One server in a folder: `start`, `stop`, `kill`, `admin`; `uri` is where it answers."""

    user, password = "neo4j", PASSWORD

    def __init__(self, line: str, home: Path) -> None:
        """Fetch what the line of servers (`lts` or `newest`) needs; nothing runs yet.

        Raises:
            Missing: the machine has no such Java, or no Maven.
        """
        self.line, self.version = line, versions()[line]
        self.java = java_for(line)
        self.jars = jars(POM, f"neo4j-{self.version}", *([] if line == "lts" else [line]))
        self.home = home
        self.port = free_port()
        self._kept: Kept | None = None

    @property
    def uri(self) -> str:
        """The address of the server."""
        return f"bolt://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """The credentials, as a user would give them."""
        return {"NEO4J_USERNAME": self.user, "NEO4J_PASSWORD": self.password}

    @property
    def running(self) -> bool:
        """Whether it was started and still runs."""
        return self._kept is not None and self._kept.running

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._configure()
        log = self.home / "logs" / "neo4j.log"
        log.unlink(missing_ok=True)
        with zipfile.ZipFile(self.jars / f"neo4j-{self.version}.jar") as jar:
            main = jar.read("META-INF/services/org.neo4j.server.startup.EntryPoint").decode().strip()
        command = [
            str(self.java),
            "-Xmx1g",
            "-XX:+UseSerialGC",
            *_QUICK,
            *_OPENED,
            "-Dio.netty.tryReflectionSetAccessible=true",
            "-Dfile.encoding=UTF-8",
            "-cp",
            f"{self.jars}/*",
            main,
            f"--home-dir={self.home}",
            f"--config-dir={self.home / 'conf'}",
        ]
        self._kept = Kept(command, self.home / "console.log")
        until = time.monotonic() + _PATIENCE
        while not (log.exists() and " Started." in log.read_text(encoding="utf-8", errors="replace")):
            if not self._kept.running or time.monotonic() > until:
                self.stop(kill=True)
                raise Missing(f"Neo4j {self.version} did not start: {self._last_words()}")
            time.sleep(0.2)
        self._set_password()

    def stop(self, *, kill: bool = False) -> None:
        """End it, in order or as if the machine had lost its power."""
        if self._kept is not None:
            self._kept.stop(kill=kill)
            self._kept = None

    def admin(self, *arguments: str, folder: Path) -> str:
        """Run neo4j-admin in `folder` for this server, which must not run; return what it printed."""
        self._configure()
        main = "org.neo4j.server.startup.Neo4jAdminCommand"
        command = [str(self.java), "-Xmx1g", *_OPENED, "-cp", f"{self.jars}/*", main]
        given = {
            "NEO4J_HOME": str(self.home),
            "NEO4J_CONF": str(self.home / "conf"),
            "HEAP_SIZE": "1g",
            "JAVA_OPTS": " ".join(_OPENED),
            "PATH": str(self.java.parent),
        }
        done = subprocess.run(
            [*command, *arguments],
            cwd=folder,
            env=given,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
        return done.stdout

    def _configure(self) -> None:
        (self.home / "conf").mkdir(parents=True, exist_ok=True)
        (self.home / "logs").mkdir(exist_ok=True)
        lines = (
            f"server.bolt.listen_address=127.0.0.1:{self.port}",
            f"server.bolt.advertised_address=127.0.0.1:{self.port}",
            "server.http.enabled=false",
            "server.memory.pagecache.size=256m",
            "dbms.usage_report.enabled=false",
            "db.tx_log.preallocate=false",
            # Tests give wrong passwords; the next one must not wait until the server forgives them.
            "dbms.security.auth_max_failed_attempts=0",
            "dbms.security.auth_lock_time=0s",
            # Graphs of tests are small and change all the time: a plan made for one serves the next as well.
            "dbms.cypher.statistics_divergence_threshold=1.0",
        )
        (self.home / "conf" / "neo4j.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _set_password(self) -> None:
        """Change the first password, as a new server asks for; one that has ours refuses the first."""
        with suppress(AuthError, ClientError), GraphDatabase.driver(self.uri, auth=(self.user, "neo4j")) as driver:
            driver.execute_query(
                "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $new", new=self.password, database_="system"
            )
        with GraphDatabase.driver(self.uri, auth=(self.user, self.password)) as driver:
            driver.verify_connectivity()

    def _last_words(self) -> str:
        for name in ("console.log", "logs/neo4j.log"):
            with suppress(OSError):
                if lines := (self.home / name).read_text(encoding="utf-8", errors="replace").strip().splitlines():
                    return " ".join(lines[-3:])[:400]
        return "it said nothing"


class Given:
    """A server that already runs, named in the environment; it is neither started nor stopped here."""

    line = version = "given"

    def __init__(self, uri: str, user: str, password: str) -> None:
        """Name the server and who to be there."""
        self.uri, self.user, self.password = uri, user, password

    @property
    def environment(self) -> dict[str, str]:
        """The credentials, as a user would give them."""
        return {"NEO4J_USERNAME": self.user, "NEO4J_PASSWORD": self.password}


__all__ = ["DriverError", "Given", "Neo4jServer", "free_port", "java_for", "versions"]
