"""The difference of two snapshots, in rows as stores hold them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from graph.snapshot.arrow_columns import plain_rows, public_table
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.tables import LINK, NODE, names_of, tables

StoredRow = dict[str, Any]
"""A row as stores hold it: the columns that everybody may see, without those that are not known."""

LOOSE = ("Evidence", "Issue")
"""Records that stores hold as nodes, and that no link ends at."""
STORED = (*names_of(NODE), *names_of(LINK), *LOOSE)
"""The tables that stores hold."""
# Above this share of changed rows a bulk load is faster than an update; so few are never too many.
_TOO_MUCH, _FEW = 0.2, 1_000


@dataclass(slots=True)
class Changes:
    """The rows, by table and as stores hold them, to delete, add and change so that one graph becomes another.

    `gone` are rows to delete, `new` rows to add, `other` nodes whose properties change. A link that changes is deleted
    and added again; so is all evidence of a subject whose evidence changes.
    """

    gone: dict[str, list[StoredRow]] = field(default_factory=dict)
    new: dict[str, list[StoredRow]] = field(default_factory=dict)
    other: dict[str, list[StoredRow]] = field(default_factory=dict)


def difference(before: Snapshot, after: Snapshot) -> Changes | None:
    """Return the changes between two written snapshots, None where a bulk load is the better way."""
    if any(before.digests(name).keys() != after.digests(name).keys() for name in STORED):
        return None
    found, count = changes_between(before, after)
    total = sum(after.count(name) for name in STORED)
    return found if count <= max(_TOO_MUCH * total, _FEW) else None


def changes_between(before: Snapshot, after: Snapshot) -> tuple[Changes, int]:
    """Return the changes between two written snapshots, and the number of changed rows."""
    changes, count = Changes(), 0
    for name in STORED:
        old, new = before.digests(name), after.digests(name)
        if old.keys() != new.keys():
            # Another number of parts: the same row may stand in another of them.
            count += _compare(changes, name, _whole(before, name), _whole(after, name))
            continue
        columns = list(tables()[name].public)
        for part in sorted(part for part in new if new[part] != old[part]):
            count += _compare(changes, name, before.part(name, part, columns), after.part(name, part, columns))
    return changes, count + _again(changes, after)


def _again(found: Changes, after: Snapshot) -> int:
    """Add all evidence of the subjects whose evidence changed, in whatever part it stands; return how much it is."""
    subjects = sorted({row["key"] for row in found.gone.get("Evidence", ())})
    found.gone["Evidence"] = [{"key": subject} for subject in subjects]
    wanted, rows = _texts(subjects), found.new.setdefault("Evidence", [])
    for part in after.parts("Evidence") if subjects else ():
        # Most parts hold none of them, which one column tells.
        if pc.any(pc.is_in(after.part("Evidence", part, ["subject"])["subject"], value_set=wanted)).as_py():
            table = public_table("Evidence", after.part("Evidence", part))
            kept = table.filter(pc.is_in(table["subject"], value_set=wanted)).combine_chunks()
            rows += [row for batch in kept.to_batches() for row in plain_rows(batch)]
    return len(rows)


def _whole(snapshot: Snapshot, name: str) -> pa.Table:
    return pa.concat_tables(snapshot.part(name, part) for part in snapshot.parts(name))


def _compare(changes: Changes, name: str, old: pa.Table, new: pa.Table) -> int:
    """Add the difference of one part of a table; return the number of its rows."""
    lost, come = _differing(name, public_table(name, old), public_table(name, new))
    if name == "Evidence":
        subjects = {*pc.unique(lost["subject"]).to_pylist(), *pc.unique(come["subject"]).to_pylist()}
        changes.gone.setdefault(name, []).extend({"key": subject} for subject in subjects)
        return len(subjects)
    both = set(lost["key"].to_pylist()) & set(come["key"].to_pylist())
    for row in _rows(lost):
        if row["key"] not in both or name in names_of(LINK):
            changes.gone.setdefault(name, []).append(row)
    for row in _rows(come):
        kept = changes.other if row["key"] in both and name not in names_of(LINK) else changes.new
        kept.setdefault(name, []).append(row)
    return int(lost.num_rows + come.num_rows)


def _differing(name: str, old: pa.Table, new: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Return the rows of the old table that are missing or different in the new one, and those of the new one likewise."""
    by = "subject" if name == "Evidence" else "key"
    if tables()[name].sort == (by,):
        gone, old = _by_key(old, new)
        fresh, new = _by_key(new, old)
    else:
        gone, fresh = old.slice(0, 0), new.slice(0, 0)
    if old[by].equals(new[by]):
        # The same things in the same order: columns are compared as they stand.
        changed = _unequal(name, old, new)
        lost, come = old.filter(changed), new.filter(changed)
    else:
        lost, come = _by_print(name, old, new), _by_print(name, new, old)
    return pa.concat_tables([gone, lost]), pa.concat_tables([fresh, come])


def _by_key(table: pa.Table, other: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Return the rows whose keys the other table has not, and the rest."""
    there = pc.is_in(table["key"], value_set=other["key"].combine_chunks())
    return (
        (table.slice(0, 0), table) if pc.all(there).as_py() else (table.filter(pc.invert(there)), table.filter(there))
    )


def _unequal(name: str, old: pa.Table, new: pa.Table) -> pa.Array:
    """Return a Boolean for each row of two tables of equal length: true where the rows differ."""
    unequal = pa.chunked_array([pa.nulls(old.num_rows, pa.bool_()).fill_null(False)])
    for column, kind in tables()[name].columns.items():
        if column in old.column_names:
            one, two = (pc.binary_join(t[column], "\x1e") if kind == "texts" else t[column] for t in (old, new))
            other = pc.fill_null(pc.not_equal(one, two), False)
            unequal = pc.or_(unequal, pc.or_(other, pc.xor(pc.is_null(one), pc.is_null(two))))
    return unequal


def _by_print(name: str, table: pa.Table, other: pa.Table) -> pa.Table:
    """Return the rows that the other table has not, in whatever order they stand."""
    return table.filter(pc.invert(pc.is_in(_prints(name, table), value_set=_prints(name, other))))


def _texts(listed: Sequence[str]) -> pa.Array:
    return pa.array(listed, type=pa.string())


def _prints(name: str, table: pa.Table) -> pa.Array:
    """Return for each row a text that is equal for equal rows only."""
    columns = []
    for column, kind in tables()[name].columns.items():
        if column not in table.column_names:
            continue
        values = table[column]
        text = pc.binary_join(values, "\x1e") if kind == "texts" else pc.cast(values, pa.string())
        columns.append(pc.fill_null(text, "\x00"))
    return pc.binary_join_element_wise(*columns, "\x1f").combine_chunks()


def _rows(table: pa.Table) -> list[StoredRow]:
    return [row for batch in table.combine_chunks().to_batches() for row in plain_rows(batch)]
