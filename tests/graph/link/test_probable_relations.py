"""Relations that nobody states and that subject, level, place and tasks make probable."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from graph.link.policies.probable_relations import HeldPolicy, ProbableRelation, probable_relations

UPPER = HeldPolicy(
    key="p", title="浙江省渡口安全提升行动计划", level="province", place="330000", issued=date(2024, 1, 5)
)
LOWER = HeldPolicy(key="c", title="宁波市渡口安全提升工作方案", level="city", place="330200", issued=date(2024, 3, 1))
TASKS: Mapping[str, Sequence[str]] = {
    "p": ["更新渡船救生设备", "整修渡口候船亭", "培训渡工驾驶技能", "加强组织领导"],
    "c": ["更新渡船救生设备", "整修渡口候船亭", "组织渡工驾驶技能培训", "加强组织领导"],
}


def found(
    *policies: HeldPolicy, tasks: Mapping[str, Sequence[str]] = TASKS, known: bool = False
) -> list[ProbableRelation]:
    return probable_relations(policies, lambda child, parent: known, lambda keys: {key: tasks[key] for key in keys})


def test_one_subject_fitting_levels_and_like_tasks_make_a_relation_probable() -> None:
    assert found(LOWER, UPPER) == [ProbableRelation("c", "p", 3, 3)] == found(UPPER, LOWER)


@pytest.mark.parametrize(
    "other",
    [
        replace(LOWER, place="320100"),
        replace(LOWER, level="province", place="330000"),
        replace(LOWER, title="宁波市古树名木养护工作方案"),
        replace(LOWER, issued=date(2023, 12, 1)),
        replace(LOWER, level="central", place="100000"),
    ],
    ids=["another province", "same level", "another subject", "older than the upper one", "above it"],
)
def test_what_does_not_fit_is_not_proposed(other: HeldPolicy) -> None:
    assert found(other, UPPER) == []


def test_what_is_known_and_what_shares_only_slogans_is_not_proposed() -> None:
    assert found(LOWER, UPPER, known=True) == []
    slogans = ["加强组织领导", "强化督促检查", "落实工作责任", "营造良好氛围"]
    assert found(LOWER, UPPER, tasks={"p": slogans, "c": slogans}) == []


def test_only_what_is_asked_about_is_looked_at() -> None:
    def headings(keys: Sequence[str]) -> Mapping[str, Sequence[str]]:
        return {key: TASKS[key] for key in keys}

    assert probable_relations([LOWER, UPPER], lambda *_: False, headings, {"x"}) == []
    assert probable_relations([LOWER, UPPER], lambda *_: False, headings, {"c"})
