"""What sections say beside their tasks is told as an issue, with its place."""

import pytest

from loaders.reading.document_reading import read_document
from tests.loaders.documents import text_document

HEAD = "云溪区渡口整治方案\n"
TASKS = "1.修好缆绳。逐个渡口更换缆绳。\n2.补齐灯具。逐个渡口安装灯具。\n3.清理淤泥。逐个渡口清理淤泥。\n"


def told(text: str) -> list[tuple[str, str]]:
    reading = read_document(text_document(HEAD + text))
    assert all(one.span is None or one.span.of(reading.text) == one.quote for one in reading.issues)
    return [(one.code, one.quote) for one in reading.issues]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"一、工作任务\n(一)渡口整治\n各镇对老旧渡口开展整治，于2023年12月20日前完成。\n{TASKS}(二)巡查。天天巡查渡口。\n",
            [("section-date", "于2023年12月20日前完成")],
        ),
        # A date inside a task is its own.
        (f"一、工作任务\n(一)渡口整治\n各镇对渡口开展整治。\n{TASKS}4.验收。2023年12月底前完成验收。\n", []),
        (
            f"一、工作任务\n今年更换缆绳200条，安装灯具300盏。新建渡口5个。\n{TASKS}",
            [("section-target", "今年更换缆绳200条，安装灯具300盏"), ("section-target", "新建渡口5个")],
        ),
        # Goals are no tasks by a rule that is known.
        (f"一、工作目标\n到2025年，改造渡口50个。\n二、工作任务\n{TASKS}", []),
        (f"一、整治时间\n2023年3月1日至6月30日。\n二、工作任务\n{TASKS}", [("section-date", "2023年3月1日至6月30日")]),
        (f"一、施行时间\n2023年3月1日至6月30日。\n二、工作任务\n{TASKS}", []),
    ],
)
def test_dates_and_targets_of_a_section_that_no_task_takes(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            f"一、工作任务\n(一)渡口整治\n各镇开展整治，于2023年12月20日前完成。\n{TASKS}(二)巡查。天天巡查。\n",
            ["2023-12-20"],
        ),
        (f"一、工作任务\n到2024年新建渡口5个。\n{TASKS}", ["2024-12-31"]),
        (f"一、工作任务\n更换缆绳200条。\n{TASKS}", [None]),
        (f"一、整治时间\n2023年3月1日至6月30日。\n二、工作任务\n{TASKS}", ["2023-06-30"]),
        # A bare year that a section is about is no day by which anything is done.
        (f"一、2025年重点工作\n{TASKS}", []),
        (f"一、到2025年的主要任务\n{TASKS}", ["2025-12-31"]),
        (f"一、2025年2月30日前完成的任务\n{TASKS}", []),
        # A heading and the words below it are two statements; so are two days of one sentence.
        (f"一、到2025年的主要任务\n到2027年渡口全部改造。\n{TASKS}", ["2025-12-31", "2027-12-31"]),
        (f"一、工作任务（2024年12月底前）\n于2025年3月底前完成。\n{TASKS}", ["2024-12-31", "2025-03-31"]),
        (f"一、工作任务\n到2023年6月底新建渡口5个，到2025年新建渡口9个。\n{TASKS}", ["2023-06-30", "2025-12-31"]),
        # A year in passing is not when the work is done; of several bare times none is said to be the one.
        (f"一、活动时间\n根据2025年工作部署，2023年3月至12月开展。\n二、工作任务\n{TASKS}", ["2023-12-31"]),
        (f"一、活动时间\n2023年4月、2023年9月。\n二、工作任务\n{TASKS}", [None]),
        (f"一、活动时间\n2023年4月。\n二、工作任务\n{TASKS}", ["2023-04-30"]),
        (f"一、工作任务\n(一)攻坚任务（2025—2027年）\n{TASKS}(二)巡查。天天巡查。\n", ["2027-12-31"]),
    ],
)
def test_the_last_day_that_a_section_states(text: str, days: list[str | None]) -> None:
    reading = read_document(text_document(HEAD + text))
    told = [one for one in reading.issues if one.code in ("section-date", "section-target")]
    assert [one.deadline_end.isoformat() if one.deadline_end else None for one in told] == days


def test_the_headings_of_a_list_in_an_annex() -> None:
    listed = (
        "一、2025年6月底前完成的工作\n1.修好缆绳。（责任单位：区交通运输局）\n2.补齐灯具。（责任单位：区水利局）\n"
        "二、2026年底前完成的工作\n3.清理淤泥。（责任单位：区水利局）\n"
    )
    reading = read_document(
        text_document(f"{HEAD}一、工作任务\n{TASKS}云溪区人民政府\n2025年1月3日\n附件\n重点任务清单\n{listed}")
    )
    assert [task.path for task in reading.tasks if task.kind == "checklist"] == ["annex.1", "annex.2", "annex.3"]
    told = [(one.quote, one.deadline_end.isoformat()) for one in reading.issues if one.deadline_end]
    assert [day for _, day in told] == ["2025-06-30", "2026-12-31"]
    assert all(quote in reading.text for quote, _ in told)


def test_the_date_in_the_heading_of_a_stage_with_items_is_that_of_the_stage() -> None:
    text = f"一、实施步骤\n(一)整治阶段(2023年3月—5月)\n{TASKS}"
    assert ("section-date", "2023年3月—5月") not in told(text)
    stage = next(task for task in read_document(text_document(HEAD + text)).tasks if task.kind == "phase")
    assert stage.deadline is not None
    assert stage.deadline.raw == "2023年3月—5月"


@pytest.mark.parametrize(
    ("section", "unread"),
    [
        ("职责分工\n1.渡工：守好渡口，每日检查缆绳。\n2.村委会：劝导乘客。", True),
        ("组织体系\n区渡口办负责日常检查。各镇负责整治。", True),
        ("领导小组\n组长：区长。成员：各镇镇长。", False),
        ("工作目标\n人人平安过江。", False),
    ],
)
def test_standing_duties_of_bodies_are_left_out_and_told(section: str, unread: bool) -> None:
    found = told(f"一、{section}\n二、工作任务\n{TASKS}")
    assert found == ([("duties-unread", section.partition("\n")[0])] if unread else [])


def test_a_list_of_members_is_no_task() -> None:
    text = f"一、工作任务\n{TASKS}二、组织保障\n(一)渡口技术组 成 员：王某 李某\n(二)落实经费。区财政安排经费。\n"
    reading = read_document(text_document(HEAD + text))
    assert [task.path for task in reading.tasks if task.kind == "safeguard"] == ["2.2"]


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("工作任务（区交通运输局牵头）", ["（区交通运输局牵头）"]),
        ("工作任务（牵头单位：区交通运输局）", ["（牵头单位：区交通运输局）"]),
        ("工作任务（含渡口改造）", []),
    ],
)
def test_who_carries_a_section_is_told(heading: str, said: list[str]) -> None:
    assert [quote for code, quote in told(f"一、{heading}\n{TASKS}") if code == "section-duty"] == said
