"""The tasks of annex lists: one for each row, from a drawn table, a flattened one, or a numbered list under headings."""

from graph.issues import IssueLog
from graph.model import Span
from loaders.extract.deadlines.years import Years
from loaders.extract.tasks.body_tasks import FoundTask
from loaders.extract.tasks.flat_tables import flat_tables
from loaders.extract.tasks.table_rows import TableRow, TaskTable, drawn_table
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document, Table
from loaders.structure.annexes import Annex
from loaders.structure.grid import cell_lines
from loaders.structure.outline import build

_PATTERNS = by_name("tasks")
_TASK_LIST = _PATTERNS["task_list"]
# A list that says who carries each of its items gives tasks, whatever its title.
_DUTY = by_name("units")["carried_label"]
_NO_LIST = _PATTERNS["no_task_list"]


def task_tables(
    document: Document, annex: Annex, drawn: tuple[Table, ...], years: Years, issues: IssueLog
) -> list[TaskTable]:
    """Return the lists of tasks that stand in an annex as tables, drawn or flattened, in printed order."""
    found: list[TaskTable] = []
    for table in drawn:
        if _inside(table.span, annex.span) and (one := drawn_table(document, table, found[-1] if found else None)):
            found.append(one)
    found += flat_tables(document, cell_lines(document, annex.pieces), years, issues)
    return sorted(found, key=lambda one: one.span)


def _inside(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def row_task(document: Document, table: TaskTable, row: TableRow, position: int, prefix: str) -> FoundTask | None:
    """Return the task of a row; its path takes the printed number, else the row's position.

    Its theme is what stands nearest: the cell that names its work or groups it, else the row across the table above it.
    """
    cells = [span for _, span in table.cells(row, "task")]
    if not cells:
        return None
    title = Span(cells[0].start, cells[-1].end)
    everything = [title, *(span for _, span in table.cells(row, "detail"))]
    groups = table.cells(row, "group")
    nearest = [span for at, span in groups if at == groups[-1][0]]
    theme = Span(nearest[0].start, nearest[-1].end) if nearest else row.headings[-1] if row.headings else None
    return FoundTask(
        path=f"{prefix}.{row.path or position}",
        kind="checklist",
        number=row.number,
        span=Span(title.start, max(span.end for span in everything)),
        title=title,
        theme=theme,
        section=tuple(document.raw(span) for span in row.headings),
        rule="task-row" if table.drawn else "task-flat-row",
    )


def listed_tasks(document: Document, annex: Annex, prefix: str) -> list[FoundTask]:
    """Return the items of an annex that prints its tasks as a numbered list, also under headings; none for others."""
    title = document.plain(annex.title) if annex.title else ""
    if _NO_LIST.search(title) or not annex.pieces:
        return []
    outline = build(document, annex.pieces)
    leaves = [node for node in outline.walk() if not node.children and node.marker]
    carried = sum(bool(_DUTY.search(document.plain(node.span))) for node in leaves)
    if not _TASK_LIST.search(title) and (len(leaves) < 2 or carried * 2 < len(leaves)):
        return []
    numbers = [node.marker.number for node in leaves if node.marker]
    running = len(set(numbers)) == len(numbers)
    return [
        FoundTask(
            path=f"{prefix}.{node.ordinal if running else node.path}",
            kind="checklist",
            number=node.marker.printed if node.marker else None,
            span=node.span,
            title=node.title,
            theme=node.parent.title if node.parent else None,
            section=(),
            rule="task-annex-item",
        )
        for node in leaves
    ]
