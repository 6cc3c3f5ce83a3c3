"""What the tests of builds share: the sample's files, a graph's whole content, a build as a process."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from graph.snapshot.snapshot import Snapshot
from graph.snapshot.tables import LINK, NODE, names_of, tables
from graph.store import open_store
from graph.store.home import Home
from tests.shared import ROOT

SAMPLE = ROOT / "samples" / "lanjiang"


def snapshot_bytes(store: Path) -> dict[str, bytes]:
    """Return every file of the snapshot that answers."""
    folder = Home(store).snapshot()
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rows_of(store: Path) -> dict[str, list[dict[str, Any]]]:
    """Return every row of the snapshot that answers."""
    snapshot = Snapshot.open(Home(store).snapshot())
    return {name: snapshot.rows(name) for name in tables()}


def answers(store: Path) -> dict[str, list[Any]]:
    """Return all that the projection that answers holds."""
    found: dict[str, list[Any]] = {}
    with open_store(store) as opened:
        for label in (*names_of(NODE), "Evidence", "Issue"):
            found[label] = sorted(str(row["n"]) for row in opened.ask(f"MATCH (n:{label}) RETURN n"))
        for kind in names_of(LINK):
            rows = opened.ask(f"MATCH (a)-[r:{kind}]->(b) RETURN a.key AS a, b.key AS b, r")
            found[kind] = sorted(str(row) for row in rows)
    return found


def start(*arguments: str) -> subprocess.Popen[bytes]:
    """Start a process that builds the paths given after the store's folder."""
    script = (
        "import sys; from pathlib import Path; import loaders.ingest.workers as work; from loaders.ingest.graph_build import build; "
        # So that helpers are there to be left behind, though there is little to do.
        "work._WORTH_BYTES = work._WORTH_PAIRS = 0; work._PARCEL_BYTES = 20_000; work._CHUNK_PAIRS = 1; "
        "build([Path(one) for one in sys.argv[2:]], Path(sys.argv[1]), jobs=2)"
    )
    environment = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-c", script, *arguments], cwd=ROOT, env=environment)
