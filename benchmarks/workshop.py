"""What benchmarks work on: documents made or found, graphs built of them; made once in a run, in a folder of its own."""

import json
import sys
from pathlib import Path

from benchmarks.generate import write
from benchmarks.processes import ROOT, Peak, watched
from graph.store.home import Home
from tests.golden_sets import PLAIN

SAMPLE = ROOT / "samples" / "lanjiang"
SHARED = ROOT.parent / "shared"


class Workshop:
    """The folder of one run."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; what it holds from an earlier run of the same documents is used again."""
        self.folder = folder
        self.peaks: dict[int, Peak] = {}
        self.seconds: dict[int, float] = {}

    def families(self, tasks: int) -> Path:
        """Return the folder of generated families of about `tasks` tasks."""
        folder = self.folder / f"families-{tasks}"
        if not folder.exists():
            write(tasks, folder)
        return folder

    def graph(self, tasks: int) -> Home:
        """Return the graph of generated families, of this run or of an earlier one."""
        home = Home(self.folder / f"store-{tasks}")
        return home if home.current() is not None else self.store(tasks)

    def store(self, tasks: int) -> Home:
        """Return the graph of generated families, built by the command; its time and memory are kept here."""
        home = Home(self.folder / f"store-{tasks}")
        if tasks not in self.peaks:
            if home.current() is not None:
                home = Home(self.folder / f"store-{tasks}-again")
            self.seconds[tasks], self.peaks[tasks] = watched(build(self.families(tasks), home.root))
        return home


def build(documents: Path, store: Path) -> list[str | Path]:
    """Return the command that builds a graph."""
    return [sys.executable, "-m", "zhengmai", "build", documents, "--store", store, "--quiet"]


def real_documents() -> tuple[str, list[Path]]:
    """Return the name and the files of the texts and pages to read: seeds and corpus beside the checkout, else the sample."""
    folders = [SHARED / name for name in ("seeds", "corpus")]
    if all(folder.is_dir() for folder in folders):
        return "seeds and corpus", [path for folder in folders for path in _below(folder)]
    return "sample", _below(SAMPLE)


def collected() -> list[Path]:
    """Return the files of the documents collected beside the checkout, without those held back; none where there are none."""
    folder = SHARED / "bulk"
    return [path for path in _below(folder) if f"bulk/{path.name}" not in heldback_files()] if folder.is_dir() else []


def heldback_files() -> set[str]:
    """Return the documents of the families held back, as they stand beside the checkout (bulk/0001.html)."""
    listed = json.loads((ROOT / "annotations" / "families.json").read_text(encoding="utf-8"))["heldback"]
    return {name for pair in listed for name in pair}


def _below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in PLAIN)
