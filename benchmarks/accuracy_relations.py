"""Which policy carries out which, over a collection that stands beside the checkout: recall and share of right ones."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.differences import stored
from benchmarks.golds import ROOT, SHARED
from benchmarks.relations import KINDS, judged, lines_of, recall, relations_of
from benchmarks.workshop import heldback_files
from loaders.ingest.graph_build import build

PAIRS, TABLE, FOLDER = SHARED / "families.jsonl", SHARED / "bulk.jsonl", SHARED / "bulk"


def relations() -> Iterator[str]:
    """Yield the lines of the table; one that says so where the collection does not stand beside the checkout."""
    if not (PAIRS.exists() and TABLE.exists() and FOLDER.is_dir()):
        yield "The collection (../shared) does not stand beside this checkout."
        return
    heldback = heldback_files()
    with tempfile.TemporaryDirectory() as scratch:
        files = Path(scratch) / "files"
        files.mkdir()
        for path in FOLDER.iterdir():
            if path.is_file() and f"bulk/{path.name}" not in heldback:
                (files / path.name).write_bytes(path.read_bytes())
        build([files], Path(scratch) / "graph", snapshot_only=True, about=TABLE)
        found = relations_of(stored(Path(scratch) / "graph"))
    came = list(recall(found, [row for row in lines_of(PAIRS) if not {row["child"], row["parent"]} & heldback]))
    rows = lines_of(ROOT / "annotations" / "relations.jsonl")
    yield "| link | pairs | of drafts | found | recall | stated | judged | right | share right |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    for kind in KINDS.values():
        said = [one for of, _, one in came if of == kind]
        drafts, hits = said.count("draft"), said.count("found")
        right, known, _ = judged(found, [row for row in rows if row["kind"] == kind])
        stated = sum(one.kind == kind for one in found.links)
        asked = len(said) - drafts
        shares = f"{hits / asked:.3f}" if asked else "–", f"{right / known:.3f}" if known else "–"
        yield f"| {kind} | {len(said)} | {drafts} | {hits} | {shares[0]} | {stated} | {known} | {right} | {shares[1]} |"
