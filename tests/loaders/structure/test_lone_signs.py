"""Signs that a copy set on a line of their own, and brackets of units that it broke over lines."""

from loaders.reading.document_reading import read_document
from tests.loaders.documents import text_document

HEAD = "云溪区渡口改造实施方案\n"


def tasks(text: str) -> list[tuple[str, str]]:
    return [(task.path, task.title) for task in read_document(text_document(HEAD + text)).tasks]


def units(text: str) -> list[tuple[str, str]]:
    reading = read_document(text_document(HEAD + text))
    return [(unit.surface, unit.role) for task in reading.tasks for unit in task.units]


def test_a_sign_alone_has_its_heading_on_the_next_line() -> None:
    text = "一、\n主要任务\n（一）\n修缆绳。\n逐个渡口更换。\n（二）补灯具。夜间照明。\n（三）\n清淤泥。\n清理渡口。\n"
    assert tasks(text) == [("1.1", "修缆绳"), ("1.2", "补灯具"), ("1.3", "清淤泥")]


def test_an_article_alone() -> None:
    text = "第一章 渡口管理\n第一条\n渡工应当每日检查缆绳。\n第二条\n村委会应当劝导乘客。\n"
    assert [path for path, _ in tasks(text)] == ["1.1", "1.2"]


def test_a_number_alone_below_a_finished_sentence() -> None:
    text = "一、主要任务\n1.修缆绳。逐个渡口更换。\n2．\n补灯具。夜间照明。\n（责任单位：区水利局）\n3．\n清淤泥。清理渡口。\n"
    assert tasks(text) == [("1.1", "修缆绳"), ("1.2", "补灯具"), ("1.3", "清淤泥")]


def test_numbers_of_rows_stay_cells() -> None:
    rows = "序号\n重点任务\n责任单位\n1.\n修渡口\n区交通运输局\n2.\n清淤泥\n区水利局\n"
    text = f"一、主要任务\n（一）修渡口。逐个改造。\n云溪区人民政府\n2025年1月3日\n附件\n重点任务清单\n{rows}"
    assert tasks(text)[1:] == [("annex.1", "修渡口"), ("annex.2", "清淤泥")]


def test_a_bracket_of_units_broken_behind_its_labels() -> None:
    text = "一、主要任务\n（一）修缆绳。逐个渡口更换。\n（牵头单位：\n区交通运输局；\n责任单位：\n区水利局）\n（二）补灯具。夜间照明。\n"
    assert units(text) == [("区交通运输局", "lead"), ("区水利局", "responsible")]
