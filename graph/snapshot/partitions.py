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
    "Text",
    "Task",
    "Target",
    "HAS_TARGET",
    "ASSIGNED_TO",
    "HAS_TASK",
    "IN_THEME",
    "DERIVES_FROM",
    "RESEMBLES",
    "Evidence",
)
"""The tables that are in parts."""

# Few documents stand in one file; from so many documents on, each large table is in so many parts, such that one part
# is never more than a process can hold. It depends on the number of documents alone, so that the same documents give
# the same files.
_STEPS = ((3_000_000, 4096), (200_000, 256), (200, 16))


def parts_for(documents: int) -> tuple[str, ...]:
    """Return the names of the parts that a large table has in a graph of so many documents.

    >>> parts_for(3), parts_for(500)[-2:], len(parts_for(10_000_000))
    (('',), ('15', 'shared'), 4097)
    """
    many = next((many for least, many in _STEPS if documents >= least), 0)
    if not many:
        return (WHOLE,)
    return (*(f"{number:02d}" for number in range(many)), SHARED)


def part_of(owner: str | None, parts: tuple[str, ...]) -> str:
    """Return the part of the rows of a document, or of a pair of documents (that of the child)."""
    if len(parts) == 1:
        return parts[0]
    if owner is None:
        return SHARED
    return parts[_hash(owner.partition(PAIR_MARK)[0]) % (len(parts) - 1)]


@lru_cache(maxsize=200_000)
def _hash(document: str) -> int:
    return int.from_bytes(hashlib.sha256(document.encode()).digest()[:2], "little")


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


def bucket_of(name: str, many: int) -> str:
    """Return the bucket (0-based, of so many) that a name falls into; the same on every machine."""
    return str(_hash(name) % many)
