"""The tasks of a document's body: the nodes of the outline that say what is to be done.

A task is the lowest part with a heading of its own; numbered clauses, 一是 二是 and enumerations below it are part of it
(docs/annotation.md).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph.model import Span, TaskKind
from graph.text import trim
from loaders.extract.tasks.bare_paragraphs import bare_paragraphs
from loaders.extract.tasks.headed_paragraphs import Beside, headed_paragraphs
from loaders.extract.tasks.section_matter import announces, runs_on, speaks_of_matter, tells_why
from loaders.numbering import RANKS
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document
from loaders.structure.outline import DocumentOutline, Node, split_title
from loaders.structure.paragraphs import Piece
from loaders.structure.section_kinds import TASK_SECTIONS, SectionKind, section_kind

_PATTERNS = by_name("tasks")
_DUTIES = by_name("units")
_CARRIED = _DUTIES["carried"]
_LEADS = _PATTERNS["leading_section"]
_CLAUSE_END = re.compile(r"[;,:]$")
_INTRODUCES = re.compile(r":$")
_DEFINES = _PATTERNS["defines"]
_STAGE = _PATTERNS["stage_heading"]
_LISTS_THINGS = _PATTERNS["lists_things"]
_DESCRIBES = _PATTERNS["describes"]
_PURPOSE = _PATTERNS["purpose"]
_CLOSES = _PATTERNS["closes"]
_CLOSING_ARTICLE = _PATTERNS["closing_article"]
_SAFEGUARD = _PATTERNS["safeguard"]
_BARE_LIST = _PATTERNS["bare_list"]
_LISTS = _PATTERNS["lists_objects"]
_PERSONS = _PATTERNS["members"]
_WHEN = _PATTERNS["stage_or_time"]
_UNDERTAKING = _PATTERNS["undertaking"]
_MAX_RUN_IN = 40
_CARRIED_END = _DUTIES["carried_end"]
_ASSIGNED_END = _DUTIES["carried"]
_FIRST_LEADS = _DUTIES["first_leads"]
_MAX_LEAD_RULE = 60
_BRACKET = 400
# Words in a bracket behind a heading say who carries the section, and are no text of its own.
_ONLY_BRACKET = re.compile(r"[(\[〔【][^()\[\]〔〕【】。]{2,280}[)\]〕】][。;]?")
_MEANING = _PATTERNS["says_meaning"]
_ANSWER = _PATTERNS["answer"]
_CLOSING_WORDS = _PATTERNS["closing_words"]
# Of fewer items none tells how many paragraphs an item has.
_FEW_ITEMS = 3
_COUNTS = _PATTERNS["counts"]
# Below these signs only items with a heading are tasks of their own.
_LOW_SIGNS = frozenset({"number_bracket", "ring", "point"})


@dataclass(frozen=True, slots=True)
class FoundTask:
    """A task before its units, dates and targets are read; `number` is None where none is printed.

    `closing` is where paragraphs that close the document begin inside the last task: dates and numbers in them count to it,
    bodies in them do not (docs/annotation.md, Closing paragraphs).
    """

    path: str
    kind: TaskKind
    number: str | None
    span: Span
    title: Span
    theme: Span | None
    section: tuple[str, ...]
    rule: str
    closing: int | None = None

    @property
    def said(self) -> Span:
        """The task without what closes the document: where it says who does it."""
        return self.span if self.closing is None else Span(self.span.start, self.closing)


def body_tasks(document: Document, outline: DocumentOutline, prefix: str = "") -> list[FoundTask]:
    """Return the tasks of the body in printed order; `prefix` begins their paths (`a1.` in a page of articles)."""
    tasks: list[FoundTask] = []
    beside = Beside(document)
    for position, (first, last) in enumerate(bare_paragraphs(document, outline), 1):
        tasks.append(_paragraph_task(document, None, "measure", prefix, position, first, last))
    # Where the numbers run on through all sections the last one is measures like the others (docs/annotation.md).
    above: SectionKind | None = "measure" if runs_on(outline.nodes) else None
    for node in outline.nodes:
        led = above and _leads(document, node, outline.nodes)
        framed = section_kind(document.plain(node.frame), None) if node.frame else None
        _collect(document, node, above if led else framed, prefix, tasks, beside)
    # A sign with nothing behind it numbers no task: （一） before another sign.
    return _without_closing(document, outline, [task for task in tasks if task.span.start < task.span.end])


def _without_closing(document: Document, outline: DocumentOutline, tasks: list[FoundTask]) -> list[FoundTask]:
    """Cut from the last task the paragraphs that close the document.

    Where a date or number stands in them it counts to the task, and only the bodies in them do not
    (docs/annotation.md, Closing paragraphs).
    """
    last = list(outline.walk())[-1] if tasks and outline.nodes else None
    if last is None or not last.paragraphs or last.boxes or tasks[-1].span.end != last.span.end:
        return tasks
    parts = [last.piece.span, *(piece.span for piece in last.paragraphs)]
    at = _closing_part(document, outline, tasks, parts)
    if at is None or parts[at - 1].end <= tasks[-1].title.end:
        return tasks
    if any(_COUNTS.search(document.plain(part)) for part in parts[at:]):
        return [*tasks[:-1], replace(tasks[-1], closing=parts[at].start)]
    return [*tasks[:-1], replace(tasks[-1], span=Span(tasks[-1].span.start, parts[at - 1].end))]


def _closing_part(
    document: Document, outline: DocumentOutline, tasks: Sequence[FoundTask], parts: Sequence[Span]
) -> int | None:
    """Return which of the paragraphs of the last item is the first that closes the document; None where none does.

    It stands behind the bracket of units that closes the item, as such brackets close the others; or it opens as closing words do,
    and no other item has so many paragraphs.
    """
    if sum(_is_carried(document, one.span) for one in tasks[:-1]) * 2 > len(tasks):
        carried = [at for at, part in enumerate(parts) if _is_carried(document, part)]
        return carried[-1] + 1 if carried and carried[-1] + 1 < len(parts) else None
    others = [len(node.paragraphs) for node in outline.walk() if node.marker and not node.children][:-1]
    if len(others) < _FEW_ITEMS:
        return None
    behind = range(max(others) + 1, len(parts))
    return next((at for at in behind if _CLOSING_WORDS.match(document.plain(parts[at]))), None)


def _is_carried(document: Document, span: Span) -> bool:
    """Tell whether a stretch ends with a bracket that says who carries it."""
    return bool(_CARRIED_END.search(document.plain(Span(max(span.start, span.end - _BRACKET), span.end))))


def _is_assigned(document: Document, node: Node) -> bool:
    """Tell whether an item ends with a bracket that assigns it to units by a label: a task, whatever its heading says."""
    end = _CARRIED_END.search(document.plain(Span(max(node.span.start, node.span.end - _BRACKET), node.span.end)))
    return bool(end and _ASSIGNED_END.search(end.group()))


def _leads(document: Document, node: Node, nodes: Sequence[Node]) -> bool:
    """Tell whether a section whose heading speaks of leading or guarding is measures: sections of measures follow, or no 保障 is said."""
    heading = document.plain(node.title)
    if not _SAFEGUARD.search(heading):
        return bool(_LEADS.search(heading))
    later = nodes[nodes.index(node) + 1 :]
    behind = any(one.children and section_kind(document.plain(one.title)) == "measure" for one in later)
    return behind and section_kind(heading) == "safeguard"


def _collect(
    document: Document, node: Node, above: SectionKind | None, prefix: str, tasks: list[FoundTask], beside: Beside
) -> None:
    kind = section_kind(document.plain(node.title), above)
    if kind == "phase" and kind != above and (_names_undertakings(document, node) or _says_what(document, node)):
        kind = "measure"
    chapter = node.marker and node.marker.sign == "chapter"
    if kind == "safeguard" and kind != above and speaks_of_matter(document, node):
        kind = "measure"
    if kind == "safeguard" and chapter and not _SAFEGUARD.search(document.plain(node.title)):
        kind = "measure"  # 第五章 监督检查 of rules says what is to be done like the others
    if node.marker and node.marker.sign == "article":
        if kind in TASK_SECTIONS and not _is_closing_article(document, node):
            tasks.append(_task(document, node, kind, prefix, "article"))
        return
    if _defines(document, node.children) or _lists_things(document, node) or announces(document, node, above):
        return
    listed = node.children and _BARE_LIST.search(document.plain(node.title))
    if listed and not any(_has_heading(document, one) for one in node.children):
        return
    if node.children and (node.marker is None or _are_tasks(document, node)):
        # A part or chapter that says nothing of its kind leaves it to the headings inside.
        inherited = None if kind == "measure" and above is None and node.rank < RANKS["cn"] else kind
        if kind == above == "phase" and _STAGE.search(document.plain(node.title)):
            # The phase is a task, and what is numbered below it are measures (docs/annotation.md).
            phase = _task(document, node, kind, prefix, "phase")
            end = trim(document.text, phase.span.start, node.children[0].piece.span.start)[1]
            tasks.append(replace(phase, span=Span(phase.span.start, end)))
            inherited = "measure"
        for child in node.children:
            _collect(document, child, inherited, prefix, tasks, beside)
        return
    if _CLOSES.match(document.plain(node.title)) or _says_who_leads(document, node) or _explains(document, node):
        return
    if tells_why(document, node):
        return
    if node.children and _LISTS.search(document.plain(node.title)):
        return
    if kind not in TASK_SECTIONS and not node.children and _is_assigned(document, node):
        kind = "measure"
    if kind not in TASK_SECTIONS or _PERSONS.search(document.plain(node.span)[:60]):
        return
    headed = headed_paragraphs(document, node, beside)
    if headed:
        for position, (first, last) in enumerate(headed, 1):
            tasks.append(_paragraph_task(document, node, kind, prefix, position, first, last))
    else:
        tasks.append(_task(document, node, kind, prefix, "item" if node.own.start < node.own.end else "heading"))


def _says_who_leads(document: Document, node: Node) -> bool:
    """Tell whether an item opens with the rule for all lists that the first unit leads: it is read as that, and is no task."""
    title = document.plain(node.title)
    return len(title) <= _MAX_LEAD_RULE and _FIRST_LEADS.search(title) is not None and not node.children


def _explains(document: Document, node: Node) -> bool:
    """Tell whether an item is a question with its answer, or says what a word means."""
    title = document.plain(node.title)
    if title.endswith("?") or any(
        _ANSWER.match(document.plain(part)) for part in (node.own, *(piece.span for piece in node.paragraphs[:1]))
    ):
        return True
    alone = node.own.start >= node.own.end and len(node.paragraphs) == 1
    said = document.plain(node.paragraphs[0].span if alone else node.own)
    return bool(_MEANING.match(title) or (len(title) <= _MAX_RUN_IN and _MEANING.match(said)))


def _names_undertakings(document: Document, node: Node) -> bool:
    """Tell whether most items below a heading like 行动步骤 are undertakings (渡口改造行动), whatever dates they print."""
    named = sum(bool(_UNDERTAKING.match(document.plain(child.title))) for child in node.children)
    return named > 1 and named * 2 > len(node.children)


def _says_what(document: Document, node: Node) -> bool:
    """Tell whether the items below a heading like 行动步骤 say what is done by whom, and none of them when."""
    items = [grandchild for child in node.children for grandchild in child.children]
    carried = sum(bool(_CARRIED.search(document.plain(one.span))) for one in items)
    return 0 < len(items) < carried * 2 and not any(
        _WHEN.search(document.plain(Span(child.title.start, min(child.span.end, child.title.end + 30))))
        for child in node.children
    )


def _defines(document: Document, items: Sequence[Node]) -> bool:
    """Tell whether most of the items only say what a heading word means or covers (医疗质量。反映…)."""
    said = sum(bool(_DEFINES.match(document.plain(item.own))) and not _is_assigned(document, item) for item in items)
    return len(items) > 1 and said * 2 > len(items)


def _lists_things(document: Document, node: Node) -> bool:
    """Tell whether a section names products, places or fields, and most of its items only say what each is like."""
    if not _LISTS_THINGS.match(document.plain(node.title)):
        return False
    said = sum(bool(_DESCRIBES.match(document.plain(item.own))) for item in node.children)
    return said * 2 > len(node.children)


def _is_closing_article(document: Document, node: Node) -> bool:
    """Tell whether an article only says why there are rules, who explains them, when they begin, or what a word means."""
    text = document.plain(node.span)[:120]
    # 第一条 目的依据 为…，制定本办法。: the purpose may stand behind a heading.
    purpose = _PURPOSE.match(document.plain(node.title)) or _PURPOSE.match(document.plain(node.own).rstrip("。"))
    return bool(_CLOSING_ARTICLE.search(text) or purpose)


def _are_tasks(document: Document, node: Node) -> bool:
    """Tell whether the numbered items below a node are tasks of their own, or clauses of the node's task."""
    kids = node.children
    if any(kid.marker and kid.marker.sign in ("chapter", "section", "article") for kid in kids):
        return True
    headed = sum(_has_heading(document, kid) for kid in kids)
    if headed * 2 > len(kids):
        return True
    own = node.own.start < node.own.end and not _ONLY_BRACKET.fullmatch(document.plain(node.own))
    low = any(kid.marker and kid.marker.sign in _LOW_SIGNS for kid in kids)
    if own or low or _introduces(document, node):
        return False
    clauses = sum(bool(_CLAUSE_END.search(document.plain(kid.piece.span))) for kid in kids)
    # An item alone is no clause among others, whatever its first paragraph ends with.
    return len(kids) == 1 or clauses * 2 < len(kids)


def _has_heading(document: Document, node: Node) -> bool:
    """Tell whether an item has a heading: run in before its words, or on a line above them.

    Where items below it have headings it is theirs, however long it got in a copy without breaks.
    """
    if len(node.children) > 1 and all(_has_heading(document, child) for child in node.children):
        return True
    title = document.plain(node.title)
    own = node.own.end - node.own.start
    # What ends with ; is one of several clauses.
    if len(title) > _MAX_RUN_IN or ";" in title or document.folded[node.title.end : node.title.end + 1] == ";":
        return False
    if not own and _CLAUSE_END.search(document.plain(node.piece.span)):
        return False
    return own > 4 or bool(node.paragraphs) or bool(node.children)


def _introduces(document: Document, node: Node) -> bool:
    """Tell whether the words right above the items end in a colon (主要内容包括:)."""
    above = [piece for piece in node.paragraphs if piece.span.start < node.children[0].piece.span.start]
    last = above[-1] if above else node.piece
    return bool(_INTRODUCES.search(document.plain(last.span)))


def _theme(document: Document, node: Node | None) -> Span | None:
    """Return the heading that a task stands under, without a bracket at its end that says who carries the section."""
    if node is None:
        return None
    carried = _CARRIED_END.search(document.plain(node.title))
    if not carried or not carried.start():
        return node.title
    return Span(*trim(document.text, node.title.start, node.title.start + carried.start()))


def _section(document: Document, nodes: Sequence[Node]) -> tuple[str, ...]:
    return tuple(document.raw(node.title) for node in nodes)


def _task(document: Document, node: Node, kind: SectionKind, prefix: str, rule: str) -> FoundTask:
    return FoundTask(
        path=prefix + node.path,
        kind=_task_kind(kind),
        number=node.marker.printed if node.marker else None,
        span=node.span,
        title=node.title,
        theme=_theme(document, node.parent),
        section=_section(document, node.line[:-1]),
        rule=f"task-{rule}",
    )


def _paragraph_task(
    document: Document, node: Node | None, kind: SectionKind, prefix: str, position: int, first: Piece, last: Piece
) -> FoundTask:
    """Return the task of the paragraphs `first` to `last` below `node`, None where they stand below no heading."""
    title, _ = split_title(document.folded, first.body)
    return FoundTask(
        path=f"{prefix}{node.path}.{position}" if node else f"{prefix}{position}",
        kind=_task_kind(kind),
        number=None,
        span=Span(first.content, last.span.end),
        title=title,
        theme=_theme(document, node),
        section=_section(document, node.line) if node else (),
        rule="task-paragraph",
    )


def _task_kind(kind: SectionKind) -> TaskKind:
    if kind == "safeguard" or kind == "phase":
        return kind
    return "measure"


def rule_without_tasks(document: Document, node: Node) -> str | None:
    """Return the name of the rule by which a node of a section of tasks gives none, None where none says so.

    The names are `defines`, `bare-list`, `closes`, `background`, `lead-rule`, `lists-objects`, `explains` and `members`.
    """
    title = document.plain(node.title)
    if _defines(document, node.children):
        return "defines"
    if node.children and _BARE_LIST.search(title):
        return "bare-list"
    if _CLOSES.match(title) or (node.marker and node.marker.sign == "article" and _is_closing_article(document, node)):
        return "closes"
    if tells_why(document, node):
        return "background"
    if _says_who_leads(document, node):
        return "lead-rule"
    if node.children and _LISTS.search(title):
        return "lists-objects"
    if _explains(document, node):
        return "explains"
    return "members" if _PERSONS.search(document.plain(node.span)[:60]) else None
