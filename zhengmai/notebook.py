"""The interface for notebooks: a graph that answers as DataFrames, and builds, readings and checks beside it."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self

from cli.commands.report_files import notes_in_words
from graph.errors import UsageError
from graph.export.formats import Exported
from graph.export.whole_file import replace_whole
from graph.link.decisions import Decisions, Word
from graph.snapshot.snapshot import Snapshot
from graph.store.home import Home
from graph.store.network import of_snapshot, of_store, to_networkx
from graph.store.opening import open_store
from graph.store.protocol import AnswerRow, Dialect, Store
from graph.store.store_address import StoreAddress
from loaders.gold.gold_form import gold_form
from loaders.gold.gold_report import report_on, score_rows
from loaders.ingest.build_plan import BuildReport
from loaders.ingest.decided_build import decide_and_build, merge_and_build
from loaders.ingest.graph_build import Engine
from loaders.ingest.graph_build import build as ingest
from loaders.ingest.graph_build import remove as take_out
from loaders.ingest.kept_readings import KeptReadings
from loaders.reading.document_reading import read_file
from loaders.reading.file_parts import parts_of_file
from loaders.reading.text_account import ACCOUNTS
from queries.answer import Answer, Note, shaped
from queries.cascades.side_by_side import compare as correlation_of
from queries.cascades.side_by_side import side_by_side
from queries.catalog import Column, columns, find
from queries.links.decided import conflict, with_words
from queries.links.link_signals import explain as signals_of
from queries.links.named_decision import YesNoUndo, decision_on, not_shown
from queries.links.stored_links import aligned_links, stored_links
from queries.names import resolve
from queries.question_rows import ParameterValue
from queries.run import checked, resolved, run
from queries.scores.ranked_scores import cases_of, scores_of
from queries.things.graph_faults import faults
from queries.things.health import graph_at, installed
from queries.things.named_tasks import of_named
from queries.things.named_tasks import tasks as tasks_of
from queries.things.vocabulary_pages import kinds
from queries.things.vocabulary_pages import questions as listed_questions
from queries.typed.typed_in import LIMIT, TIMEOUT
from queries.typed.typed_in import answer as typed_answer
from views.office.reports.report_file import KINDS, ReportKind
from views.picture_file import DEFAULT_CARDS, Summary, write_cascade
from zhengmai.frames import frame

# The driver of Neo4j and rdflib take as long to start as all the rest: they are imported where they are used.
if TYPE_CHECKING:
    from graph.ledger.progress import ProgressStatus
    from graph.store.neo4j_server.push import PushReport
    from zhengmai.notebook_picture import NotebookPicture

_DECISION = columns("kind child parent judgement")
_CONFLICTS = columns("one other ours ours_told theirs theirs_told holds")
_PARTS = columns("part path text units deadline start:integer end:integer rows:integer columns:integer message")
_SCORES = columns(
    "document field gold:integer found:integer right:integer precision:number recall:number f1:number relations:number"
    " missed invented"
)
_CHECKS = columns("check state detail documents:integer")


class Graph:
    """A graph that answers questions: as pandas DataFrames (`ask` and what is named after it), or as rows (`answer`)."""

    def __init__(self, store: str | Path = ".zhengmai") -> None:
        """Open the graph in a folder, or at a server's address, read-only.

        Raises:
            StoreError: there is none, or it cannot be opened.
        """
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

    def _folder(self) -> Path:
        """Return the folder of the graph.

        Raises:
            UsageError: it is on a server.
        """
        if (folder := self.address.folder) is None:
            raise UsageError(
                "{address}: a server only answers questions; open the graph's folder", address=self.address.shown
            )
        return folder

    def _snapshot(self) -> Snapshot:
        return Snapshot.open(Home(self._folder()).snapshot())

    # -- questions

    def answer(self, question: str, **params: ParameterValue) -> Answer:
        """Return the answer of a catalogue question as rows: `.columns`, `.rows`, `.notes`.

        Raises:
            NotFoundError: no question, policy, task or unit is named so, or several are.
            UsageError: a parameter is missing or cannot be read.
        """
        return run(question, self._store, **params)

    def ask(self, question: str, **params: ParameterValue) -> Any:  # noqa: ANN401 - pandas is optional
        """Return the answer of a catalogue question as a DataFrame; `.attrs["notes"]` holds what to know beside it."""
        return frame(self.answer(question, **params))

    def questions(self) -> Any:  # noqa: ANN401
        """Return the catalogue: every question with its parameters and columns."""
        return questions()

    def documents(self) -> Any:  # noqa: ANN401
        """Return the documents that are loaded."""
        return self.ask("documents")

    def tasks(self, name: str | None = None, **filters: ParameterValue) -> Any:  # noqa: ANN401
        """Return tasks, all or those of a policy or document.

        The filters are the parameters of the question `tasks` (unit, role, theme, level …).
        """
        return frame(tasks_of(self._store, name, **filters))

    def units(self, name: str | None = None, **filters: ParameterValue) -> Any:  # noqa: ANN401
        """Return the units, or what one carries with its counterparts above and below."""
        return self.ask("unit_with_counterparts", unit=name, **filters) if name else self.ask("units", **filters)

    def due(self, today: str | date | None = None, *, targets: bool = False, **filters: ParameterValue) -> Any:  # noqa: ANN401
        """Return the tasks that are due, or with `targets` the targets, with the days left from `today`."""
        question = "targets_due" if targets else "due"
        return self.ask(question, today=str(today or date.today()), **filters)

    def search(self, text: str, limit: int = 50) -> Any:  # noqa: ANN401
        """Return the policies, tasks, units and themes that hold the words."""
        return self.ask("search", text=text, limit=limit)

    def show(self, key: str) -> Any:  # noqa: ANN401
        """Return all that is known of one thing, with every quote that proves it; in the notes what people decided of it."""
        page, folder = self.answer("about", key=key), self.address.folder
        return frame(with_words(page, Decisions.read(Home(folder).decisions)) if folder is not None else page)

    def issues(self, document: str | None = None, code: str | None = None) -> Any:  # noqa: ANN401
        """Return what was in scope and not understood, with its place."""
        return self.ask("issues", document=document, code=code)

    def query(
        self,
        text: str,
        params: Mapping[str, Any] | None = None,
        timeout: float = TIMEOUT,
        limit: int = LIMIT,
        dialect: Dialect | None = None,
    ) -> Any:  # noqa: ANN401
        """Return the rows of a read-only query, run in a process of its own: Cypher, or SPARQL where `dialect` says so."""
        return frame(typed_answer(self.address, text, params=params, timeout=timeout, limit=limit, dialect=dialect))

    # -- the cascade

    def cascade(self, of: str, theme: str | None = None) -> Any:  # noqa: ANN401
        """Return how a policy, document or task cascades, a row for each step and for each gap."""
        return self.ask("cascade", of=of, theme=theme)

    def lineage(self, of: str) -> Any:  # noqa: ANN401
        """Return where the tasks of a document, or one task, come from."""
        return self.ask("lineage", of=of)

    def coverage(self, of: str) -> Any:  # noqa: ANN401
        """Return themes by places; both are ordered categories, so that a pivot keeps the order of the document."""
        return frame(self.answer("coverage", of=of), in_order=("theme", "theme_name", "place"))

    def compare(self, parent: str, *children: str) -> Any:  # noqa: ANN401
        """Return the correlation table of a document and one or more below it.

        Documents that no stored links join are aligned now; the note `aligned_now` names them.
        """
        return frame(correlation_of(self._store, parent, children, KeptReadings(self.address).links))

    def write_comparison(self, out: str | Path, parent: str, *children: str, language: str = "zh") -> None:
        """Write the correlation table of a document and those below it, or of its whole family, as a report.

        The suffix of `out` (.docx, .xlsx, .html, .md) says as what.

        Raises:
            UsageError: the suffix is of no report, or the documents cannot be compared.
            StoreError: it cannot be written.
        """
        from views.office.reports.correlation_report import write_comparison

        target, kind = Path(out), _report_kind(out)
        compared = side_by_side(self._store, parent, children, KeptReadings(self.address).links)
        told = run("coverage", self._store, of=compared.upper["document"])
        notes = notes_in_words(compared.table.notes, language)
        replace_whole(target, lambda path: write_comparison(path, kind, compared, told, notes, language))

    def write_coverage(self, out: str | Path, of: str, language: str = "zh") -> None:
        """Write the themes of a policy or document by places as a report; the suffix of `out` says as what.

        Raises:
            UsageError: the suffix is of no report.
            StoreError: it cannot be written.
        """
        from views.office.reports.coverage_sheet import write_coverage_report

        target, kind, answer = Path(out), _report_kind(out), self.answer("coverage", of=of)
        notes = notes_in_words(answer.notes, language)
        replace_whole(target, lambda path: write_coverage_report(path, kind, of, answer, notes, language))

    def scores(
        self,
        of: str,
        today: str | date | None = None,
        *,
        by: Literal["place", "unit"] = "place",
        definition: str | Path | None = None,
        cases: bool = False,
    ) -> Any:  # noqa: ANN401
        """Return the scores of places or units by a definition, or with `cases` the cases that made them.

        Raises:
            UsageError: the definition cannot be read.
        """
        query = find("scores")
        given = checked(query, {"of": of, "by": by, "today": str(today or date.today())})
        named = resolved(query, self._store, given)
        make = cases_of if cases else scores_of
        path = None if definition is None else Path(definition)
        return frame(make(self._store, str(named["of"]), str(named["today"]), by=by, path=path))

    def links(self, document: str | None = None, *, between: tuple[str, str] | None = None) -> Any:  # noqa: ANN401
        """Return the stored links, all or of one document; or those `between` a lower and an upper one, aligned now.

        The two may be documents of the graph or files.
        """
        if between is None:
            return frame(stored_links(self._store, document))
        kept = KeptReadings(self.address)
        found = kept.links_between(*between, lambda name: resolve(self._store, "document", name)[0])
        return frame(aligned_links(found))

    def explain(self, child: str, parent: str) -> Any:  # noqa: ANN401
        """Return every signal of a pair of tasks, linked or not; the notes say what they come to, or why there is no link."""
        kept = KeptReadings(self.address)
        found = signals_of(self._store, child, parent, reading=kept.reading, decisions=kept.decisions())
        return frame(found)

    def decide(self, one: str, other: str, said: YesNoUndo, *, by: str | None = None, why: str | None = None) -> Any:  # noqa: ANN401
        """Keep a person's word on two tasks, policies or units (`yes`, `no`, `undo`), build anew, and open what was built.

        Of tasks and policies it says whether the first carries out the second, of units whether the two are one body.
        `by` and `why` are kept with it. Notes say where it shows nothing.

        Raises:
            NotFoundError: a name means nothing, or several things.
            UsageError: the two cannot be decided on, or the graph is on a server.
        """
        folder, kept, word = self._folder(), KeptReadings(self.address), Word.now(by, why)
        named = decision_on(
            self._store, (one, other), said, word, decisions=kept.decisions(), names_of=kept.names_of_unit
        )
        decision = named.decision
        if not named.takes_back_nothing:
            # The build writes the store that is open here.
            self.close()
            try:
                decide_and_build(folder, decision)
            finally:
                self._store = open_store(self.address)
        row: AnswerRow = {
            "kind": decision.kind,
            "child": decision.child,
            "parent": decision.parent,
            "judgement": decision.judgement,
        }
        return _table("decide", _DECISION, [row], not_shown(self._store, named, kept.decisions()))

    def merge_decisions(self, file: str | Path) -> Any:  # noqa: ANN401
        """Bring another person's file of decisions in, build anew, and open what was built; return the conflicts.

        A row tells of two words on one pair, by whom and when, and which holds: the later one.

        Raises:
            InputError: there is no such file, or a line of it is not a decision.
            UsageError: the graph is on a server.
        """
        folder = self._folder()
        self.close()
        try:
            merged, _ = merge_and_build(folder, Path(file))
        finally:
            self._store = open_store(self.address)
        rows = [dict(conflict(one).values) | {"holds": one.judgement_held} for one in merged.conflicts]
        return _table("merge_decisions", _CONFLICTS, rows)

    # -- the ledger

    def ledger(
        self,
        name: str | None = None,
        *,
        to: str | Path | None = None,
        language: Literal["zh", "en"] = "zh",
        **filters: ParameterValue,
    ) -> Any:  # noqa: ANN401
        """Return tasks, all or of a policy or document, with their progress; `to` also writes them as XLSX to be filled.

        The filters are the parameters of the question `ledger` (unit, level, place, progress).
        """
        from views.office.ledger_book import write_ledger

        answer = of_named(self._store, "ledger", name, **filters)
        if to is not None:
            replace_whole(Path(to), lambda path: write_ledger(path, answer, language))
        return frame(answer)

    def progress(self, task: str | None = None) -> Any:  # noqa: ANN401
        """Return what was recorded of the progress of a task, or of all, in the order in which it was."""
        return self.ask("progress_history", task=task)

    def record(
        self,
        task: str,
        status: "ProgressStatus | None" = None,
        *,
        share: float | None = None,
        words: str | None = None,
        by: str | None = None,
        files: Sequence[str | Path] = (),
        addresses: Sequence[str] = (),
    ) -> Any:  # noqa: ANN401
        """Record how far a task is; return its history. A status that is not given is the one that stands.

        Raises:
            NotFoundError: no task is named so, or several are.
            UsageError: what is said cannot be, or the graph is on a server.
        """
        from queries.things.recording import SaidProgress, proofs, record_progress

        shown = proofs([Path(one) for one in files])
        said = SaidProgress(status=status, share=share, words=words, by=by, files=shown, addresses=tuple(addresses))
        return self.progress(record_progress(self._store, task, said).task)

    def read_ledger(self, path: str | Path, *, by: str | None = None) -> Any:  # noqa: ANN401
        """Take over what was filled into a ledger; return a row for each change, conflict and broken cell.

        Raises:
            InputError: the file is no ledger.
        """
        from queries.things.filled_ledger import take_filled
        from views.office.filled_book import read_filled

        return frame(take_filled(self._store, read_filled(Path(path)), by))

    # -- elsewhere

    def view(
        self,
        of: str,
        path: str | Path = "cascade.html",
        *,
        theme: str | None = None,
        most: int = DEFAULT_CARDS,
        language: Literal["zh", "en"] = "zh",
    ) -> Summary:
        """Write the picture of a cascade as a web page; return what is on it. A picture has `most` cards at most."""
        return write_cascade(self._store, of, Path(path), theme=theme, language=language, most=most)

    def picture(
        self,
        kind: str,
        *of: str,
        theme: str | None = None,
        most: int | None = None,
        by: Literal["document", "theme"] = "document",
        today: str | date | None = None,
        language: Literal["zh", "en"] = "zh",
    ) -> "NotebookPicture":
        """Return a picture, which a notebook shows and `.save` writes: the kinds and limits of `zhengmai view`.

        Raises:
            NotFoundError: nothing is named so, or several things are.
            UsageError: there is no such picture, or it takes another number of names.
        """
        from views.drawings.picture_making import PictureWish, day_of
        from views.drawings.picture_making import picture as made
        from zhengmai.notebook_picture import NotebookPicture

        day = day_of(None if today is None else str(today))
        wish = PictureWish(kind=kind, of=of, theme=theme, most=most, by=by, today=day, language=language)
        return NotebookPicture(made(self._store, wish, KeptReadings(self.address).links), language)

    def export(self, to: str, path: str | Path | None = None) -> Exported:
        """Write the graph for other programs, in a format of `zhengmai export`; return what was written."""
        from graph.export.write import default_target
        from graph.export.write import export as write

        return write(self._folder(), to, Path(path) if path else default_target(to))

    def mcp(self, language: str = "zh") -> Any:  # noqa: ANN401 - the SDK is optional
        """Return the server of this graph for agents; its `run("stdio")` is what `zhengmai mcp` does.

        Raises:
            UsageError: the SDK of the protocol is not installed.
        """
        try:
            from views.web.programs.agent_server import agent_server
        except ModuleNotFoundError as error:
            raise UsageError("the SDK of MCP is not installed; run pip install 'zhengmai[mcp]'") from error
        return agent_server(str(self._folder()), lambda note: notes_in_words([note], language)[0], language)

    def serve(self, *, port: int = 8765, show: bool = True) -> None:
        """Show the graph in a browser of this machine until it is interrupted; `show` opens a page at once.

        Raises:
            StoreError: the port is taken.
            UsageError: the graph is on a server.
        """
        from views.web.serving import serve

        folder = self._folder()
        self.close()
        try:
            serve(str(folder), port=port, tell=print, show=show)
        finally:
            self._store = open_store(self.address)

    def push(self, address: str, store_id: str | None = None) -> "PushReport":
        """Bring the graph to a Neo4j server; return what was added, changed and removed there."""
        from graph.store.neo4j_server.push import push

        return push(Home(self._folder()), address, store_id=store_id)

    def check(self, *, shacl: bool = False) -> Any:  # noqa: ANN401
        """Return the rules of its vocabulary (with `shacl` also the shapes of its RDF) that the graph breaks; no row is well."""
        return frame(faults(self._snapshot(), shacl=shacl, folder=self._folder()))

    def to_networkx(self) -> Any:  # noqa: ANN401 - networkx carries no types
        """Return the whole graph as a `networkx.MultiDiGraph`, for analysis.

        Nodes are keys, with `label` (the kind) and the properties of the kind; edges are keyed by the key of the link,
        with `type` and its properties. Attributes are flat: a list is one text joined with 、, a day is ISO text, what
        is not known is not there. A link that a person rejected is left out.
        """
        if self.address.folder is None:
            return to_networkx(of_store(self._store))
        return to_networkx(of_snapshot(self._snapshot()))

    def to_rdflib(self) -> Any:  # noqa: ANN401 - rdflib is imported on use
        """Return the whole graph as an `rdflib.Graph`, in memory, with its prefixes: what `export --to turtle` writes.

        Raises:
            UsageError: the graph is on a server; it is made of the folder's own tables.
        """
        from graph.rdf.rdflib_graph import to_rdflib

        return to_rdflib(self._snapshot())


def _table(name: str, declared: Sequence[Column], rows: Sequence[AnswerRow], notes: Sequence[Note] = ()) -> Any:  # noqa: ANN401
    names = tuple(column.name for column in declared)
    return frame(Answer(name=name, columns=names, rows=shaped(names, rows), notes=tuple(notes), typed=tuple(declared)))


def open(store: str | Path = ".zhengmai") -> Graph:
    """Return the graph in a folder, opened read-only.

    Raises:
        StoreError: there is none.
    """
    return Graph(store)


def build(
    paths: Sequence[str | Path],
    store: str | Path = ".zhengmai",
    jobs: int | None = None,
    engine: Engine = "local",
    *,
    snapshot_only: bool = False,
) -> BuildReport:
    """Read files and folders into the graph in `store`; return what was added, replaced and not read.

    The engine `spark` uses the session that there is, else starts one. With `snapshot_only` there is nothing to ask
    questions of: the snapshot is for a server that it is pushed to.
    """
    given = [Path(path) for path in paths]
    return ingest(given, Path(store), jobs=jobs, engine=engine, snapshot_only=snapshot_only)


def remove(names: Sequence[str], store: str | Path = ".zhengmai") -> BuildReport:
    """Take documents out of the graph in `store`."""
    return take_out(list(names), Path(store))


def read(path: str | Path) -> Any:  # noqa: ANN401
    """Return how a file is read, part by part with its place.

    The note `share` says how much of the text is read, left out by a rule, and not understood.

    Raises:
        InputError: the file is no document that a reader understands.
    """
    parts = parts_of_file(Path(path))
    shares = {account: parts.account.share(account) for account in ACCOUNTS}
    share = Note(code="share", values=shares | {"tasks": parts.tasks})
    return _table("read", _PARTS, parts.rows, [share])


def extract(path: str | Path) -> dict[str, list[dict[str, Any]]]:
    """Return one document's reading in the shape of the annotations: `policies` and `tasks`.

    Raises:
        InputError: the file is no document that a reader understands.
    """
    return gold_form(read_file(Path(path)))


def evaluate(gold: str | Path, documents: str | Path | None = None, *, total: bool = False) -> Any:  # noqa: ANN401
    """Return how readings and links compare with gold annotations, by document and field; with `total` only in all.

    Raises:
        InputError: there is no gold there, or no folder `documents`.
    """
    report = report_on(Path(gold), Path(documents) if documents else None)
    notes = [Note(code="absent", values={"name": name}) for name in report.absent]
    notes += [Note(code="different", values={"name": name}) for name in report.different]
    return _table("evaluate", _SCORES, score_rows(report, total=total), notes)


def _report_kind(out: str | Path) -> ReportKind:
    """Return the kind of report that a file's suffix says.

    Raises:
        UsageError: it says none.
    """
    suffix = Path(out).suffix.lower()
    if suffix not in KINDS:
        known = " ".join(KINDS)
        raise UsageError("a report is not written as {suffix}; use {known}", suffix=suffix or "-", known=known)
    return KINDS[suffix]


def questions() -> Any:  # noqa: ANN401
    """Return the catalogue: every question with its parameters and columns."""
    return frame(listed_questions())


def schema() -> Any:  # noqa: ANN401
    """Return the vocabulary: kinds of nodes and links with their properties."""
    return frame(kinds())


def doctor(store: str | Path = ".zhengmai") -> Any:  # noqa: ANN401
    """Return what is installed, and whether the graph in `store` answers."""
    rows: list[AnswerRow] = [
        {
            "check": check.name,
            "state": check.state,
            "detail": str(check.error) if check.error else check.detail,
            "documents": check.documents,
        }
        for check in [*installed(), graph_at(str(store))]
    ]
    return _table("doctor", _CHECKS, rows)
