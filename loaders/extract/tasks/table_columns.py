"""What the columns of a list of tasks hold, told from their headings (序号, 重点任务, 责任单位, 时间要求 …)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from graph.model import Role
from graph.text import squeeze
from loaders.extract.deadlines.find import is_time_column
from loaders.extract.units.unit_roles import column_role

ColumnKind = Literal["number", "task", "detail", "group", "unit", "time", "other"]
# A column that names each row's task is filled in nearly all of them; merged cells leave gaps.
_MOST_ROWS = 0.8

_NUMBER = re.compile(r"(?:序号|编号|序|号|No\.?|项次|排序)", re.I)
_TASK = re.compile(
    r"(?:年度|重点|主要|工作|具体|目标|改革|整改|核心)*(?:工作)?(?:任务|事项|举措|措施|内容|要点|项目|行动|清单)(?:及|和|与)?(?:名称|内容|目标|要求|举措|措施|分解|事项)?"
)
_GROUP = re.compile(r"(?:类别|类型|分类|领域|方面|大类|一级|任务类别|项目类别|目标|板块|章节)")
_OTHER = re.compile(
    r"(?:备注|说明|指标|指标值|目标值|单位|分值|得分|权重|完成情况|进展|进展情况|状态|预期成果|成果|成果形式|完成标志|标志性成果|"
    r"投资|金额|年度目标|数量|联系人|责任人|责任领导|分管领导|牵头领导|联系电话|依据|来源|性质|级别|地点|区域|频次)"
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it holds; for units the role it says, whether its first leads, and whether that is printed."""

    kind: ColumnKind
    role: Role | None = None
    first_leads: bool = False
    stated: bool = True


def column(header: str) -> Column | None:
    """Return what the column headed so holds, or None where the words are no heading of a column."""
    text = squeeze(header).strip("*:")
    if not text or len(text) > 16:
        return None
    if _NUMBER.fullmatch(text):
        return Column("number")
    if role := column_role(text):
        return Column("unit", role.role, role.first_leads, role.stated)
    if is_time_column(text):
        return Column("time")
    if _GROUP.fullmatch(text):
        return Column("group")
    if _TASK.fullmatch(text):
        return Column("task")
    return Column("other") if _OTHER.fullmatch(text) else None


def columns(headers: Sequence[str], filled: Callable[[int], float] = lambda at: 1.0) -> tuple[Column, ...] | None:
    """Return the columns of a list of tasks, or None where the headings are not those of one.

    A list of tasks has a column of tasks and one of units or times. `filled` tells the share of rows that have a cell
    of their own in a column: of several columns that could be the task, the first that every row fills names it, and
    those left of it group the rows (任务名称 merged over several 任务内容).
    """
    kinds = [column(header) or Column("other") for header in headers]
    named = [at for at, one in enumerate(kinds) if one.kind in ("task", "group")]
    tasks = [at for at in named if kinds[at].kind == "task" and filled(at) >= _MOST_ROWS]
    tasks = tasks or [at for at in named if filled(at) >= _MOST_ROWS] or named[-1:]
    if not tasks or not any(one.kind in ("unit", "time") for one in kinds):
        return None
    chosen = tasks[0]
    return tuple(_as(one, at, chosen) for at, one in enumerate(kinds))


def _as(one: Column, at: int, chosen: int) -> Column:
    if at == chosen:
        return Column("task")
    if one.kind in ("task", "group"):
        return Column("group" if at < chosen else "detail")
    return one
