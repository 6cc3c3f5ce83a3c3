"""What a table beside the documents says of them, and documents that stand in a table."""

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graph.errors import InputError, UsageError
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.validate import validate
from graph.store.home import Home
from loaders.ingest.collection.about_table import Columns, read_about
from loaders.ingest.collection.given_rows import rows_of
from loaders.ingest.graph_build import build

UPPER = "一、主要任务\n（一）修好码头。修缮码头12座。\n（二）培训船员。培训船员200名。\n"
LOWER = "为方便乘船，根据《澜江省关于整修渡口的意见》精神，制定本措施。\n一、主要任务\n（一）修好码头。修缮码头3座。\n"
HEAD = "文件名,标题,文号,发文机关,成文日期,级别\n"
ROWS = "upper.txt,澜江省人民政府关于整修渡口的意见,,澜江省人民政府,2024-01-02,省级\nlower.txt,澄州市整修渡口的措施,,,2024/3/5,市级\n"


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "upper.txt").write_text(UPPER, encoding="utf-8")
    (folder / "lower.txt").write_text(LOWER, encoding="utf-8")
    (tmp_path / "table.csv").write_text(HEAD + ROWS, encoding="utf-8")
    return tmp_path


def built(store: Path, **given: Any) -> Snapshot:  # noqa: ANN401
    paths = given.pop("paths")
    build(paths, store, jobs=1, snapshot_only=True, **given)
    return Snapshot.open(Home(store).snapshot())


def links(graph: Snapshot, kind: str) -> list[tuple[str, str]]:
    return [(row["source"], row["target"]) for row in graph.rows(kind)]


def test_a_table_names_what_the_texts_leave_out(plans: Path) -> None:
    graph = built(plans / "graph", paths=[plans / "plans"], about=plans / "table.csv")
    assert validate(graph) == []
    upper = "100000.澜江省:澜江省人民政府关于整修渡口的意见"
    assert [end for _, end in links(graph, "IMPLEMENTS")] == [upper]
    policy = next(row for row in graph.rows("Policy") if row["key"] == upper)
    assert (policy["issued"], policy["level"], policy["issuers"]) == (date(2024, 1, 2), "province", ["澜江省人民政府"])
    proofs = [row for row in graph.rows("Evidence") if (row["subject"], row["property"]) == (upper, "title")]
    proof = next(row for row in proofs if row["document"] == "upper")
    assert (proof["start"], proof["end"], proof["quote"]) == (None, None, "澜江省人民政府关于整修渡口的意见")
    assert (proof["rule"], proof["table_name"], proof["table_row"], proof["table_column"]) == (
        "table-beside",
        "table.csv",
        1,
        "标题",
    )


def test_without_a_table_what_an_earlier_build_was_told_stays(plans: Path) -> None:
    store = plans / "graph"
    built(store, paths=[plans / "plans"], about=plans / "table.csv")
    again = built(store, paths=[plans / "plans"])
    assert len(links(again, "IMPLEMENTS")) == 1
    (plans / "table.csv").write_text(HEAD + ROWS.replace("整修渡口的意见", "整修旧桥的意见"), encoding="utf-8")
    assert links(built(store, paths=[plans / "plans"], about=plans / "table.csv"), "IMPLEMENTS") != links(
        again, "IMPLEMENTS"
    )


def test_where_the_text_says_otherwise_it_holds_and_the_difference_is_told(plans: Path) -> None:
    (plans / "plans" / "lower.txt").write_text("澄州市渡口整修方案\n" + LOWER, encoding="utf-8")
    graph = built(plans / "graph", paths=[plans / "plans"], about=plans / "table.csv")
    assert "澄州市渡口整修方案" in [row["title"] for row in graph.rows("Policy")]
    told = [(row["document"], row["quote"]) for row in graph.rows("Issue") if row["code"] == "about-differs"]
    assert told == [("lower", "澄州市渡口整修方案")]


def test_the_table_of_lines_of_json_with_names_of_columns(plans: Path) -> None:
    lines = [{"wo": "a/b/upper.txt", "was": "澜江省关于整修渡口的意见", "title": "falsch"}]
    (plans / "t.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    graph = built(
        plans / "graph", paths=[plans / "plans"], about=plans / "t.jsonl", columns={"file": "wo", "title": "was"}
    )
    assert "澜江省关于整修渡口的意见" in [row["title"] for row in graph.rows("Policy")]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("t.csv", "文件名,备注\na.txt,好\n", "no column says title"),
        ("t.csv", "标题,文号\n甲,乙\n", "no column names the file"),
        ("t.csv", "", "empty"),
        ("t.csv", "文件名,标题\na.txt,甲,乙\n", "more cells than the head"),
        ("t.jsonl", '{"file": "a"}\n{', "line 2 is no JSON"),
        ("t.parquet", "no parquet", "cannot be read"),
        ("t.db", "no base", "cannot be read"),
        ("t.doc", "x", "no table of a kind that is read"),
        ("t.csv", "文件名,标题\nother.txt,澜江省关于整修渡口的意见\n", "no row names a document that was given"),
    ],
)
def test_a_fault_of_the_table_is_one_line(plans: Path, name: str, text: str, said: str) -> None:
    (plans / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said) as caught:
        built(plans / "graph", paths=[plans / "plans"], about=plans / name)
    assert "\n" not in str(caught.value)


def test_a_column_that_is_none_is_told() -> None:
    with pytest.raises(UsageError, match="FIELD=NAME"):
        Columns.parsed(["titel=x"])
    assert Columns.parsed(["title=名称=2"]).given == {"title": "名称=2"}


def test_a_row_speaks_of_the_file_whose_path_ends_alike(tmp_path: Path) -> None:
    rows = "file,title\nx/a.txt,甲的意见书\ny/a.txt,乙的意见书\nz/b.html,丙的意见书\n"
    (tmp_path / "t.csv").write_text(rows, encoding="utf-8")
    table = read_about(tmp_path / "t.csv", Columns())
    assert table.of("a") is None, "two rows could be meant"
    first, third = table.of("x/a"), table.of("deep/z/b")
    assert first is not None
    assert third is not None
    assert (first.row, third.row, table.of("b")) == (1, 3, third)


def of_json(path: Path, rows: list[dict[str, str]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def of_csv(path: Path, rows: list[dict[str, str]]) -> None:
    lines = [",".join(rows[0]), *(",".join(f'"{cell}"' for cell in row.values()) for row in rows)]
    path.write_text("\n".join(lines), encoding="utf-8")


def of_parquet(path: Path, rows: list[dict[str, str]]) -> None:
    pq.write_table(pa.Table.from_pylist(rows), path)


def of_sqlite(path: Path, rows: list[dict[str, str]]) -> None:
    with closing(sqlite3.connect(path)) as base:
        base.execute("CREATE TABLE documents (标题, 正文)")
        base.executemany("INSERT INTO documents VALUES (?, ?)", [tuple(row.values()) for row in rows])
        base.commit()


@pytest.mark.parametrize(
    ("name", "write"),
    [("c.jsonl", of_json), ("c.csv", of_csv), ("c.parquet", of_parquet), ("c.db", of_sqlite)],
)
def test_a_corpus_in_one_table_is_read_without_unpacking(tmp_path: Path, name: str, write: Any) -> None:  # noqa: ANN401
    write(
        tmp_path / name,
        [
            {"标题": "澜江省关于整修渡口的意见", "正文": UPPER},
            {"标题": "澄州市整修渡口的措施", "正文": LOWER},
            {"标题": "空", "正文": ""},
        ],
    )
    graph = built(tmp_path / "graph", paths=[tmp_path / name])
    assert [row["key"] for row in graph.rows("Document")] == ["c/00001", "c/00002"]
    assert len(links(graph, "IMPLEMENTS")) == 1
    assert graph.count("DERIVES_FROM") > 0
    assert len(list(rows_of(tmp_path / name))) == 3


def test_faults_of_a_corpus_in_one_table_are_told(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("file,text\na.txt,甲\na.txt,乙\n", encoding="utf-8")
    (tmp_path / "d.csv").write_text("file,title\na.txt,甲\n", encoding="utf-8")
    report = build([tmp_path / "c.csv", tmp_path / "d.csv"], tmp_path / "graph", jobs=1, snapshot_only=True)
    said = [failure.message for failure in report.failures]
    assert any("two of its rows name a document 'a'" in one for one in said)
    assert any("no column holds the text" in one for one in said)
