"""The sample's documents in DOCX, PDF and OFD say what their texts say, and make the same cascade."""

from pathlib import Path

import pytest

from benchmarks.format_pairs import facts_of
from graph.snapshot.snapshot import Snapshot
from graph.store.home import Home
from loaders.ingest.graph_build import build
from loaders.read.registry import read
from loaders.reading.document_reading import read_document
from tests.shared import ROOT

FORMATS = ROOT / "samples" / "formats"
TEXTS = ROOT / "samples" / "lanjiang"
SURE = 0.6
PRINTED = sorted(FORMATS.iterdir())


@pytest.mark.parametrize("path", PRINTED, ids=lambda path: path.name)
def test_each_format_says_what_the_text_says(path: Path) -> None:
    (text,) = TEXTS.glob(f"{path.stem}.*")
    assert facts_of(read_document(read(path, "x"))) == facts_of(read_document(read(text, "x")))


def test_they_make_the_same_sure_links(tmp_path: Path) -> None:
    assert {path.suffix for path in PRINTED} == {".docx", ".pdf", ".ofd"}
    texts = [path for one in PRINTED for path in TEXTS.glob(f"{one.stem}.*")]
    found = []
    for name, paths in (("texts", texts), ("formats", [FORMATS])):
        report = build(paths, tmp_path / name, jobs=1, snapshot_only=True)
        assert (report.failures, report.documents) == ((), 3)
        rows = Snapshot.open(Home(tmp_path / name).snapshot()).rows("DERIVES_FROM")
        found.append({(row["source"], row["target"]) for row in rows if float(row["score"]) > SURE})
    assert found[0] == found[1]
    assert len(found[0]) > 20
