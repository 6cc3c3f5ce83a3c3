"""The rows in which two graphs differ: `python -m benchmarks.differences BEFORE AFTER [TABLE …]`.

BEFORE and AFTER are folders of graphs (`--store`), or of snapshots. A row is told by the columns that order its table, but
for the place in the text, so that a quote that moved is one changed row and not a lost and a gained one. It ends with 0
where every row is the same, with 1 where rows differ or stand in another order, with 2 where a graph cannot be read.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from graph.errors import StoreError
from graph.snapshot.snapshot import MANIFEST, path_of
from graph.snapshot.tables import tables
from graph.store.home import Home

__all__ = ["Change", "Stored", "TableDifference", "compare", "main", "stored"]

# Where a row's words stand changes with every word before them; it does not tell which row it is.
_PLACE = ("start", "end")
# Characters of a value before the first one that differs.
_LEAD = 30

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Stored:
    """A snapshot in a folder and what its manifest says; of any format, since changes of format are compared too."""

    folder: Path
    manifest: Mapping[str, Any]

    @property
    def tables(self) -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
        """Every table by name, with its parts: the rows and the digest of each."""
        found: Mapping[str, Mapping[str, Mapping[str, Any]]] = self.manifest["tables"]
        return found

    def count(self, name: str) -> int:
        """Return the number of rows of a table, 0 where there is none of that name."""
        return sum(said["rows"] for said in self.tables.get(name, {}).values())

    def rows(self, name: str, parts: Sequence[str]) -> list[Row]:
        """Return the rows of some parts of a table, in order.

        Raises:
            StoreError: a file is not there or is no Parquet.
        """
        rows: list[Row] = []
        for part in parts:
            path = path_of(self.folder, name, part)
            try:
                rows += pq.ParquetFile(path).read().to_pylist()
            except (OSError, pa.ArrowException) as error:
                raise StoreError("{path}: the table cannot be read; rebuild with zhengmai build", path=path) from error
        return rows


@dataclass(frozen=True, slots=True)
class Change:
    """One row before and after; None on the side where it is not."""

    key: tuple[Any, ...]
    before: Row | None
    after: Row | None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns whose values differ; what is not known and a column that is not there are the same."""
        before, after = self.before or {}, self.after or {}
        return tuple(name for name in {**before, **after} if before.get(name) != after.get(name))


@dataclass(frozen=True, slots=True)
class TableDifference:
    """How one table differs: `files` tells that its bytes do, which alone is no difference of rows."""

    name: str
    rows: tuple[int, int]
    changes: tuple[Change, ...] = ()
    reordered: bool = False
    files: bool = False

    def __bool__(self) -> bool:
        """Tell whether an answer could differ."""
        return bool(self.changes) or self.reordered

    @property
    def counts(self) -> str:
        """The numbers of rows that changed, are lost and gained, such as `2 changed, 1 lost`."""
        found = Counter(
            "changed" if one.before and one.after else "lost" if one.before else "gained" for one in self.changes
        )
        return ", ".join(f"{found[kind]:,} {kind}" for kind in ("changed", "lost", "gained") if found[kind])


def stored(path: Path) -> Stored:
    """Return the snapshot that answers in a graph's folder, or the one whose folder is given.

    Raises:
        StoreError: there is none, or its manifest cannot be read.
    """
    folder = path if (path / MANIFEST).exists() else Home(path).snapshot()
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError("{folder}: no snapshot here; make one with zhengmai build", folder=folder) from error
    return Stored(folder, manifest)


def compare(before: Stored, after: Stored, name: str) -> TableDifference:
    """Return how one table of two snapshots differs; parts whose files are the same are not opened.

    Raises:
        StoreError: a file that must be read cannot be.
    """
    old, new = before.tables.get(name, {}), after.tables.get(name, {})
    counts = before.count(name), after.count(name)
    if old == new:
        return TableDifference(name, counts)
    rows = [
        one.rows(name, [part for part, said in mine.items() if said != others.get(part)])
        for one, mine, others in ((before, old, new), (after, new, old))
    ]
    changes = tuple(_changes(name, *rows))
    reordered = not changes and old.keys() == new.keys() and rows[0] != rows[1]
    return TableDifference(name, counts, changes, reordered, files=True)


def _changes(name: str, before: Sequence[Row], after: Sequence[Row]) -> Iterator[Change]:
    """Yield the rows that differ in the order of their keys; of several rows of one key, equal ones are left out."""
    columns = tuple(dict.fromkeys([*(after[0] if after else ()), *(before[0] if before else ())]))
    old, new = ([_frozen(row, columns) for row in rows] for rows in (before, after))
    lost, gained = Counter(old) - Counter(new), Counter(new) - Counter(old)
    told = _telling(name, columns)
    by_key: dict[tuple[Any, ...], tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
    for side, (left, frozen, rows) in enumerate(((lost, old, before), (gained, new, after))):
        for one, row in zip(frozen, rows, strict=True):
            if left[one]:
                left[one] -= 1
                by_key[tuple(row.get(column) for column in told)][side].append(row)
    for key in sorted(by_key, key=str):
        olds, news = by_key[key]
        for at in range(max(len(olds), len(news))):
            yield Change(key, olds[at] if at < len(olds) else None, news[at] if at < len(news) else None)


def _telling(name: str, columns: Sequence[str]) -> tuple[str, ...]:
    """Return the columns that tell a row of a table from the others; a table of another format goes by its key."""
    spec = tables().get(name)
    found = tuple(column for column in (spec.sort if spec else ("key",)) if column not in _PLACE)
    return found if set(found) <= set(columns) else tuple(columns)


def _frozen(row: Row, columns: Sequence[str]) -> Hashable:
    values = (row.get(column) for column in columns)
    return tuple(tuple(one) if isinstance(one, list) else one for one in values)


# -- in words


def lines(difference: TableDifference, limit: int | None, width: int) -> Iterator[str]:
    """Yield how a table differs: the counts, then `limit` rows at most (None: all), values cut to `width`."""
    if not difference:
        if difference.files:
            yield f"{difference.name}: the same {difference.rows[1]:,} rows, in other bytes"
        return
    said = "the same rows in another order" if difference.reordered else difference.counts
    yield f"{difference.name}: {said} ({difference.rows[0]:,} rows, then {difference.rows[1]:,})"
    shown = difference.changes if limit is None else difference.changes[:limit]
    for change in shown:
        yield from _of_change(change, width)
    if left := len(difference.changes) - len(shown):
        yield f"  … and {left:,} more rows"


def _of_change(change: Change, width: int) -> Iterator[str]:
    key = " ".join(str(part) for part in change.key if part is not None)
    if change.before and change.after:
        yield f"  ~ {key}"
        for column in change.columns:
            before, after = _around(repr(change.before.get(column)), repr(change.after.get(column)), width)
            yield f"      {column}: {before} → {after}"
        return
    row = change.after or change.before or {}
    yield f"  {'+' if change.after else '-'} {key}"
    told = ", ".join(f"{column}={_cut(repr(value), 0, width)}" for column, value in row.items() if value is not None)
    yield f"      {_cut(told, 0, 4 * width)}"


def _around(before: str, after: str, width: int) -> tuple[str, str]:
    """Return two values cut to `width` around the first character that differs."""
    same = (at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other)
    first = next(same, min(len(before), len(after)))
    start = max(0, first - _LEAD) if max(len(before), len(after)) > width else 0
    return _cut(before, start, width), _cut(after, start, width)


def _cut(text: str, start: int, width: int) -> str:
    return ("…" if start else "") + text[start : start + width] + ("…" if len(text) > start + width else "")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the differences and a line that sums them up; return the exit code."""
    asked = _arguments(arguments)
    try:
        before, after = stored(asked.before), stored(asked.after)
        known = list(dict.fromkeys([*after.tables, *before.tables]))
        if unknown := sorted(set(asked.tables) - set(known)):
            sys.stderr.write(f"{unknown[0]}: no table of that name; there are {' '.join(known)}\n")
            return 2
        for what in ("format", "decisions", "rules"):
            if before.manifest.get(what) != after.manifest.get(what):
                sys.stdout.write(f"{what}: {before.manifest.get(what)} → {after.manifest.get(what)}\n")
        names = asked.tables or known
        differing = []
        for name in names:
            one = compare(before, after, name)
            sys.stdout.writelines(f"{line}\n" for line in lines(one, None if asked.all else asked.limit, asked.width))
            if one:
                differing.append(f"{name} {len(one.changes):,}" if one.changes else f"{name} (order)")
    except StoreError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if differing:
        sys.stdout.write(f"{len(differing)} of {len(names)} tables differ: {', '.join(differing)}\n")
        return 1
    sys.stdout.write(f"no row of {len(names)} tables differs\n")
    return 0


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.differences", description="List the rows in which two graphs differ."
    )
    parser.add_argument("before", type=Path, help="a graph's folder, or a snapshot's")
    parser.add_argument("after", type=Path)
    parser.add_argument("tables", nargs="*", metavar="TABLE", help="only these tables")
    parser.add_argument(
        "--limit", type=int, default=10, help="so many rows of each table are shown (10); 0: only counts"
    )
    parser.add_argument("--all", action="store_true", help="all rows that differ are shown")
    parser.add_argument("--width", type=int, default=120, help="characters of a value that are shown (120)")
    return parser.parse_args(given)


if __name__ == "__main__":
    sys.exit(main())
