"""Floors under the accuracy on annotated documents: every field, and the cascade of every pair."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from graph.link.tasks.align_tasks import align
from graph.link.tasks.task_view import from_reading
from graph.model import Reading
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.validate import validate
from graph.store.home import Home
from loaders.gold.evaluate import Report, evaluate
from loaders.ingest.graph_build import build
from loaders.read.registry import known_suffixes
from loaders.reading.document_reading import read_file
from tests.shared import ROOT, SHARED, needs_shared

FIELD_FLOOR = 0.97
CASCADE_FLOOR = 0.95
# A field with fewer rows than this is judged by its errors: one is allowed (docs/annotation.md, How it is scored).
FEW = 20


def links(child: Reading, parent: Reading) -> Sequence[Mapping[str, Any]]:
    found = align(from_reading(child), from_reading(parent))
    return [
        {"child": link.child, "parent": link.parent, "relation": link.relation, "score": link.score} for link in found
    ]


@cache
def report(gold: Path, documents: Path) -> Report:
    files = {path.stem: path for path in sorted(documents.iterdir()) if path.suffix in known_suffixes()}
    return evaluate(gold, lambda name: read_file(files[name], name) if name in files else None, links)


def check(gold: Path, documents: Path) -> None:
    found = report(gold, documents)
    assert not found.absent
    assert found.documents
    for score in found.overall():
        if score.gold + score.found == 0:
            continue
        floor = CASCADE_FLOOR if score.field == "cascade" else FIELD_FLOOR
        good = score.errors <= 1 if score.gold < FEW else (score.f1 or 0) >= floor
        assert good, f"{score.field}: F1 {score.f1}, {score.errors} errors"
    for pair in found.pairs:
        assert (pair.f1 or 0) >= CASCADE_FLOOR, f"{pair.document}: F1 {pair.f1}; {pair.missed} {pair.invented}"


def test_the_sample_is_read_and_linked_as_its_gold_says() -> None:
    check(ROOT / "samples" / "gold", ROOT / "samples" / "lanjiang")


@needs_shared
def test_the_annotated_real_documents_are_read_and_linked_as_their_gold_says() -> None:
    check(SHARED / "gold", SHARED / "seeds")


@needs_shared
def test_the_seeds_build_in_one_run_and_a_stranger_gets_no_link(tmp_path: Path) -> None:
    built = build([SHARED / "seeds"], tmp_path / "store")
    assert not built.failures
    snapshot = Snapshot.open(Home(tmp_path / "store").snapshot())
    found = [(row["source"], row["target"]) for row in snapshot.rows("DERIVES_FROM")]
    assert len(found) > 60
    assert not [pair for pair in found if any(key.startswith("xuancheng/") for key in pair)]
    assert validate(snapshot) == []


@needs_shared
@pytest.mark.parametrize("other", ["zjol", "zhenhai", "jiaxing"])
def test_a_stranger_of_the_same_matter_has_no_counterparts_even_when_asked(other: str) -> None:
    stranger, known = (from_reading(read_file(SHARED / "seeds" / f"{name}.txt")) for name in ("xuancheng", other))
    assert align(stranger, known) == [] == align(known, stranger)


READ_OVER = re.compile(
    r"[(（][a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]*[)）]|[\u00ad\u200b-\u200f\u2060\ufeff\ue000-\uf8ff]"
)


@needs_shared
@pytest.mark.parametrize("folder", ["seeds", "corpus"])
def test_every_real_document_reads_and_every_span_slices_to_its_words(folder: str) -> None:
    for path in sorted((SHARED / folder).rglob("*")):
        if path.suffix not in known_suffixes():
            continue
        reading = read_file(path)
        # Where it is said that signs are read over, they stand in the text and not in a title.
        over = any(issue.code in ("pinyin", "unseen-signs", "private-sign") for issue in reading.issues)
        for task in reading.tasks:
            printed = task.title_span.of(reading.text)
            printed, title = (READ_OVER.sub("", one) if over else one for one in (printed, task.title))
            assert printed.split() == title.split() or title in "".join(printed.split("\n"))
            assert task.span.end <= len(reading.text)
        for issue in reading.issues:
            assert issue.span is None or issue.span.of(reading.text) == issue.quote
