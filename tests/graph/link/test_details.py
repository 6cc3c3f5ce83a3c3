"""Which measure a row of a task list itemises."""

import json
import random
from pathlib import Path

import pytest

from graph.link.tasks import details
from graph.link.tasks.details import tie
from graph.link.tasks.task_view import from_reading
from loaders.reading.document_reading import read_file
from tests.graph.link.outlines import outline
from tests.shared import ROOT, SHARED

SAMPLES = ROOT / "samples"

PLAN = """
# 渡口安全
2.1.1 排查渡口隐患。对浮桥开展拉网检查，建立隐患销号台账。公布渡口黑名单。
2.1.2 更新老旧渡船。淘汰木质渡船，加装“江眼”定位终端。
2.1.3 培训渡工。对渡工开展救生技能考核，持证上岗。
# 江岸绿廊
2.2.1 修复江滩湿地。退出违规养殖，补种芦苇。
"""


def ties(rows: str) -> dict[str, list[str]]:
    tied = tie(outline("plan", PLAN + rows))
    return {row: [detail.measure for detail in details] for row, details in tied.items()}


def test_rows_go_to_the_measures_that_they_itemise() -> None:
    rows = "annex.1 checklist 建立隐患销号台账\nannex.2 checklist 加装“江眼”终端\nannex.3 checklist 补种芦苇\n"
    assert ties(rows) == {"annex.1": ["2.1.1"], "annex.2": ["2.1.2"], "annex.3": ["2.2.1"]}


def test_a_row_that_fits_none_is_left_out() -> None:
    assert ties("annex.1 checklist 新建公办幼儿园学位\n") == {}


def test_two_rows_may_itemise_one_measure() -> None:
    rows = "annex.1 checklist 建立隐患销号台账\nannex.2 checklist 公布渡口黑名单\n"
    assert ties(rows) == {"annex.1": ["2.1.1"], "annex.2": ["2.1.1"]}


def test_rows_under_a_measures_own_title_itemise_it() -> None:
    row = "annex.1 checklist 夏季另派渡工随船值守\n"
    assert ties(f"# 更新老旧渡船\n{row}") == {"annex.1": ["2.1.2"]}
    assert ties(f"# 重点任务\n{row}# 重点举措\n2.9.1 工作措施。按月调度。\n") == {}
    assert ties(f"# 其他事项\n{row}") == {}


def test_a_row_that_says_again_what_a_safeguard_says_itemises_it() -> None:
    plan = "# 保障措施\n3.1 safeguard 强化督查。将渡口安全纳入专项督查和年度绩效评价，按季通报进度。\n"
    row = "annex.1 checklist 将渡口安全纳入专项督查和年度绩效评价\nannex.2 checklist 排查渡口隐患并通报进度\n"
    assert ties(plan + row) == {"annex.1": ["3.1"], "annex.2": ["2.1.1"]}


def test_the_order_of_the_list_settles_what_words_leave_open() -> None:
    rows = "annex.1 checklist 更新木质渡船\nannex.2 checklist 对渡工渡船开展考核\nannex.3 checklist 补种芦苇\n"
    assert ties(rows)["annex.2"] == ["2.1.3"]


def test_a_row_of_two_measures_is_tied_to_both() -> None:
    rows = "annex.1 checklist 淘汰木质渡船，补种芦苇、退出违规养殖\n"
    assert ties(rows) == {"annex.1": ["2.1.2", "2.2.1"]}


@pytest.mark.parametrize("text", ["", "annex.1 checklist 建立台账\n"])
def test_a_list_without_a_plan_is_no_fault(text: str) -> None:
    tasks = outline("plan", text)
    assert tie(tasks) == {}


def test_signals_point_at_words_of_both() -> None:
    tasks = outline("plan", PLAN + "annex.1 checklist 公布渡口黑名单\n")
    (one,) = tie(tasks)["annex.1"]
    text = PLAN + "annex.1 checklist 公布渡口黑名单\n"
    assert 0.5 < one.score <= 1
    for signal in one.signals:
        assert signal.child_words
        assert signal.child_words.of(text) == "公布渡口黑名单"
    clause = next(signal for signal in one.signals if signal.name == "clause")
    assert clause.parent_words
    assert clause.parent_words.of(text) == "公布渡口黑名单"


def hits(folder: Path, document: Path) -> tuple[int, int, int]:
    """Return how many details of the gold were found, how many were made, how many there are."""
    tasks = from_reading(read_file(document))
    rows = [json.loads(line) for line in (folder / "tasks.jsonl").read_text(encoding="utf-8").splitlines()]
    gold = {(row["path"], measure) for row in rows for measure in row.get("details") or ()}
    made = {(row, detail.measure) for row, details in tie(tasks).items() for detail in details}
    return len(gold & made), len(made), len(gold)


@pytest.mark.parametrize("name", ["province", "chengzhou", "yunxi", "shipu"])
def test_the_lists_of_the_sample(name: str) -> None:
    (document,) = (SAMPLES / "lanjiang").glob(f"{name}.*")
    right, made, gold = hits(SAMPLES / "gold" / name, document)
    assert right == made == gold


@pytest.mark.skipif(not SHARED.is_dir(), reason="the annotated documents do not stand beside this checkout")
def test_the_annotated_list() -> None:
    right, made, gold = hits(SHARED / "gold/zhenhai", SHARED / "seeds/zhenhai.txt")
    assert 2 * right / (made + gold) >= 0.97


def plain_path(lines: list[dict[int, float]], size: int) -> list[int | None]:
    """The same way as `_path`, with a value for every measure at every row."""
    value, back = [0.0] * size, []
    for line in lines:
        best = max(range(size), key=lambda at: (value[at], -at))
        new, origin = [], []
        for at in range(size):
            ahead = max(range(at + 1), key=lambda one: (value[one], -one))
            came = best if value[best] - 0.12 > value[ahead] else ahead
            new.append(value[came] - (0.12 if came > at else 0.0) + max(0.0, line.get(at, 0.0) - 0.36))
            origin.append(came)
        back.append(origin)
        value = new
    at = max(range(size), key=lambda end: (value[end], -end))
    chosen: list[int | None] = []
    for line, origin in zip(reversed(lines), reversed(back), strict=True):
        chosen.append(at if line.get(at, 0.0) >= 0.36 else None)
        at = origin[at]
    return chosen[::-1]


@pytest.mark.parametrize("seed", range(40))
def test_the_way_is_that_of_looking_at_every_row_and_measure(seed: int) -> None:
    chance = random.Random(seed)
    size = chance.randint(1, 12)
    lines = [
        {at: chance.choice([0.2, 0.36, 0.4, 0.48, 0.5, 0.9, 1.0]) for at in range(size) if chance.random() < 0.4}
        for _ in range(chance.randint(1, 15))
    ]
    assert details._path(lines) == plain_path(lines, size)
