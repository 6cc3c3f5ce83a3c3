import pytest

from graph.issues import IssueLog
from graph.model import Span
from loaders.extract.deadlines.years import Years
from loaders.extract.tasks.flat_tables import flat_tables
from loaders.extract.tasks.table_columns import ColumnCells, column, columns
from loaders.extract.tasks.table_rows import TaskTable, drawn_table
from loaders.patterns.pattern_files import load_words
from loaders.read.document import Document
from loaders.reading.document_reading import read_document
from loaders.structure.paragraphs import pieces
from loaders.structure.table_grid import cell_lines
from tests.loaders.documents import html_document, text_document

HEADS = ("序号", "重点任务", "责任单位", "完成时限")


def shown(document: Document, table: TaskTable | None) -> list[tuple[str | None, ...]]:
    assert table is not None
    rows = []
    for row in table.rows:
        texts = [
            "/".join(document.raw(span) for _, span in table.cells(row, kind)) for kind in ("task", "unit", "time")
        ]
        rows.append((row.number, *texts))
    return rows


def flat(text: str) -> list[tuple[str | None, ...]]:
    document = text_document(text)
    found = pieces(document, Span(0, len(text)))
    issues = IssueLog("doc", document.text)
    return shown(document, next(iter(flat_tables(document, cell_lines(document, found), Years(), issues)), None))


COLUMN_WORDS = load_words("columns")


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        *((word, kind.lower()) for kind in ("NUMBER", "GROUP", "OTHER") for word in COLUMN_WORDS[kind]),
        *((f"重点{word}", "task") for word in COLUMN_WORDS["TASK"] if word != "任务"),
        *((f"任务{word}", "task") for word in COLUMN_WORDS["BEHIND_TASK"] if word != "名称"),
        *((word, "name") for word in ("任务", "重点任务", "任务名称", "工作类型", "工作任务")),
        *((word, "other") for word in load_words("roles")["PERSON"]),
    ],
)
def test_each_word_of_a_head_tells_its_column(head: str, kind: str) -> None:
    said = column(head)
    assert said
    assert said.kind == kind


@pytest.mark.parametrize(
    ("headers", "kinds"),
    [
        (HEADS, ["number", "task", "unit", "time"]),
        (
            ("序号", "任务名称", "任务内容", "牵头部门", "配合部门", "时间节点"),
            ["number", "group", "task", "unit", "unit", "time"],
        ),
        (("类别", "工作举措", "责任（牵头）单位"), ["group", "task", "unit"]),
        (("序号", "任务名称", "责任单位", "备注"), ["number", "task", "unit", "other"]),
    ],
)
def test_columns_are_told_from_their_headings(headers: tuple[str, ...], kinds: list[str]) -> None:
    found = columns(headers)
    assert found is not None
    assert [one.kind for one in found] == kinds


def test_a_column_with_merged_cells_groups_the_rows() -> None:
    found = columns(
        ("序号", "任务名称", "任务内容", "牵头部门"), lambda at: ColumnCells(filled=0.2 if at == 1 else 1.0)
    )
    assert found is not None
    assert [one.kind for one in found] == ["number", "group", "task", "unit"]


@pytest.mark.parametrize("headers", [("序号", "姓名", "职务"), ("指标", "目标值", "权重"), ("甲", "乙")])
def test_other_tables_are_no_lists_of_tasks(headers: tuple[str, ...]) -> None:
    assert columns(headers) is None


def test_the_column_headed_lead_says_the_role() -> None:
    found = columns(("序号", "任务内容", "牵头单位", "配合单位"))
    assert found is not None
    assert [(one.role, one.first_leads) for one in found if one.kind == "unit"] == [
        ("lead", False),
        ("support", False),
    ]


def test_a_list_printed_one_cell_a_line_becomes_rows() -> None:
    cells = "1\n修好三处老旧渡口并增设护栏\n县交通运输局、县水利局\n2025年6月底前\n2\n补齐码头候船设施\n县交通运输局\n长期坚持\n"
    assert flat("\n".join(HEADS) + "\n" + cells) == [
        ("1", "修好三处老旧渡口并增设护栏", "县交通运输局、县水利局", "2025年6月底前"),
        ("2", "补齐码头候船设施", "县交通运输局", "长期坚持"),
    ]


def test_a_row_below_a_merged_cell_takes_its_units() -> None:
    cells = "1\n修好三处老旧渡口并增设护栏\n县交通运输局\n2025年6月底前\n2\n补齐码头候船设施和照明\n2025年9月底前\n"
    assert flat("\n".join(HEADS) + "\n" + cells)[1] == ("2", "补齐码头候船设施和照明", "县交通运输局", "2025年9月底前")


def test_a_cell_over_two_lines_stays_one_column() -> None:
    cells = "1\n修好三处老旧渡口并增设护栏\n县交通运输局、\n县水利局\n2025年6月底前\n"
    assert flat("\n".join(HEADS) + "\n" + cells) == [
        ("1", "修好三处老旧渡口并增设护栏", "县交通运输局、\n县水利局", "2025年6月底前")
    ]


def test_rows_without_numbers_that_do_not_fill_are_an_issue() -> None:
    text = "重点任务\n责任单位\n完成时限\n修好三处老旧渡口\n县交通运输局\n"
    document = text_document(text)
    issues = IssueLog("doc", document.text)
    assert flat_tables(document, cell_lines(document, pieces(document, Span(0, len(text)))), Years(), issues) == []
    assert [issue.code for issue in issues] == ["table-rows"]


def test_a_drawn_table_gives_merged_units_and_group_headings() -> None:
    markup = (
        "<table><tr><th>序号</th><th>重点任务</th><th>责任单位</th></tr><tr><td colspan=3>一、水上</td></tr>"
        "<tr><td>1</td><td>修好老旧渡口</td><td rowspan=2>县交通运输局</td></tr><tr><td>2</td><td>补齐码头设施</td></tr>"
        "<tr><td colspan=3>二、陆上</td></tr><tr><td>3</td><td>疏通断头小路</td><td>县城管局</td></tr></table>"
    )
    document = html_document(markup)
    table = drawn_table(document, document.tables[0])
    assert shown(document, table) == [
        ("1", "修好老旧渡口", "县交通运输局", ""),
        ("2", "补齐码头设施", "县交通运输局", ""),
        ("3", "疏通断头小路", "县城管局", ""),
    ]
    assert table is not None
    assert [document.raw(row.headings[-1]) for row in table.rows if row.headings] == ["水上", "水上", "陆上"]


HEAD = "<tr><td>序号</td><td>重点任务</td><td>责任单位</td><td>完成时限</td></tr>"


def rows_of(document: Document) -> list[tuple[str, str, str | None]]:
    return [(task.path, task.title, task.theme_heading) for task in read_document(document).tasks]


def test_a_document_that_is_nothing_but_a_list_of_tasks_is_read() -> None:
    rows = "<tr><td>1</td><td>修好老旧渡口</td><td>县交通运输局</td><td>6月底</td></tr>"
    document = html_document(f"<h1>石浦县2026年重点任务分工表</h1><table>{HEAD}{rows}</table>")
    assert rows_of(document) == [("annex.1", "修好老旧渡口", None)]


def test_a_heading_across_all_columns_but_that_of_the_number_groups_the_rows() -> None:
    rows = (
        "<tr><td>一</td><td colspan=3>水上</td></tr><tr><td>1</td><td>修好老旧渡口</td><td>县交通运输局</td><td>6月底</td></tr>"
        "<tr><td colspan=1></td><td>二、陆上</td><td></td><td></td></tr>"
        "<tr><td>2</td><td>疏通断头小路</td><td>县城管局</td><td>长期</td></tr>"
    )
    document = html_document(f"<p>石浦县2026年任务分解</p><table>{HEAD}{rows}</table><p>石浦县人民政府</p>")
    assert rows_of(document) == [("annex.1", "修好老旧渡口", "水上"), ("annex.2", "疏通断头小路", "陆上")]


@pytest.mark.parametrize(
    "above",
    [
        "石浦县2026年重点任务分工表\n",
        "关于印发2026年重点任务分工的通知\n各乡镇人民政府:\n现将《2026年重点任务分工》印发给你们,请抓好落实。\n石浦县人民政府办公室\n2026年2月20日\n2026年重点任务分工\n",
    ],
)
def test_a_list_one_cell_a_line_in_the_body_itself_is_read(above: str) -> None:
    cells = "1\n修好三处老旧渡口并增设护栏\n县交通运输局、县水利局\n2026年6月底前\n2\n补齐码头候船设施\n县交通运输局\n长期坚持\n"
    document = text_document(above + "\n".join(HEADS) + "\n" + cells)
    assert rows_of(document) == [("annex.1", "修好三处老旧渡口并增设护栏", None), ("annex.2", "补齐码头候船设施", None)]


def test_a_list_in_an_annex_that_says_who_carries_its_items_gives_tasks() -> None:
    text = (
        "石浦县渡口工作报告\n一、明年工作\n(一)修渡口。逐个改造。\n附件\n2026年为民服务清单外事项\n"
        "1.修好渡口三处。(牵头单位:县交通运输局)\n2.新建候船亭五个。(牵头单位:县住建局)\n"
    )
    assert [path for path, _, _ in rows_of(text_document(text))][1:] == ["annex.1", "annex.2"]


def test_a_plan_in_the_annex_of_the_letter_that_issues_it_is_the_text() -> None:
    text = (
        "石浦县人民政府关于同意建立渡口安全会商制度的函\n县交通运输局:\n你局请示收悉。县政府同意建立渡口安全会商制度。\n附件:渡口安全会商制度\n"
        "石浦县人民政府\n2026年3月2日\n附件\n渡口安全会商制度\n一、会商内容\n(一)会议制度。每季度召开一次会议,研究渡口安全。\n"
        "(二)报告制度。各乡镇按季度报告渡口安全情况。\n"
    )
    assert [path for path, _, _ in rows_of(text_document(text))] == ["1.1", "1.2"]


def test_a_row_with_a_lead_of_its_own_takes_no_helpers_from_the_row_above() -> None:
    heads = ("序号", "重点任务", "牵头部门", "配合部门", "完成时限")
    cells = (
        "1\n修好三处老旧渡口并增设护栏\n各街道\n县水利局\n2025年6月底前\n"
        "2\n补齐码头候船设施和照明\n县交通运输局、\n县住建局\n2025年9月底前\n"
        "3\n清理航道两侧的碍航物\n2025年12月底前\n"
    )
    assert [row[2] for row in flat("\n".join(heads) + "\n" + cells)] == [
        "各街道/县水利局",
        "县交通运输局、\n县住建局",
        "县交通运输局、\n县住建局",
    ]


def test_a_blank_cell_left_of_printed_helpers_is_merged_with_the_lead_above() -> None:
    markup = (
        "<table><tr><th>序号</th><th>重点任务</th><th>牵头单位</th><th>配合单位</th></tr>"
        "<tr><td>1</td><td>修好老旧渡口</td><td>县交通运输局</td><td>县水利局</td></tr>"
        "<tr><td>2</td><td>补齐码头设施</td><td></td><td>县住建局</td></tr>"
        "<tr><td>3</td><td>清理碍航物</td><td>县水利局</td><td></td></tr></table>"
    )
    document = html_document(markup)
    rows = shown(document, drawn_table(document, document.tables[0]))
    assert [row[2] for row in rows] == ["县交通运输局/县水利局", "县交通运输局/县住建局", "县水利局"]
