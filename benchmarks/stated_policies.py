"""What a graph says of documents against what their collection says: `python -m benchmarks.stated_policies GRAPH TABLE`.

TABLE is lines of JSON with `file`, `title`, `doc_number`, `issuer` and `level`. A collection's word is no annotation: a
title counts only where the document prints it, and either the policy's or its notice's may be meant; an issuer is right
where one of the two names holds the other.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from benchmarks.differences import Stored, stored
from graph.identity import normal_doc_number
from graph.text import bare, squeeze

__all__ = ["compared", "main", "measured"]

Row = Mapping[str, Any]
# Levels as collections write them.
_LEVELS = {
    "national": "central",
    "provincial": "province",
    "prefecture": "city",
    "district": "county",
    "township": "town",
}


def compared(said: Row, read: Row, text: str) -> Iterator[tuple[str, bool]]:
    """Yield each field of which the collection says something, and whether the graph (a row of Mention) says the same."""
    title = bare(said.get("title") or "")
    if title and title in text:
        notice = "".join(quote for _, _, quote in json.loads(read["spans"]).get("notice_title", []))
        yield "title", title in (bare(read["title"] or ""), bare(notice))
    if number := said.get("doc_number"):
        yield "number", _number(number) == _number(read["doc_number"] or "")
    if issuer := bare(said.get("issuer") or ""):
        found = bare("".join(read["issuers"]))
        yield "issuer", bool(found) and (issuer in found or found in issuer)
    if level := said.get("level"):
        yield "level", _LEVELS.get(level, level) == read["level"]


def _number(printed: str) -> str:
    return normal_doc_number(printed) or squeeze(printed)


def measured(graph: Stored, table: Iterable[Row]) -> dict[str, tuple[int, int]]:
    """Return of each field how often graph and collection say the same, and of how many documents."""

    def rows(name: str) -> list[Row]:
        return graph.rows(name, list(graph.tables.get(name, {})))

    read: dict[str, Row] = {}
    for mention in rows("Mention"):
        if mention["role"] in ("self", "reports_on"):
            read.setdefault(mention["document"], mention)
    texts = {row["document"]: bare(row["text"]) for row in rows("Text")}
    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for said in table:
        name = PurePosixPath(said["file"]).stem
        if name in read:
            for field, same in compared(said, read[name], texts.get(name, "")):
                every[field] += 1
                right[field] += same
    return {field: (right[field], every[field]) for field in ("title", "number", "issuer", "level")}


def main(arguments: Iterable[str] | None = None) -> int:
    """Print how often graph and collection agree; return 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path)
    parser.add_argument("table", type=Path)
    given = parser.parse_args(None if arguments is None else list(arguments))
    lines = given.table.read_text(encoding="utf-8").split("\n")
    found = measured(stored(given.graph), (json.loads(line) for line in lines if line.strip()))
    for field, (right, every) in found.items():
        print(f"{field:8}{right:6,} of {every:6,}{right / every:8.3f}" if every else f"{field:8}     –")
    return 0


if __name__ == "__main__":
    sys.exit(main())
