"""The embedded engine's own Bolt endpoint, in a process of its own: `python arcade_bolt.py FOLDER BOLT_PORT HTTP_PORT`.

FOLDER/databases holds the databases. It runs until it is ended.
"""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER, PASSWORD, DATABASE = "root", "zhengmai-test", "plans"


def main() -> None:
    """Serve until the process is ended."""
    root, bolt, http = sys.argv[1:4]
    os.chdir(root)
    os.environ.setdefault("ARCADEDB_LOG_DIR", f"{root}/log")
    os.environ.setdefault("ARCADEDB_NATIVE_ISOLATE_ARGS", "-Xmx1g")
    import arcadedb

    config = {
        "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "bolt_port": int(bolt),
        "http_port": int(http),
    }
    server = arcadedb.create_server(root, root_password=PASSWORD, config=config)
    server.start()
    (Path(root) / "ready").write_text("", encoding="utf-8")
    threading.Event().wait()


@contextmanager
def serving(root: Path) -> Iterator[str]:
    """Serve the databases of a folder; yield the address of the one named `DATABASE`."""
    import time

    from tests.servers.java import Kept, Missing
    from tests.servers.neo4j_server import free_port

    port = free_port()
    kept = Kept([sys.executable, __file__, str(root), str(port), str(free_port())], root / "console.log")
    try:
        until = time.monotonic() + 120
        while not (root / "ready").exists():
            if not kept.running or time.monotonic() > until:
                raise Missing(f"the engine's server did not start: {(root / 'console.log').read_text()[-400:]}")
            time.sleep(0.1)
        yield f"bolt://127.0.0.1:{port}/{DATABASE}"
    finally:
        kept.stop()


if __name__ == "__main__":
    main()
