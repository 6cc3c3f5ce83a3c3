"""The paragraphs of a section that have headings of their own: tasks without a number."""

import re

from graph.model import Span
from loaders.numbering import marker_at
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document
from loaders.structure.outline import Node, split_title
from loaders.structure.paragraphs import Piece

_PATTERNS = by_name("tasks")
_DUTIES = by_name("units")
_BODIES_BEHIND = _PATTERNS["bodies_behind"]
_TOLD = _PATTERNS["told"]
_GOES_WITH = _PATTERNS["goes_with"]
_SENTENCES = re.compile(r"[。:)\]】〕\"]$")
_SECTIONS = frozenset({"part", "chapter", "section", "cn"})
_OVER_SECTIONS = frozenset({"part", "chapter"})
_LABEL = _DUTIES["label"]
_LABEL_IN_BRACKET = _DUTIES["label_line"]
_NARRATION = _PATTERNS["narration"]
_CARRIED = _DUTIES["carried"]
_MAX_PARAGRAPH_HEADING = 30
_LONGEST_INTRODUCTION = 200
_STAGE = _PATTERNS["stage"]
_STAGE_LINE = _PATTERNS["stage_line"]
_MAX_STAGE = 60
_BRIEF = 16
# One section alone is beside no other.
_SEVERAL = 2
_NOT_HEADING = _PATTERNS["no_heading"]
_REPORTS = _PATTERNS["reports"]


class Beside:
    """Which of the sections beside each other are parted into paragraphs with headings; each list is looked at once."""

    def __init__(self, document: Document) -> None:
        """Look at sections of `document`; nothing is looked at yet."""
        self.document = document
        self._lists: dict[int, tuple[dict[int, bool], int]] = {}
        self._introduced: dict[int, list[list[bool]]] = {}

    def alike(self, node: Node) -> bool:
        """Tell whether most of the bare sections beside this one are parted so."""
        if not (node.marker and node.marker.sign in ("cn", "cn_bracket")):
            return False
        if id(node.beside) not in self._lists:
            parted = {
                id(one): sum(_paragraph_heads(self.document, one)[1]) >= 2
                for one in node.beside
                if not one.children and one.own.start >= one.own.end
            }
            self._lists[id(node.beside)] = parted, sum(parted.values())
        parted, many = self._lists[id(node.beside)]
        others = len(parted) - (id(node) in parted)
        return (many - parted.get(id(node), False)) * 2 > others

    def introduced(self, node: Node) -> bool:
        """Tell whether the words behind the heading only introduce the headed paragraphs below, here and beside it."""
        if not (node.marker and node.marker.sign in ("cn", "cn_bracket")):
            return False
        if id(node.beside) not in self._introduced:
            self._introduced[id(node.beside)] = [heads for one in node.beside if len(heads := self._below(one)) > 1]
        others = self._introduced[id(node.beside)]
        return len(self._below(node)) > 1 and sum(all(heads) for heads in others) * 2 > len(others) > 1

    def _below(self, node: Node) -> list[bool]:
        """Which of the paragraphs below a short introduction have headings; nothing where none stands there."""
        own = node.own.end - node.own.start
        if node.children or not 0 < own <= _LONGEST_INTRODUCTION:
            return []
        return _paragraph_heads(self.document, node, True)[1]


def headed_paragraphs(document: Document, node: Node, beside: Beside) -> list[tuple[Piece, Piece]]:
    """Return (first, last) of the paragraphs below a bare heading that have headings of their own, or nothing.

    There are at least two (one, where the sections beside this one are parted so), they are the greater part, and a
    paragraph without a heading goes with the one above it. Words that run in behind the heading are its introduction
    where the sections beside it are parted.
    """
    alike = beside.alike(node)
    introduced = beside.introduced(node)
    if _all_carried(document, node):
        run_in = Piece(node.own, None, node.own.start)
        first = (
            run_in if _heads(document, run_in) else Piece(Span(node.title.start, node.own.end), None, node.title.start)
        )
        return [(piece, piece) for piece in (first, *node.paragraphs)]
    if stages := _stages(document, node):
        return stages
    if node.children or (node.own.start < node.own.end and not alike and not introduced):
        return []
    if plain := _plain_paragraphs(document, node):
        return plain
    content, heads = _paragraph_heads(document, node, introduced)
    if len(content) == 1 and (node.frame or _one_each(document, node)):
        return []  # a section of one paragraph is one task
    least = 1 if node.marker is None or alike else 2
    if sum(heads) < least or sum(heads) * 5 < len(content) * 3 or (least > 1 and not heads[0]):
        return []
    headed = {piece.span: head for piece, head in zip(content, heads, strict=True)}
    groups: list[tuple[Piece, Piece]] = []
    for piece in (content[0], *(one for one in node.paragraphs if one is not content[0])):
        if headed.get(piece.span):
            groups.append((piece, piece))
        elif groups and (node.marker or piece.span in headed):
            groups[-1] = (groups[-1][0], piece)
    return _with_boxes(node, groups)


def _with_boxes(node: Node, groups: list[tuple[Piece, Piece]]) -> list[tuple[Piece, Piece]]:
    """Return the groups, each with the boxes printed behind it, above the next one."""
    starts = [*(first.span.start for first, _ in groups[1:]), node.span.end]
    inside = [
        [last, *(box for box in node.boxes if first.span.start < box.span.start < below)]
        for (first, last), below in zip(groups, starts, strict=True)
    ]
    return [(first, max(ends, key=lambda one: one.span.end)) for (first, _), ends in zip(groups, inside, strict=True)]


def _one_each(document: Document, node: Node) -> bool:
    """Tell whether a heading without a number has one paragraph, most of them without a heading, as have all beside it."""
    if node.marker or len(node.beside) < _SEVERAL or any(len(one.paragraphs) != 1 for one in node.beside):
        return False
    return sum(_heads(document, one.paragraphs[0]) for one in node.beside) * 2 < len(node.beside)


def _plain_paragraphs(document: Document, node: Node) -> list[tuple[Piece, Piece]]:
    """Return (first, last) of the paragraphs of a section, each a task; nothing where it has fewer than two.

    A section is what stands at the top of the outline, its heading on a line of its own. What is no sentence of its own
    (一是…, a bracket of units, what follows a colon or a semicolon, a closing word) goes with the paragraph above.
    """
    above = node.parent.marker if node.parent else None
    whole = node.parent is None or (
        above and above.sign in _OVER_SECTIONS and node.marker and node.marker.sign == "section"
    )
    if not (whole and node.marker and node.marker.sign in _SECTIONS and node.own.start >= node.own.end):
        return []
    # What tells of a policy or of the past has no tasks of its own.
    if sum(bool(_TOLD.search(document.plain(piece.span))) for piece in node.paragraphs) * 3 > len(node.paragraphs):
        return []
    groups: list[tuple[Piece, Piece]] = []
    headed = False
    for at, piece in enumerate(node.paragraphs):
        # 改造渡口。 alone on a line is the heading of the next paragraph, or closes the one above.
        brief = _is_brief(document, piece)
        heads = brief and at + 1 < len(node.paragraphs) and not _is_brief(document, node.paragraphs[at + 1])
        goes_on = headed or (groups and document.plain(groups[-1][1].span)[-1] in ":;,、")
        if _begins_paragraph(document, piece) and not goes_on and (heads or not brief):
            groups.append((piece, piece))
        elif groups:
            groups[-1] = (groups[-1][0], piece)
        else:
            return []
        headed = heads and groups[-1][0] is piece
    return _with_boxes(node, groups) if len(groups) > 1 else []


def _is_brief(document: Document, piece: Piece) -> bool:
    text = document.plain(piece.span)
    return len(text) <= _BRIEF and "," not in text


def _begins_paragraph(document: Document, piece: Piece) -> bool:
    """Tell whether a paragraph is sentences that say something of their own."""
    text = document.plain(piece.span)
    sign = piece.marker or marker_at(document.folded, piece.content, piece.span.end)
    if (sign and sign.sign == "point") or _LABEL.match(text) or _GOES_WITH.match(text):
        return False
    return "。" in text and bool(_SENTENCES.search(text))


def _stages(document: Document, node: Node) -> list[tuple[Piece, Piece]]:
    """Return (first, last) of the stages that lines below a heading name (第一阶段 动员部署(3月)), each with what follows."""
    groups: list[tuple[Piece, Piece]] = []
    for piece in () if node.children else node.paragraphs:
        if _STAGE_LINE.match(document.folded, piece.span.start, piece.span.end):
            groups.append((piece, piece))
        elif groups:
            groups[-1] = (groups[-1][0], piece)
    return groups if len(groups) > 1 else []


def _all_carried(document: Document, node: Node) -> bool:
    """Tell whether the words behind a heading and every paragraph below close with a bracket of units of their own."""
    parts = [node.own, *(piece.span for piece in node.paragraphs)]
    if node.children or len(parts) < 2 or not all(_heads(document, piece) for piece in node.paragraphs):
        return False
    texts = [document.plain(part) for part in parts]
    return all((_CARRIED.search(text) and text[-1] in ")]】〕。") or _BODIES_BEHIND.search(text) for text in texts)


def _paragraph_heads(document: Document, node: Node, introduced: bool = False) -> tuple[list[Piece], list[bool]]:
    """Return the paragraphs below a heading, labelled lines left out, and which of them have a heading of their own.

    Words that run in behind the heading are the first paragraph, unless they are its introduction.
    """
    run_in = node.own.start < node.own.end and not introduced
    first = [Piece(node.own, None, node.own.start)] if run_in else []
    content = [
        piece
        for piece in (*first, *node.paragraphs)
        if not _LABEL.match(text := document.plain(piece.span)) and not (node.marker is None and _NARRATION.match(text))
    ]
    return content, [node.marker is None or _heads(document, piece) for piece in content]


def has_heading_sentence(document: Document, piece: Piece) -> bool:
    """Tell whether a paragraph opens with a short sentence that heads what follows, and is neither news nor a closing word."""
    text = document.plain(piece.span)
    return _heads(document, piece) and "。" in text and not (_NARRATION.match(text) or _GOES_WITH.match(text))


def is_told(document: Document, piece: Piece) -> bool:
    """Tell whether a paragraph explains a policy to its readers, or tells what was done."""
    return bool(_TOLD.search(document.plain(piece.span)))


def _heads(document: Document, piece: Piece) -> bool:
    sign = piece.marker or marker_at(document.folded, piece.content, piece.span.end)
    if sign and sign.sign == "point":
        return False  # 一要…, 二是… are part of the measure (docs/annotation.md)
    if _LABEL_IN_BRACKET.match(document.folded, piece.content, piece.span.end):
        return False  # (牵头单位:…) on a line of its own carries what stands above it
    title, own = split_title(document.folded, piece.body)
    text = _REPORTS.sub("", document.plain(title))
    if _STAGE.match(text):
        return len(text) <= _MAX_STAGE and own.end > own.start
    return 4 <= len(text) <= _MAX_PARAGRAPH_HEADING and own.end - own.start > 8 and not _NOT_HEADING.search(text)
