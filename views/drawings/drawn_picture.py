"""Records of a picture: shapes on a canvas, cells of a grid, and what is said beside both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from queries.answer import Answer

FONTS = "Microsoft YaHei, PingFang SC, Noto Sans CJK SC, Source Han Sans SC, WenQuanYi Micro Hei, sans-serif"
INK, SOFT, RULE = "#14181c", "#424a53", "#c9ced4"

WordPieces = tuple[tuple[str, str], ...]
"""Words of one line in pieces, each with its look: `plain`, `strong`, `dropped` (struck out), `added` (underlined)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StateLook:
    """How a state looks: the colour behind its words, that of the words, and the dashes of its border."""

    fill: str
    ink: str
    dashes: str = ""


LOOKS: Mapping[str, StateLook] = {
    "plain": StateLook(fill="#ffffff", ink=INK),
    "taken_up": StateLook(fill="#dcefdc", ink="#1b5e20"),
    "split": StateLook(fill="#d3ecea", ink="#00504a"),
    "merged": StateLook(fill="#e6efd2", ink="#3d5a00"),
    "adapted": StateLook(fill="#fdeccd", ink="#6a3d00"),
    "partial": StateLook(fill="#eadff5", ink="#4a1d7a"),
    "doubtful": StateLook(fill="#eceff1", ink="#3f454b", dashes="2 3"),
    "not_found": StateLook(fill="#fdecea", ink="#a31515", dashes="6 4"),
    "cannot_say": StateLook(fill="#f7f7f7", ink="#4a4f55", dashes="1 3"),
    "added": StateLook(fill="#e3f0fd", ink="#0d47a1"),
    "skips_level": StateLook(fill="#fff3dc", ink="#6a3d00"),
    "overdue": StateLook(fill="#fdecea", ink="#a31515"),
    "soon": StateLook(fill="#fff3dc", ink="#7a4300"),
    "later": StateLook(fill="#e3f0fd", ink="#0d47a1"),
    "done": StateLook(fill="#dcefdc", ink="#1b5e20"),
    "cancelled": StateLook(fill="#eceff1", ink="#4a4f55"),
    "closed": StateLook(fill="#eceff1", ink="#4a4f55"),
    "heat1": StateLook(fill="#e8f1fa", ink=INK),
    "heat2": StateLook(fill="#c5dcf2", ink=INK),
    "heat3": StateLook(fill="#93bde6", ink=INK),
    "heat4": StateLook(fill="#2f6fb0", ink="#ffffff"),
    "heat5": StateLook(fill="#123f73", ink="#ffffff"),
}
"""The look of every state; its word stands beside it wherever it is shown. Contrasts are at least 4.5 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnBox:
    """A rectangle: upper left corner and size in pixels."""

    x: float
    y: float
    width: float
    height: float
    fill: str = "none"
    line: str = "none"
    thick: float = 1
    dashes: str = ""
    round: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPath:
    """A line or an area, in the words of SVG paths."""

    path: str
    line: str = "none"
    thick: float = 1
    fill: str = "none"
    dashes: str = ""
    opacity: float = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnWords:
    """One line of words: where its base line begins (`start`), has its middle (`middle`) or ends (`end`).

    `halo` puts white behind the letters, for words that stand on lines.
    """

    x: float
    y: float
    runs: WordPieces
    size: float = 13
    weight: int = 400
    colour: str = INK
    anchor: str = "start"
    halo: bool = False


Shape = DrawnBox | DrawnPath | DrawnWords


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnMark:
    """Shapes that stand for one thing: its kind and key, its words in full, and what one can choose it by.

    `state` is a word of the vocabulary; `units` are the units that carry it; `doubt` tells that a person should look.
    """

    shapes: tuple[Shape, ...]
    said: str
    kind: str = ""
    key: str = ""
    state: str = ""
    units: tuple[str, ...] = ()
    doubt: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """A drawing: its size in pixels, what lies under its marks, the marks; `cuts` are heights where paper may end."""

    width: float
    height: float
    ground: tuple[Shape, ...] = ()
    marks: tuple[DrawnMark, ...] = ()
    cuts: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureCell:
    """A cell: its lines, and what it stands for, as a mark has it; `look` is the name of its look."""

    lines: tuple[WordPieces, ...] = ()
    look: str = "plain"
    said: str = ""
    kind: str = ""
    key: str = ""
    state: str = ""
    units: tuple[str, ...] = ()
    doubt: bool = False
    middle: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """A row of cells below its heading; `band` is the heading of all rows that share it."""

    head: PictureCell
    cells: tuple[PictureCell, ...]
    band: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureGrid:
    """A table as a picture: what its first column holds, the headings of the others, widths in pixels, rows in order."""

    corner: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    rows: tuple[GridRow, ...]
    head_width: float
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendSign:
    """A sign of the legend and what it means; `form` is `box`, `line`, or a sign that is printed."""

    look: StateLook
    said: str
    form: str = "box"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePicture:
    """A whole picture: what it is called, its counts, legend and notes, the drawing, and the rows that it was drawn from.

    `grid` is there where the picture is a table: then pages show it as one. `choices` are the states to choose by, each
    with its word.
    """

    kind: str
    title: str
    canvas: Canvas
    rows: Answer
    subtitle: str = ""
    totals: tuple[tuple[str, str], ...] = ()
    legend: tuple[LegendSign, ...] = ()
    notes: tuple[str, ...] = ()
    grid: PictureGrid | None = None
    choices: tuple[tuple[str, str], ...] = field(default=())


def plain(text: str, look: str = "plain") -> WordPieces:
    """Return words as one piece."""
    return ((text, look),)


def printed_runs(runs: Sequence[tuple[str, str]]) -> str:
    """Return the words of some pieces without their looks."""
    return "".join(text for text, _ in runs)
