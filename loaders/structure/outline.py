"""From pieces to an outline: headings and items in a tree, each with the ordinal that its path takes.

A node is a numbered piece, a heading that markup or its shape gives away, or a paragraph; what stands below a node and
bears no sign of its own is among its `paragraphs`.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from graph.model import Span
from loaders.numbering import RANKS, Marker
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document
from loaders.structure.boxes import goes_on, opens_box
from loaders.structure.paragraphs import Piece

_PATTERNS = by_name("outline")
_STOP = re.compile(r"[。;]")
_SENTENCE_END = re.compile("。")
_COLON = re.compile(r":")
_BLANK_AFTER_HEADING = re.compile(r"(?<=[\u4e00-\u9fff)\]》\"])[ \t]{1,4}(?=[\u4e00-\u9fff\"《(])")
_COLON_TITLE = 20
_STAGE = _PATTERNS["stage"]
_BLANK_TITLE, _BROKEN = 30, 20
_HALF = 12
_HEADING_LENGTH = 34
# A numbering that begins anew begins at least twice; so many paragraphs may introduce it below its heading.
_FEWEST_STARTS, _INTRODUCTION = 2, 2
_NO_HEADING = _PATTERNS["no_heading"]


@dataclass(slots=True)
class Node:
    """One numbered item or heading with all below it.

    `ordinal` is what its path takes: the printed number, else the 1-based position; `title` the heading's place,
    `own` the words of its piece behind the title (empty where the heading stands alone), `boxes` what is printed in a
    box (专栏) below it, `span` everything of it; `beside` are all nodes below the same parent, itself among them.
    `frame` is the heading right above one without a number, of a higher level by its markup.
    """

    piece: Piece
    rank: float
    ordinal: int
    title: Span
    own: Span
    children: list["Node"] = field(default_factory=list)
    paragraphs: list[Piece] = field(default_factory=list)
    boxes: list[Piece] = field(default_factory=list)
    parent: "Node | None" = None
    beside: list["Node"] = field(default_factory=list)
    frame: Span | None = None
    _whole: Span | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def marker(self) -> Marker | None:
        """The numbering sign, None for a heading without one."""
        return self.piece.marker

    @property
    def span(self) -> Span:
        """From the first word behind the sign to the last word of what stands below; for nodes of an outline that is built."""
        if self._whole is None:
            pieces = (self.piece, *self.paragraphs, *self.boxes)
            ends = [*(piece.span.end for piece in pieces), *(child.span.end for child in self.children)]
            self._whole = Span(self.piece.content, max(ends))
        return self._whole

    @property
    def path(self) -> str:
        """The ordinals from the top, joined by dots."""
        return ".".join(node.place for node in self.line)

    @property
    def place(self) -> str:
        """Its ordinal as its path has it; of 第三条之一 3-1."""
        inserted = self.marker and self.marker.inserted
        return f"{self.ordinal}-{inserted}" if inserted else str(self.ordinal)

    @property
    def line(self) -> tuple["Node", ...]:
        """The nodes from the top down to this one."""
        above = self.parent.line if self.parent else ()
        return (*above, self)

    def walk(self) -> Iterator["Node"]:
        """Yield this node and all below it in printed order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(slots=True)
class DocumentOutline:
    """The nodes at the top, and the paragraphs before the first of them (the preamble)."""

    nodes: list[Node]
    preamble: list[Piece]

    def walk(self) -> Iterator[Node]:
        """Yield every node in printed order."""
        for node in self.nodes:
            yield from node.walk()


def split_title(folded: str, span: Span) -> tuple[Span, Span]:
    """Return where the heading of an item stands and where its own words begin.

    The heading ends before the first 。 or ;, before a colon or a blank close to the beginning, else with the piece;
    the sign that ends it belongs to neither.
    """
    stop = _STOP.search(folded, span.start, span.end)
    if stop and stop.group() == ";" and stop.start() - span.start > _HEADING_LENGTH:
        # A clause of a sentence: what is so long is no heading.
        stop = _SENTENCE_END.search(folded, stop.end(), span.end)
    end = stop.start() if stop else span.end
    if (colon := _COLON.search(folded, span.start, min(end, span.start + _COLON_TITLE))) and colon.end() < span.end:
        inner = folded[span.start : colon.start()]
        closed = inner.count("(") == inner.count(")") and inner.count('"') % 2 == 0
        # 第一阶段:动员部署(3月)。 is one heading.
        if closed and "," not in inner and not _STAGE.search(inner):
            return _cut(folded, span, colon.start())
    # 三、健全决策机制,完善决策程序 着力…: a heading set off by a blank, with a sentence behind it.
    blank = _BLANK_AFTER_HEADING.search(folded, span.start + 4, min(end, span.start + _BLANK_TITLE))
    # 强化各环节应用,持续优化设计、制造、管 理: a long sentence whose line print broke is none.
    broken = blank and blank.start() - span.start > _BROKEN and "," in folded[span.start : blank.start()]
    if blank and not broken and "。" in folded[blank.end() : span.end] and blank.end() + 20 < span.end:
        # (一)健全机制 完善政策。: behind the blank stands the other half of the heading, as long as the first.
        half = folded[blank.end() : end]
        if max(len(half), blank.start() - span.start) > _HALF or "," in half or end + 1 >= span.end:
            return _cut(folded, span, blank.start())
    return _cut(folded, span, end)


def _cut(folded: str, span: Span, at: int) -> tuple[Span, Span]:
    own = at
    while own < span.end and folded[own] in "。;: \t*":
        own += 1
    end = at
    while end > span.start and folded[end - 1] in " \t*\r\n:":
        end -= 1
    return Span(span.start, max(end, span.start)), Span(min(own, span.end), span.end)


def build(document: Document, found: Sequence[Piece], ends: Collection[int] = ()) -> DocumentOutline:
    """Return the outline of `found`: numbered, else by headings that their shape gives away.

    A paragraph that begins at one of `ends` (`boxes.box_ends`) stands in no box.
    """
    if any(piece.marker and piece.marker.sign != "point" for piece in found):
        found = _articles_below_sections(found)
        outline = _numbered(document, found, ends)
        return _numbered(document, found, ends, _restart_headings(document, found)) if _twice(outline) else outline
    return _by_shape(document, found)


def _numbered(
    document: Document, found: Sequence[Piece], ends: Collection[int], headings: Sequence[Piece] = ()
) -> DocumentOutline:
    """Return the outline of numbered pieces; `headings` head one numbering each, at `ends` a box is over."""
    outline = DocumentOutline([], [])
    over = {id(piece) for piece in headings}
    stack: list[Node] = []
    box: int | None = None
    for at, piece in enumerate(found):
        marker = piece.marker
        if stack and opens_box(document, piece.span):
            box = 0
        elif box is not None and (
            piece.heading or piece.span.start in ends or goes_on(document, found, at, stack[-1].marker, box)
        ):
            box = None
        if box is not None:
            stack[-1].boxes.append(piece)
            box = marker.number if marker and marker.rank == stack[-1].rank else box
            continue
        if id(piece) in over:
            title, own = split_title(document.folded, piece.body)
            node = Node(piece, -1, len(outline.nodes) + 1, title, own, beside=outline.nodes)
            outline.nodes.append(node)
            stack = [node]
            continue
        if marker is None or marker.sign == "point":
            if stack:
                stack[-1].paragraphs.append(piece)
            else:
                outline.preamble.append(piece)
            continue
        while stack and stack[-1].rank >= marker.rank:
            stack.pop()
        parent = stack[-1] if stack else None
        title, own = split_title(document.folded, piece.body)
        beside = parent.children if parent else outline.nodes
        node = Node(piece, marker.rank, marker.number, title, own, parent=parent, beside=beside)
        beside.append(node)
        stack.append(node)
    return outline


def _articles_below_sections(found: Sequence[Piece]) -> Sequence[Piece]:
    """Return the pieces with the rank of articles below 一、 where sections so numbered run on over articles (一、… 第一条 …)."""
    signs = [piece.marker for piece in found if piece.marker and piece.marker.sign in ("cn", "article")]
    sections = [sign.number for sign in signs if sign.sign == "cn"]
    runs_on = len(sections) > 1 and sections == list(range(1, len(sections) + 1))
    last = max((at for at, sign in enumerate(signs) if sign.sign == "cn"), default=0)
    articles = sum(sign.sign == "article" for sign in signs[:last])
    if not runs_on or signs[0].sign != "cn" or articles < len(sections) - 1:
        return found
    rank = (RANKS["cn"] + RANKS["cn_bracket"]) / 2
    return [
        replace(piece, marker=replace(piece.marker, rank=rank))
        if piece.marker and piece.marker.sign == "article"
        else piece
        for piece in found
    ]


def _twice(outline: DocumentOutline) -> bool:
    """Tell whether two items that have nothing below them have the same path."""
    paths = [node.path for node in outline.walk() if not node.children]
    return len(set(paths)) < len(paths)


def _restart_headings(document: Document, found: Sequence[Piece]) -> list[Piece]:
    """Return the unnumbered headings over numberings that begin anew below each: several plans in one text, parts without a sign.

    Nothing where a second 1 of the highest sign has no heading above it.
    """
    top = min(piece.marker.rank for piece in found if piece.marker and piece.marker.sign != "point")
    starts = [
        at for at, piece in enumerate(found) if piece.marker and piece.marker.rank == top and piece.marker.number == 1
    ]
    if len(starts) < _FEWEST_STARTS or any(opens_box(document, one.span) for one in found):
        return []
    above = [_heading_above(document, found, at) for at in starts]
    if above[0] and document.plain(above[0].span).endswith(":"):
        above[0] = None  # the addressees stand so above the first item
    return [piece for piece in above if piece] if all(above[1:]) else []


def _heading_above(document: Document, found: Sequence[Piece], at: int) -> Piece | None:
    """Return the heading that stands above the item at `at`, with no more than a short introduction between them."""
    for piece in reversed(found[max(at - _INTRODUCTION - 1, 0) : at]):
        if piece.marker:
            return None
        if is_heading(document, piece):
            return piece
    return None


def is_heading(document: Document, piece: Piece) -> bool:
    """Tell whether an unnumbered piece looks like a heading: short, no sentence, set off."""
    text = document.plain(piece.span)
    if piece.heading:
        return True
    return 2 <= len(text) <= _HEADING_LENGTH and "。" not in text and not _NO_HEADING.search(text.rstrip(":"))


def _by_shape(document: Document, lines: Sequence[Piece]) -> DocumentOutline:
    """Headings are short lines without a sentence; of several in a row the last one is the theme, the first its frame.

    Frames (主要任务:) are no part of a path: the first ordinal is the position of the theme in the document.
    """
    outline = DocumentOutline([], [])
    current: Node | None = None
    seen_item = True
    for number, piece in enumerate(lines):
        if is_heading(document, piece) and number + 1 < len(lines):
            title, own = split_title(document.folded, piece.body)
            if seen_item or current is None:
                current = Node(piece, 4, len(outline.nodes) + 1, title, own, beside=outline.nodes)
                outline.nodes.append(current)
            else:
                if (current.piece.heading or 9) < (piece.heading or 0):
                    current.frame = current.title
                current.piece, current.title, current.own = piece, title, own
            seen_item = False
        elif current is None:
            outline.preamble.append(piece)
        else:
            seen_item = True
            current.paragraphs.append(piece)
    if outline.nodes and not seen_item:
        outline.nodes.pop()
    # One heading over running text is a title, as an essay has it, and no outline.
    one = len(outline.nodes) == 1 and _mostly_headed(document, [*outline.preamble, *outline.nodes[0].paragraphs])
    return outline if len(outline.nodes) > 1 or one else DocumentOutline([], list(lines))


def _mostly_headed(document: Document, found: Sequence[Piece]) -> bool:
    """Tell whether most paragraphs open with a short sentence that heads what follows."""
    parts = [split_title(document.folded, piece.body) for piece in found]
    headed = sum(title.end - title.start <= _HEADING_LENGTH and own.end - own.start > _HALF for title, own in parts)
    return headed * 2 > len(found) > 1
