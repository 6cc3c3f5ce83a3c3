"""What the columns of a list of tasks hold: told by their heads (序号, 重点任务, 责任单位, 时间要求 …), else by their cells."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from graph.model import Role
from graph.text import squeeze
from loaders.extract.deadlines.find import is_time_column
from loaders.extract.units.unit_roles import column_role
from loaders.patterns.pattern_files import by_name

ColumnKind = Literal["number", "task", "name", "detail", "group", "unit", "time", "other"]
# A column that names each row's task is filled in nearly all of them; merged cells leave gaps.
_MOST_ROWS = 0.8
# Most cells under an unknown head that tells nothing are bodies, or times; those of a text are longer than a word.
_MOST_CELLS = 0.6
_WORD = 5
# The name of a piece of work is no sentence.
_NAME = 20
# A head has no more characters.
LONGEST_HEAD = 16

_PATTERNS = by_name("columns")
_NUMBER = _PATTERNS["number"]
_TASK = _PATTERNS["task"]
_NAMES_WORK = _PATTERNS["names_work"]
_CONTENT = _PATTERNS["content"]
_GROUP = _PATTERNS["group"]
_OTHER = _PATTERNS["other"]
_NO_DEED = _PATTERNS["no_deed"]
_REGISTER = _PATTERNS["register"]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: what it holds; for units the role it says, whether its first leads, and whether that is printed.

    `told_by` says whether its head tells it, or its cells where the head is unknown.
    """

    kind: ColumnKind
    role: Role | None = None
    first_leads: bool = False
    stated: bool = True
    told_by: Literal["head", "cells"] = "head"


@dataclass(frozen=True, slots=True)
class ColumnCells:
    """What the cells of a column are like: the share of rows that print one, their mean length, shares of units and times."""

    filled: float = 1.0
    length: float = 10.0
    units: float = 0.0
    times: float = 0.0


@lru_cache(maxsize=4096)
def column(header: str) -> TableColumn | None:
    """Return what the column headed so holds, or None where the words are no heading of a column."""
    text = squeeze(header).strip("*:")
    if not text or len(text) > LONGEST_HEAD:
        return None
    if _NUMBER.fullmatch(text):
        return TableColumn("number")
    if role := column_role(text):
        return TableColumn("unit", role.role, role.first_leads, role.stated)
    if is_time_column(text):
        return TableColumn("time")
    if _NAMES_WORK.fullmatch(text):
        return TableColumn("name")
    if _GROUP.fullmatch(text):
        return TableColumn("group")
    if _TASK.fullmatch(text) or _CONTENT.fullmatch(text):
        return TableColumn("task")
    return TableColumn("other") if _OTHER.fullmatch(text) else None


def columns(
    headers: Sequence[str], cells: Callable[[int], ColumnCells] = lambda at: ColumnCells()
) -> tuple[TableColumn, ...] | None:
    """Return the columns of a list of tasks, or None where the headings are not those of one.

    A list of tasks has two known heads, a column of tasks and one of units or times. `cells` tells what the cells of a
    column are like: of several columns that could be the task, the first that every row fills is it, and those left of
    it group the rows (任务名称 merged over several 任务内容). A column that names the work groups them too where another
    beside it says what is done.
    """
    known = [column(header) for header in headers]
    kinds = [one or _by_cells(header, cells(at)) for at, (header, one) in enumerate(zip(headers, known, strict=True))]
    heads = {one.kind for one in known if one}
    if len([one for one in known if one and one.kind != "other"]) < 2 or not any(
        one.kind in ("unit", "time") for one in kinds
    ):
        return None
    # Cells alone make no list of tasks: a register of places has dates and owners too.
    if not heads & {"task", "name"} and (
        not heads & {"unit", "time"} or any(_REGISTER.search(squeeze(header)) for header in headers)
    ):
        return None
    chosen = _task_column(headers, kinds, cells)
    return None if chosen is None else tuple(_as(one, at, chosen) for at, one in enumerate(kinds))


def _by_cells(header: str, cells: ColumnCells) -> TableColumn:
    """Return what a column with an unknown head holds: units or times where most of its cells are, else nothing known."""
    if not _NO_DEED.search(squeeze(header)):
        if cells.times >= _MOST_CELLS:
            return TableColumn("time", told_by="cells")
        if cells.units >= _MOST_CELLS:
            return TableColumn("unit", "responsible", told_by="cells")
    return TableColumn("other", told_by="cells")


def _task_column(
    headers: Sequence[str], kinds: Sequence[TableColumn], cells: Callable[[int], ColumnCells]
) -> int | None:
    """Return which column holds the tasks; a name of the work and unknown heads stand in where no head says 任务内容."""
    filled = [at for at in range(len(kinds)) if cells(at).filled >= _MOST_ROWS]
    named = [at for at, one in enumerate(kinds) if one.kind in ("task", "name", "group")]
    names = [at for at in named if kinds[at].kind == "name"]
    said = [at for at in filled if kinds[at].kind == "task"]
    text = [
        at
        for at in filled
        if kinds[at] == TableColumn("other", told_by="cells")
        and cells(at).length >= _WORD
        and not _NO_DEED.search(squeeze(headers[at]))
    ]
    if names and cells(names[0]).length <= _NAME:
        beside = [at for at in (said or text) if at > names[0]]
        return beside[0] if beside else names[0]
    numbered = any(one.kind == "number" for one in kinds)
    choice = [at for at in filled if kinds[at].kind in ("task", "name")] or (text if numbered and not named else [])
    choice = choice or [at for at in named if at in filled] or named[-1:]
    return choice[0] if choice else None


def _as(printed: TableColumn, at: int, chosen: int) -> TableColumn:
    if at == chosen:
        return replace(printed, kind="task", role=None)
    if printed.kind in ("task", "name", "group"):
        return replace(printed, kind="group" if at < chosen else "detail")
    return printed
