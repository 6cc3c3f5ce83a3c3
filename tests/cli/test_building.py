"""The commands that read files and change a graph, on the project's own sample."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import Result

from tests.cli.conftest import Invoke
from tests.shared import ROOT

SAMPLE = ROOT / "samples" / "lanjiang"
DOCUMENTS = ("province.txt", "yunxi.md", "shuoyuan.txt")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder with three documents of the sample, and the graph made of it."""
    from loaders.ingest.graph_build import build

    folder = tmp_path_factory.mktemp("documents") / "docs"
    folder.mkdir()
    for name in DOCUMENTS:
        shutil.copy(SAMPLE / name, folder / name)
    store = tmp_path_factory.mktemp("built") / "store"
    build([folder], store, jobs=1)
    return folder, store


@pytest.fixture
def graph(built: tuple[Path, Path], tmp_path: Path) -> tuple[Path, Path]:
    """A copy of both, to be changed."""
    folder, store = (shutil.copytree(one, tmp_path / one.name) for one in built)
    return folder, store


def rows(result: Result) -> list[dict[str, object]]:
    assert result.exit_code == 0, result.stderr
    found: list[dict[str, object]] = json.loads(result.stdout)
    return found


def test_build_says_what_it_did(zhengmai: Invoke, graph: tuple[Path, Path]) -> None:
    folder, store = graph
    again = rows(zhengmai("build", str(folder), "--json", "-j", "1", store=store))[0]
    assert (again["unchanged"], again["added"], again["documents"]) == (3, 0, 3)
    text = (folder / "shuoyuan.txt").read_text(encoding="utf-8")
    (folder / "shuoyuan.txt").write_text(text + "\n（此件公开发布）\n", encoding="utf-8")
    changed = rows(zhengmai("build", str(folder), "--json", "-j", "1", store=store))[0]
    assert (changed["replaced"], changed["unchanged"]) == (1, 2)
    gone = rows(zhengmai("remove", "shuoyuan", "--json", store=store))[0]
    assert (gone["removed"], gone["documents"]) == (1, 2)
    assert zhengmai("remove", "nobody", store=store).exit_code == 3


def test_bad_input_is_one_line_each_and_the_rest_is_built(zhengmai: Invoke, tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    shutil.copy(SAMPLE / "yunxi.md", folder)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "table.ods").write_bytes(b"x")
    result = zhengmai("build", str(folder), "--json", "-j", "1", store=tmp_path / "store")
    assert result.exit_code == 4
    made = json.loads(result.stdout)[0]
    assert (made["added"], made["failed"], made["skipped"]) == (1, 2, 1)
    said = result.stderr.splitlines()
    assert sum(line.startswith("not read:") for line in said) == 2
    assert any(".ods 1" in line for line in said)
    assert "Traceback" not in result.stderr


def test_a_file_that_no_reader_takes_is_exit_4_when_it_is_named(zhengmai: Invoke, tmp_path: Path) -> None:
    (tmp_path / "plan.ods").write_bytes(b"x")
    result = zhengmai("build", str(tmp_path / "plan.ods"), store=tmp_path / "store")
    assert result.exit_code == 4
    assert "plan.ods" in result.stderr


def test_a_decision_holds_at_once_and_can_be_taken_back(zhengmai: Invoke, graph: tuple[Path, Path]) -> None:
    _, store = graph

    def links() -> set[tuple[object, object]]:
        lines = zhengmai("links", store=store).stdout.splitlines()
        return {(row["child"], row["parent"]) for row in map(json.loads, lines)}

    before = links()
    child, parent = sorted(before)[0]
    for decision, expected in (("no", before - {(child, parent)}), ("undo", before), ("yes", before)):
        result = zhengmai("decide", str(child), str(parent), decision, store=store)
        assert result.exit_code == 0, result.stderr
        assert links() == expected
    shown = zhengmai("explain", str(child), str(parent), store=store)
    assert "a person confirmed it" in shown.stderr
    assert zhengmai("decide", str(child), "province/99.9", "no", store=store).exit_code == 3


def test_explain_shows_signals_whether_linked_or_not(zhengmai: Invoke, built: tuple[Path, Path]) -> None:
    _, store = built
    tasks = [row["task"] for row in rows(zhengmai("tasks", "shuoyuan", "--kind", "measure", "--json", store=store))]
    result = zhengmai("explain", str(tasks[0]), "province/2.1.1", "--json", "--lang", "en", store=store)
    found = rows(result)
    assert {"signal", "meaning", "score", "adds", "child_words", "parent_words"} == set(found[0])
    assert "no link joins" in result.stderr
    assert str(found[0]["meaning"]).isascii()
    chinese = rows(zhengmai("explain", str(tasks[0]), "province/2.1.1", "--json", "--lang", "zh", store=store))
    assert not str(chinese[0]["meaning"]).isascii()


def test_links_between_any_two_documents_store_nothing(zhengmai: Invoke, built: tuple[Path, Path]) -> None:
    folder, store = built
    before = zhengmai("links", store=store).stdout
    named = zhengmai("links", "--between", "yunxi", "province", store=store)
    lines = [json.loads(line) for line in named.stdout.splitlines()]
    assert lines
    assert all(set(line) == {"child", "parent", "relation", "score"} for line in lines)
    files = zhengmai("links", "--between", str(folder / "yunxi.md"), str(folder / "province.txt"), store=store)
    assert files.stdout == named.stdout
    assert zhengmai("links", store=store).stdout == before


def test_compare_aligns_what_no_stored_link_joins(zhengmai: Invoke, built: tuple[Path, Path]) -> None:
    _, store = built
    result = zhengmai("compare", "province", "shuoyuan", "--json", store=store)
    found = rows(result)
    assert "aligned now" in result.stderr
    assert {row["document"] for row in found} == {"shuoyuan"}


def test_read_shows_the_outline_and_extract_the_annotations(zhengmai: Invoke, built: tuple[Path, Path]) -> None:
    folder, store = built
    file = str(folder / "province.txt")
    read = zhengmai("read", file, "--json", store=store)
    found = rows(read)
    assert {"head", "heading", "measure"} <= {str(row["part"]) for row in found}
    assert "of the text is read" in read.stderr
    marks = rows(zhengmai("read", file, "--census", "--json", store=store))
    assert [row["mark"] for row in marks] == ["duty", "sign", "column", "date", "title", "number"]
    assert all(
        row["marks"] == sum(int(str(row[one])) for one in ("read", "left_out", "unread", "unclaimed")) for row in marks
    )
    text = (folder / "province.txt").read_text(encoding="utf-8")
    title = next(row for row in found if row["part"] == "head" and row["path"] == "title")
    assert "".join(text[int(str(title["start"])) : int(str(title["end"]))].split()) == str(title["text"]).replace(
        " ", ""
    )
    form = json.loads(zhengmai("extract", file, "--json", store=store).stdout)
    assert list(form) == ["policies", "tasks"]
    assert {"path", "kind", "number", "title", "theme_heading", "theme", "units", "deadline", "targets"} <= set(
        form["tasks"][0]
    )
    lines = zhengmai("extract", file, "-f", "jsonl", store=store).stdout.splitlines()
    assert len(lines) == len(form["policies"]) + len(form["tasks"])
    table = zhengmai("extract", file, "-f", "csv", store=store).stdout
    assert len(table.splitlines()) >= len(form["tasks"])


def test_evaluate_scores_the_sample(zhengmai: Invoke) -> None:
    result = zhengmai(
        "evaluate", str(ROOT / "samples" / "gold"), "--documents", str(SAMPLE), "--json", "-v", store=None
    )
    found = rows(result)
    overall = {row["field"]: row for row in found if row["document"] == "all"}
    assert {"tasks", "units", "cascade"} <= set(overall)
    assert "missed" in found[0]
    beside = rows(zhengmai("evaluate", str(ROOT / "samples" / "gold"), "--json", store=None))
    assert len(beside) == len(found)


def test_evaluate_without_gold_is_an_error(zhengmai: Invoke, tmp_path: Path) -> None:
    assert zhengmai("evaluate", str(tmp_path), store=None).exit_code == 4
    gold = str(ROOT / "samples" / "gold")
    assert zhengmai("evaluate", gold, "--documents", str(tmp_path / "none"), store=None).exit_code == 4


def test_view_writes_one_page(zhengmai: Invoke, built: tuple[Path, Path], tmp_path: Path) -> None:
    pytest.importorskip("views.picture_file")
    _, store = built
    result = zhengmai("view", "cascade", "province", "-o", str(tmp_path / "cascade.html"), store=store)
    assert result.exit_code == 0, result.stderr
    assert (tmp_path / "cascade.html").read_text(encoding="utf-8").lower().startswith("<!doctype html>")
    assert zhengmai("view", "cascade", "nobody", "-o", str(tmp_path / "no.html"), store=store).exit_code == 3
    assert not (tmp_path / "no.html").exists()


def test_explain_says_why_two_tasks_are_not_linked(zhengmai: Invoke, built: tuple[Path, Path]) -> None:
    _, store = built

    def why(child: str, parent: str) -> str:
        result = zhengmai("explain", child, parent, "--json", "--lang", "en", store=store)
        assert result.exit_code == 0, result.stderr
        return result.stderr

    assert "nothing in the graph says that shuoyuan carries province out" in why("shuoyuan/2.1.1", "province/2.1.1")
    assert "name the lower task first" in why("province/2.1.1", "yunxi/2.1.1")
    assert "tasks of one document" in why("yunxi/2.1.2", "yunxi/2.1.1")
    farther = why("yunxi/2.1.2", "province/2.1.1")
    assert "too little speaks for a link" in farther
    assert "yunxi/2.1.2 is linked to what is closer: province/2.1.2" in farther
    alike = why("yunxi/3.1", "province/3.1")
    assert "yunxi/3.1 is no measure (safeguard)" in alike
    assert "province/3.1 is no measure (safeguard)" in alike
    row = why("yunxi/annex.1", "province/2.1.1")
    assert "it is linked only to a measure that has no counterpart" in row
    assert "province/2.1.1 is linked to what is closer: yunxi/2.1.1" in row


def test_a_persons_word_on_a_pair_without_a_link_is_a_reason(zhengmai: Invoke, graph: tuple[Path, Path]) -> None:
    _, store = graph
    pair = ("yunxi/2.1.2", "province/2.1.1")
    assert zhengmai("decide", *pair, "no", store=store).exit_code == 0
    assert (
        "a person said that yunxi/2.1.2 does not derive from province/2.1.1"
        in zhengmai("explain", *pair, store=store).stderr
    )


def test_compare_calls_nothing_added_between_documents_without_a_relation(
    zhengmai: Invoke, built: tuple[Path, Path]
) -> None:
    _, store = built
    result = zhengmai("compare", "province", "shuoyuan", "--lang", "en", store=store)
    assert "[added]" not in result.stdout
    assert "not taken up" not in result.stdout
    assert "cannot say (no carrying out known)" in result.stdout
    assert "shuoyuan does not carry province out" in result.stderr
    assert "not one task of shuoyuan is linked" in result.stderr


@pytest.mark.parametrize("files", [[], ["notes.ods"], ["empty.txt"]])
def test_a_build_that_finds_no_document_says_so(zhengmai: Invoke, tmp_path: Path, files: list[str]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in files:
        (folder / name).write_bytes(b"")
    result = zhengmai("build", str(folder), "-q", store=tmp_path / "store")
    assert result.exit_code == 4
    said = result.stderr.splitlines()[-1]
    assert said.startswith(
        "error: no document could be read" if "empty.txt" in files else "error: there is no document in"
    )
    assert str(tmp_path) in said


def test_files_of_one_name_are_told_once(zhengmai: Invoke, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "plan.txt").write_text("一份计划。", encoding="utf-8")
    shutil.copy(SAMPLE / "yunxi.md", tmp_path / "a")
    result = zhengmai("build", str(tmp_path / "a"), str(tmp_path / "b"), "-j", "1", store=tmp_path / "store")
    assert result.exit_code == 4
    said = [line for line in result.stderr.splitlines() if line.startswith("not read:")]
    assert len(said) == 1
    assert all(part in said[0] for part in ("a/plan.txt", "b/plan.txt", "'plan'", "give the folder above them"))


def test_a_document_in_two_formats_is_read_once_and_another_file_takes_its_name(
    zhengmai: Invoke, tmp_path: Path
) -> None:
    folder, store = tmp_path / "in", tmp_path / "store"
    folder.mkdir()
    shutil.copy(SAMPLE / "yunxi.md", folder)
    words = (SAMPLE / "yunxi.md").read_text(encoding="utf-8")
    (folder / "yunxi.html").write_text(f"<pre>{words[:-200]}</pre>", encoding="utf-8")
    result = zhengmai("build", str(folder), "-j", "1", store=store)
    assert result.exit_code == 0, result.stderr
    said = [line for line in result.stderr.splitlines() if "same document as yunxi.md" in line]
    assert len(said) == 1
    # The file that was there goes on under a name of its own; nothing is lost of it.
    (folder / "yunxi.md").write_text("云溪县防汛工作方案\n\n一、排查隐患。由县水利局负责。\n", encoding="utf-8")
    (folder / "yunxi.csv").write_text(words, encoding="utf-8")
    (folder / "yunxi.html").unlink()
    (folder / "yunxi.csv").rename(folder / "zoom.md")
    result = zhengmai("build", str(folder), "-j", "1", store=store)
    assert result.exit_code == 0, result.stderr
    listed = zhengmai("docs", "--format", "json", store=store).stdout
    assert '"yunxi"' in listed
    assert '"zoom"' in listed
