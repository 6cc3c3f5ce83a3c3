"""A build on Spark: the same functions as in one process, files and pairs of documents shared among workers.

Rows of documents and of pairs never come to this process. What does is what joining needs of each document: its row,
its mentions of policies, the printed names of units, each once. The workers and this process share two folders, that of
the documents and that of the graph, at the same paths.
"""

import pickle
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from graph.assemble.join import Joined, join_documents
from graph.errors import InputError
from graph.link.decisions import Decisions
from graph.snapshot.arrow_columns import empty_table, in_order, table_of
from graph.snapshot.partitions import SHARED, SPREAD, WHOLE, part_of, parts_for
from graph.snapshot.snapshot import Snapshot, SnapshotWriter
from graph.snapshot.tables import tables
from loaders.ingest.reading_cache import Cache, Source
from loaders.ingest.rules import graph_rules
from loaders.ingest.sources import FileFailure, Scan, scan
from loaders.ingest.spark import Frame, Spark
from loaders.ingest.spark_steps import COLUMNS, DDL, Given, as_batch, as_bytes, opened

# So many documents, or pairs, are one piece of work; a worker that is lost loses this much.
_DOCUMENTS, _PAIRS, _CHUNK = 200, 200, 16
# Tables in one piece of which workers have rows: they write them, and this process adds its own rows.
_OWNED = ("Document", "Issue", "Mention", "UnitUse", "DETAILS", "Theme", "Pair")
_JOINING = ("_Document", "Mention", "_Use", "_Count", "_Failure")
_SOURCE = pa.schema(
    [
        ("name", "string"),
        ("path", "string"),
        ("sha256", "string"),
        ("suffix", "string"),
        ("size", "int64"),
        ("about", "string"),
    ]
)
_OWN = pa.schema([(name, pa.string()) for name in ("document", "key", "canonical", "family")])


def scan_on(spark: Spark, paths: Sequence[Path], store: Path, cache: Cache) -> Scan:
    """Return the files of `paths` as `scan` does: named here, opened by the workers."""
    given = Given(cache.root, graph_rules(), (WHOLE,), 1, Decisions(), "")

    def look(listed: Sequence[tuple[str, Path]]) -> Scan:
        scanned = Scan()
        named = [(name, path) for name, path in listed if _utf8(path, scanned)]
        if not named:
            return scanned
        table = pa.table({"name": [name for name, _ in named], "path": [str(path) for _, path in named]})
        frame = spark.frame(table).repartition(_pieces(spark, len(named), _DOCUMENTS))
        found = _tables(spark.fetched(spark.step(frame, "look", pickle.dumps(given), DDL)))
        scanned.sources += sorted(Source(**row) for row in _rows(found, "_Source"))
        scanned.failures += (FileFailure(**row) for row in _rows(found, "_Failure"))
        return scanned

    return scan(paths, store, look)


def _utf8(path: Path, scanned: Scan) -> bool:
    """Tell whether Spark can be told of a path, whose folder need not be written in UTF-8; note it where not."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        scanned.fail(path, InputError("{path!r}: the file's name is not written in UTF-8; rename it", path=path))
        return False
    return True


def _pieces(spark: Spark, many: int, each: int) -> int:
    """Return into how many pieces so many things are cut: enough for all workers, none too large."""
    return max(1, min(many, max(spark.width, -(-many // each))))


def _tables(fetched: pa.Table) -> dict[str, pa.Table]:
    found: dict[str, list[pa.Table]] = defaultdict(list)
    for kind, _, rows in opened(fetched.to_batches()):
        found[kind].append(rows)
    return {kind: pa.concat_tables(listed) for kind, listed in found.items()}


def _rows(found: Mapping[str, pa.Table], kind: str) -> list[dict[str, Any]]:
    return found[kind].to_pylist() if kind in found else []


@dataclass(slots=True)
class SparkBuild:
    """One build: `read` new files, then `finish` with those that are kept as well."""

    spark: Spark
    cache: Cache
    decisions: Decisions
    progress: Callable[[str, int, int], None] = lambda stage, done, total: None
    parts: tuple[str, ...] = (WHOLE,)
    frames: list[Frame] = field(default_factory=list)
    joining: list[dict[str, pa.Table]] = field(default_factory=list)
    moved: Mapping[str, str] = field(default_factory=dict)
    failures: list[FileFailure] = field(default_factory=list)
    """Pairs of documents that could not be aligned."""

    def read(self, sources: Sequence[Source], documents: int) -> list[FileFailure]:
        """Read files, for a graph of at most so many documents; return those that could not be."""
        if not sources:
            return []
        self.parts = parts_for(documents)
        columns = {name: [getattr(one, name) for one in sources] for name in _SOURCE.names}
        frame = self.spark.frame(pa.table(columns, schema=_SOURCE)).repartition(
            _pieces(self.spark, len(sources), _DOCUMENTS)
        )
        self.frames.append(self.spark.kept(self._step(frame, "read")))
        found = _tables(self.spark.fetched(self.frames[-1].filter(_one_of(self.frames[-1], _JOINING))))
        self.joining.append(found)
        return [FileFailure(**row) for row in _rows(found, "_Failure")]

    def finish(self, folder: Path, after: Mapping[str, Source], kept: Sequence[Source]) -> Snapshot:
        """Write the snapshot of the documents that were read and of those that are kept, of which there are readings.

        Raises:
            InputError: one that is kept can no longer be read.
        """
        if failed := self.read(kept, len(after)):
            raise InputError(
                "{message}; remove {name}, or give its file again", message=failed[0].message, name=failed[0].name
            )
        self._into_parts(parts_for(len(after)))
        joined = self._join()
        self.moved = joined.moved
        # The workers say which pairs they aligned.
        rows = {name: table_of(name, listed) for name, listed in joined.rows.items() if name != "Pair"}
        aligned = self._align(joined, after)
        themes = self._themes(joined, aligned)
        # Spark does all of this at once, when the files are asked for.
        self.progress("link", 0, len(joined.pairs))
        snapshot = self._write(folder, rows, [*aligned, *themes])
        self.progress("link", len(joined.pairs), len(joined.pairs))
        for frame in aligned:
            found = _tables(self.spark.fetched(frame.filter(_one_of(frame, ("_Failure",)))))
            self.failures += (FileFailure(**row) for row in _rows(found, "_Failure"))
        return snapshot

    # -- steps

    def _step(self, frame: Frame, name: str, folder: Path = Path(), buckets: int = 1) -> Frame:
        given = Given(
            self.cache.root, graph_rules(), self.parts, buckets, self.decisions, str(folder), dict(self.moved)
        )
        return self.spark.step(frame, name, pickle.dumps(given), DDL)

    def _into_parts(self, parts: tuple[str, ...]) -> None:
        if parts != self.parts:
            self.parts = parts
            self.frames = [self._step(frame, "move") for frame in self.frames]

    def _join(self) -> Joined:
        """Join what came of the documents, in this process."""

        def whole(kind: str, columns_of: pa.Table) -> pa.Table:
            return pa.concat_tables([columns_of, *(found[kind] for found in self.joining if kind in found)])

        counts: dict[str, int] = {}
        for found in self.joining:
            counts |= {row["document"]: row["tasks"] for row in _rows(found, "_Count")}
        documents = [found["_Document"] for found in self.joining if "_Document" in found]
        mentions, uses = whole("Mention", empty_table("Mention")), whole("_Use", empty_table("UnitUse"))
        self.joining.clear()
        return join_documents(pa.concat_tables(documents), mentions, uses, counts, self.decisions)

    def _align(self, joined: Joined, after: Mapping[str, Source]) -> list[Frame]:
        # Pairs with one parent stand together: its reading is unpacked once for each chunk.
        pairs = sorted(joined.pairs, key=lambda one: (one.parent, one.child))
        if not pairs:
            return []
        columns: dict[str, list[Any]] = {
            "child": [one.child for one in pairs],
            "parent": [one.parent for one in pairs],
            "parts": [" ".join(f"{child}-{parent}" for child, parent in one.parts) for one in pairs],
            "fingerprint": [one.fingerprint for one in pairs],
            "related": [one.related for one in pairs],
            "chunk": [at // _CHUNK for at in range(len(pairs))],
        }
        for side in ("child", "parent"):
            columns[f"{side}_sha256"] = [after[name].sha256 for name in columns[side]]
            columns[f"{side}_suffix"] = [after[name].suffix for name in columns[side]]
            columns[f"{side}_about"] = [after[name].about for name in columns[side]]
        frame = self.spark.frame(pa.table(columns))
        pieces = min(_pieces(self.spark, len(pairs), _PAIRS), -(-len(pairs) // _CHUNK))
        frame = frame.repartition(pieces, "chunk").sortWithinPartitions("parent", "child")
        return [self.spark.kept(self._step(frame, "align"))]

    def _themes(self, joined: Joined, aligned: Sequence[Frame]) -> list[Frame]:
        """Return HAS_TASK, themes and what is in them: by part, then by family, tasks with their links."""
        buckets = max(1, min(4096, len(set(joined.policies.family.values()))))
        own = self.spark.frame(pa.Table.from_batches([self._own(joined)]))
        wanted = [frame.filter(_one_of(frame, ("_Task", "_Link"))) for frame in (*self.frames, *aligned)]
        pieces = min(len(self.parts), max(self.spark.width, len(self.parts) // 4))
        frame = _union([own, *wanted]).repartition(pieces, "bucket").sortWithinPartitions("bucket")
        joined_parts = self.spark.kept(self._step(frame, "join", buckets=buckets))
        families = joined_parts.filter(_one_of(joined_parts, ("_Task", "_Link", "_Own")))
        pieces = _pieces(self.spark, buckets, 16)
        families = families.repartition(pieces, "bucket").sortWithinPartitions("bucket")
        return [joined_parts, self._step(families, "tie")]

    def _own(self, joined: Joined) -> pa.RecordBatch:
        """Return the policies of each document with their families, as parcels by part."""
        policies = joined.policies
        by_part: dict[str, list[dict[str, str]]] = defaultdict(list)
        canonical: dict[str, list[str]] = defaultdict(list)
        apart = list(policies.apart.items())
        for key, other in policies.canonical.items():
            canonical[other].append(key)
        for policy, documents in policies.documents.items():
            for document in documents:
                named = [number for (one, number), other in apart if one == document and policies.of(other) == policy]
                for key in (policy, *canonical.get(policy, ()), *named):
                    row = {"document": document, "key": key, "canonical": policy, "family": policies.family[policy]}
                    by_part[part_of(document, self.parts)].append(row)
        bodies = [as_bytes(pa.Table.from_pylist(rows, schema=_OWN)) for rows in by_part.values()]
        return as_batch(["_Own"] * len(by_part), list(by_part), bodies)

    def _write(self, folder: Path, rows: Mapping[str, pa.Table], joined: Sequence[Frame]) -> Snapshot:
        """Let the workers write their tables, write those of this process, and the manifest."""
        writer = SnapshotWriter(folder, rules=graph_rules(), decisions=self.decisions.digest)
        shared = self.parts != (WHOLE,)
        # Proofs that no document owns have a part of their own, which only this process fills.
        given = {name: rows[name] for name in (*_OWNED, *(() if shared else ("Evidence",))) if name in rows}
        frames = [*self.frames, *joined]
        if given:
            batch = as_batch(list(given), [WHOLE] * len(given), [as_bytes(table) for table in given.values()])
            frames.append(self.spark.frame(pa.Table.from_batches([batch])))
        frame = _union([one.filter(_one_of(one, (*SPREAD, *_OWNED))) for one in frames])
        files = len(_OWNED) + len(SPREAD) * len(self.parts)
        frame = frame.repartition(min(files, max(self.spark.width, files // 4)), "kind", "bucket")
        frame = frame.sortWithinPartitions("kind", "bucket")
        written = _rows(_tables(self.spark.fetched(self._step(frame, "write", folder))), "_Written")
        shutil.rmtree(folder.parent / "attempts", ignore_errors=True)
        done = {(said.pop("kind"), said.pop("part")): said for said in written}
        for (name, part), said in done.items():
            writer.note(name, part, said)
        for name in tables():
            for part in self.parts if name in SPREAD else (WHOLE,):
                if (name, part) not in done:
                    found = rows.get(name, empty_table(name)) if part in (SHARED, WHOLE) else empty_table(name)
                    writer.put(name, in_order(name, found), part)
        writer.close()
        return Snapshot.open(folder)


def _one_of(frame: Frame, kinds: Iterable[str]) -> Frame:
    return frame["kind"].isin(*kinds)


def _union(frames: Sequence[Frame]) -> Frame:
    found = frames[0].select(*COLUMNS)
    for frame in frames[1:]:
        found = found.unionAll(frame.select(*COLUMNS))
    return found
