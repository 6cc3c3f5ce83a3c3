"""One unit: how many tasks it carries by role, theme and year, its counterparts, and with whom it shares most."""

from collections import Counter
from collections.abc import Mapping, Sequence

from graph.store.protocol import AnswerRow, Store
from queries.answer import Answer, shaped
from queries.catalog import find
from queries.names import resolve
from queries.question_rows import ask
from queries.run import run
from views.card_text import one_line, wrap
from views.drawings.drawing_words import DrawingWords
from views.drawings.drawn_picture import (
    INK,
    RULE,
    SOFT,
    Canvas,
    DrawnBox,
    DrawnMark,
    DrawnPath,
    DrawnWords,
    FilePicture,
    LegendSign,
    Shape,
    StateLook,
    plain,
)
from views.page_payload import COLOURS

_HALF, _BETWEEN, _LABEL, _ROW = 500.0, 60.0, 210.0, 25.0
_WHOLE = 2 * _HALF + _BETWEEN
_COLUMNS = ("role", "scope", "task", "title", "theme", "level", "place", "surface", "deadline", "end")
_ROLE = {"lead": "#123f73", "responsible": "#2f6fb0", "support": "#4a6d92", "assess": "#5b2a8c", "part": "#6b737b"}
Bars = list[tuple[str, list[tuple[str, int]]]]
"""Rows of a chart: the label, and its pieces by role with their counts."""


def unit_picture(store: Store, of: str, words: DrawingWords, most: int) -> FilePicture:
    """Return the load of a unit or a group of units; each chart has `most` bars, the rest added up.

    Raises:
        UnknownNameError: no unit is named so.
        SeveralNamesError: several are.
    """
    key = resolve(store, "unit", of)[0]
    named = next(iter(ask(find("unit_names"), store, {"units": [key]})), {})
    load = run("unit_load", store, unit=key).rows
    tasks = list(dict.fromkeys(str(row["task"]) for row in load))
    asked = ask(find("task_details"), store, {"tasks": tasks}) if tasks else []
    themes = {str(row["task"]): one_line(str(row["theme_heading"] or row["theme"] or "")) for row in asked}
    rows = shaped(_COLUMNS, [row | {"theme": themes.get(str(row["task"])) or None} for row in load])
    roles = {str(row["task"]): _role(row) for row in reversed(rows)}
    shapes, marks, left = _charts(rows, roles, words, most)
    others, right = _beside(store, key, words, most)
    height = max(left, right) + 6
    shown = [role for role in _ROLE if role in roles.values()]
    return FilePicture(
        kind="unit",
        title=one_line(str(named.get("name") or key)),
        subtitle=words("sep").join([words("kind.unit"), key]),
        totals=(
            ("plain", words("count.tasks", count=len(tasks))),
            *(
                ("plain", words("count.each", word=words.role(role), count=sum(one == role for one in roles.values())))
                for role in shown
            ),
        ),
        legend=tuple(
            LegendSign(look=StateLook(fill=_ROLE[role], ink=_ROLE[role]), said=words.role(role)) for role in shown
        ),
        canvas=Canvas(width=_WHOLE, height=height, ground=tuple(shapes), marks=(*marks, *others), cuts=(height,)),
        rows=Answer(name="unit_load", columns=_COLUMNS, rows=rows),
        choices=tuple((role, words.role(role)) for role in shown),
    )


def _role(row: AnswerRow) -> str:
    return "part" if row["scope"] == "part" else str(row["role"])


def _charts(
    rows: Sequence[AnswerRow], roles: Mapping[str, str], words: DrawingWords, most: int
) -> tuple[list[Shape], list[DrawnMark], float]:
    """Return the charts by role, theme and year, on the left, and where they end."""
    facts = {str(row["task"]): row for row in reversed(rows)}
    by_theme = {task: str(row["theme"] or words("unit.no_theme")) for task, row in facts.items()}
    by_year = {task: str(row["end"])[:4] if row["end"] else words("unit.no_year") for task, row in facts.items()}
    charts = (
        (words("unit.roles"), {task: words.role(role) for task, role in roles.items()}, False),
        (words("unit.themes"), by_theme, False),
        (words("unit.years"), by_year, True),
    )
    longest = max([count for _, of, _ in charts for count in Counter(of.values()).values()], default=1)
    shapes: list[Shape] = []
    marks: list[DrawnMark] = []
    y = 0.0
    for title, of, in_order in charts:
        y = _heading(shapes, title, 0, y)
        for label, pieces in _bars(of, roles, words, most, in_order=in_order):
            marks.append(_bar(label, pieces, y, (_HALF - _LABEL - 46) / longest, words))
            y += _ROW
        y += 16
    return shapes, marks, y


def _bars(of: Mapping[str, str], roles: Mapping[str, str], words: DrawingWords, most: int, *, in_order: bool) -> Bars:
    """Return the bars, the longest first or in order of their labels; what is beyond `most` is one bar."""
    counts: dict[str, Counter[str]] = {}
    for task, label in of.items():
        counts.setdefault(label, Counter())[roles[task]] += 1
    ordered = sorted(counts, key=lambda label: (not label[:1].isdigit(), label)) if in_order else list(counts)
    if not in_order:
        ordered.sort(key=lambda label: -counts[label].total())
    kept = ordered if len(ordered) <= most else ordered[: most - 1]
    bars = [(label, [(role, counts[label][role]) for role in _ROLE if counts[label][role]]) for label in kept]
    if rest := ordered[len(kept) :]:
        added = Counter[str]()
        for label in rest:
            added.update(counts[label])
        bars.append((words("unit.rest", count=len(rest)), [(role, added[role]) for role in _ROLE if added[role]]))
    return bars


def _bar(label: str, pieces: Sequence[tuple[str, int]], y: float, unit: float, words: DrawingWords) -> DrawnMark:
    shapes: list[Shape] = [
        DrawnWords(x=_LABEL - 10, y=y + 15, runs=plain(line), size=13, anchor="end")
        for line in wrap(label, (_LABEL - 14) / 13, 1)
    ]
    x = _LABEL
    for role, count in pieces:
        shapes.append(DrawnBox(x=x, y=y + 2, width=count * unit, height=_ROW - 8, fill=_ROLE[role], line="#ffffff"))
        if count * unit >= 18:
            middle = x + count * unit / 2
            shapes.append(
                DrawnWords(x=middle, y=y + 15, runs=plain(str(count)), size=12, colour="#ffffff", anchor="middle")
            )
        x += count * unit
    total = sum(count for _, count in pieces)
    shapes.append(DrawnWords(x=x + 7, y=y + 15.5, runs=plain(str(total), "strong"), size=13))
    said = " ".join(words("count.each", word=words.role(role), count=count) for role, count in pieces)
    return DrawnMark(shapes=tuple(shapes), said=f"{label}: {said}", state=pieces[0][0] if len(pieces) == 1 else "")


def _beside(store: Store, key: str, words: DrawingWords, most: int) -> tuple[list[DrawnMark], float]:
    """Return the counterparts above and below and the units that share most tasks, on the right, and where they end."""
    counterparts = run("unit_counterparts", store, unit=key).rows
    sharing = run("units_sharing_tasks", store, unit=key, groups=True).rows
    lists = [
        (
            words(f"unit.{way}"),
            [
                (str(row["counterpart"]), row["name"], row["level"], row["place"], row["tasks"])
                for row in counterparts
                if row["direction"] == way
            ],
        )
        for way in ("above", "below")
    ]
    lists.append(
        (words("unit.sharing"), [(str(row["other"]), row["other_name"], None, None, row["shared"]) for row in sharing])
    )
    marks: list[DrawnMark] = []
    x, y = _HALF + _BETWEEN, 0.0
    for title, found in lists:
        shapes: list[Shape] = []
        y = _heading(shapes, title, x, y)
        if not found:
            shapes.append(DrawnWords(x=x, y=y + 15, runs=plain(words("unit.none")), size=13, colour=SOFT))
            y += _ROW
        marks.append(DrawnMark(shapes=tuple(shapes), said=title))
        for other, name, level, place, count in found[:most]:
            marks.append(_other(other, one_line(str(name or other)), level, place, int(count or 0), x, y, words))
            y += _ROW + 5
        if len(found) > most:
            rest = DrawnWords(
                x=x, y=y + 15, runs=plain(words("unit.rest", count=len(found) - most)), size=13, colour=SOFT
            )
            marks.append(DrawnMark(shapes=(rest,), said=title))
            y += _ROW
        y += 16
    return marks, y


def _other(
    key: str, name: str, level: object, place: object, count: int, x: float, y: float, words: DrawingWords
) -> DrawnMark:
    colour = COLOURS.get(str(level), "#6b737b")
    said = words("sep").join([words.level(level), name]) if level else name
    shapes: list[Shape] = [
        DrawnBox(x=x, y=y, width=_HALF - 76, height=_ROW, fill="#ffffff", line="#aab2ba", round=4),
        DrawnBox(x=x, y=y, width=5, height=_ROW, fill=colour),
    ]
    shapes += [DrawnWords(x=x + 14, y=y + 17, runs=plain(line), size=13) for line in wrap(said, (_HALF - 100) / 13, 1)]
    shapes.append(
        DrawnWords(x=x + _HALF - 66, y=y + 17, runs=plain(words("count.shared", count=count)), size=12.5, colour=SOFT)
    )
    return DrawnMark(shapes=tuple(shapes), said=f"{said} {place or ''}", kind="unit", key=key, units=(name,))


def _heading(shapes: list[Shape], title: str, x: float, y: float) -> float:
    shapes.append(DrawnWords(x=x, y=y + 16, runs=plain(title), size=15, weight=700, colour=INK))
    shapes.append(DrawnPath(path=f"M{x:.1f} {y + 24:.1f}H{x + _HALF:.1f}", line=RULE))
    return y + 33
