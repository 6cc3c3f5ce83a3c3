"""What the columns of a list of tasks hold, told from their headings (序号, 重点任务, 责任单位, 时间要求 …)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from graph.model import Role
from graph.text import squeeze
from loaders.extract.deadlines.find import is_time_column
from loaders.extract.units.unit_roles import column_role
from loaders.patterns.pattern_files import by_name

ColumnKind = Literal["number", "task", "detail", "group", "unit", "time", "other"]
# A column that names each row's task is filled in nearly all of them; merged cells leave gaps.
_MOST_ROWS = 0.8

_PATTERNS = by_name("columns")
_NUMBER = _PATTERNS["number"]
_TASK = _PATTERNS["task"]
_GROUP = _PATTERNS["group"]
_OTHER = _PATTERNS["other"]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: what it holds; for units the role it says, whether its first leads, and whether that is printed."""

    kind: ColumnKind
    role: Role | None = None
    first_leads: bool = False
    stated: bool = True


def column(header: str) -> TableColumn | None:
    """Return what the column headed so holds, or None where the words are no heading of a column."""
    text = squeeze(header).strip("*:")
    if not text or len(text) > 16:
        return None
    if _NUMBER.fullmatch(text):
        return TableColumn("number")
    if role := column_role(text):
        return TableColumn("unit", role.role, role.first_leads, role.stated)
    if is_time_column(text):
        return TableColumn("time")
    if _GROUP.fullmatch(text):
        return TableColumn("group")
    if _TASK.fullmatch(text):
        return TableColumn("task")
    return TableColumn("other") if _OTHER.fullmatch(text) else None


def columns(headers: Sequence[str], filled: Callable[[int], float] = lambda at: 1.0) -> tuple[TableColumn, ...] | None:
    """Return the columns of a list of tasks, or None where the headings are not those of one.

    A list of tasks has a column of tasks and one of units or times. `filled` tells the share of rows that have a cell
    of their own in a column: of several columns that could be the task, the first that every row fills names it, and
    those left of it group the rows (任务名称 merged over several 任务内容).
    """
    kinds = [column(header) or TableColumn("other") for header in headers]
    named = [at for at, one in enumerate(kinds) if one.kind in ("task", "group")]
    tasks = [at for at in named if kinds[at].kind == "task" and filled(at) >= _MOST_ROWS]
    tasks = tasks or [at for at in named if filled(at) >= _MOST_ROWS] or named[-1:]
    if not tasks or not any(one.kind in ("unit", "time") for one in kinds):
        return None
    chosen = tasks[0]
    return tuple(_as(one, at, chosen) for at, one in enumerate(kinds))


def _as(printed: TableColumn, at: int, chosen: int) -> TableColumn:
    if at == chosen:
        return TableColumn("task")
    if printed.kind in ("task", "group"):
        return TableColumn("group" if at < chosen else "detail")
    return printed
