"""A picture by its name, and its file by its suffix: a page, SVG or PNG."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import UsageError
from graph.export.whole_file import replace_whole
from graph.store.protocol import Store
from queries.cascades.side_by_side import AlignDocuments
from views.cascade_payload import read
from views.drawings.drawing_page import drawing_page
from views.drawings.drawing_words import DrawingWords
from views.drawings.drawn_picture import FilePicture
from views.drawings.picture_framing import framed
from views.drawings.pictures.cascade_drawing import cascade_picture
from views.drawings.pictures.compare_grid import compare_picture
from views.drawings.pictures.deadline_drawing import GROUPS, deadline_picture
from views.drawings.pictures.flow_drawing import flow_picture
from views.drawings.pictures.heat_grid import heat_picture
from views.drawings.pictures.matrix_grid import matrix_picture
from views.drawings.pictures.neighbour_drawing import neighbour_picture
from views.drawings.pictures.unit_drawing import unit_picture
from views.drawings.png_writing import png
from views.drawings.svg_writing import svg
from views.picture_file import write_cascade

if TYPE_CHECKING:
    from graph.link.tasks.align_tasks import TaskLink

ROOM = {
    "cascade": 150,
    "matrix": 300,
    "timeline": 150,
    "compare": 200,
    "sankey": 0,
    "heatmap": 15,
    "unit": 14,
    "neighbours": 24,
}
"""Every picture, with how much of it is drawn unless more is asked for: cards, rows, tasks, units, bars, nodes."""
LARGEST = 2000
_WHOLE = ("compare", "unit", "neighbours")
SUFFIXES = (".html", ".htm", ".svg", ".png")


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureWish:
    """What a picture is to show: its kind, the names of what it is of, and how it is cut down."""

    kind: str
    of: Sequence[str]
    theme: str | None = None
    most: int | None = None
    by: str = GROUPS[0]
    today: date = field(default_factory=date.today)
    language: str = "zh"


def picture(store: Store, wish: PictureWish, align: AlignDocuments | None = None) -> FilePicture:
    """Return a picture; `align` gives the links of documents that nothing in the graph joins, for `compare`.

    Raises:
        NotFoundError: nothing is named so, or several things are.
        UsageError: there is no such picture; it takes another number of names; `most` is out of its bounds.
    """
    _check(wish)
    made = _made(store, wish, align)
    if wish.theme is None:
        return made
    words = DrawingWords(wish.language)
    return replace(made, subtitle=words("sep").join([made.subtitle, words("ui.theme") + words("colon") + wish.theme]))


def _made(store: Store, wish: PictureWish, align: AlignDocuments | None) -> FilePicture:
    words, of = DrawingWords(wish.language), wish.of[0]
    most = wish.most or ROOM[wish.kind]
    if wish.kind == "cascade":
        return cascade_picture(read(store, of, wish.theme), words, most)
    if wish.kind == "matrix":
        return matrix_picture(store, of, words, most, wish.theme)
    if wish.kind == "timeline":
        return deadline_picture(store, of, words, most, today=wish.today, theme=wish.theme, by=wish.by)
    if wish.kind == "compare":
        return compare_picture(store, wish.of, align or _none, words, most)
    if wish.kind == "sankey":
        return flow_picture(store, of, words, wish.theme)
    if wish.kind == "heatmap":
        return heat_picture(store, of, words, most, wish.theme)
    if wish.kind == "unit":
        return unit_picture(store, of, words, most)
    return neighbour_picture(store, of, words, most)


def _none(child: str, parent: str) -> "Iterable[TaskLink]":
    return ()


def _check(wish: PictureWish) -> None:
    if wish.kind not in ROOM:
        raise UsageError("there is no picture {kind}; known are {known}", kind=wish.kind, known=", ".join(ROOM))
    low, high = (2, 3) if wish.kind == "compare" else (1, 1)
    if not low <= len(wish.of) <= high:
        raise UsageError(
            "{kind} takes {low} to {high} names, not {given}", kind=wish.kind, low=low, high=high, given=len(wish.of)
        )
    if wish.theme is not None and wish.kind in _WHOLE:
        raise UsageError("{kind} is of no theme; leave --theme out", kind=wish.kind)
    if wish.most is not None and not 1 <= wish.most <= LARGEST:
        raise UsageError("a picture shows 1 to {limit}, not {most}", limit=LARGEST, most=wish.most)
    if wish.by not in GROUPS:
        raise UsageError("a timeline goes by {known}, not {by}", known=", ".join(GROUPS), by=wish.by)


def draw(store: Store, wish: PictureWish, out: Path, align: AlignDocuments | None = None) -> str:
    """Write a picture as the suffix of its file says, whole or not at all; return its counts in words.

    Raises:
        NotFoundError: nothing is named so, or several things are.
        UsageError: the wish or the suffix is none of ours; a PNG is asked for and no Chinese font is installed.
        StoreError: the file cannot be written.
    """
    check_suffix(out)
    words = DrawingWords(wish.language)
    if wish.kind == "cascade" and out.suffix.lower() in (".html", ".htm"):
        _check(wish)
        done = write_cascade(
            store, wish.of[0], out, theme=wish.theme, language=wish.language, most=wish.most or ROOM["cascade"]
        )
        return words("count.cascade", tasks=done.tasks, links=done.links, pictures=done.pictures)
    made = picture(store, wish, align)
    write_picture(made, out, wish.language)
    said = [said for _, said in made.totals] or [sign.said for sign in made.legend]
    return words("sep").join(said) or words("empty.picture")


def day_of(given: str | None) -> date:
    """Return the day that counts as today: the one given (2026-03-01), else that of this machine.

    Raises:
        UsageError: it is no day.
    """
    if given is None:
        return date.today()
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise UsageError("{day} is no day; write it as 2026-03-01", day=given) from error


def write_picture(made: FilePicture, out: Path, language: str) -> None:
    """Write a picture whole or not at all, as the suffix of its file says.

    Raises:
        UsageError: the suffix is none of ours; a PNG is asked for and no Chinese font is installed.
        StoreError: the file cannot be written.
    """
    check_suffix(out)
    data = file_of_picture(made, out.suffix.lower().lstrip("."), language)
    replace_whole(out, lambda path: path.write_bytes(data))


def check_suffix(out: Path) -> None:
    """Refuse a file that is no picture by its suffix.

    Raises:
        UsageError: it is none of `SUFFIXES`.
    """
    if out.suffix.lower() not in SUFFIXES:
        raise UsageError(
            "a picture is no {suffix} file; name one that ends in {known}",
            suffix=out.suffix or "-",
            known=" ".join(SUFFIXES),
        )


def file_of_picture(made: FilePicture, kind: str, language: str) -> bytes:
    """Return a picture as the bytes of a file: `html`, `svg` or `png`."""
    if kind in ("html", "htm"):
        return drawing_page(made, language).encode("utf-8")
    words = DrawingWords(language)
    whole = framed(made, words("empty.picture"))
    text = svg(whole, made.title, words.tag)
    return text.encode("utf-8") if kind == "svg" else png(text, whole.width, whole.height)
