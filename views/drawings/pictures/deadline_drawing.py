"""The timeline: every task of a family that has a last day, from the day of issue of its document to that day."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from graph.store.protocol import AnswerRow, Store
from queries.answer import Answer, shaped
from queries.catalog import find
from queries.question_rows import ask
from queries.run import run
from views.card_text import one_line, wrap
from views.cascade_payload import read
from views.drawings.drawing_words import DrawingWords
from views.drawings.drawn_picture import (
    LOOKS,
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
from views.drawings.pictures.cascade_parts import policies_in_order, theme_names, theme_of_cards, unit_names
from views.page_payload import COLOURS
from views.picture_records import ORDER, Card, Cascade

GROUPS = ("document", "theme")
STATES = ("overdue", "soon", "later", "done", "cancelled", "closed")
_LABEL, _AXIS, _SAID, _TOP = 380.0, 490.0, 245.0, 34.0
_ROW, _BAND = 25.0, 30.0
_SIGNS = {"overdue": "▲", "soon": "◆", "later": "●", "done": "✓", "cancelled": "✕", "closed": "■"}
_COLUMNS = (
    "state",
    "days",
    "end",
    "deadline",
    "level",
    "place",
    "theme_name",
    "task",
    "title",
    "lead",
    "units",
    "policy",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dated:
    """A task with its last day, the day of issue of its document where that is known, and what the question of due says."""

    card: Card
    theme: str
    end: date
    issued: date | None
    state: str
    days: int


def deadline_picture(
    store: Store, of: str, words: DrawingWords, most: int, *, today: date, theme: str | None = None, by: str = GROUPS[0]
) -> FilePicture:
    """Return the timeline of a family on a day, in bands by document or by theme; states are those of the question `due`.

    Raises:
        UnknownNameError: nothing is named so, or the cascade has no such theme.
    """
    cascade = read(store, of, theme)
    dated = _dated(store, cascade, words, today)
    groups = _groups(dated, cascade, words, by)
    kept, left = _kept(groups, most)
    undated = len(cascade.cards) - len(dated)
    counts = Counter(one.state for one in dated)
    notes = [words("time.about")]
    notes += [words("time.cut", shown=most, count=left)] if left else []
    states = [state for state in STATES if counts[state]]
    totals = [(state, words("count.each", word=words.value("state", state), count=counts[state])) for state in states]
    return FilePicture(
        kind="timeline",
        title=cascade.title,
        subtitle=words("kind.timeline"),
        totals=(
            ("plain", words("count.dated", count=len(dated))),
            ("plain", words("count.undated", count=undated)),
            *totals,
        ),
        legend=tuple(
            LegendSign(look=LOOKS[state], said=words.value("state", state), form=_SIGNS[state]) for state in states
        )
        + tuple(
            LegendSign(
                look=StateLook(fill=COLOURS[level], ink=COLOURS[level]),
                said=words.level(level) + words("sep") + words("time.from"),
                form="line",
            )
            for level in ORDER
            if any(one.card.level == level and one.issued for one in dated)
        ),
        notes=tuple(notes),
        canvas=_canvas(kept, words, today, by),
        rows=_rows(dated, cascade),
        choices=tuple((state, words.value("state", state)) for state in states),
    )


def _dated(store: Store, cascade: Cascade, words: DrawingWords, today: date) -> list[_Dated]:
    themes = theme_of_cards(cascade, words)
    issued = {str(row["policy"]): row["issued"] for row in ask(find("held_policies"), store, {}) if row["issued"]}
    told: dict[str, AnswerRow] = {}
    for row in run("due", store, today=today.isoformat()).rows:
        # What is due for the whole task goes before what is due for a part of it.
        if row["scope"] == "task" or str(row["task"]) not in told:
            told[str(row["task"])] = row
    found = []
    for card in cascade.cards.values():
        due = told.get(card.key, {})
        if due.get("end") is None:
            continue
        begun = issued.get(card.policy)
        found.append(
            _Dated(
                card=card,
                theme=themes[card.key],
                end=date.fromisoformat(str(due["end"])),
                issued=date.fromisoformat(str(begun)) if begun else None,
                state=str(due["state"]),
                days=int(due["days"] or 0),
            )
        )
    return found


def _groups(dated: Sequence[_Dated], cascade: Cascade, words: DrawingWords, by: str) -> list[tuple[str, list[_Dated]]]:
    """Return the bands in order, each with its tasks by their last day, the upper levels first on one day."""
    if by == "theme":
        named = [(name, [one for one in dated if one.theme == name]) for name in theme_names(cascade, words)]
    else:
        named = []
        for level, place, policy in policies_in_order(cascade.cards.values()):
            title = one_line(str(cascade.policies.get(policy, {}).get("title") or policy))
            name = words("sep").join([words.place(place, level), title])
            named.append((name, [one for one in dated if one.card.policy == policy and one.card.place == place]))
    order = {level: at for at, level in enumerate(ORDER)}
    for _, own in named:
        own.sort(key=lambda one: (one.end, order[one.card.level], one.card.key))
    return [(name, own) for name, own in named if own]


def _kept(groups: list[tuple[str, list[_Dated]]], most: int) -> tuple[list[tuple[str, list[_Dated]]], int]:
    """Return the first `most` tasks of all groups, and how many were left."""
    kept, room = [], most
    for name, own in groups:
        if room > 0:
            kept.append((name, own[:room]))
            room -= len(own)
    return kept, max(0, -room) if len(kept) == len(groups) else sum(len(own) for _, own in groups) - most


# -- the drawing


def _canvas(groups: list[tuple[str, list[_Dated]]], words: DrawingWords, today: date, by: str) -> Canvas:
    every = [one for _, own in groups for one in own]
    if not every:
        return Canvas(width=_LABEL + _AXIS + _SAID, height=_TOP)
    first = min([one.issued or one.end for one in every] + [one.end for one in every])
    last = max(one.end for one in every)
    # A short axis has room for its ticks too; today stands on it where it is near.
    first, last = first - timedelta(days=15), max(last, first + timedelta(days=120)) + timedelta(days=15)
    if last < today < last + timedelta(days=400):
        last = today + timedelta(days=15)

    def x(day: date) -> float:
        return _LABEL + _AXIS * (day - first).days / max(1, (last - first).days)

    marks: list[DrawnMark] = []
    bands: list[Shape] = []
    cuts: list[float] = []
    y = _TOP
    for name, own in groups:
        bands.append(DrawnBox(x=0, y=y, width=_LABEL + _AXIS + _SAID, height=_BAND - 6, fill="#e9edf2"))
        for line in wrap(name, (_LABEL + _AXIS + _SAID - 20) / 13.5, 1):
            bands.append(DrawnWords(x=8, y=y + 17, runs=plain(line), size=13.5, weight=600))
        y += _BAND
        for one in own:
            marks.append(_bar(one, y, x(one.end), None if one.issued is None else x(one.issued), words, by))
            y += _ROW
        cuts.append(y + 2)
        y += 6
    ground = [*_axis(first, last, x, y), *bands]
    if first <= today <= last:
        ground += _today(x(today), today, y, words)
    return Canvas(width=_LABEL + _AXIS + _SAID, height=y, ground=tuple(ground), marks=tuple(marks), cuts=tuple(cuts))


def _axis(first: date, last: date, x: Callable[[date], float], height: float) -> list[Shape]:
    """Return the ticks: years, and quarters or months where they have room."""
    months = (last.year - first.year) * 12 + last.month - first.month
    step = 1 if months <= 12 else 3 if months <= 36 else 12
    shapes: list[Shape] = []
    at = date(first.year, 1, 1)
    while at <= last:
        if at >= first:
            whole = at.month == 1
            colour = "#9aa3ab" if whole else "#dfe3e7"
            shapes.append(DrawnPath(path=f"M{x(at):.1f} {_TOP - 6:.1f}V{height:.1f}", line=colour))
            said = str(at.year) if whole else f"{at.month:02d}"
            shapes.append(
                DrawnWords(
                    x=x(at),
                    y=_TOP - 12,
                    runs=plain(said),
                    size=12,
                    weight=600 if whole else 400,
                    colour=SOFT,
                    anchor="middle",
                )
            )
        at = date(at.year + (at.month + step > 12), (at.month + step - 1) % 12 + 1, 1)
    return shapes


def _today(x: float, today: date, height: float, words: DrawingWords) -> list[Shape]:
    said = words("time.today", day=today.isoformat())
    return [
        DrawnPath(path=f"M{x:.1f} {_TOP - 8:.1f}V{height:.1f}", line="#a31515", thick=1.5, dashes="5 3"),
        DrawnWords(x=x, y=9.5, runs=plain(said), size=11.5, weight=600, colour="#a31515", anchor="middle", halo=True),
    ]


def _bar(one: _Dated, y: float, end: float, start: float | None, words: DrawingWords, by: str) -> DrawnMark:
    look, card = LOOKS[one.state], one.card
    middle = y + _ROW / 2 - 2
    name = (
        card.title
        if by == "document"
        else words("time.place", place=words.place(card.place, card.level), title=card.title)
    )
    shapes: list[Shape] = [
        DrawnWords(x=8, y=middle + 4.5, runs=plain(line), size=13) for line in wrap(name, (_LABEL - 24) / 13, 1)
    ]
    colour = COLOURS[card.level]
    if start is not None and start < end:
        shapes.append(DrawnBox(x=start, y=middle - 3, width=end - start, height=6, fill=colour, round=3))
    shapes.append(
        DrawnWords(
            x=end, y=middle + 5, runs=plain(_SIGNS[one.state]), size=15, colour=look.ink, anchor="middle", halo=True
        )
    )
    state = words.value("state", one.state)
    code = "time.days_over" if one.state == "overdue" else "time.days_left"
    said = words(code, state=state, days=abs(one.days)) if one.state in ("overdue", "soon", "later") else state
    shapes.append(
        DrawnWords(x=_LABEL + _AXIS + 12, y=middle + 4.5, runs=plain(f"{one.end} {said}"), size=12.5, colour=look.ink)
    )
    full = [f"{words.place(card.place, card.level)} {card.path} {card.title}", card.deadline or "", f"{one.end} {said}"]
    full += [words("later")] if card.later else []
    return DrawnMark(
        shapes=tuple(shapes),
        said="\n".join(text for text in full if text),
        kind="task",
        key=card.key,
        state=one.state,
        units=unit_names(card),
        doubt=card.later,
    )


def _rows(dated: Sequence[_Dated], cascade: Cascade) -> Answer:
    rows: list[AnswerRow] = [
        {
            "state": one.state,
            "days": one.days,
            "end": one.end.isoformat(),
            "deadline": one.card.deadline,
            "level": one.card.level,
            "place": one.card.place,
            "theme_name": one.theme,
            "task": one.card.key,
            "title": one.card.title,
            "lead": "、".join(name for role, name in one.card.units if role == "lead") or None,
            "units": "、".join(name for role, name in one.card.units if role != "lead") or None,
            "policy": one.card.policy,
        }
        for one in sorted(dated, key=lambda one: (one.end, one.card.key))
    ]
    rows += [
        {"deadline": card.deadline, "level": card.level, "place": card.place, "task": card.key, "title": card.title}
        for card in cascade.cards.values()
        if card.key not in {one.card.key for one in dated}
    ]
    return Answer(name="timeline", columns=_COLUMNS, rows=shaped(_COLUMNS, rows))
