from pathlib import Path

from loaders.reading.file_tables import tables_of_file

FLAT = """石浦县桥梁管护工作方案
一、重点任务
（一）巡查桥面。每日巡查一次。
（二）修补栏杆。及时修补。
附件
石浦县桥梁管护任务清单
序号
工作内容
哪家干
完成时限
一、桥面
1
清理桥面淤泥并疏通泄水孔
县交通局
2026年3月底前
2
补画桥面标线并立限载牌
县公安局
2026年6月底前
"""
REGISTER = """# 石浦县桥梁管护工作方案

一、巡查桥面。每日巡查一次。

二、修补栏杆。及时修补。

石浦县桥梁名录

| 序号 | 桥名 | 位置 |
| --- | --- | --- |
| 1 | 东桥 | 东门外 |
"""


def test_a_flat_list_is_shown_as_a_grid_with_what_its_columns_were_taken_for(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text(FLAT, encoding="utf-8")
    found = tables_of_file(file)
    assert found.width == 4
    taken, heads, group, first, second = found.rows
    assert [taken[str(at)] for at in range(1, 5)] == ["number", "task", "unit_by_cells", "time"]
    assert [row["part"] for row in found.rows] == ["taken_for", "heads", "group", "checklist", "checklist"]
    assert (heads["3"], group["2"]) == ("哪家干", "一、桥面")
    assert (first["path"], second["path"]) == ("annex.1", "annex.2")
    for row in (first, second):
        words = FLAT[int(str(row["start"])) : int(str(row["end"]))]
        assert words.split() == [row[str(at)] for at in range(1, 5)]


def test_a_table_that_is_no_list_is_shown_with_the_rule_that_says_so(tmp_path: Path) -> None:
    file = tmp_path / "register.md"
    file.write_text(REGISTER, encoding="utf-8")
    rows = tables_of_file(file).rows
    assert [row["part"] for row in rows] == ["taken_for", "no_list", "row", "row"]
    assert rows[1]["1"] == "registers"
    assert [rows[3][str(at)] for at in range(1, 4)] == ["1", "东桥", "东门外"]


def test_a_file_without_tables_shows_none(tmp_path: Path) -> None:
    file = tmp_path / "plain.txt"
    file.write_text("石浦县桥梁管护工作方案\n一、巡查桥面。每日巡查一次。\n", encoding="utf-8")
    assert tables_of_file(file).rows == ()
