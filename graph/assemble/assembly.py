"""From what each document says to one graph: rows of documents put together, links between documents made.

The rows that belong to a document, or to a pair of documents, go into the parts that they stand in; parts that
nothing changes are taken over from the graph before. What several documents say together (policies, units, families,
themes) is worked out anew each time, from small tables.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from graph.assemble.join import (
    OF_DOCUMENTS,
    OF_LINKS,
    OF_TASKS,
    DocumentPair,
    assigned,
    has_task,
    join_documents,
    task_counts,
)
from graph.assemble.memory import give_back
from graph.assemble.spill import Spill
from graph.assemble.theme_rows import join_themes
from graph.link.decisions import Decisions
from graph.snapshot.arrow_columns import empty_table, in_order, table_of
from graph.snapshot.partitions import PAIR_MARK, SPREAD, WHOLE, part_of, parts_for, split
from graph.snapshot.snapshot import Snapshot, SnapshotWriter
from graph.snapshot.tables import SnapshotRow, tables

Tables = Mapping[str, pa.Table]
AlignPairs = Callable[[Sequence[DocumentPair]], Iterable[Tables]]
"""Returns the tables DERIVES_FROM, RESEMBLES, Evidence and Pair of pairs of documents, in any order and any number of pieces.

Pair names those that were aligned; one that is not in it is asked for again by the next build.
"""

# Small tables whose rows, all or some, belong to one document.
_SMALL = ("Document", "Issue", "Mention", "UnitUse", "DETAILS")
_PAIRED = ("DERIVES_FROM", "RESEMBLES", "Evidence")
# Large tables that are worked out anew, though most of their rows come out as they were.
_DERIVED = ("HAS_TASK", "IN_THEME")


@dataclass(slots=True)
class Intake:
    """The rows of documents that are new: large tables on their way into parts, small ones in memory."""

    spill: Spill
    small: dict[str, list[pa.Table]] = field(default_factory=lambda: defaultdict(list))
    tasks: list[pa.Table] = field(default_factory=list)
    links: list[pa.Table] = field(default_factory=list)

    def add(self, rows: Tables) -> None:
        """Take the rows of some documents, or of some pairs."""
        self.spill.add({name: table for name, table in rows.items() if name in SPREAD})
        for name, table in rows.items():
            if name not in SPREAD:
                self.small[name].append(table)
        if "Task" in rows:
            self.tasks.append(rows["Task"].select(OF_TASKS))
        if "DERIVES_FROM" in rows:
            self.links.append(rows["DERIVES_FROM"].select(OF_LINKS))


def assemble(
    folder: Path,
    intake: Intake,
    align: AlignPairs,
    decisions: Decisions,
    *,
    documents: int,
    gone: Iterable[str] = (),
    before: Snapshot | None = None,
    rules: str = "",
) -> Snapshot:
    """Write the graph of the documents taken in, and of those of `before` but for `gone`, into `folder`.

    `gone` are the documents that were taken away or read anew; `documents` is how many there are in the end. `align`
    is asked, once, for the pairs of documents of which something is new.
    """
    assembly = _Assembly(folder, intake, frozenset(gone), before, parts_for(documents))
    writer = SnapshotWriter(folder, rules=rules, decisions=decisions.digest)
    rows = assembly.join(align, decisions)
    give_back(thorough=True)
    for name in tables():
        if name not in SPREAD:
            writer.put(name, in_order(name, pa.concat_tables([*assembly.small(name), table_of(name, rows[name])])))
    for name in SPREAD:
        for part in assembly.parts:
            assembly.write(writer, name, part)
    writer.close()
    return Snapshot.open(folder)


class _Assembly:
    """The making of one graph."""

    def __init__(
        self,
        folder: Path,
        intake: Intake,
        gone: frozenset[str],
        before: Snapshot | None,
        parts: tuple[str, ...],
    ) -> None:
        self.intake = intake
        self.gone = gone
        self.before = before
        self.parts = parts
        self.lost_pairs: frozenset[str] = frozenset()
        self.touched_pairs: set[str] = set()
        self.touched: set[str] = {part_of(document, parts) for document in gone}
        self.derived: dict[str, Mapping[str, pa.Table]] = {}
        self.moved: Mapping[str, str] = {}
        self.units_moved = False
        if intake.spill.parts != parts:
            intake.spill = intake.spill.moved(parts)
        # With other parts than before, every old row is moved instead of taken over in its file.
        self.same_parts = before is not None and before.parts("Task") == parts

    # -- what is there of the graph before

    def _kept(self, table: pa.Table, without: Iterable[str]) -> pa.Table:
        """Return the rows that belong to a document, or pair, which is not in `without`."""
        gone = pa.array(sorted(without), type=pa.string())
        owner = table["owner"]
        kept = pc.and_(pc.is_valid(owner), pc.invert(pc.is_in(owner, value_set=gone)))
        return table.filter(pc.fill_null(kept, False))

    def small(self, name: str) -> list[pa.Table]:
        """Return the rows of a small table that belong to documents."""
        found = list(self.intake.small.get(name, ()))
        if self.before is not None and name in _SMALL:
            found.append(self._kept(self.before.table(name), self.gone))
        return found

    def _columns(self, name: str, columns: list[str], new: list[pa.Table], without: Iterable[str]) -> pa.Table:
        """Return some columns of all rows of a large table, old and new."""
        found = list(new)
        if self.before is not None:
            for part in self.before.parts(name):
                found.append(self._kept(self.before.part(name, part, columns), without))
        return pa.concat_tables([empty_table(name).select(columns), *found])

    def _moved_before(self) -> Mapping[str, str]:
        """Return, of each unit that was another in the graph before, the key of the one that stayed."""
        if self.before is None:
            return {}
        units = self.before.part("Unit", WHOLE, ["key", "other_keys"])
        units = units.filter(pc.is_valid(units["other_keys"]))
        return {other: row["key"] for row in units.to_pylist() for other in row["other_keys"]}

    # -- joining

    def join(self, align: AlignPairs, decisions: Decisions) -> Mapping[str, list[SnapshotRow]]:
        """Work out what the documents say together; return the rows of small tables that none of them owns."""
        tasks = self._columns("Task", OF_TASKS, self.intake.tasks, self.gone)
        documents, mentions, uses = (_joined(name, self.small(name)) for name in ("Document", "Mention", "UnitUse"))
        joined = join_documents(documents.select(OF_DOCUMENTS), mentions, uses, task_counts(tasks), decisions)
        rows, policies = joined.rows, joined.policies
        self.moved, self.units_moved = joined.moved, joined.moved != self._moved_before()
        evidence = table_of("Evidence", rows.pop("Evidence", []))
        kept = self._align(joined.pairs, align)
        rows["Pair"] = [pair.row for pair in joined.pairs if pair.owner in kept]
        links = self._columns("DERIVES_FROM", OF_LINKS, self.intake.links, self.lost_pairs)
        themes, in_theme = join_themes(tasks, links, policies)
        rows["Theme"] = themes
        self.derived = {
            "HAS_TASK": split(has_task(tasks, policies), self.parts),
            "IN_THEME": split(in_theme, self.parts),
        }
        self.intake.spill.add({"Evidence": evidence})
        self._move()
        return rows

    def _align(self, pairs: Sequence[DocumentPair], align: AlignPairs) -> set[str]:
        """AlignPairs the pairs that are new or rest on something new; return the others, note those that are of no more use."""
        old: dict[str, str] = {}
        if self.before is not None:
            listed = self.before.rows("Pair")
            old = {f"{row['child']}{PAIR_MARK}{row['parent']}": row["fingerprint"] for row in listed}
        kept = {pair.owner for pair in pairs if old.get(pair.owner) == pair.fingerprint}
        self.lost_pairs = frozenset(set(old) - kept)
        self.touched_pairs = {part_of(owner, self.parts) for owner in self.lost_pairs}
        if fresh := [pair for pair in pairs if pair.owner not in kept]:
            for aligned in align(fresh):
                self.intake.add(aligned)
        return kept

    def _move(self) -> None:
        """Where the parts are others than before, take in all that stays of the old ones."""
        if self.before is None or self.same_parts:
            return
        for name in SPREAD:
            if name not in _DERIVED:
                for part in self.before.parts(name):
                    old = self._kept(self.before.part(name, part), self.gone | self.lost_pairs)
                    self.intake.spill.add({name: old})

    # -- writing

    def write(self, writer: SnapshotWriter, name: str, part: str) -> None:
        """Write one part of a large table, or take it over where nothing in it changed."""
        base = self.before if self.same_parts else None
        if name in _DERIVED:
            table = in_order(name, self.derived[name].get(part, empty_table(name)))
            if base is not None and base.part(name, part).equals(table):
                writer.keep(name, base, part)
            else:
                writer.put(name, table, part)
            return
        paired = name in _PAIRED
        lost = self.gone | self.lost_pairs if paired else self.gone
        touched = part in self.touched or (paired and part in self.touched_pairs)
        if base is not None and not touched and not self.intake.spill.has(name, part):
            old = base.part(name, part) if name == "ASSIGNED_TO" and self.units_moved else None
            if old is None or (table := assigned(old, self.moved)).equals(old):
                writer.keep(name, base, part)
            else:
                writer.put(name, table, part)
            return
        new = self.intake.spill.take(name, part)
        if base is not None:
            new = pa.concat_tables([new, self._kept(base.part(name, part), lost)])
        if name == "ASSIGNED_TO":
            new = assigned(new, self.moved)
        writer.put(name, in_order(name, new), part)


def _joined(name: str, found: Sequence[pa.Table]) -> pa.Table:
    return pa.concat_tables([empty_table(name), *found])
