"""What is sent to a worker finds our packages there, whatever else bears their names; without Spark."""

import marshal
import os
import pickle
import subprocess
import sys
from pathlib import Path
from types import FunctionType

from loaders.ingest.spark import _shipped

# As a worker does: it has the code of a function and what that refers to, and none of our modules.
WORKER = """
import builtins, marshal, pickle, sys, types
code, held = pickle.load(sys.stdin.buffer)
cells = tuple(types.CellType(one) for one in held)
work = types.FunctionType(marshal.loads(code), {"__builtins__": builtins}, "work", None, cells)
try:
    list(work([]))
except Exception as error:
    print(type(error).__name__, error, sys.modules["graph"].__file__, sep="|")
"""


def worker(folder: Path, before: str = "") -> list[str]:
    """Run a step that cannot read what it is told, in a process whose folder is the user's; return what it says."""
    work = _shipped("look", b"")
    assert isinstance(work, FunctionType)
    sent = marshal.dumps(work.__code__), [cell.cell_contents for cell in work.__closure__ or ()]
    done = subprocess.run(
        [sys.executable, "-c", before + WORKER],
        cwd=folder,
        input=pickle.dumps(sent),
        capture_output=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": "", "PYTHONSAFEPATH": "", "PYTHONUTF8": "1"},
        check=True,
    )
    return done.stdout.decode().strip().split("|")


def test_a_graph_of_the_users_own_hides_nothing(tmp_path: Path) -> None:
    (tmp_path / "graph.py").write_text("raise SystemExit('theirs')\n", encoding="utf-8")
    (tmp_path / "loaders.py").write_text("raise SystemExit('theirs')\n", encoding="utf-8")
    kind, _, graph = worker(tmp_path)
    # Our step began, and found nothing in what it was told.
    assert kind == "EOFError"
    assert Path(graph) == Path(__file__).parents[3] / "graph" / "__init__.py"


def test_one_that_the_worker_imported_before_is_named(tmp_path: Path) -> None:
    theirs = tmp_path / "graph.py"
    theirs.write_text("", encoding="utf-8")
    kind, said, _ = worker(tmp_path, "import graph\n")
    assert kind == "ImportError"
    assert said.startswith(f"{theirs} hides the package 'graph'")
