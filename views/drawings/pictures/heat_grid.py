"""The heat map: the units of a family beside its themes, with how many tasks each carries in each."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.store.protocol import AnswerRow, Store
from queries.answer import Answer, shaped
from queries.catalog import find
from queries.question_rows import ask
from views.card_text import one_line
from views.cascade_payload import read
from views.drawings.drawing_words import DrawingWords
from views.drawings.drawn_picture import (
    LOOKS,
    FilePicture,
    GridRow,
    LegendSign,
    PictureCell,
    PictureGrid,
    WordPieces,
    plain,
)
from views.drawings.grid_drawing import grid_canvas
from views.drawings.pictures.cascade_parts import policies_in_order, theme_names, theme_of_cards
from views.picture_records import Cascade

_HEAD, _TOTAL, _WHOLE, _NARROW, _THEMES = 200.0, 64.0, 1080.0, 58.0, 12
_COLUMNS = ("level", "place", "unit", "name", "theme", "tasks", "lead_tasks")


@dataclass(slots=True)
class _Load:
    """What one unit carries: the tasks by theme, those that it leads among them, and whether it is a group of units."""

    name: str
    place: tuple[str, str]
    group: bool
    tasks: dict[str, set[str]] = field(default_factory=dict)
    led: dict[str, set[str]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return len(set().union(*self.tasks.values()))


def heat_picture(store: Store, of: str, words: DrawingWords, most: int, theme: str | None = None) -> FilePicture:
    """Return the heat map of a family, `most` units of each place in full, the others added up.

    Raises:
        UnknownNameError: nothing is named so.
    """
    cascade = read(store, of, theme)
    loads = _loads(store, cascade, words)
    themes, folded = _columns(cascade, loads, words)
    top = max((len(found) for load in loads.values() for found in load.tasks.values()), default=1)
    steps = _steps(top)
    rows: list[GridRow] = []
    for level, place, _ in policies_in_order(cascade.cards.values()):
        rows += _of_place((level, place), list(loads.values()), themes, folded, steps, words, most)
    rows = list(dict.fromkeys(rows))
    wide = max(_NARROW, (_WHOLE - _HEAD - _TOTAL) / max(1, len(themes)))
    grid = PictureGrid(
        corner=(words("heat.corner"),),
        columns=((words("heat.all"),), *((name,) for name in themes)),
        rows=tuple(rows),
        head_width=_HEAD,
        widths=(_TOTAL, *(wide for _ in themes)),
    )
    return FilePicture(
        kind="heatmap",
        title=cascade.title,
        subtitle=words("kind.heatmap"),
        totals=(
            ("plain", words("count.units", count=len(loads))),
            ("plain", words("count.tasks", count=len(cascade.cards))),
        ),
        legend=_legend(steps, words),
        notes=(words("heat.about"),),
        canvas=grid_canvas(grid),
        grid=grid,
        rows=_rows(loads),
    )


def _loads(store: Store, cascade: Cascade, words: DrawingWords) -> dict[str, _Load]:
    """Return the load of each unit by its key, in order of the tree; who does a part of a task carries it too."""
    themes = theme_of_cards(cascade, words)
    found: dict[str, _Load] = {}
    asked = ask(find("units_of_tasks"), store, {"tasks": list(cascade.cards)}) if cascade.cards else []
    place_of_task = {card.key: at for at, card in enumerate(cascade.cards.values())}
    for row in sorted(asked, key=lambda row: place_of_task[str(row["task"])]):
        card = cascade.cards[str(row["task"])]
        key = f"{row['unit']} {card.level} {card.place}"
        name = one_line(str(row["name"] or row["surface"] or row["unit"]))
        load = found.setdefault(key, _Load(name, (card.level, card.place), row["kind"] == "group"))
        for told, counts in ((True, load.tasks), (row["role"] == "lead" and row["scope"] == "task", load.led)):
            if told:
                counts.setdefault(themes[card.key], set()).add(card.key)
    return found


def _columns(
    cascade: Cascade, loads: dict[str, _Load], words: DrawingWords
) -> tuple[list[str], tuple[str, frozenset[str]]]:
    """Return the names of the columns, and the last of them with the themes that it adds up where there are too many."""
    names = theme_names(cascade, words)
    carried = Counter({name: sum(len(load.tasks.get(name, ())) for load in loads.values()) for name in names})
    names = [name for name in names if carried[name]]
    if len(names) <= _THEMES:
        return names, ("", frozenset())
    kept = {name for name, _ in carried.most_common(_THEMES - 1)}
    rest = frozenset(name for name in names if name not in kept)
    last = words("heat.rest_themes", count=len(rest))
    return [*(name for name in names if name in kept), last], (last, rest)


def _of_place(
    place: tuple[str, str],
    loads: Sequence[_Load],
    themes: Sequence[str],
    folded: tuple[str, frozenset[str]],
    steps: Sequence[int],
    words: DrawingWords,
    most: int,
) -> list[GridRow]:
    """Return the rows of one place: its units by load, then those that are named as a group in a band of their own."""
    name = words.place(place[1], place[0])
    rows = []
    for group, code in ((False, "heat.place"), (True, "heat.groups")):
        own = sorted(
            (load for load in loads if load.place == place and load.group == group), key=lambda one: -one.total
        )
        band = words(code, place=name)
        rows += [_row(load, themes, folded, steps, band, words) for load in own[:most]]
        if len(own) > most:
            rest = _Load(words("heat.rest", count=len(own) - most), place, group)
            for load in own[most:]:
                for theme, tasks in load.tasks.items():
                    rest.tasks.setdefault(theme, set()).update(tasks)
            rows.append(_row(rest, themes, folded, steps, band, words))
    return rows


def _row(
    load: _Load,
    themes: Sequence[str],
    folded: tuple[str, frozenset[str]],
    steps: Sequence[int],
    band: str,
    words: DrawingWords,
) -> GridRow:
    cells = [PictureCell(lines=(((str(load.total), "strong"),),), said=load.name, units=(load.name,), middle=True)]
    for theme in themes:
        own = folded[1] if theme == folded[0] else (theme,)
        tasks = set().union(*(load.tasks.get(one, ()) for one in own))
        led = len(set().union(*(load.led.get(one, ()) for one in own)))
        if not tasks:
            cells.append(PictureCell())
            continue
        said = f"{len(tasks)} ({led})" if led else str(len(tasks))
        lines: tuple[WordPieces, ...] = (plain(said),)
        step = sum(len(tasks) >= low for low in steps)
        about = f"{load.name} · {theme}: {words('count.tasks', count=len(tasks))} {words('heat.lead', count=led)}"
        cells.append(PictureCell(lines=lines, look=f"heat{step}", said=about, units=(load.name,), middle=True))
    head = PictureCell(lines=(plain(load.name),), said=load.name, units=(load.name,))
    return GridRow(head=head, cells=tuple(cells), band=band)


def _steps(top: int) -> list[int]:
    """Return from how many tasks on each shade is meant.

    >>> _steps(3), _steps(24)
    ([1, 2, 3], [1, 2, 5, 9, 15])
    """
    if top <= len(_SHADES):
        return list(range(1, top + 1))
    return [1, *(max(at + 2, round(top * share)) for at, share in enumerate(_SHADES[1:]))]


_SHADES = (0.0, 0.1, 0.2, 0.38, 0.62)


def _legend(steps: Sequence[int], words: DrawingWords) -> tuple[LegendSign, ...]:
    signs = []
    for at, low in enumerate(steps):
        last = at + 1 == len(steps)
        high = low if last else steps[at + 1] - 1
        code = (
            "heat.step.more" if last and len(steps) == len(_SHADES) else "heat.step.one" if low == high else "heat.step"
        )
        signs.append(LegendSign(look=LOOKS[f"heat{at + 1}"], said=words(code, low=low, high=high)))
    return tuple(signs)


def _rows(loads: dict[str, _Load]) -> Answer:
    rows: list[AnswerRow] = [
        {
            "level": load.place[0],
            "place": load.place[1],
            "unit": key.rsplit(" ", 2)[0],
            "name": load.name,
            "theme": theme,
            "tasks": len(tasks),
            "lead_tasks": len(load.led.get(theme, ())),
        }
        for key, load in loads.items()
        for theme, tasks in load.tasks.items()
    ]
    return Answer(name="heatmap", columns=_COLUMNS, rows=shaped(_COLUMNS, rows))
