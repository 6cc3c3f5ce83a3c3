"""Checks of a whole graph: ends, kinds, required properties, closed lists, and proofs that slice to their quotes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from graph.schema.vocabulary import VocabularyKind, schema
from graph.snapshot.tables import LINK, NODE, names_of

if TYPE_CHECKING:
    from graph.snapshot.snapshot import Snapshot

# A list of cases stops at this many, with the number of all.
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """One rule that a graph breaks: `where` (table, column), `rule` in words, `cases` the first of `count`."""

    where: str
    rule: str
    cases: tuple[str, ...]
    count: int

    def __str__(self) -> str:
        """Return the fault in one line."""
        more = f" and {self.count - len(self.cases)} more" if self.count > len(self.cases) else ""
        return f"{self.where}: {self.rule}: {', '.join(self.cases)}{more}"


def validate(snapshot: "Snapshot") -> list[Fault]:
    """Return every rule that the graph breaks; an empty list for a sound one."""
    return [
        *(fault for kind in schema().nodes.values() for fault in _columns(snapshot, kind)),
        *(fault for kind in schema().edges.values() for fault in _columns(snapshot, kind)),
        *(fault for name in (*names_of(NODE), *names_of(LINK), "Issue") for fault in _unique(snapshot, name)),
        *(fault for kind in schema().edges.values() for fault in _ends(snapshot, kind)),
        *_subjects(snapshot),
        *_quotes(snapshot),
    ]


def _fault(where: str, rule: str, keys: pa.ChunkedArray | pa.Array) -> Iterator[Fault]:
    if len(keys):
        yield Fault(where, rule, tuple(str(one) for one in keys.slice(0, _SHOWN).to_pylist()), len(keys))


def _columns(snapshot: "Snapshot", kind: VocabularyKind) -> Iterator[Fault]:
    table = snapshot.table(kind.name)
    required = ("key", "source", "target") if kind.source else ("key", "name")
    for name in (*required, *kind.required):
        yield from _fault(
            f"{kind.name}.{name}", "is required and missing of", table.filter(pc.is_null(table[name]))["key"]
        )
    values = schema().values
    for name, type_name in kind.properties.items():
        if type_name in values:
            known = pa.array(list(values[type_name]), type=pa.string())
            wrong = pc.and_(pc.is_valid(table[name]), pc.invert(pc.is_in(table[name], value_set=known)))
            yield from _fault(
                f"{kind.name}.{name}", f"is no value of the list {type_name} at", table.filter(wrong)["key"]
            )


def _unique(snapshot: "Snapshot", name: str) -> Iterator[Fault]:
    counts = pc.value_counts(snapshot.table(name)["key"])
    if len(counts):
        twice = counts.filter(pc.greater(counts.field("counts"), 1))
        yield from _fault(name, "has more than one of the key", twice.field("values"))


def _keys(snapshot: "Snapshot", names: tuple[str, ...]) -> pa.ChunkedArray:
    return pa.chunked_array(
        [chunk for name in names for chunk in snapshot.table(name)["key"].chunks], type=pa.string()
    ).combine_chunks()


def _ends(snapshot: "Snapshot", kind: VocabularyKind) -> Iterator[Fault]:
    table = snapshot.table(kind.name)
    for end, labels in (("source", kind.source), ("target", kind.target)):
        there = pc.is_in(table[end], value_set=_keys(snapshot, labels))
        rule = f"ends at nothing of the kinds {', '.join(labels)}:"
        yield from _fault(f"{kind.name}.{end}", rule, table.filter(pc.invert(there))["key"])
        if len(labels) > 1:
            # One key on two kinds of node would make the link's end a guess.
            twice = pc.value_counts(_keys(snapshot, labels))
            double = twice.filter(pc.greater(twice.field("counts"), 1)).field("values") if len(twice) else twice
            yield from _fault(f"{kind.name}.{end}", "could be a node of two kinds:", double)


def _subjects(snapshot: "Snapshot") -> Iterator[Fault]:
    evidence = snapshot.table("Evidence")
    known = _keys(snapshot, (*names_of(NODE), *names_of(LINK)))
    lost = evidence.filter(pc.invert(pc.is_in(evidence["subject"], value_set=known)))
    yield from _fault("Evidence.subject", "is the key of nothing:", pc.unique(lost["subject"]))


def _quotes(snapshot: "Snapshot") -> Iterator[Fault]:
    """Check that every evidence and issue slices, in its document's text, to its quote."""
    texts = snapshot.table("Text")
    held = dict(zip(texts["document"].to_pylist(), texts["text"].to_pylist(), strict=True))
    for name, key in (("Evidence", "subject"), ("Issue", "key")):
        wrong: list[str] = []
        table = snapshot.table(name).select([key, "document", "start", "end", "quote"])
        for batch in table.to_batches(max_chunksize=50_000):
            rows = zip(*(column.to_pylist() for column in batch.columns), strict=True)
            wrong += [
                f"{subject} in {document}"
                for subject, document, start, end, quote in rows
                if start is not None and held.get(document, "")[start:end] != quote
            ]
        yield from _fault(f"{name}.quote", "is not what stands at its place:", pa.array(wrong, type=pa.string()))
