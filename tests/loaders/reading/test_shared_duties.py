"""Who carries several tasks by one statement beside them."""

from pathlib import Path

import pytest

from graph.model import Reading
from graph.text import squeeze
from loaders.reading.document_reading import read_file

HEAD = "澄州市人民政府关于整治渡口的意见\n澄政发〔2025〕7号\n\n"


def reading_of(tmp_path: Path, body: str) -> Reading:
    path = tmp_path / "input.txt"
    path.write_text(HEAD + body, encoding="utf-8")
    return read_file(path)


def carried(reading: Reading) -> dict[str, list[str]]:
    return {task.path: [squeeze(unit.surface) for unit in task.units] for task in reading.tasks}


PARTS = """一、疏浚航道
1．清除淤泥。清除主航道淤泥，疏通岔口。
2．扫除暗桩。逐段扫测，拔除暗桩。（责任单位：市水利局；完成时限：2025年9月底前）
二、修建码头
3．砌筑护岸。沿岸砌筑护岸，植草固土。
4．铺设路面。铺设路面，接通县道。（责任单位：市交通局）
"""


def test_a_bracket_behind_the_last_of_several_items_speaks_for_all_of_its_part(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, PARTS)
    assert carried(reading) == {"1.1": ["市水利局"], "1.2": ["市水利局"], "2.3": ["市交通局"], "2.4": ["市交通局"]}
    assert [str(task.deadline.end) for task in reading.tasks[:2] if task.deadline] == ["2025-09-30", "2025-09-30"]
    assert all(unit.span.of(reading.text) == unit.surface for task in reading.tasks for unit in task.units)


@pytest.mark.parametrize(
    ("before", "after", "without"),
    [
        ("疏通岔口。", "疏通岔口。（责任单位：市财政局）", "2.3"),
        ("接通县道。（责任单位：市交通局）", "接通县道。", "1.1"),
        ("（责任单位：市交通局）", "（责任单位：市交通局）路面宽六米以上，两侧植树。", "1.1"),
    ],
)
def test_it_speaks_for_its_own_item_where_the_parts_do_not_all_close_so(
    tmp_path: Path, before: str, after: str, without: str
) -> None:
    assert carried(reading_of(tmp_path, PARTS.replace(before, after)))[without] == []


@pytest.mark.parametrize(
    ("body", "units"),
    [
        (
            "一、疏浚航道（以下任务均由市水利局牵头）\n（一）清淤。清除淤泥。\n（二）扫障。扫除暗桩。\n"
            "二、修建码头\n（一）砌岸。砌筑护岸。\n",
            {"1.1": ["市水利局"], "1.2": ["市水利局"], "2.1": []},
        ),
        (
            "一、疏浚航道\n（一）清淤。清除淤泥。（市水利局负责；以下均由市州、县市区政府负责落实，不再列出）\n"
            "（二）扫障。扫除暗桩。（市交通局负责）\n二、修建码头\n（一）砌岸。砌筑护岸。\n",
            {"1.1": ["市水利局", "市州", "县市区政府"], "1.2": ["市交通局", "市州", "县市区政府"], "2.1": []},
        ),
        (
            "一、疏浚航道\n（一）清淤。清除淤泥。\n（二）扫障。扫除暗桩。（以上任务均由市水利局负责）\n"
            "二、修建码头\n（一）砌岸。砌筑护岸。\n",
            {"1.1": ["市水利局"], "1.2": ["市水利局"], "2.1": []},
        ),
    ],
    ids=["above", "inside", "behind"],
)
def test_a_remark_for_all_reaches_to_the_end_of_its_section(
    tmp_path: Path, body: str, units: dict[str, list[str]]
) -> None:
    reading = reading_of(tmp_path, body)
    assert carried(reading) == units
    assert not any(task.actors for task in reading.tasks)
    assert not [issue for issue in reading.issues if issue.code in ("section-duty", "text-unread")]
