"""The embedded SPARQL store: Oxigraph in a folder beside the projection, loaded in bulk, asked in SPARQL, read-only.

It holds the statements of `graph.rdf.statements`, all in the default graph. Its parameters are put into the text as
literals (`graph.store.sparql.sparql_text.bound`), so that one text serves this engine and any SPARQL server.
"""

import io
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import StoreError, UsageError, one_line
from graph.rdf.rdf_write import triples
from graph.rdf.statements import things
from graph.snapshot.manifest import read_manifest
from graph.store.home import Home
from graph.store.protocol import AnswerRow, Dialect, Parameters, Scalar, Store
from graph.store.sparql.sparql_text import askable, scalar

if TYPE_CHECKING:
    from graph.snapshot.snapshot import Snapshot

# What numbers, truths and lists begin with; a text may begin so too.
_MARKED = frozenset('0123456789+-.tfnNI[{" ')
# Characters of statements that one transaction of the bulk load takes.
_CHUNK = 64 << 20


def _engine() -> Any:  # noqa: ANN401 - imported on use
    try:
        import pyoxigraph
    except ImportError as error:
        raise StoreError("the embedded SPARQL engine is not installed: pip install pyoxigraph") from error
    return pyoxigraph


class OxigraphStore(Store):
    """A store in a folder of its own. `load` writes it anew; `ask` opens it read-only and changes nothing."""

    dialect: Dialect = "sparql"

    def __init__(self, folder: Path | None) -> None:
        """Name the folder; without one the store lives in memory. Nothing is opened yet."""
        self.folder = folder
        self._store: Any = None
        # Nothing else writes into what is opened here.
        self.memo: dict[str, Any] = {}

    def close(self) -> None:
        """Let go of the engine's files."""
        self._store = None
        self.memo.clear()

    def load(self, snapshot: "Snapshot") -> None:
        """Make the store hold just what `snapshot` holds; a load that is killed leaves what was there before."""
        self.close()
        engine = _engine()
        if self.folder is None:
            self._store = engine.Store()
            _fill(engine, self._store, triples(things(snapshot)))
            return
        fresh = self.folder.with_name(f"{self.folder.name}.part-{os.getpid()}")
        try:
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.parent.mkdir(parents=True, exist_ok=True)
            store = engine.Store(str(fresh))
            _fill(engine, store, triples(things(snapshot)))
            store.flush()
            del store
            if self.folder.exists():
                shutil.rmtree(self.folder)
            os.replace(fresh, self.folder)
        except (OSError, RuntimeError) as error:
            raise StoreError(
                "{folder}: the SPARQL store cannot be written ({reason})", folder=self.folder, reason=one_line(error)
            ) from error
        finally:
            shutil.rmtree(fresh, ignore_errors=True)

    def ask(self, text: str, parameters: Parameters | None = None) -> list[AnswerRow]:
        """Return the rows of a read-only SPARQL query; IRIs and dates come as text, lists as JSON text.

        ASK gives one row with `answer`; CONSTRUCT and DESCRIBE give `subject`, `predicate`, `object`.

        Raises:
            UsageError: the query is not understood, writes, or calls out.
            StoreError: the store is not there or cannot be read.
        """
        asked = askable(text, parameters)
        engine, store = _engine(), self.open()
        try:
            found = store.query(asked)
            return _rows(engine, found)
        except SyntaxError as error:
            raise UsageError("the query is not understood: {reason}", reason=one_line(error)) from error
        except ValueError as error:
            raise UsageError("the query cannot be answered: {reason}", reason=one_line(error)) from error
        except (OSError, RuntimeError) as error:
            raise StoreError("the SPARQL engine failed: {reason}", reason=one_line(error)) from error

    def open(self) -> Any:  # noqa: ANN401
        """Open the store read-only, where it is not yet, and return the engine's handle.

        Raises:
            StoreError: there is no store, or it cannot be opened.
        """
        if self._store is None:
            if self.folder is None or not self.folder.exists():
                raise StoreError(
                    "{folder}: there is no SPARQL store here; zhengmai makes it when first asked", folder=self.folder
                )
            try:
                self._store = _engine().Store.read_only(str(self.folder))
            except (OSError, RuntimeError) as error:
                raise StoreError(
                    "{folder}: the SPARQL store cannot be opened ({reason}); remove the folder, it is made again",
                    folder=self.folder,
                    reason=one_line(error),
                ) from error
        return self._store


def projection(home: Home) -> Path:
    """Return the folder of the SPARQL store of the generation that answers, made of its snapshot if it is not there.

    Whoever asks first makes it; others wait for it.

    Raises:
        StoreError: there is no graph, or it is of another format, or the store cannot be written.
    """
    while True:
        generation = home.generation()
        folder = generation / "oxigraph"
        try:
            read_manifest(generation / "snapshot")
            if folder.exists():
                return folder
            _project(generation, folder)
        except StoreError:
            # A build may have changed over meanwhile and taken this generation away.
            if home.generation() == generation:
                raise


def _project(generation: Path, folder: Path) -> None:
    # Who only asks waits for no Parquet.
    from graph.snapshot.snapshot import Snapshot

    with Home(generation).lock():
        if not folder.exists():
            for left in generation.glob(f"{folder.name}.part-*"):
                shutil.rmtree(left, ignore_errors=True)
            OxigraphStore(folder).load(Snapshot.open(generation / "snapshot"))


def _fill(engine: Any, store: Any, lines: Iterator[str]) -> None:  # noqa: ANN401
    held, size = io.StringIO(), 0
    for line in lines:
        size += held.write(line)
        if size >= _CHUNK:
            _load(engine, store, held)
            held, size = io.StringIO(), 0
    _load(engine, store, held)
    store.optimize()


def _load(engine: Any, store: Any, held: io.StringIO) -> None:  # noqa: ANN401
    # Our own lines are right, and need no second look.
    store.bulk_load(held.getvalue().encode(), engine.RdfFormat.N_TRIPLES, lenient=True)


def _rows(engine: Any, result: Any) -> list[AnswerRow]:  # noqa: ANN401
    if isinstance(result, engine.QueryBoolean):
        return [{"answer": bool(result)}]
    if isinstance(result, engine.QueryTriples):
        return [
            {"subject": _plain(one.subject), "predicate": _plain(one.predicate), "object": _plain(one.object)}
            for one in result
        ]
    names = [variable.value for variable in result.variables]
    return [{name: _plain(value) for name, value in zip(names, solution, strict=True)} for solution in result]


def _plain(term: Any) -> Scalar:  # noqa: ANN401
    if term is None:
        return None
    try:
        text: str = term.value
    except AttributeError:  # a statement about a statement
        return str(term)
    # To ask for the datatype costs more than all else: only what looks like a number, a truth or a list can be one.
    if text[:1] in _MARKED and (datatype := getattr(term, "datatype", None)) is not None:
        return scalar(text, datatype.value)
    return text
