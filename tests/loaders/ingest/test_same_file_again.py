"""A file that the graph holds already is told, not added, when it comes from another folder."""

from pathlib import Path

from loaders.ingest.graph_build import build
from tests.queries.test_proposals import LOWER, UPPER


def test_the_same_file_from_another_folder_is_told_and_not_added(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second" / "again"
    for folder in (first, second):
        folder.mkdir(parents=True)
        (folder / "plan.txt").write_text(UPPER, encoding="utf-8")
    (second / "other.txt").write_text(LOWER, encoding="utf-8")
    root = tmp_path / "store"
    assert build([first], root, jobs=1).added == ("plan",)
    report = build([tmp_path / "second"], root, jobs=1)
    assert (report.added, report.documents, report.unchanged) == (("again/other",), 2, ("plan",))
    assert [(one.name, "plan" in one.message) for one in report.passed] == [("again/plan", True)]
    again = build([first], root, jobs=1)
    assert (again.unchanged, again.passed) == (("plan",), ())


def test_a_file_with_other_words_of_the_same_title_is_added(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(UPPER, encoding="utf-8")
    (tmp_path / "two.txt").write_text(UPPER + "抄送：各单位\n", encoding="utf-8")
    root = tmp_path / "store"
    build([tmp_path / "one.txt"], root, jobs=1)
    assert build([tmp_path / "two.txt"], root, jobs=1).added == ("two",)
