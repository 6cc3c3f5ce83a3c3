"""From files to a graph: read what is new, join it with what is there, project it, change over in one rename."""

import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Literal

from graph.assemble.assembly import Intake, Tables, assemble
from graph.assemble.join import DocumentPair
from graph.assemble.memory import give_back
from graph.assemble.proposed_relations import proposed_relations
from graph.assemble.spill import Spill
from graph.errors import DamagedError, NotFoundError, StoreError, one_line
from graph.link.decisions import Decisions
from graph.snapshot.partitions import parts_for
from graph.snapshot.snapshot import Snapshot
from graph.store.arcade.arcade_files import differing, lost_file, note_files
from graph.store.arcade.arcade_store import ArcadeStore
from graph.store.changes import STORED
from graph.store.home import Home
from loaders.ingest.build_plan import BuildPlan, BuildReport
from loaders.ingest.collection.about_table import Columns, read_about
from loaders.ingest.collection.corpus_table import is_table
from loaders.ingest.collection.given_documents import joined_scan, scan_tables, with_table
from loaders.ingest.document_list import DocumentList, list_of, read_list, recovered_list, write_list
from loaders.ingest.reading_cache import Cache
from loaders.ingest.rules import graph_rules, reading_rules
from loaders.ingest.sources import Scan, scan
from loaders.ingest.workers import AlignTask, Workers

if TYPE_CHECKING:
    from loaders.ingest.spark import Spark

__all__ = ["BuildProgress", "BuildReport", "Engine", "build", "remove"]

Engine = Literal["local", "spark"]
BuildProgress = Callable[[str, int, int], None]


def build(
    paths: Sequence[Path],
    store: Path,
    *,
    jobs: int | None = None,
    progress: BuildProgress | None = None,
    engine: Engine = "local",
    snapshot_only: bool = False,
    about: Path | None = None,
    columns: Mapping[str, str] | None = None,
) -> BuildReport:
    """Add the documents in `paths` to the graph in the folder `store`, replacing those that changed.

    Documents that are there and not given stay. Without `paths`, what is there is linked again where rules
    or decisions changed. Files that cannot be read are told in the report; the rest is built. The engine `spark`
    makes the same graph on many machines. With `snapshot_only` there is nothing to ask questions of until the snapshot
    is pushed to a server, or a build without it makes up for it.

    `about` is a table of what is known of the documents besides their texts, `columns` the names of its columns by field
    (`loaders.ingest.collection.about_table.HEADS`); without it what an earlier build was told of a document stays. A path
    that is a table is read as documents, one a row.

    Raises:
        InputError: the table cannot be read, or speaks of none of the documents.
        StoreError: the folder cannot be written, or another build holds it too long; Spark is not there or fails.
    """
    named = Columns(columns or {})
    told = read_about(about, named) if about is not None else None
    tables, files = (tuple(path for path in paths if is_table(path) is wanted) for wanted in (True, False))
    texts = scan_tables(tables, store, named)
    if engine == "local":
        given = with_table(joined_scan(scan(files, store), texts), told)
        return _Build(Home(store), jobs, progress, snapshot_only, keep_about=told is None).run(given, ())
    from loaders.ingest.spark import Spark
    from loaders.ingest.spark_build import scan_on

    # A worker need not be in the folder that this process is in.
    home = Home(store.absolute())
    with Spark(home.engine_log / "spark.log", jobs) as spark:
        made = _Build(home, jobs, progress, snapshot_only, spark, keep_about=told is None)
        found = scan_on(spark, [path.absolute() for path in files], home.root, made.cache)
        return made.run(with_table(joined_scan(found, texts), told), ())


def remove(names: Sequence[str], store: Path, *, progress: BuildProgress | None = None) -> BuildReport:
    """Take documents out of the graph, with all that only they said.

    Raises:
        NotFoundError: a name is none of a document in the graph.
        StoreError: there is no graph, or it cannot be written.
    """
    home = Home(store)
    home.generation()
    return _Build(home, None, progress).run(Scan(), names)


class _Build:
    """One build, from the look at what is there to the change-over."""

    def __init__(
        self,
        home: Home,
        jobs: int | None,
        progress: BuildProgress | None,
        snapshot_only: bool = False,
        spark: "Spark | None" = None,
        keep_about: bool = True,
    ) -> None:
        self.home = home
        self.snapshot_only = snapshot_only
        self.spark = spark
        self.keep_about = keep_about
        self.jobs = jobs
        self.progress = progress or (lambda stage, done, total: None)
        self.cache = Cache(str(home.root), reading_rules())
        self.rules = graph_rules()
        self.started = perf_counter()
        self.mended: list[str] = []
        self.damaged = self.unprojected = False

    def run(self, given: Scan, names: Sequence[str]) -> BuildReport:
        """Do all of it, under the folder's lock."""
        try:
            with self.home.lock(say=lambda said: self.progress(said, 0, 0)):
                return self._run(given, names)
        except OSError as error:
            where = error.filename or self.home.root
            # What Arrow says holds the system's words and more.
            reason = os.strerror(error.errno) if error.errno else one_line(error)
            if not self.home.holds_graph():
                raise StoreError(
                    "{root}: cannot be written ({reason}); choose another with --store", root=where, reason=reason
                ) from error
            raise StoreError(
                "{where}: cannot be written ({reason}); the graph before still answers", where=where, reason=reason
            ) from error

    def _run(self, given: Scan, names: Sequence[str]) -> BuildReport:
        if (pointer := self.home.repair_pointer()) is not None:
            self.mended.append(str(pointer))
        self.home.sweep()
        decisions = Decisions.read(self.home.decisions)
        plan = self._plan(given, names)
        same = self._same(plan, decisions)
        if self._is_done(plan, same):
            if plan.before is None or self._is_sound(plan.before):
                return self._report(plan, given, plan.before, changed=False)
            plan, same = self._plan(given, names), False
        generation = self.home.begin()
        make = self._make if self.spark is None else self._make_on_spark
        try:
            snapshot = make(plan, generation, decisions, same)
        except DamagedError as error:
            self._note_damage(str(error.values["path"]))
            shutil.rmtree(generation)
            generation = self.home.begin()
            plan = self._plan(given, names)
            snapshot = make(plan, generation, decisions, False)
        if snapshot is None:
            shutil.rmtree(generation)
            return self._report(plan, given, plan.before, changed=False)
        self._project(plan, generation, snapshot)
        self.home.publish(generation)
        self._forget(plan)
        report = self._report(plan, given, snapshot, changed=True)
        self._log(report)
        return report

    # -- what is to be done

    def _plan(self, given: Scan, names: Sequence[str]) -> BuildPlan:
        documents, before = self._documents(), self._before()
        if before is not None and before.count("Document") != len(documents.listed):
            # Its last lines are lost; what is left of it is sound.
            self._note_damage(str(list_of(self.home.generation())))
            recovered = recovered_list(self.home.generation(), self.cache)
            before, documents = None, DocumentList(recovered.listed | documents.listed, documents.unread)
        known = documents.listed | documents.unread
        if missing := sorted(set(names) - set(known)):
            raise NotFoundError("{name}: no document of the graph has this name; see zhengmai docs", name=missing[0])
        listed = documents.listed
        # Other rules, another format: what is there is taken in again, from its cached reading where the rules of
        # reading are the same, else from the file that was kept.
        held = {name: one for name, one in (known if before is None else documents.unread).items() if name not in names}
        plan = BuildPlan(
            before=before,
            listed=listed,
            read=dict(held),
            unchanged=[],
            gone=sorted(set(names)),
            failures=list(given.failures),
            held=held,
        )
        given_now = {source.name: source.sha256 for source in given.sources}
        # A document that is now given another file lets go of the one that it has.
        twins = {
            (one.sha256, one.suffix): name
            for name, one in known.items()
            if name not in names and given_now.get(name, one.sha256) == one.sha256
        }
        for source in given.sources:
            old = listed.get(source.name)
            if old and self.keep_about and not source.about:
                source = replace(source, about=old.about)
            twin = twins.get((source.sha256, source.suffix))
            if twin is not None and source.name not in known:
                plan.pass_over(source, twin)
            elif before and old and replace(old, path="", size=0) == replace(source, path="", size=0):
                plan.unchanged.append(source.name)
            else:
                plan.read[source.name] = source
        return plan

    def _same(self, plan: BuildPlan, decisions: Decisions) -> bool:
        """Tell whether the graph that there is says all that the decisions say, and can be asked if that is wanted."""
        same = plan.before is not None and plan.before.decisions == decisions.digest
        return same and (self.snapshot_only or self._projected())

    def _is_done(self, plan: BuildPlan, same: bool) -> bool:
        return not (plan.read or plan.gone) and (same or not plan.listed)

    def _before(self) -> Snapshot | None:
        """Return the graph that there is, where its rows are of today's format and rules."""
        if self.damaged or self.home.current() is None:
            return None
        try:
            before = Snapshot.open(self.home.snapshot())
        except StoreError:
            self._note_damage(str(self.home.current()))
            return None
        if before.rules != self.rules:
            return None
        if lost := next(before.damaged(whole=False), None):
            self._note_damage(str(lost))
            return None
        return before

    def _documents(self) -> DocumentList:
        """Return the files of the graph that there is; their list outlives every change of format."""
        folder = self.home.current()
        if folder is None:
            return DocumentList()
        try:
            return read_list(folder, self.cache)
        except DamagedError as error:
            self._note_damage(str(error.values["path"]))
            return recovered_list(folder, self.cache)

    def _is_sound(self, before: Snapshot) -> bool:
        """Look at every byte of the tables and at the counts of the projection, as nothing else is to be done."""
        if lost := next(before.damaged(whole=True), None):
            self._note_damage(str(lost))
            return False
        if self.snapshot_only or not self._projected():
            return True
        try:
            with self._older() as store:
                wrong = differing(store, {name: before.count(name) for name in STORED})
        except StoreError:
            wrong = {"": 0}
        if wrong:
            self.unprojected = True
            self.mended.append(str(self.home.graph()))
        return not wrong

    def _note_damage(self, path: str) -> None:
        """Let nothing of the graph before be taken over: a file of it is not what was written."""
        self.damaged = True
        if path not in self.mended:
            self.mended.append(path)

    # -- doing it

    def _make(self, plan: BuildPlan, generation: Path, decisions: Decisions, same: bool) -> Snapshot | None:
        """Read what is new and write the snapshot; None where none of it could be read and nothing else changed."""
        parts = parts_for(len(plan.after))
        with Workers(self.jobs) as workers, Spill(generation / "spill", parts) as spill:
            intake = Intake(spill)
            told = _Counter(self.progress, "read", len(plan.read))
            for parcel in workers.read(list(plan.read.values()), self.cache, told):
                intake.add(parcel.tables)
                plan.fail(parcel.failures)
                give_back()
            give_back(thorough=True)
            after = plan.after
            if not (plan.read or plan.gone) and (same or not after):
                return None

            def align(pairs: Sequence[DocumentPair]) -> Iterable[Tables]:
                tasks = [AlignTask(one, after[one.child], after[one.parent]) for one in pairs]
                told = _Counter(self.progress, "link", len(tasks))
                for aligned in workers.align(tasks, self.cache, decisions, told):
                    plan.failures.extend(aligned.failures)
                    yield aligned.tables
                    give_back()

            snapshot = assemble(
                generation / "snapshot",
                intake,
                align,
                decisions,
                documents=len(after),
                gone={*plan.read, *plan.gone},
                before=plan.before,
                rules=self.rules,
            )
        shutil.rmtree(generation / "spill", ignore_errors=True)
        return snapshot

    def _make_on_spark(self, plan: BuildPlan, generation: Path, decisions: Decisions, same: bool) -> Snapshot | None:
        """Do the same on Spark: all documents are joined anew, those that did not change from their cached readings."""
        from loaders.ingest.spark_build import SparkBuild

        assert self.spark is not None
        work = SparkBuild(self.spark, self.cache, decisions, self.progress)
        told = _Counter(self.progress, "read", len(plan.read))
        plan.fail(work.read(list(plan.read.values()), len(plan.after)))
        told(told.total)
        after = plan.after
        if not (plan.read or plan.gone) and (same or not after):
            return None
        snapshot = work.finish(generation / "snapshot", after, plan.kept)
        plan.failures.extend(work.failures)
        self.spark.close()
        return snapshot

    def _project(self, plan: BuildPlan, generation: Path, snapshot: Snapshot) -> None:
        """Write the list of files and the projection: the one before with what changed, else a new one."""
        self.progress("write", 0, 1)
        # The engine comes into this process; what the assembly held is let go before.
        give_back(thorough=True)
        write_list(generation, plan.after.values(), plan.unread.values())
        if not self.snapshot_only:
            with ArcadeStore(generation / "arcade", self.home.engine_log) as store:
                # A document that is taken out shall leave no word behind, not even in the engine's free space.
                older = plan.before if self._projected() and not plan.gone else None
                if older is None or not store.update(self._older(), older, snapshot):
                    store.load(snapshot)
            note_files(generation)
        self.progress("write", 1, 1)

    def _projected(self) -> bool:
        """Tell whether the graph that there is can be asked questions, as far as its files tell."""
        answering = self.home.current()
        if self.unprojected or answering is None or not (answering / "arcade").is_dir():
            return False
        if lost := lost_file(answering):
            self.unprojected = True
            self.mended.append(str(lost))
        return not self.unprojected

    def _older(self) -> ArcadeStore:
        return ArcadeStore(self.home.graph(), self.home.engine_log)

    def _forget(self, plan: BuildPlan) -> None:
        """Let go of what is kept of documents, and by rules, that are no more."""
        after = plan.after | plan.unread
        kept = {(one.sha256, one.suffix) for one in after.values()}
        for name, old in (plan.listed | plan.held).items():
            new = after.get(name)
            if new is None or (new.sha256, new.suffix) != (old.sha256, old.suffix):
                self.cache.forget(old, also_file=(old.sha256, old.suffix) not in kept)
        for folder in self.home.readings.glob("*"):
            if folder.name != self.cache.rules:
                shutil.rmtree(folder, ignore_errors=True)

    # -- telling

    def _report(self, plan: BuildPlan, given: Scan, graph: Snapshot | None, *, changed: bool) -> BuildReport:
        new, old = set(plan.read), set(plan.listed)
        again = {n for n in new & old if plan.read[n].sha256 == plan.listed[n].sha256}
        return BuildReport(
            added=tuple(sorted(new - old)),
            replaced=tuple(sorted((new & old) - again)),
            unchanged=tuple(sorted({*plan.unchanged, *again})),
            removed=tuple(plan.gone),
            failures=tuple(sorted(plan.failures, key=lambda one: one.path)),
            skipped=dict(sorted(given.skipped.items())),
            passed=(*given.passed, *plan.twins),
            mended=tuple(self.mended),
            changed=changed,
            probable=tuple(proposed_relations(graph, new)) if graph and changed else (),
            documents=graph.count("Document") if graph else 0,
            tasks=graph.count("Task") if graph else 0,
            links=self._links(graph) if graph else 0,
            issues=graph.count("Issue") if graph else 0,
            seconds=perf_counter() - self.started,
        )

    def _links(self, graph: Snapshot) -> int:
        """Return the number of links that were not rejected by a person."""
        if not self.home.decisions.exists():
            return graph.count("DERIVES_FROM")
        return sum(judged != "rejected" for judged in graph.table("DERIVES_FROM")["judgement"].to_pylist())

    def _log(self, report: BuildReport) -> None:
        self.home.log(
            "build",
            added=len(report.added),
            replaced=len(report.replaced),
            removed=len(report.removed),
            failures=len(report.failures),
            documents=report.documents,
            tasks=report.tasks,
            links=report.links,
            seconds=round(report.seconds, 3),
            rules=self.rules,
        )


class _Counter:
    """Adds up how much of a stage is done and tells it."""

    def __init__(self, progress: BuildProgress, stage: str, total: int) -> None:
        self.progress, self.stage, self.total, self.done = progress, stage, total, 0
        if total:
            progress(stage, 0, total)

    def __call__(self, more: int) -> None:
        self.done += more
        self.progress(self.stage, self.done, self.total)
