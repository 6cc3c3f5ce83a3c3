"""The tasks of a document's body: the nodes of the outline that say what is to be done.

A task is the lowest part with a heading of its own; numbered clauses, 一是 二是 and enumerations below it are part of it
(gold/SPEC.md, Paths and "Where annotators differed").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from graph.model import Span, TaskKind
from loaders.extract.tasks.headed_paragraphs import CARRIED, Beside, headed_paragraphs
from loaders.numbering import RANKS
from loaders.read.document import Document
from loaders.structure.outline import Node, Outline, split_title
from loaders.structure.paragraphs import Piece
from loaders.structure.section_kinds import TASK_SECTIONS, SectionKind, section_kind

_LEADS = re.compile(r"组织(?:领导|实施|协调|推进|落实)|加强(?:党的)?(?:组织|全面)?领导|统筹(?:协调|推进)")
_CLAUSE_END = re.compile(r"[;,:]$")
_INTRODUCES = re.compile(r":$")
# What an item holds, not what is to be done: the dimensions of an assessment, the meaning of a word.
_DEFINES = re.compile(
    r"[,:\s]{0,3}(?:(?:主要)?(?:是指|系指|指的是|指(?![导标定挥派南])|即|反映|用于|由[^。]{2,30}(?:组成|构成))|(?:主要)?包括)"
)
_PURPOSE = re.compile(r"(?:为|为了|根据|依据|按照)[^。]{4,300}制定(?:本|以下|如下)[\u4e00-\u9fff]{1,6}$")
# The last item says when the rules begin and who explains them.
_CLOSES = re.compile(
    r"本[\u4e00-\u9fff]{1,6}(?:自|从|由)[^。;]{0,40}(?:施行|实施|执行|生效|负责解释)|(?:施行|实施|有效期|解释)(?:日期|时间|期限)?自"
)
# A heading over clauses that only say what is looked at (整治重点: 1.超载行为;).
_LISTS = re.compile(r"^(?:整治|排查|检查|打击|治理|监管|宣传|巡查)(?:的)?(?:重点|内容|对象)$")
# A list of the members of a leading group (组长: …, 成员: …) assigns nobody a task.
_PERSONS = re.compile(r"(?:组[ ]{0,6}长|成[ ]{0,6}员|总指挥|主任|召[ ]{0,3}集[ ]{0,3}人)[ ]?:")
# The headings of phases name a stage or a time.
_WHEN = re.compile(
    r"阶段|步骤|[一二三四五]步|时间|部署|动员|启动|准备|筹备|总结|验收|自查|摸底|排查|整改|巩固|收尾|申报|审核|公示|\d[ ]{0,2}[年月日]|季度"
)
# An undertaking has a name of its own; 开展专项行动 is a stage.
_UNDERTAKING = re.compile(r"(?!(?:集中|统一|开展|组织|部署|启动|推进|实施|专项){0,6}(?:行动|工程)).{3,60}(?:行动|工程)(?:\([^()]{2,40}\))?$")
_MAX_RUN_IN = 40
# A bracket of units at the end of an item: (责任单位:县交通局), (县交通局牵头). So long at most.
_CARRIED_END = re.compile(r"[(\[〔【][^()\[\]〔〕【】]{0,280}(?:单位|部门|负责|牵头|配合)[^\[\]〔〕【】]{0,280}[)\]】〕][。;]?$")
_BRACKET = 400
_COUNTS = re.compile(r"\d|[一二三四五六七八九十百千万亿两半](?:年|个?月|个|项|次|家|名|人|倍|成)|年底|月底|季度")
# Below these signs only items with a heading are tasks of their own.
_LOW_SIGNS = frozenset({"number_bracket", "ring", "point"})


# 防汛重点: 1.山洪沟3条。 says where.
_BARE_LIST = re.compile(r"^(?!工作|任务|重点|主要)[\u4e00-\u9fff]{2,4}(?:重点|对象|范围)$")


@dataclass(frozen=True, slots=True)
class Found:
    """A task before its units, dates and targets are read; `number` is None where none is printed."""

    path: str
    kind: TaskKind
    number: str | None
    span: Span
    title: Span
    theme: Span | None
    section: tuple[str, ...]
    rule: str


def body_tasks(document: Document, outline: Outline, prefix: str = "") -> list[Found]:
    """Return the tasks of the body in printed order; `prefix` begins their paths (`a1.` in a page of articles)."""
    found: list[Found] = []
    beside = Beside(document)
    # Where the numbers run on through all sections the last one is measures like the others (docs/annotation.md).
    above: SectionKind | None = "measure" if _runs_on(outline.nodes) else None
    for node in outline.nodes:
        led = _LEADS.search(document.plain(node.title)) and "保障" not in document.plain(node.title)
        _collect(document, node, above if led else None, prefix, found, beside)
    return _without_closing(document, outline, found)


def _without_closing(document: Document, outline: Outline, found: list[Found]) -> list[Found]:
    """Cut from the last task the paragraphs that close the document, behind the bracket of units that closes the task.

    Where most tasks do not end so nothing tells them apart; a date or number in them counts to the task
    (docs/annotation.md, Closing paragraphs).
    """
    last = list(outline.walk())[-1] if found else None
    if last is None or not last.paragraphs or found[-1].span.end != last.span.end:
        return found
    if sum(_is_carried(document, one.span) for one in found[:-1]) * 2 <= len(found):
        return found
    parts = [last.piece.span, *(piece.span for piece in last.paragraphs)]
    carried = [at for at, part in enumerate(parts) if _is_carried(document, part)]
    closing = parts[carried[-1] + 1 :] if carried else []
    if not closing or last.boxes or any(_COUNTS.search(document.plain(part)) for part in closing):
        return found
    end = parts[carried[-1]].end
    return [*found[:-1], replace(found[-1], span=Span(found[-1].span.start, end))] if end > found[-1].title.end else found


def _is_carried(document: Document, span: Span) -> bool:
    """Tell whether a stretch ends with a bracket that says who carries it."""
    return bool(_CARRIED_END.search(document.plain(Span(max(span.start, span.end - _BRACKET), span.end))))


def _runs_on(nodes: Sequence[Node]) -> bool:
    """Tell whether the items of each section continue the numbers of the one before, through three or more."""
    sections = [node.children for node in nodes if node.children and all(child.marker for child in node.children)]
    joints = [below[0].ordinal == above[-1].ordinal + 1 for above, below in pairwise(sections)]
    return len(joints) > 1 and all(joints)


def _collect(
    document: Document, node: Node, above: SectionKind | None, prefix: str, found: list[Found], beside: Beside
) -> None:
    kind = section_kind(document.plain(node.title), above)
    if kind == "phase" and kind != above and (_names_undertakings(document, node) or _says_what(document, node)):
        kind = "measure"
    if kind == "safeguard" and node.marker and node.marker.sign == "chapter" and "保障" not in document.plain(node.title):
        kind = "measure"  # 第五章 监督检查 of rules says what is to be done like the others
    if node.marker and node.marker.sign == "article":
        if kind in TASK_SECTIONS and not _is_closing_article(document, node):
            found.append(_task(document, node, kind, prefix, "article"))
        return
    if _defines(document, node.children):
        return
    listed = node.children and _BARE_LIST.search(document.plain(node.title))
    if listed and not any(_has_heading(document, one) for one in node.children):
        return
    if node.children and _are_tasks(document, node):
        # A part or chapter that says nothing of its kind leaves it to the headings inside.
        inherited = None if kind == "measure" and above is None and node.rank < RANKS["cn"] else kind
        for child in node.children:
            _collect(document, child, inherited, prefix, found, beside)
        return
    if _CLOSES.match(document.plain(node.title)) or (node.children and _LISTS.search(document.plain(node.title))):
        return
    if kind not in TASK_SECTIONS or _PERSONS.search(document.plain(node.span)[:60]):
        return
    headed = headed_paragraphs(document, node, beside)
    if headed:
        for position, (first, last) in enumerate(headed, 1):
            found.append(_paragraph_task(document, node, kind, prefix, position, first, last))
    else:
        found.append(_task(document, node, kind, prefix, "item" if node.own.start < node.own.end else "heading"))


def _names_undertakings(document: Document, node: Node) -> bool:
    """Tell whether most items below a heading like 行动步骤 are undertakings (渡口改造行动), whatever dates they print."""
    named = sum(bool(_UNDERTAKING.match(document.plain(child.title))) for child in node.children)
    return named > 1 and named * 2 > len(node.children)


def _says_what(document: Document, node: Node) -> bool:
    """Tell whether the items below a heading like 行动步骤 say what is done by whom, and none of them when."""
    items = [grandchild for child in node.children for grandchild in child.children]
    carried = sum(bool(CARRIED.search(document.plain(one.span))) for one in items)
    return 0 < len(items) < carried * 2 and not any(
        _WHEN.search(document.plain(Span(child.title.start, min(child.span.end, child.title.end + 30))))
        for child in node.children
    )


def _defines(document: Document, items: Sequence[Node]) -> bool:
    """Tell whether most of the items only say what a heading word means or covers (医疗质量。反映…)."""
    said = sum(bool(_DEFINES.match(document.plain(item.own))) for item in items)
    return len(items) > 1 and said * 2 > len(items)


def _is_closing_article(document: Document, node: Node) -> bool:
    """Tell whether an article only says why there are rules, who explains them, when they begin, or what a word means."""
    text = document.plain(node.span)[:120]
    return bool(
        re.search(r"自.{0,40}(?:起)?(?:施行|实施|执行)|由.{2,30}负责解释|本(?:办法|规定|条例|细则|意见)所称", text)
        or _PURPOSE.match(document.plain(node.title))
    )


def _are_tasks(document: Document, node: Node) -> bool:
    """Tell whether the numbered items below a node are tasks of their own, or clauses of the node's task."""
    kids = node.children
    if any(kid.marker and kid.marker.sign in ("chapter", "section", "article") for kid in kids):
        return True
    headed = sum(_has_heading(document, kid) for kid in kids)
    if headed * 2 > len(kids):
        return True
    own = node.own.start < node.own.end
    low = any(kid.marker and kid.marker.sign in _LOW_SIGNS for kid in kids)
    if own or low or _introduces(document, node):
        return False
    clauses = sum(bool(_CLAUSE_END.search(document.plain(kid.piece.span))) for kid in kids)
    return clauses * 2 < len(kids)


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


def _theme(node: Node | None) -> Span | None:
    return node.title if node else None


def _section(document: Document, nodes: Sequence[Node]) -> tuple[str, ...]:
    return tuple(document.raw(node.title) for node in nodes)


def _task(document: Document, node: Node, kind: SectionKind, prefix: str, rule: str) -> Found:
    return Found(
        path=prefix + node.path,
        kind=_task_kind(kind),
        number=node.marker.printed if node.marker else None,
        span=node.span,
        title=node.title,
        theme=_theme(node.parent),
        section=_section(document, node.line[:-1]),
        rule=f"task-{rule}",
    )


def _paragraph_task(
    document: Document, node: Node, kind: SectionKind, prefix: str, position: int, first: Piece, last: Piece
) -> Found:
    title, _ = split_title(document.folded, first.body)
    return Found(
        path=f"{prefix}{node.path}.{position}",
        kind=_task_kind(kind),
        number=None,
        span=Span(first.content, last.span.end),
        title=title,
        theme=node.title,
        section=_section(document, node.line),
        rule="task-paragraph",
    )


def _task_kind(kind: SectionKind) -> TaskKind:
    if kind == "safeguard" or kind == "phase":
        return kind
    return "measure"
