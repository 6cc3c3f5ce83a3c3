"""Two or three documents side by side: the text of each upper task beside those that carry it out, and what changed."""

from collections.abc import Sequence

from graph.store.protocol import AnswerRow, Store
from queries.cascades.side_by_side import AlignDocuments, compare
from queries.catalog import find
from queries.changes.text_changes import compared
from queries.question_rows import ask
from views.card_text import one_line
from views.drawings.drawing_words import DrawingWords
from views.drawings.drawn_picture import (
    LOOKS,
    FilePicture,
    GridRow,
    LegendSign,
    PictureCell,
    PictureGrid,
    StateLook,
    WordPieces,
    plain,
    printed_runs,
)
from views.drawings.grid_drawing import grid_canvas
from views.drawings.pictures.matrix_grid import answer_counts
from views.picture_records import WEAK

_WHOLE, _LONGEST = 1180.0, 700
_SIGNS = "、，。；：,.;: "
_UNITS = (
    ("units_added", "compare.units_added", "added"),
    ("units_dropped", "compare.units_dropped", "dropped"),
)
_CHANGES = (("date_change", "compare.date"), ("number_change", "compare.number"), ("target_change", "compare.target"))


def compare_picture(
    store: Store, of: Sequence[str], align: AlignDocuments, words: DrawingWords, most: int
) -> FilePicture:
    """Return documents side by side; the first is the upper one, unless it carries out another that is named.

    Raises:
        UnknownNameError: no document is named so.
        UsageError: one document is named twice and no other.
    """
    answer = compare(store, of[0], of[1:], align)
    tasks = {str(row[name]) for row in answer.rows for name in ("parent", "task") if row[name]}
    facts = (
        {str(row["task"]): row for row in ask(find("task_details"), store, {"tasks": sorted(tasks)})} if tasks else {}
    )
    documents = list(dict.fromkeys(str(row["document"]) for row in answer.rows if row["document"]))
    upper = next((str(row["parent"]).rpartition("/")[0] for row in answer.rows if row["parent"]), of[0])
    heads = {str(row["document"]): row for row in ask(find("documents_held"), store, {})}
    columns = [_column(heads.get(one, {}), one) for one in (upper, *documents)]
    rows = _lines(answer.rows, documents, facts, words)
    wide = _WHOLE / max(2, len(documents) + 1)
    grid = PictureGrid(
        corner=columns[0],
        columns=tuple(columns[1:]),
        rows=tuple(rows[:most]),
        head_width=wide,
        widths=tuple(wide for _ in documents),
    )
    counts = answer_counts(answer)
    notes = [words.note(note) for note in answer.notes]
    notes += [words("rows.cut", shown=most, count=len(rows) - most)] if len(rows) > most else []
    return FilePicture(
        kind="compare",
        title=" × ".join(column[0] for column in columns),
        subtitle=words("kind.compare"),
        totals=tuple(
            (name, words("count.each", word=words.value("answer", name), count=counts[name])) for name in counts
        ),
        legend=(
            LegendSign(look=StateLook(fill="#ffffff", ink="#1b5e20"), said=words("compare.legend.added"), form="＿"),
            LegendSign(look=StateLook(fill="#ffffff", ink="#a31515"), said=words("compare.legend.dropped"), form="—"),
        ),
        notes=tuple(notes),
        canvas=grid_canvas(grid),
        grid=grid,
        rows=answer,
        choices=tuple((name, words.value("answer", name)) for name in counts),
    )


def _column(document: AnswerRow, key: str) -> tuple[str, ...]:
    place = one_line(str(document.get("place") or key))
    said = [one_line(str(document[name])) for name in ("doc_number", "title") if document.get(name)]
    return (place, *said)


def _lines(
    rows: Sequence[AnswerRow], documents: Sequence[str], facts: dict[str, AnswerRow], words: DrawingWords
) -> list[GridRow]:
    beside: dict[str, list[AnswerRow]] = {}
    added = [row for row in rows if row["parent"] is None]
    for row in rows:
        if row["parent"] is not None:
            beside.setdefault(str(row["parent"]), []).append(row)
    made = []
    for key, found in beside.items():
        cells = [_cell([row for row in found if row["document"] == one], key, facts, words) for one in documents]
        band = one_line(str(facts.get(key, {}).get("theme_heading") or "")) or words("theme.none")
        made.append(GridRow(head=_upper(key, found[0], facts, words), cells=tuple(cells), band=band))
    for row in added:
        own = _cell([row], "", facts, words)
        cells = [own if row["document"] == one else PictureCell() for one in documents]
        made.append(
            GridRow(
                head=PictureCell(lines=(plain(words("compare.no_upper")),)),
                cells=tuple(cells),
                band=words("matrix.added"),
            )
        )
    return made


def _upper(key: str, row: AnswerRow, facts: dict[str, AnswerRow], words: DrawingWords) -> PictureCell:
    """Return the cell of the upper task: its text, units and date."""
    title = one_line(str(row["parent_title"] or key))
    lines: list[WordPieces] = [((title, "strong"), (f" {key}", "plain"))]
    text = _text(facts, key)
    if text and text != title:
        # What the bracket at its end says stands below.
        lines.append(plain(_short("".join(piece for piece, _ in compared(text, text)[0]), words)))
    units = one_line(str(row["parent_units"] or ""))
    lines.append(plain(words("compare.units") + (units or words("compare.none"))))
    if row["parent_deadline"]:
        lines.append(plain(words("compare.date") + one_line(str(row["parent_deadline"]))))
    return PictureCell(
        lines=tuple(lines),
        said=f"{key} {title}",
        kind="task",
        key=key,
        units=tuple(one for one in units.split("、") if one),
    )


def _cell(rows: Sequence[AnswerRow], upper: str, facts: dict[str, AnswerRow], words: DrawingWords) -> PictureCell:
    """Return the cell of one document: each task there with its words, marked where the upper text has none of them."""
    if not rows:
        return PictureCell()
    answer = str(rows[0]["answer"])
    tasks = [row for row in rows if row["task"]]
    lines: list[WordPieces] = [((words.value("answer", answer), "strong"),)]
    for at, row in enumerate(tasks):
        lines += [plain("· · ·")] if at else []
        lines += _changed(row, upper, facts, words)
    if not tasks and rows[0]["near_title"]:
        lines.append(plain(words("matrix.see", title=one_line(str(rows[0]["near_title"])))))
    elif not tasks and rows[0]["reason"]:
        lines.append(plain(words.value("reason", rows[0]["reason"])))
    weak = [
        row
        for row in tasks
        if row["score"] is not None and float(row["score"]) < WEAK and row["judgement"] != "confirmed"
    ]
    units = dict.fromkeys(name for row in tasks for name in one_line(str(row["units"] or "")).split("、") if name)
    return PictureCell(
        lines=tuple(lines),
        look="plain" if tasks and answer != "added" else answer if answer in LOOKS else "plain",
        said="\n".join(printed_runs(line) for line in lines[:2]),
        kind="task",
        key=str(tasks[0]["task"]) if tasks else "",
        state=answer,
        units=tuple(units),
        doubt=bool(weak) or answer in ("doubtful", "cannot_say"),
    )


def _changed(row: AnswerRow, upper: str, facts: dict[str, AnswerRow], words: DrawingWords) -> list[WordPieces]:
    """Return the lines of one lower task: title, text with what was written in, then what was dropped, units, dates."""
    key = str(row["task"])
    title = one_line(str(row["title"] or key))
    lines: list[WordPieces] = [((title, "strong"), (f" {key}", "plain"))]
    text = _text(facts, key)
    above = _text(facts, upper) if upper else ""
    if text and text != title:
        dropped, written = compared(above or text, text)
        lines.append(_short_runs(tuple((piece, "added" if other else "plain") for piece, other in written), words))
        # A single character that went says nothing by itself.
        gone = [piece.strip(_SIGNS) for piece, other in dropped if other]
        if said := "…".join(piece for piece in gone if len(piece) > 1):
            lines.append(((words("compare.dropped"), "plain"), (_short(said, words), "dropped")))
    for name, code, look in _UNITS:
        if row[name]:
            lines.append(((words(code), "plain"), (_short(one_line(str(row[name])), words), look)))
    if row["units"] and not (row["units_added"] or row["units_dropped"]):
        lines.append(plain(words("compare.units") + one_line(str(row["units"]))))
    for name, code in _CHANGES:
        if row[name]:
            lines.append(((words(code), "plain"), (words.value(name, row[name]), "strong"), *_dates(name, row)))
    if row["deadline"] and not row["date_change"]:
        lines.append(plain(words("compare.date") + one_line(str(row["deadline"]))))
    return lines


def _dates(name: str, row: AnswerRow) -> WordPieces:
    """Return both dates as printed, where dates are what changed."""
    if name != "date_change":
        return ()
    both = [one_line(str(row[one] or "")) for one in ("parent_deadline", "deadline")]
    return ((f" {both[0] or '—'} → {both[1] or '—'}", "plain"),)


def _text(facts: dict[str, AnswerRow], key: str) -> str:
    return one_line(str(facts.get(key, {}).get("text") or ""))


def _short(text: str, words: DrawingWords) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + words("cut", count=len(text))


def _short_runs(runs: WordPieces, words: DrawingWords) -> WordPieces:
    whole = printed_runs(runs)
    if len(whole) <= _LONGEST:
        return runs
    kept, room = [], _LONGEST
    for text, look in runs:
        if room > 0:
            kept.append((text[:room], look))
            room -= len(text)
    return (*kept, (words("cut", count=len(whole)), "plain"))
