"""The cascade as a drawing of its own: cards in columns of levels, lines between them, for files without a browser."""

from queries.answer import Answer, shaped
from views.cards import state
from views.drawings.card_shapes import DrawnCard, DrawnWay, PictureShapes, shapes_of
from views.drawings.drawing_words import DrawingWords
from views.drawings.drawn_picture import (
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
from views.drawings.picture_framing import moved_path
from views.drawings.pictures.cascade_parts import unit_names
from views.page_payload import COLOURS, LINES, TINTS, WEAK_LINE, totals, views
from views.picture_records import Cascade
from views.text_tree import sentences

_HEAD = 40.0
_STATES = {"missing": ("#b3261e", "6 4"), "unsure": ("#5f666d", "2 4"), "added": ("#0d47a1", "")}
_LOOK_OF = {"missing": "not_found", "unsure": "doubtful", "skips": "skips_level", "same": "taken_up"}
_COLUMNS = ("parent", "relation", "score", "level", "place", "task", "title", "units", "deadline", "end")


def cascade_picture(cascade: Cascade, words: DrawingWords, most: int) -> FilePicture:
    """Return the cascade as a drawing of at most `most` cards; what has no room is folded, as on its page."""
    drawn = views(cascade, words, max(most, 1)) if cascade.cards else []
    whole = next((view for view in drawn if view.name == words("theme.all") or len(drawn) == 1), None)
    if whole is None and drawn:
        # More cards than there is room for: all themes in one picture, folded.
        whole = views(_one_theme(cascade), words, most)[0]
    shapes = shapes_of(whole, cascade, words) if whole else None
    folded = whole.shown.count if whole else 0
    notes = [words.note(note) for note in cascade.notes] + ([words("note.folded", count=folded)] if folded else [])
    return FilePicture(
        kind="cascade",
        title=cascade.title,
        subtitle=words("sep").join(one for one in (words("title"), cascade.doc_number, cascade.place) if one),
        totals=tuple((_LOOK_OF.get(style, style.split()[0]), said) for style, said in totals(cascade, words)),
        legend=_legend(words),
        notes=tuple(notes),
        canvas=_canvas(shapes, cascade, words) if shapes else Canvas(width=400, height=20),
        rows=_rows(cascade),
    )


def _one_theme(cascade: Cascade) -> Cascade:
    from dataclasses import replace

    from views.picture_records import DrawnTheme

    return replace(cascade, themes=(DrawnTheme(key=None, name=None, heads=cascade.heads),))


def _canvas(shapes: PictureShapes, cascade: Cascade, words: DrawingWords) -> Canvas:
    ground: list[Shape] = []
    for level, title, x in shapes.heads:
        ground.append(DrawnBox(x=x - 10, y=0, width=300, height=shapes.height + _HEAD, fill=TINTS[level]))
        ground.append(DrawnBox(x=x - 10, y=0, width=5, height=_HEAD - 12, fill=COLOURS[level]))
        ground.append(DrawnWords(x=x + 4, y=19, runs=plain(title), size=15, weight=700))
    for label, top in shapes.bands:
        ground.append(DrawnPath(path=f"M0 {top + _HEAD:.1f}H{shapes.width:.1f}", line="#9aa3ab"))
        ground.append(DrawnWords(x=14, y=top + _HEAD + 22, runs=plain(label), size=15, weight=700, halo=True))
    marks = [_way(way) for way in shapes.ways] + [_card(card, cascade, words) for card in shapes.cards]
    # Lines are drawn with the cards: both stand lower by the headings of the columns.
    return Canvas(width=shapes.width, height=shapes.height + _HEAD, ground=tuple(ground), marks=tuple(marks))


def _way(way: DrawnWay) -> DrawnMark:
    path = DrawnPath(path=moved_path(way.path, 0, _HEAD), line=way.colour, thick=way.width, dashes=way.dashes)
    label = DrawnWords(
        x=way.x, y=way.y + 4 + _HEAD, runs=plain(way.label), size=12, colour=way.colour, anchor="middle", halo=True
    )
    return DrawnMark(shapes=(path, label), said=f"{way.parent} → {way.child} {way.label}")


def _card(card: DrawnCard, cascade: Cascade, words: DrawingWords) -> DrawnMark:
    line, dashes = _STATES.get(card.look, ("#6b737b", ""))
    top = card.y + _HEAD
    shapes: list[Shape] = [
        DrawnBox(
            x=card.x,
            y=top,
            width=card.width,
            height=card.height,
            fill="#ffffff",
            line=line,
            thick=1.5,
            dashes=dashes,
            round=5,
        ),
        DrawnBox(x=card.x, y=top, width=5, height=card.height, fill=card.colour),
    ]
    if card.look == "added":
        shapes.append(
            DrawnBox(
                x=card.x + 7, y=top + 2.5, width=card.width - 9.5, height=card.height - 5, line=line, thick=1, round=4
            )
        )
    for text in card.texts:
        if text.text:
            shapes.append(
                DrawnWords(
                    x=text.x,
                    y=text.y + _HEAD + text.size * 0.36,
                    runs=plain(text.text),
                    size=text.size,
                    weight=text.weight,
                    colour=text.colour,
                )
            )
    known = cascade.cards.get(card.key)
    if known is None:
        return DrawnMark(shapes=tuple(shapes), said=words("panel.folded"))
    told = [
        f"{words.place(known.place, known.level)} {known.path} {known.title}",
        *(said for _, said in sentences(known, words)),
    ]
    return DrawnMark(
        shapes=tuple(shapes),
        said="\n".join(told),
        kind="task",
        key=card.key,
        state=state(known),
        units=unit_names(known),
        doubt=bool(known.doubtful or known.unsure or known.added in ("doubtful", "cannot_say")),
    )


def _legend(words: DrawingWords) -> tuple[LegendSign, ...]:
    lines = [
        LegendSign(
            look=StateLook(fill="none", ink=str(LINES[kind]["colour"]), dashes=_dashes(LINES[kind]["dashes"])),
            said=words(f"legend.{kind}"),
            form="line",
        )
        for kind in ("same", "adapted", "partial", "details")
    ]
    weak = StateLook(fill="none", ink=str(LINES["several"]["colour"]), dashes=_dashes(WEAK_LINE["dashes"]))
    lines.append(LegendSign(look=weak, said=words("legend.weak"), form="line"))
    for name, (ink, dashes) in _STATES.items():
        lines.append(LegendSign(look=StateLook(fill="#ffffff", ink=ink, dashes=dashes), said=words(f"legend.{name}")))
    return tuple(lines)


def _dashes(given: object) -> str:
    return " ".join(map(str, given)) if isinstance(given, (list, tuple)) else ""


def _rows(cascade: Cascade) -> Answer:
    above: dict[str, list[dict[str, object]]] = {}
    for link in cascade.links:
        above.setdefault(link.child, []).append(
            {"parent": link.parent, "relation": link.relation, "score": round(link.score, 3)}
        )
    rows = [
        {
            "level": card.level,
            "place": card.place,
            "task": card.key,
            "title": card.title,
            "units": "、".join(unit_names(card)) or None,
            "deadline": card.deadline,
            "end": card.end,
            **link,
        }
        for card in cascade.cards.values()
        for link in above.get(card.key, [{}])
    ]
    return Answer(name="cascade", columns=_COLUMNS, rows=shaped(_COLUMNS, rows))  # type: ignore[arg-type]
