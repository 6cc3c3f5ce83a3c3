"""The tasks of annex lists: one for each row, from a drawn table, a flattened one, or a numbered list under headings."""

from graph.issues import IssueLog
from graph.model import Span
from graph.text import squeeze, trim
from loaders.extract.deadlines.years import Years
from loaders.extract.tasks.body_tasks import FoundTask
from loaders.extract.tasks.flat_tables import flat_tables
from loaders.extract.tasks.table_rows import TableRow, TaskTable, drawn_table
from loaders.extract.units.unit_names import is_unit_name
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document, Table
from loaders.structure.annexes import Annex
from loaders.structure.outline import DocumentOutline, Node, build
from loaders.structure.table_grid import cell_lines, first_row, is_number_head, line_texts

_PATTERNS = by_name("tasks")
_TASK_LIST = _PATTERNS["task_list"]
# A list that says who carries each of its items gives tasks, whatever its title.
_DUTY = by_name("units")["carried_label"]
_NO_LIST = _PATTERNS["no_task_list"]
_STANDING_DUTIES = _PATTERNS["standing_duties"]
_POINTS = _PATTERNS["points"]
# The heads of a table stand among the first lines of its annex.
_TABLE_HEAD = 12
_SENTENCE_END = " \t\r\n*。;；"


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
    """Return the items of an annex that prints its tasks as a numbered list, also under headings; none for others.

    What the title says is enough for a list of tasks; under any other title most items must say who carries them.
    """
    title = document.plain(annex.title) if annex.title else ""
    if not annex.pieces or _prints_table(document, annex):
        return []
    outline = build(document, annex.pieces)
    if lists_duties(document, annex, outline):
        return []
    items = [node for node in outline.walk() if node.marker and not any(_is_high(child) for child in node.children)]
    items = [node for node in items if node.parent is None or _is_high(node)]
    named = _TASK_LIST.search(title) and not _NO_LIST.search(title)
    carried = sum(bool(_DUTY.search(document.plain(node.span))) for node in items)
    if not named and (len(items) < 2 or carried * 2 < len(items)):
        return []
    numbers = [node.ordinal for node in items]
    running = len(set(numbers)) == len(numbers)
    return [
        FoundTask(
            path=f"{prefix}.{node.ordinal if running else node.path}",
            kind="checklist",
            number=node.marker.printed if node.marker else None,
            span=node.span,
            title=_whole(document, node.title.start, node.piece.span.end),
            theme=_whole(document, node.parent.title.start, node.parent.title.end) if node.parent else None,
            section=(),
            rule="task-annex-item",
        )
        for node in items
    ]


def lists_duties(document: Document, annex: Annex, outline: DocumentOutline) -> bool:
    """Tell whether an annex says what bodies are there for: its title does, or its headings are bodies and no item is carried."""
    title = squeeze(document.plain(annex.title)) if annex.title else ""
    if _STANDING_DUTIES.search(title):
        return True
    heads = [node for node in outline.nodes if node.children or node.paragraphs]
    bodies = sum(is_unit_name(squeeze(document.plain(node.title))) for node in heads)
    if len(heads) < 2 or bodies * 2 <= len(heads) or "任务" in title:
        return False
    return not any(_DUTY.search(document.plain(node.span)) for node in heads)


def _prints_table(document: Document, annex: Annex) -> bool:
    """Tell whether the lines of an annex are the cells of a table, which is no list under headings."""
    texts = line_texts(document, cell_lines(document, annex.pieces))
    heads = [at for at, text in enumerate(texts[:_TABLE_HEAD]) if is_number_head(text)]
    return bool(heads) and first_row(texts, heads[0]) is not None


def _is_high(node: Node) -> bool:
    """Tell whether an item is none of the clauses (1), ① of another."""
    return node.marker is not None and node.marker.sign not in ("number_bracket", "ring", "point")


def _whole(document: Document, start: int, end: int) -> Span:
    """Return all words of an item or heading but the brackets at its end that say points, who carries it, and when."""
    folded = document.folded
    while True:
        end = trim(document.text, start, end, _SENTENCE_END)[1]
        closing = end - 1
        if closing <= start or folded[closing] != ")":
            return Span(start, end)
        opening = _opening(folded, start, closing)
        inside = folded[opening + 1 : closing]
        if opening <= start or not (_POINTS.fullmatch(inside.strip()) or _DUTY.search(inside)):
            return Span(start, end)
        end = opening


def _opening(folded: str, start: int, closing: int) -> int:
    """Return where the bracket opens that closes at `closing`; `start` where it does not."""
    depth = 0
    for at in range(closing, start, -1):
        depth += (folded[at] == ")") - (folded[at] == "(")
        if depth == 0:
            return at
    return start
