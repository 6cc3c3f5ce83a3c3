"""Whether a document is a draft, and until when it holds: what its title, its last lines and the page's data say."""

from datetime import date, timedelta

from graph.model import PolicyStatus, Span
from graph.numerals import chinese_integer
from graph.text import squeeze
from loaders.extract.header.own_title import data_of
from loaders.extract.header.printed_days import to_day
from loaders.patterns.pattern_files import by_name, load_words
from loaders.read.document import Document

_FIND = by_name("validity")
_WORDS = load_words("validity")
# It is said at the end of a text, or in the notice above.
_AT_END, _AT_START = 2500, 1500
_SAID: tuple[PolicyStatus, ...] = ("in_force", "expired", "repealed")
_Told = tuple[date, tuple[Span, ...]]


def is_draft(title: str) -> bool:
    """Tell whether a title is that of a draft, or of what asks for opinions on one.

    >>> is_draft("渡口管理办法(征求意见稿)"), is_draft("渡口管理办法(试行)")
    (True, False)
    """
    return _FIND["draft"].search(squeeze(title)) is not None


def status_of(
    document: Document, scope: Span, titles: tuple[tuple[Span, ...], ...]
) -> tuple[PolicyStatus, tuple[Span, ...]] | None:
    """Return what a document is said to be, with the place: a draft by its titles, in force or no more by the page's data."""
    for spans in titles:
        if is_draft("".join(document.folded[span.start : span.end] for span in spans)):
            return "draft", spans
    for meta in data_of(document, scope):
        if meta.label in _WORDS["STATE"]:
            plain = document.plain(meta.span).strip()
            for status in _SAID:
                if plain in _WORDS[status.upper()]:
                    return status, (meta.span,)
    return None


def last_day(document: Document, scope: Span, first: _Told | None) -> _Told | None:
    """Return the last day of the text in `scope`: printed, or so many years from its `first` day; with its places."""
    for start, end in (
        (max(scope.start, scope.end - _AT_END), scope.end),
        (scope.start, min(scope.end, scope.start + _AT_START)),
    ):
        for match in _FIND["valid_to"].finditer(document.folded, start, end):
            if day := to_day(match["date"]):
                return day, (Span(*match.span("date")),)
        for match in _FIND["valid_for"].finditer(document.folded, start, end):
            if first and (day := _after(first[0], match["count"])):
                return day, (Span(*match.span()), *first[1])
    return None


def _after(first: date, printed: str) -> date | None:
    count = int(printed) if printed.isdecimal() else chinese_integer(printed.replace("两", "二"))
    if not count or count > 50:
        return None
    try:
        end = first.replace(year=first.year + count)
    except ValueError:  # the 29th of February
        end = first.replace(year=first.year + count, day=28)
    return end - timedelta(days=1)
