"""The tutorial runs as it stands: from a folder of files to the correlation table and a figure."""

import os
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "tutorial.ipynb"


def printed(cell: Any) -> str:  # noqa: ANN401 - nbformat carries no types
    """Return what a cell showed, as text."""
    shown = [output.get("data", {}) for output in cell.get("outputs", ())]
    return "\n".join(str(data.get("text/html") or data.get("text/plain") or "") for data in shown)


@pytest.mark.slow
# The kernel's own libraries warn of what they will do another time.
@pytest.mark.filterwarnings("default")
def test_the_tutorial_runs_to_the_table_and_the_figure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "samples" / "lanjiang", tmp_path / "samples" / "lanjiang")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH")))))
    notebook = nbformat.read(PAGE, as_version=4)
    NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    cells = {cell.source: printed(cell) for cell in notebook.cells if cell.cell_type == "code"}
    table = next(shown for source, shown in cells.items() if "graph.compare(" in source)
    assert "布建“连心站”" in table
    matrix = next(shown for source, shown in cells.items() if "matrix.style" in source)
    assert "background-color: #FBDEDC" in matrix
    scores = next(shown for source, shown in cells.items() if "graph.scores(" in source)
    assert "59.85" in scores
    for name in ("对照表.docx", "对照表.xlsx"):
        assert (tmp_path / name).read_bytes().startswith(b"PK")
    assert "云溪区" in (tmp_path / "cascade.html").read_text(encoding="utf-8")


def test_the_tutorial_is_kept_without_what_a_run_prints() -> None:
    notebook = nbformat.read(PAGE, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
