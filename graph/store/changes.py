"""What changed between two snapshots, in rows as stores hold them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graph.tables import LINK, NODE, names_of, tables

if TYPE_CHECKING:
    import pyarrow as pa

    from graph.snapshot import Snapshot

Row = dict[str, Any]

LOOSE = ("Evidence", "Issue")
"""Records that stores hold as nodes, and that no link ends at."""
STORED = (*names_of(NODE), *names_of(LINK), *LOOSE)
"""The tables that stores hold."""
# Above this share of changed rows a bulk load is faster than an update; so few are never too many.
_TOO_MUCH, _FEW = 0.2, 1_000


@dataclass(slots=True)
class Changes:
    """What turns one graph into another: rows by table, as stores hold them.

    `gone` are rows that are taken away, `new` rows that are put in, `other` nodes whose properties change. A link
    that changes goes and comes; so does all evidence of a subject whose evidence changes.
    """

    gone: dict[str, list[Row]] = field(default_factory=dict)
    new: dict[str, list[Row]] = field(default_factory=dict)
    other: dict[str, list[Row]] = field(default_factory=dict)


def difference(before: "Snapshot", after: "Snapshot") -> Changes | None:
    """Return what changed between two written snapshots, or None where a bulk load is the better way."""
    if any(before.digests(name).keys() != after.digests(name).keys() for name in STORED):
        return None
    found, count = changes_between(before, after)
    total = sum(after.count(name) for name in STORED)
    return found if count <= max(_TOO_MUCH * total, _FEW) else None


def changes_between(before: "Snapshot", after: "Snapshot") -> "tuple[Changes, int]":
    """Return what changed between two written snapshots, and the number of its rows."""
    found, count = Changes(), 0
    for name in STORED:
        old, new = before.digests(name), after.digests(name)
        if old.keys() != new.keys():
            # Another number of parts: the same row may stand in another of them.
            count += _compare(found, name, _whole(before, name), _whole(after, name))
            continue
        for part in sorted(part for part in new if new[part] != old[part]):
            count += _compare(found, name, before.part(name, part), after.part(name, part))
    return found, count + _again(found, after)


def _again(found: Changes, after: "Snapshot") -> int:
    """Add all evidence of the subjects whose evidence changed, in whatever part it stands; return how much it is."""
    import pyarrow.compute as pc

    from graph.columns import plain_rows, public_table

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


def _whole(snapshot: "Snapshot", name: str) -> "pa.Table":
    import pyarrow as pa

    return pa.concat_tables(snapshot.part(name, part) for part in snapshot.parts(name))


def _compare(found: Changes, name: str, old: "pa.Table", new: "pa.Table") -> int:
    """Add the difference of one part of a table; return the number of its rows."""
    import pyarrow.compute as pc

    from graph.columns import plain_rows, public_table

    old, new = (_with_print(name, public_table(name, table)) for table in (old, new))
    lost = old.filter(pc.invert(pc.is_in(old["print"], value_set=new["print"].combine_chunks())))
    come = new.filter(pc.invert(pc.is_in(new["print"], value_set=old["print"].combine_chunks())))
    if name == "Evidence":
        subjects = {*pc.unique(lost["subject"]).to_pylist(), *pc.unique(come["subject"]).to_pylist()}
        found.gone.setdefault(name, []).extend({"key": subject} for subject in subjects)
        return len(subjects)
    both = set(lost["key"].to_pylist()) & set(come["key"].to_pylist())
    for row in _rows(lost, plain_rows):
        if row["key"] not in both or name in names_of(LINK):
            found.gone.setdefault(name, []).append(row)
    for row in _rows(come, plain_rows):
        kept = found.other if row["key"] in both and name not in names_of(LINK) else found.new
        kept.setdefault(name, []).append(row)
    return int(lost.num_rows + come.num_rows)


def _texts(listed: Sequence[str]) -> "pa.Array":
    import pyarrow as pa

    return pa.array(listed, type=pa.string())


def _with_print(name: str, table: "pa.Table") -> "pa.Table":
    """Return the table with a column that is equal for equal rows only."""
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = []
    for column, kind in tables()[name].columns.items():
        if column not in table.column_names:
            continue
        values = table[column]
        text = pc.binary_join(values, "\x1e") if kind == "texts" else pc.cast(values, pa.string())
        columns.append(pc.fill_null(text, "\x00"))
    return table.append_column("print", pc.binary_join_element_wise(*columns, "\x1f"))


def _rows(table: "pa.Table", plain_rows: Any) -> list[Row]:  # noqa: ANN401
    plain = table.drop_columns(["print"]).combine_chunks()
    return [row for batch in plain.to_batches() for row in plain_rows(batch)]
