"""The tables of a snapshot: their columns and types, derived from the vocabulary; names and plain types only.

Nothing here imports pyarrow, so that a store which answers a question need not either.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from graph.schema.vocabulary import BASE_TYPES, VocabularyKind, schema

SnapshotRow = dict[str, Any]
"""One row of a table, by columns."""
SnapshotRows = dict[str, list[SnapshotRow]]
"""SnapshotRows by the table that they belong to."""

FORMAT = 6
"""The format version of a snapshot; any change of the tables below raises it."""


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table: `columns` by name with their types (`BASE_TYPES`), `sort` the columns that order it.

    `private` columns serve the next build and are not projected into stores. `owner` is the document whose
    reading gave the row, None where several did, CHILD TAB PARENT where a pair of documents gave it.
    """

    name: str
    group: str
    columns: Mapping[str, str]
    sort: tuple[str, ...]
    private: tuple[str, ...] = ()

    @property
    def public(self) -> tuple[str, ...]:
        """The columns that stores hold, in order."""
        return tuple(name for name in self.columns if name not in self.private)


NODE, LINK, RECORD, RAW = "node", "link", "record", "raw"

# What no kind of the vocabulary holds: proofs, issues, texts.
_RECORDS = {
    "Evidence": (
        {
            "subject": "text",
            "property": "text",
            "document": "text",
            "start": "integer",
            "end": "integer",
            "quote": "text",
            "rule": "text",
            # Of what is not read from the text: a table beside the documents, and where in it.
            "table_name": "text",
            "table_row": "integer",
            "table_column": "text",
            # Where the words stand in a file with pages (the box in points from the upper left) or sheets, and how sure
            # one may be of words that were read from a picture.
            "page": "integer",
            "box": "text",
            "sheet": "text",
            "cell": "text",
            "confidence": "number",
            "owner": "text",
        },
        ("subject", "property", "document", "start", "end", "rule"),
    ),
    "Issue": (
        {
            "key": "text",
            "document": "text",
            "code": "text",
            "message": "text",
            "start": "integer",
            "end": "integer",
            "quote": "text",
            "deadline_end": "date",
            "owner": "text",
        },
        ("document", "start", "end", "code", "key"),
    ),
    "Text": ({"document": "text", "text": "text", "owner": "text"}, ("document",)),
}

# What a build keeps of each document and pair so that the next one redoes only what changed.
_RAW = {
    "Mention": (
        {
            "document": "text",
            "order": "integer",
            "role": "text",
            "key": "text",
            "title": "text",
            "doc_number": "text",
            "issuers": "texts",
            "issuer_keys": "texts",
            "level": "text",
            "place": "text",
            "jurisdiction": "text",
            "region": "text",
            "genre": "text",
            "held": "text",
            "issued": "date",
            "printed": "date",
            "valid_from": "date",
            "valid_to": "date",
            "status": "text",
            "period_start": "date",
            "period_end": "date",
            "addressees": "texts",
            "rule": "text",
            "taken_over": "json",
            "endings": "json",
            "spans": "json",
            "places": "json",
            "owner": "text",
        },
        ("document", "order"),
    ),
    "UnitUse": (
        {
            "key": "text",
            "name": "text",
            "jurisdiction": "text",
            "function": "text",
            "form": "text",
            "is_group": "boolean",
            "stands_for": "text",
            "printed": "text",
            "owner": "text",
        },
        ("owner", "key", "printed"),
    ),
    "Pair": (
        {"child": "text", "parent": "text", "fingerprint": "text", "owner": "text"},
        ("child", "parent"),
    ),
}


def _of_kind(kind: VocabularyKind, extra: Mapping[str, str]) -> TableSpec:
    own = {name: type_name if type_name in BASE_TYPES else "text" for name, type_name in kind.properties.items()}
    if kind.source:
        head = {"key": "text", "source": "text", "target": "text"}
        return TableSpec(kind.name, LINK, head | own | {"owner": "text"}, ("key",), ("owner",))
    head = {"key": "text", "name": "text"}
    return TableSpec(kind.name, NODE, head | own | dict(extra) | {"owner": "text"}, ("key",), (*extra, "owner"))


@cache
def tables() -> Mapping[str, TableSpec]:
    """Return every table of a snapshot by name: nodes, links, records, then what only builds use."""
    private: Mapping[str, Mapping[str, str]] = {
        "Document": {"suffix": "text", "about": "text"},
        "Task": {"policy_key": "text", "jurisdiction": "text"},
        "Unit": {"jurisdiction": "text"},
    }
    by_name: dict[str, TableSpec] = {}
    for kind in (*schema().nodes.values(), *schema().edges.values()):
        by_name[kind.name] = _of_kind(kind, private.get(kind.name, {}))
    for group, specs in ((RECORD, _RECORDS), (RAW, _RAW)):
        for name, (columns, sort) in specs.items():
            by_name[name] = TableSpec(name, group, columns, sort, ("owner",))
    return by_name


def names_of(group: str) -> tuple[str, ...]:
    """Return the names of the tables of one group (`node`, `link`, `record`, `raw`), in order."""
    return tuple(spec.name for spec in tables().values() if spec.group == group)
