"""Where the body of an article, its list of annexes and its annexes stand."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.model import Span
from graph.numerals import chinese_integer
from graph.text import squeeze, trim
from loaders.patterns.pattern_files import by_name, load_words
from loaders.read.document import Document
from loaders.structure.paragraphs import Piece, pieces
from loaders.structure.table_grid import cell_lines, first_row, is_number_head, line_texts

_PATTERNS = by_name("outline")
_ANNEX = _PATTERNS["annex"]
_ANNEX_ALONE = _PATTERNS["annex_alone"]
_ANNEX_TITLED = _PATTERNS["annex_titled"]
_LISTED = _PATTERNS["annexes_listed"]
_TITLE_END = frozenset(load_words("outline")["TITLE_END"])
_LISTED_END = _TITLE_END | {")"}
# The heads of a table stand so many lines below its title at most, and so many further lines tell that they are heads.
_BELOW_TITLE, _AHEAD = 3, 20
_LISTED_TITLE = 80
_LISTED_SIGN = re.compile(r"(?:\([^()]{1,8}\)\s{0,4})?(?:(?P<number>\d{1,2})[.、:]\s{0,4}|(?=\s|$|(?<=\))))")
_FILE_NAME = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar)\b.*|\(?https?:.*|\(/.*")


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
    over_tables = [number for number in range(len(every)) if _over_table(document, every, number)]
    starts = sorted({*starts, *over_tables})
    first = starts[0] if starts else len(every)
    body, listed = _without_list(document, every[:first])
    annexes: list[Annex] = []
    for at, after in zip(starts, [*starts[1:], len(every)], strict=False):
        annex = _annex(document, every[at:after], scope.end if after == len(every) else every[after].span.start)
        if _only_lists(document, annex):
            listed += every[at:after]
        else:
            annexes.append(annex)
    return Layout(tuple(body), tuple(listed), tuple(annexes))


def _over_table(document: Document, every: Sequence[Piece], at: int) -> bool:
    """Tell whether a line 附件:… is the title of a table that is printed right below it, one cell a line."""
    if every[at].marker or not _ANNEX_TITLED.fullmatch(document.plain(every[at].span)):
        return False
    texts = line_texts(document, cell_lines(document, every[at + 1 : at + 1 + _AHEAD]))
    heads = [below for below in range(min(_BELOW_TITLE, len(texts))) if is_number_head(texts[below])]
    return bool(heads) and first_row(texts, heads[0]) is not None


def _only_lists(document: Document, annex: Annex) -> bool:
    """Tell whether a line 附件 opens no annex but a list of them: titles, and nothing that they head."""
    if _holds_table(document, annex):
        return False
    if not annex.pieces:
        return annex.title is not None
    numbers = [piece.marker.number if piece.marker else 0 for piece in annex.pieces]
    if annex.title is not None or numbers != list(range(1, len(numbers) + 1)):
        return False
    return all(_is_listed_title(document, piece) for piece in annex.pieces)


def _is_listed_title(document: Document, piece: Piece) -> bool:
    words = _FILE_NAME.sub("", document.plain(piece.body)).strip()
    return 0 < len(words) < _LISTED_TITLE and "。" not in words and words[-1] in _LISTED_END


@dataclass(frozen=True, slots=True)
class AnnouncedAnnex:
    """An annex that the text names: its number (1 where none is printed) and the place of its title."""

    number: int
    title: Span


def announced_annexes(document: Document, layout: Layout) -> Iterator[AnnouncedAnnex]:
    """Yield the annexes that the list under the body names, in printed order; a number may stand on a line of its own."""
    folded, alone = document.folded, 1
    for piece in layout.listed:
        start, end = trim(document.text, piece.span.start, piece.span.end)
        number = piece.marker.number if piece.marker else alone
        if head := _LISTED.match(folded, start, end) or _ANNEX_ALONE.fullmatch(folded, start, end):
            start = trim(document.text, head.end(), end)[0]
            sign = head["number"]
            number = (int(sign) if sign.isdigit() else chinese_integer(sign) or 1) if sign else 1
        if sign := _LISTED_SIGN.match(folded, start, end):
            start, number = sign.end(), int(sign["number"] or number)
        if name := _FILE_NAME.search(folded, start, end):
            end = name.start()
        start, end = trim(document.text, start, end)
        if start < end:
            yield AnnouncedAnnex(number, Span(start, end))
        alone = number


def missing_annexes(document: Document, layout: Layout, others: int = 0) -> list[AnnouncedAnnex]:
    """Return the annexes that the text names and that stand nowhere below it; `others` stand there without a title."""
    announced = [*announced_annexes(document, layout), *_files_beside(document, layout)]
    present = [annex for annex in layout.annexes if annex.pieces or _holds_table(document, annex)]
    if len(present) + others >= len(announced):
        return []
    titles = [_bare(document, annex.title) for annex in present if annex.title]
    untitled = {annex.number for annex in present if not annex.title}
    missing: dict[str, AnnouncedAnnex] = {}
    for one in announced:
        title = _bare(document, one.title)
        if one.number not in untitled and not _among(title, titles):
            missing.setdefault(title, one)
    return list(missing.values())


def _files_beside(document: Document, layout: Layout) -> Iterator[AnnouncedAnnex]:
    """Yield the annexes of which a page shows no more than the name of a file."""
    for annex in layout.annexes:
        if annex.title or annex.pieces or _holds_table(document, annex):
            continue
        below = document.text.find("\n", annex.span.start, annex.span.end)
        start, end = trim(document.text, below, annex.span.end) if below >= 0 else (0, 0)
        if name := _FILE_NAME.search(document.folded, start, end):
            start, end = trim(document.text, start, name.start())
            if "\n" not in document.text[start:end] and not _ANNEX_ALONE.fullmatch(document.folded, start, end):
                yield AnnouncedAnnex(annex.number, Span(start, end))


def _among(title: str, titles: Sequence[str]) -> bool:
    return any(title in one or one in title for one in titles)


def _bare(document: Document, title: Span) -> str:
    return squeeze(document.plain(title)).strip("《》.。")


def _holds_table(document: Document, annex: Annex) -> bool:
    return any(annex.span.start <= table.span.start < annex.span.end for table in document.tables)


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
