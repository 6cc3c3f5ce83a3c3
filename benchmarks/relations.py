"""Which policy carries out which: `python -m benchmarks.relations GRAPH [--pairs TABLE] [--judged TABLE] [--list]`.

GRAPH is a folder of a graph (`--store`). TABLE is lines of JSON with `child` and `parent` (files), `relation`
(`whole-document`: the lower document says that it carries out the upper one, IMPLEMENTS; `task-level`: one item of it does,
TAKES_OVER) and `evidence` (the sentence). A pair of which the graph does not hold both documents is left out and counted.
`--judged` are relations that somebody read and judged (annotations/relations.jsonl): the share of the stated ones that is
right, and those that nobody judged yet. `--list` prints every stated relation of two policies that are held, with its words, to be judged by reading.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from benchmarks.differences import Stored, stored

__all__ = ["KINDS", "Relation", "Relations", "judged", "lines_of", "main", "recall", "relations_of"]

Row = Mapping[str, Any]
KINDS = {"whole-document": "IMPLEMENTS", "task-level": "TAKES_OVER"}
"""The link that a relation of the table of pairs asks for."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One link from a policy that a document holds, or from a task of it, to a policy that another holds."""

    kind: str
    child: str
    parent: str
    source: str
    target: str
    words: str


@dataclass(slots=True)
class Relations:
    """What a graph says of relations: all of them, of each document the name of its policy, and which are drafts."""

    links: list[Relation] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)
    drafts: set[str] = field(default_factory=set)

    def between(self, child: str, parent: str, kind: str) -> list[Relation]:
        """Return the links of a kind from one document to another."""
        return [one for one in self.links if (one.kind, one.child, one.parent) == (kind, child, parent)]


def relations_of(graph: Stored) -> Relations:
    """Return the relations that a graph states between what documents hold, in order."""

    def rows(name: str) -> list[Row]:
        return graph.rows(name, list(graph.tables.get(name, {})))

    holding: dict[str, list[str]] = defaultdict(list)
    for kind in ("RECORDS", "REPORTS_ON"):
        for row in rows(kind):
            holding[row["target"]].append(row["source"])
    policies = {row["key"]: row for row in rows("Policy")}
    found = Relations()
    for key, documents in holding.items():
        policy = policies[key]
        for document in documents:
            found.named[document] = policy["title"] or policy["doc_number"] or ""
            if policy.get("status") == "draft":
                found.drafts.add(document)
    proofs: dict[str, str] = {}
    texts = {row["document"]: row["text"] for row in rows("Text")}
    for row in rows("Evidence"):
        if row["property"] == "itself":
            proofs.setdefault(row["subject"], _around(texts.get(row["document"], ""), row))
    owner = {row["key"]: row["document"] for row in rows("Task")}
    for row in (*rows("IMPLEMENTS"), *rows("TAKES_OVER")):
        kind = row["key"].split(" ", 1)[0]
        children = [owner[row["source"]]] if kind == "TAKES_OVER" else holding.get(row["source"], [])
        for child in children:
            for parent in holding.get(row["target"], []):
                words = proofs.get(row["key"], "")
                found.links.append(Relation(kind, child, parent, row["source"], row["target"], words))
    found.links.sort(key=lambda one: (one.kind, one.child, one.parent))
    return found


def _around(text: str, proof: Row) -> str:
    """Return the words of a proof with the sentence before them."""
    if proof["start"] is None:
        return str(proof["quote"])
    start = max(text.rfind("。", 0, proof["start"]) + 1, proof["start"] - 90)
    return text[start : proof["end"] + 30].replace("\n", "")


def recall(found: Relations, pairs: Iterable[Row]) -> Iterator[tuple[str, Row, str]]:
    """Yield each pair of documents that the graph holds: the kind of link, the pair, and what became of it.

    `found`, `missed`, `nameless` (the policy of the upper document has no name in the graph, and so cannot be found by
    one), `draft` (one of the two, which carries out nothing and is not carried out) or `other` (a link of the other kind).
    """
    for pair in pairs:
        child, parent = (document_of(pair[name], found.named) for name in ("child", "parent"))
        kind = KINDS[pair["relation"]]
        if child is None or parent is None:
            continue
        other = "TAKES_OVER" if kind == "IMPLEMENTS" else "IMPLEMENTS"
        if found.between(child, parent, kind):
            yield kind, pair, "found"
        elif found.between(child, parent, other):
            yield kind, pair, "other"
        elif {child, parent} & found.drafts:
            yield kind, pair, "draft"
        else:
            yield kind, pair, "missed" if found.named[parent] else "nameless"


def document_of(file: str, documents: Collection[str]) -> str | None:
    """Return the document that a file of the table is: known by the path below any folder above it."""
    path = PurePosixPath(file)
    parts = (path.with_suffix("") if path.suffix in (".txt", ".html", ".md") else path).parts
    names = ("/".join(parts[at:]) for at in range(len(parts)))
    return next((name for name in names if name in documents), None)


def _print_recall(found: Relations, pairs: list[Row]) -> None:
    judged = list(recall(found, pairs))
    print(f"pairs {len(pairs)}, of documents that the graph holds {len(judged)}")
    for kind in KINDS.values():
        came = [said for of, _, said in judged if of == kind]
        named = sum(said not in ("nameless", "draft") for said in came)
        right = came.count("found")
        share = f"{right / named:.3f}" if named else "–"
        print(f"{kind:12}{right:4} of {named:4} with a name{share:>8}   all {len(came)}")
    for kind, pair, said in judged:
        if said != "found":
            print(f"  {said:9}{kind:12}{pair['child']} -> {pair['parent']}: {pair['evidence'][-160:]}")


def judged(found: Relations, rows: Iterable[Row]) -> tuple[int, int, list[Relation]]:
    """Return how many stated relations are right, how many were judged, and those that nobody judged."""
    said = {
        (
            row["kind"],
            document_of(row["child"], found.named),
            document_of(row["parent"], found.named),
            row.get("path", ""),
        ): row
        for row in rows
    }
    right, known, unknown = 0, 0, []
    for one in found.links:
        path = one.source.rpartition("/")[2] if one.kind == "TAKES_OVER" else ""
        if (row := said.get((one.kind, one.child, one.parent, path))) is None:
            unknown.append(one)
        else:
            known += 1
            right += row["right"]
    return right, known, unknown


def lines_of(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def main(arguments: Iterable[str] | None = None) -> int:
    """Print recall over the pairs and, where it is asked for, every relation with its words; return 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--pairs", type=Path, help="lines of JSON: child, parent, relation, evidence")
    parser.add_argument("--judged", type=Path, help="lines of JSON: kind, child, parent, path, right")
    parser.add_argument("--list", action="store_true", help="print every relation with its words")
    given = parser.parse_args(None if arguments is None else list(arguments))
    found = relations_of(stored(given.graph))
    print(", ".join(f"{kind} {sum(one.kind == kind for one in found.links)}" for kind in KINDS.values()))
    if given.pairs:
        _print_recall(found, lines_of(given.pairs))
    if given.judged:
        right, known, unknown = judged(found, lines_of(given.judged))
        print(f"judged {known}, of which right {right}; not judged {len(unknown)}")
        for one in unknown:
            print(f"  not judged {one.kind} {one.source} -> {one.target}")
    for one in found.links if given.list else ():
        print(f"{one.kind} {one.child} -> {one.parent}\n  {found.named[one.child]}\n  {found.named[one.parent]}")
        print(f"  {one.source} -> {one.target}\n  {one.words}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
