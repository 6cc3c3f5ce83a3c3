"""The graphs that every engine is asked about, and what the embedded engine answers: told once, compared with the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from graph.errors import PolicyGraphError
from graph.snapshot.snapshot import Snapshot
from graph.store import open_store
from graph.store.home import Home
from graph.store.protocol import AnswerRow, Store
from graph.store.snapshot_digest import digest
from loaders.ingest.graph_build import build
from queries.answer import Note
from queries.catalog import catalogue
from queries.run import run
from tests.factories import small_snapshot
from tests.made import make_store
from tests.queries.cases import Given, cases
from tests.queries.summary import with_summary
from tests.shared import ROOT, SHARED

SAMPLE = ROOT / "samples" / "lanjiang"
SEEDS = SHARED / "seeds"
MOST: Mapping[str, int] = {"small": 6, "summary": 6, "sample": 6, "seeds": 2}
"""How many sets of parameters each question is asked with, by the graph."""
FEW = 2
"""The same for a generated graph."""

Said = tuple[tuple[AnswerRow, ...], tuple[Note, ...]] | str


def said(name: str, store: Store, given: Given) -> Said:
    """Return the rows and notes of an answer, or what was wrong, which must be the same on every engine as well."""
    try:
        answer = run(name, store, **given)
    except PolicyGraphError as error:
        return str(error)
    return answer.rows, answer.notes


@dataclass
class Graph:
    """One graph in a folder of its own, with the answers of the embedded engine as they come to be needed."""

    name: str
    root: Path
    most: int = FEW
    _said: dict[str, list[tuple[Given, Said]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read its snapshot."""
        self.snapshot = Snapshot.open(Home(self.root).snapshot())

    def answers(self, question: str) -> Sequence[tuple[Given, Said]]:
        """Return what the embedded engine answers to a question, for each set of parameters."""
        if question not in self._said:
            with open_store(self.root) as store:
                self._said[question] = [(given, said(question, store, given)) for given in self._sets(question)]
        return self._said[question]

    def _sets(self, question: str) -> list[Given]:
        """Return sets of parameters from the first to the last, none too near to another."""
        listed = list(cases(catalogue()[question], self.snapshot))
        if len(listed) <= self.most:
            return listed
        step = (len(listed) - 1) / (self.most - 1)
        return [listed[round(step * at)] for at in range(self.most)]


class Graphs:
    """Every graph that was asked for, made once for a run."""

    def __init__(self, factory: pytest.TempPathFactory) -> None:
        """Make nothing yet."""
        self._factory = factory
        self._made: dict[str, Graph] = {}

    def get(self, name: str) -> Graph:
        """Return a graph by its name: `small` and `summary` are made by hand, the others built of documents."""
        if name not in self._made:
            root = self._factory.mktemp(name) / "store"
            if name in ("sample", "seeds"):
                build([SAMPLE if name == "sample" else SEEDS], root, jobs=1)
            else:
                made = small_snapshot() if name == "small" else Snapshot.of_rows(with_summary(), rules="test")
                make_store(root, made)
            self._made[name] = Graph(name, root, MOST[name])
        return self._made[name]

    def of_snapshot(self, snapshot: Snapshot) -> Graph:
        """Return the graph of a generated snapshot."""
        mark = digest(snapshot)
        if mark not in self._made:
            self._made[mark] = Graph("generated", make_store(self._factory.mktemp("generated") / "store", snapshot))
        return self._made[mark]

    def of_documents(self, texts: Mapping[str, str]) -> Graph:
        """Return the graph that is built of generated documents."""
        mark = repr(sorted(texts.items()))
        if mark not in self._made:
            folder = self._factory.mktemp("documents")
            for name, text in texts.items():
                (folder / "in").mkdir(exist_ok=True)
                (folder / "in" / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")
            build([folder / "in"], folder / "store", jobs=1)
            self._made[mark] = Graph("documents", folder / "store")
        return self._made[mark]
