"""Zhengmai (政脉) for notebooks: `import zhengmai`, then `zhengmai.open(".zhengmai").cascade("province")`.

The packages behind it have plain names (`graph`, `loaders`, `queries`, `cli`). So that a `graph.py` of somebody's own
hides none of them, they are loaded here by their own place, before anything is taken from them.
"""

import importlib.util
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from graph.store.protocol import Row, Store
    from loaders.ingest.graph_build import BuildReport, Engine
    from queries.answer import Answer
    from queries.question_rows import Value

__all__ = ["Graph", "build", "load", "open", "remove"]
PACKAGES = ("graph", "loaders", "queries", "views", "cli")
_ROOT = Path(__file__).resolve().parent.parent


def load() -> None:
    """Make the four packages importable by their plain names, ours and no others.

    Raises:
        ImportError: another module of such a name was imported before; the message says from which file.
    """
    for name in PACKAGES:
        place = _ROOT / name / "__init__.py"
        held = sys.modules.get(name)
        if held is not None:
            origin = getattr(held, "__file__", None)
            if origin is None or Path(origin).resolve() != place:
                raise ImportError(
                    f"{origin or name} hides the package {name!r} of zhengmai; rename that file, or import zhengmai first"
                )
            continue
        spec = importlib.util.spec_from_file_location(name, place, submodule_search_locations=[str(place.parent)])
        if spec is None or spec.loader is None:
            raise ImportError(f"{place}: the package {name!r} of zhengmai is not there; install zhengmai again")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)


load()


class Graph:
    """A graph that answers questions: as pandas DataFrames (`ask` and what is named after it), or as rows (`answer`)."""

    def __init__(self, store: str | Path = ".zhengmai") -> None:
        """Open the graph in a folder, or at a server's address, read-only.

        Raises:
            StoreError: there is none, or it cannot be opened.
        """
        from graph.store.opening import StoreAddress, open_store

        self.address = StoreAddress.of(store)
        self._store: Store = open_store(self.address)

    def __enter__(self) -> Self:
        """Return the graph itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the graph."""
        self.close()

    def close(self) -> None:
        """Let go of the files; the graph answers no more."""
        self._store.close()

    def answer(self, question: str, **params: "Value") -> "Answer":
        """Return the answer of a catalogue question as rows: `.columns`, `.rows`, `.notes`.

        Raises:
            NotFoundError: no question, policy, task or unit is named so, or several are.
            UsageError: a parameter is missing or cannot be read.
        """
        from queries.run import run

        return run(question, self._store, **params)

    def ask(self, question: str, **params: "Value") -> Any:  # noqa: ANN401 - pandas is optional
        """Return the answer of a catalogue question as a DataFrame; `.attrs["notes"]` holds what to know beside it."""
        return frame(self.answer(question, **params))

    def questions(self) -> Any:  # noqa: ANN401
        """Return the catalogue: every question with its parameters and columns."""
        from queries.answer import Answer
        from queries.catalog import catalogue

        columns = ("question", "zh", "en", "parameters", "columns")
        rows: tuple[Row, ...] = tuple(
            {
                "question": one.name,
                "zh": one.zh,
                "en": one.en,
                "parameters": " ".join(param.name for param in one.params),
                "columns": " ".join(one.names),
            }
            for one in catalogue().values()
            if not one.inner
        )
        return frame(Answer(name="questions", columns=columns, rows=rows))

    def documents(self) -> Any:  # noqa: ANN401
        """Return the documents that are loaded."""
        return self.ask("documents")

    def tasks(self, **filters: "Value") -> Any:  # noqa: ANN401
        """Return tasks; the filters are the parameters of the question `tasks` (document, unit, theme, level …)."""
        return self.ask("tasks", **filters)

    def units(self, name: str | None = None, **filters: "Value") -> Any:  # noqa: ANN401
        """Return the units, or what one carries with its counterparts above and below."""
        return self.ask("unit_with_counterparts", unit=name, **filters) if name else self.ask("units", **filters)

    def cascade(self, of: str, theme: str | None = None) -> Any:  # noqa: ANN401
        """Return how a policy, document or task cascades, a row for each step and for each gap."""
        return self.ask("cascade", of=of, theme=theme)

    def lineage(self, of: str) -> Any:  # noqa: ANN401
        """Return where the tasks of a document, or one task, come from."""
        return self.ask("lineage", of=of)

    def coverage(self, of: str) -> Any:  # noqa: ANN401
        """Return themes by places."""
        return self.ask("coverage", of=of)

    def compare(self, parent: str, *children: str) -> Any:  # noqa: ANN401
        """Return the correlation table of a document and one or more below it, from the links that are stored."""
        return self.ask("correlation", parent=parent, children=list(children))

    def due(self, today: str, **filters: "Value") -> Any:  # noqa: ANN401
        """Return what is due, with the days left from `today` (YYYY-MM-DD)."""
        return self.ask("due", today=today, **filters)

    def search(self, text: str, limit: int = 50) -> Any:  # noqa: ANN401
        """Return the policies, tasks, units and themes that hold the words."""
        return self.ask("search", text=text, limit=limit)

    def show(self, key: str) -> Any:  # noqa: ANN401
        """Return all that is known of one thing, with every quote that proves it; in the notes what people decided of it."""
        from graph.link.decisions import Decisions
        from graph.store.home import Home
        from queries.links.decided import with_words

        page, folder = self.answer("about", key=key), self.address.folder
        return frame(with_words(page, Decisions.read(Home(folder).decisions)) if folder is not None else page)

    def query(
        self, text: str, params: Mapping[str, Any] | None = None, timeout: float = 10.0, limit: int = 1000
    ) -> Any:  # noqa: ANN401
        """Return the rows of a read-only Cypher query, run in a process of its own."""
        from queries.typed.typed_in import answer

        return frame(answer(self.address, text, params=params, timeout=timeout, limit=limit))

    def to_networkx(self) -> Any:  # noqa: ANN401 - networkx carries no types
        """Return the whole graph as a `networkx.MultiDiGraph`, for analysis.

        Nodes are keys, with `label` (the kind) and the properties of the kind; edges are keyed by the key of the link,
        with `type` and its properties. Attributes are flat: a list is one text joined with 、, a day is ISO text, what
        is not known is not there. A link that a person rejected is left out.
        """
        from graph.snapshot.snapshot import Snapshot
        from graph.store.home import Home
        from graph.store.network import of_snapshot, of_store, to_networkx

        if (folder := self.address.folder) is None:
            return to_networkx(of_store(self._store))
        return to_networkx(of_snapshot(Snapshot.open(Home(folder).snapshot())))

    def to_rdflib(self) -> Any:  # noqa: ANN401 - rdflib is imported on use
        """Return the whole graph as an `rdflib.Graph`, in memory, with its prefixes: what `export --to turtle` writes.

        Raises:
            UsageError: the graph is on a server; it is made of the folder's own tables.
        """
        from graph.errors import UsageError
        from graph.rdf.rdflib_graph import to_rdflib
        from graph.snapshot.snapshot import Snapshot
        from graph.store.home import Home

        if (folder := self.address.folder) is None:
            raise UsageError(
                "{address}: an rdflib graph is made of a graph's folder, not of a server; open the folder",
                address=self.address.shown,
            )
        return to_rdflib(Snapshot.open(Home(folder).snapshot()))


def frame(answer: "Answer") -> Any:  # noqa: ANN401
    """Return an answer as a pandas DataFrame with all its columns; its notes are in `.attrs["notes"]`.

    Raises:
        UsageError: pandas is not installed.
    """
    try:
        import pandas
    except ImportError as error:
        from graph.errors import UsageError

        raise UsageError("pandas is not installed: pip install 'zhengmai[notebook]', or use answer()") from error
    made = pandas.DataFrame(list(answer.rows), columns=list(answer.columns))
    made.attrs["notes"] = [{"code": note.code, **note.values} for note in answer.notes]
    return made


def open(store: str | Path = ".zhengmai") -> Graph:
    """Return the graph in a folder, opened read-only.

    Raises:
        StoreError: there is none.
    """
    return Graph(store)


def build(
    paths: Sequence[str | Path], store: str | Path = ".zhengmai", jobs: int | None = None, engine: "Engine" = "local"
) -> "BuildReport":
    """Read files and folders into the graph in `store`; return what was added, replaced and not read.

    The engine `spark` uses the session that there is, else starts one.
    """
    from loaders.ingest.graph_build import build as ingest

    return ingest([Path(path) for path in paths], Path(store), jobs=jobs, engine=engine)


def remove(names: Sequence[str], store: str | Path = ".zhengmai") -> "BuildReport":
    """Take documents out of the graph in `store`."""
    from loaders.ingest.graph_build import remove as take_out

    return take_out(list(names), Path(store))
