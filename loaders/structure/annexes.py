"""Where the body of an article, its list of annexes and its annexes stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.model import Span
from graph.numerals import chinese_integer
from loaders.patterns.pattern_files import by_name, load_words
from loaders.read.document import Document
from loaders.structure.paragraphs import Piece, pieces

_PATTERNS = by_name("outline")
_ANNEX = _PATTERNS["annex"]
_ANNEX_ALONE = _PATTERNS["annex_alone"]
_ANNEX_TITLED = _PATTERNS["annex_titled"]
_LISTED = _PATTERNS["annexes_listed"]
_TITLE_END = frozenset(load_words("outline")["TITLE_END"])
_LISTED_END = _TITLE_END | {")"}


@dataclass(frozen=True, slots=True)
class Annex:
    """One annex: its printed number (1 where none is printed), the place of its title, and its pieces behind that."""

    number: int
    title: Span | None
    span: Span
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The pieces of the body, the list of annexes under it (no tasks), and the annexes."""

    body: tuple[Piece, ...]
    listed: tuple[Piece, ...]
    annexes: tuple[Annex, ...]


def lay_out(document: Document, scope: Span, skip: Iterable[Span]) -> Layout:
    """Part what stands in `scope` (from the first line of the plan's own body on) into body, list and annexes."""
    every = pieces(document, scope, skip)
    starts = [number for number, piece in enumerate(every) if _opens_annex(document, piece)]
    starts = starts or [number for number in range(len(every)) if _titled_annex(document, every[number : number + 2])]
    first = starts[0] if starts else len(every)
    body, listed = _without_list(document, every[:first])
    annexes = []
    for at, after in zip(starts, [*starts[1:], len(every)], strict=False):
        annexes.append(_annex(document, every[at:after], scope.end if after == len(every) else every[after].span.start))
    return Layout(tuple(body), tuple(listed), tuple(annexes))


def _opens_annex(document: Document, piece: Piece) -> bool:
    return piece.marker is None and bool(_ANNEX_ALONE.fullmatch(document.plain(piece.span).strip(" *")))


def _titled_annex(document: Document, found: Sequence[Piece]) -> bool:
    """Tell whether a line 附件:… is the title of the annex itself: its first item stands right below."""
    if len(found) < 2 or found[0].marker or not found[1].marker or found[1].marker.number != 1:
        return False
    return bool(_ANNEX_TITLED.fullmatch(document.plain(found[0].span)))


def _annex(document: Document, printed: Sequence[Piece], end: int) -> Annex:
    match = _ANNEX.match(document.plain(printed[0].span).strip(" *"))
    sign = match[1] if match else None
    number = (int(sign) if sign.isdigit() else chinese_integer(sign)) if sign else 1
    if titled := _ANNEX_TITLED.fullmatch(document.folded, printed[0].span.start, printed[0].span.end):
        return Annex(number or 1, Span(*titled.span("title")), Span(printed[0].span.start, end), tuple(printed[1:]))
    title_end = 1
    # The title may run over several lines; it ends where a sentence, a sign or a table begins.
    while title_end < len(printed) and title_end <= 3 and _is_title(document, printed[title_end], title_end):
        title_end += 1
    title = Span(printed[1].span.start, printed[title_end - 1].span.end) if title_end > 1 else None
    return Annex(number or 1, title, Span(printed[0].span.start, end), tuple(printed[title_end:]))


def _is_title(document: Document, piece: Piece, position: int) -> bool:
    text = document.plain(piece.span)
    if piece.marker or "。" in text or len(text) > 60:
        return False
    return (position == 1 and len(text) > 4) or text.startswith("(") or piece.strong or text[-1:] in _TITLE_END


def _without_list(document: Document, every: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Take out 附件:1.… 2.… under the body: titles of annexes are no items of the body."""
    body: list[Piece] = []
    listed: list[Piece] = []
    inside = False
    for piece in every:
        text = document.plain(piece.span)
        if piece.marker is None and _LISTED.match(text) and len(text) < 200:
            inside = True
            listed.append(piece)
        elif inside and "。" not in text and len(text) < 80 and (piece.marker or text[-1:] in _LISTED_END):
            listed.append(piece)
        else:
            inside = False
            body.append(piece)
    return body, listed
