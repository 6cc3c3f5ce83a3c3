"""From paths to files: names, what is skipped, what is refused."""

from pathlib import Path

import pytest

from loaders.ingest.sources import scan


def make(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("关于推进工作的通知", encoding="utf-8")
    return folder


def names(folder: Path, *paths: str) -> list[str]:
    return [source.name for source in scan([folder / path for path in paths], folder / "graph").sources]


def test_a_file_by_itself_has_its_stem_and_one_in_a_folder_the_path_below_it(tmp_path: Path) -> None:
    make(tmp_path, "a/plan.txt", "a/b/plan.md", "a/b/page.html")
    assert names(tmp_path, "a/b/plan.md") == ["plan"]
    assert names(tmp_path, "a") == ["b/page", "b/plan", "plan"]
    assert names(tmp_path, "") == ["a/b/page", "a/b/plan", "a/plan"]


def test_hidden_files_and_the_graph_itself_are_passed_over(tmp_path: Path) -> None:
    make(tmp_path, "plan.txt", ".hidden.txt", ".folder/plan.txt", "graph/sources/ab/cd.txt")
    assert names(tmp_path, "") == ["plan"]


def test_a_file_given_twice_is_one(tmp_path: Path) -> None:
    make(tmp_path, "plan.txt")
    assert names(tmp_path, "plan.txt", "plan.txt", "") == ["plan"]


@pytest.mark.parametrize(
    ("files", "given", "advice"),
    [
        (("a/plan.txt", "b/plan.txt"), ("a/plan.txt", "b/plan.txt"), "give the folder above them"),
        (("a/plan.txt", "b/plan.txt"), ("a", "b"), "give the folder above them"),
    ],
)
def test_two_files_of_one_name_are_refused_with_what_to_do(
    tmp_path: Path, files: tuple[str, ...], given: tuple[str, ...], advice: str
) -> None:
    make(tmp_path, *files)
    found = scan([tmp_path / one for one in given], tmp_path / "graph")
    assert found.sources == []
    assert len(found.failures) == 2
    # One line for all of them, so that it is said once.
    assert len({one.message for one in found.failures}) == 1
    assert all(advice in one.message and one.path in one.message for one in found.failures)


PLAN = "澜江省水网建设行动计划\n一、疏浚河道。各县区每年疏浚河道三百公里。(责任单位:省水利厅)\n二、加固堤防。"


def test_of_one_document_in_several_formats_one_is_read_and_the_others_are_told(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    (tmp_path / "plan.html").write_text(f"<p>{PLAN}</p>", encoding="utf-8")
    (tmp_path / "plan.md").write_text(PLAN[: len(PLAN) // 2], encoding="utf-8")
    found = scan([tmp_path], tmp_path / "graph")
    assert [(one.name, Path(one.path).name) for one in found.sources] == [("plan", "plan.txt")]
    assert found.failures == []
    assert sorted(one.message for one in found.passed) == [
        f"{tmp_path / other}: the same document as plan.txt; it was not read twice"
        for other in ("plan.html", "plan.md")
    ]


def test_of_two_equally_full_formats_the_one_with_tables_is_read(tmp_path: Path) -> None:
    rows = [("任务", "责任单位"), ("疏浚河道三百公里", "省水利厅"), ("加固堤防五十公里", "省发展改革委")]
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    (tmp_path / "plan.html").write_text(f"<p>{PLAN}</p><table>{cells}</table>", encoding="utf-8")
    (tmp_path / "plan.txt").write_text(PLAN + "".join(" ".join(row) for row in rows), encoding="utf-8")
    assert [Path(one.path).name for one in scan([tmp_path], tmp_path / "graph").sources] == ["plan.html"]


def test_what_only_has_the_name_is_read_under_a_name_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    (tmp_path / "plan.csv").write_text(
        "序号,任务,责任单位\n1,整治黑臭水体,省生态环境厅\n2,供水到户,省住建厅", encoding="utf-8"
    )
    (tmp_path / "plan.docx").write_bytes(b"PK\x03\x04 broken")
    found = scan([tmp_path], tmp_path / "graph")
    assert [(one.name, Path(one.path).name) for one in found.sources] == [
        ("plan", "plan.txt"),
        ("plan.csv", "plan.csv"),
    ]
    assert [one.path for one in found.failures] == [str(tmp_path / "plan.docx")]
    assert found.passed == []


def test_a_name_that_another_file_has_is_not_given(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    (tmp_path / "plan.csv").write_text(
        "序号,任务,责任单位\n1,整治黑臭水体,省生态环境厅\n2,供水到户,省住建厅", encoding="utf-8"
    )
    make(tmp_path, "plan.csv.txt")
    found = scan([tmp_path], tmp_path / "graph")
    assert [one.name for one in found.sources] == ["plan.csv"]
    assert all("give one of them, or rename the others" in one.message for one in found.failures)
    assert len(found.failures) == 2


def test_suffixes_without_a_reader_are_counted_in_a_folder_and_refused_by_name(tmp_path: Path) -> None:
    make(tmp_path, "a/plan.txt", "a/scan.ppt", "a/b/scan.ppt", "a/README")
    found = scan([tmp_path / "a"], tmp_path / "graph")
    assert found.skipped == {".ppt": 2, "(none)": 1}
    assert found.failures == []
    found = scan([tmp_path / "a" / "scan.ppt"], tmp_path / "graph")
    assert "it is a presentation; give the document" in found.failures[0].message


def test_what_is_not_there_or_too_large_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "large.txt")
    monkeypatch.setattr("loaders.read.archives.plain_file.MAX_BYTES", 3)
    found = scan([tmp_path / "none.txt", tmp_path / "large.txt"], tmp_path / "graph")
    assert ["no such file" in one.message or "over the limit" in one.message for one in found.failures] == [True, True]


def test_one_name_in_two_spellings_of_a_letter_is_one(tmp_path: Path) -> None:
    make(tmp_path, "re\u0301sume\u0301.txt")
    assert names(tmp_path, "") == ["r\u00e9sum\u00e9"]
