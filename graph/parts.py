"""Large tables in parts: the rows of each document stand in one of a few files, so that a change rewrites one."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc

PAIR_MARK = "\t"
"""Between the documents of a pair, in the column `owner`."""
WHOLE = ""
"""The name of the only part of a table that is in one piece."""
SHARED = "shared"
"""The part of the rows that no document owns."""
SPREAD = (
    "Text", "Task", "Target", "HAS_TARGET", "ASSIGNED_TO", "HAS_TASK", "IN_THEME", "DERIVES_FROM", "Evidence",
)  # fmt: skip
"""The tables that are in parts."""

# Few documents stand in one file; from here on each large table is in this many. It depends on the number of
# documents alone, so that the same documents give the same files.
_FROM, _MANY = 200, 16


def parts_for(documents: int) -> tuple[str, ...]:
    """Return the names of the parts that a large table has in a graph of so many documents."""
    if documents < _FROM:
        return (WHOLE,)
    return (*(f"{number:02d}" for number in range(_MANY)), SHARED)


@lru_cache(maxsize=200_000)
def part_of(owner: str | None, parts: tuple[str, ...]) -> str:
    """Return the part of the rows of a document, or of a pair of documents (that of the child)."""
    if parts == (WHOLE,):
        return WHOLE
    if owner is None:
        return SHARED
    document = owner.partition(PAIR_MARK)[0]
    return parts[hashlib.sha256(document.encode()).digest()[0] % (len(parts) - 1)]


def split(table: pa.Table, parts: tuple[str, ...]) -> Mapping[str, pa.Table]:
    """Return the rows of each part that has any."""
    if parts == (WHOLE,):
        return {WHOLE: table}
    if not table.num_rows:
        return {}
    owners = pc.dictionary_encode(table["owner"].combine_chunks())
    names = [part_of(owner, parts) for owner in owners.dictionary.to_pylist()]
    places = pa.array([*names, SHARED], type=pa.string()).take(pc.fill_null(owners.indices, len(names)))
    found = sorted(pc.unique(places).to_pylist())
    return {part: table.filter(pc.equal(places, part)) for part in found}
