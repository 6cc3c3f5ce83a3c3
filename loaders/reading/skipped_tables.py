"""Tables and annexes that are no list of tasks: out of scope by a rule that is named, or an issue.

A rule goes by a word of the headings or the title. What holds more than its like do by nature (an assignment in a table of
indicators, numbered items in rules of their own) is an issue all the same.
"""

from collections.abc import Iterable, Iterator, Sequence

from graph.issues import IssueLog
from graph.model import Span
from loaders.extract.tasks.annex_lists import lists_duties
from loaders.patterns.pattern_files import by_name, load_patterns
from loaders.read.document import Document, Table
from loaders.read.page_data import is_page_data
from loaders.reading.left_out_marks import marks_in
from loaders.structure.annexes import Annex, Layout, missing_annexes
from loaders.structure.outline import DocumentOutline, build
from loaders.structure.table_grid import flat_bounds

_HOLDS = {one.name: frozenset(one.data["holds"]) for one in load_patterns("tables")}
Rest = tuple[Span, str]
_TASK_LIST = by_name("tasks")["task_list"]
# So many numbered sentences below headings are matter of their own, whatever the title calls it.
_ITEMS, _SENTENCE = 2, 10
# So many characters hold the heads of a table that prints one cell a line.
_HEADS = 60


def out_of_scope(words: str) -> str | None:
    """Return the name of the rule by which headings or a title say that a table holds no tasks, else None.

    >>> out_of_scope("指标名称"), out_of_scope("重点任务 牵头单位")
    ('indicators', None)
    """
    return next((pattern.name for pattern in load_patterns("tables") if pattern.regex.search(words)), None)


def other_tables(document: Document, inside: Span, read: Sequence[Span], issues: IssueLog) -> Iterator[Rest]:
    """Yield the drawn tables in `inside` that no list of tasks reads, each with the rule that leaves it out."""
    for table in document.tables:
        if not (inside.start <= table.span.start and table.span.end <= inside.end) or table.span in read:
            continue
        if is_page_data(document.text, table):
            yield table.span, "page-data"
        elif rule := out_of_scope(_head(document, table)):
            held = marks_in(document, table.span, ())
            if held.beyond(_HOLDS[rule] | {"grants"}):
                issues.add(
                    "table-unread",
                    table.span,
                    f"a table left out by its heading ({rule}), though it holds {held.items} numbered items,"
                    f" {held.duties} assignments, {held.dates} dates",
                )
            else:
                yield table.span, rule
        else:
            issues.add("table-unread", table.span, "a table whose headings tell neither tasks nor what else it holds")


def other_flat_tables(
    document: Document, lines: Sequence[Span], read: Sequence[Span], issues: IssueLog
) -> Iterator[Rest]:
    """Yield the tables printed one cell a line that no list of tasks reads, each with the rule that leaves it out."""
    for table in flat_bounds(document, lines):
        if any(one.start < table.end and table.start < one.end for one in read):
            continue
        if rule := out_of_scope(" ".join(document.plain(table)[:_HEADS].split())):
            yield table, rule
        else:
            issues.add("table-unread", table, "a table whose headings tell neither tasks nor what else it holds")


def _head(document: Document, table: Table) -> str:
    return " ".join(document.plain(cell.span) for cell in table.cells if cell.row < 2 or cell.column == 0)[:400]


def other_annexes(document: Document, annexes: Iterable[tuple[Annex, bool]], issues: IssueLog) -> Iterator[Rest]:
    """Yield the annexes that hold no list of tasks (the flag says so), each with the rule that leaves it out.

    One with numbered items below headings is left out by no word of its title, and becomes an issue.
    """
    for annex, is_read in annexes:
        if is_read or not annex.pieces:
            continue
        title = document.plain(annex.title) if annex.title else ""
        place = annex.title or annex.pieces[0].span
        outline = build(document, annex.pieces)
        if lists_duties(document, annex, outline):
            issues.add("duties-unread", place, "a section of standing duties of bodies, in which no tasks are sought")
        elif (rule := out_of_scope(title)) and (rule == "names" or not _orders_items(document, outline)):
            held = marks_in(document, annex.span, [one.marker for one in annex.pieces])
            if held.beyond(_HOLDS[rule] | {"grants"}):
                issues.add(
                    "annex-unread",
                    place,
                    f"an annex left out by its title ({rule}), though it holds {held.items} numbered items,"
                    f" {held.duties} assignments, {held.dates} dates",
                )
            else:
                yield annex.span, rule
        else:
            issues.add("annex-unread", place, "an annex whose title tells neither tasks nor what else it holds")


def _orders_items(document: Document, outline: DocumentOutline) -> bool:
    """Tell whether numbered sentences stand below headings."""
    items = [node for node in outline.walk() if node.marker and node.parent and not node.children]
    return sum(len(document.plain(node.span).strip()) >= _SENTENCE for node in items) >= _ITEMS


def absent_annexes(document: Document, layout: Layout, lists: int, issues: IssueLog) -> None:
    """Record the annexes that the text names and the copy lacks, but for those whose titles tell that they hold no tasks.

    `lists` is how many lists of tasks the body itself prints: a copy may leave out the line 附件 above them.
    """
    for one in missing_annexes(document, layout, lists):
        title = document.plain(one.title).strip("《》")
        if _TASK_LIST.search(title) or out_of_scope(title) in (None, "texts", "indicators"):
            issues.add("annex-missing", one.title, "an annex that the text names and this copy lacks")
