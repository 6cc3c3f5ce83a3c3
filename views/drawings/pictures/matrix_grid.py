"""The matrix: each task of the topmost document of a family beside the documents below it, and what became of it there."""

from collections import Counter
from collections.abc import Iterable, Sequence

from graph.identity import TaskKey
from graph.schema.vocabulary import order_of
from graph.store.protocol import AnswerRow, Store
from queries.answer import Answer
from queries.cascades.correlation import correlate
from queries.cascades.known_policies import Family, Known
from queries.catalog import find
from queries.faults import UnknownNameError
from queries.names import policies_of, subject
from queries.question_rows import ask
from views.card_text import one_line, wrap
from views.drawings.drawing_words import DrawingWords
from views.drawings.drawn_picture import (
    LOOKS,
    Canvas,
    FilePicture,
    GridRow,
    PictureCell,
    PictureGrid,
    WordPieces,
    plain,
)
from views.drawings.grid_drawing import grid_canvas
from views.picture_records import WEAK

ANSWERS_SHOWN = ("taken_up", "split", "merged", "adapted", "partial", "doubtful", "not_found", "cannot_say")
_HEAD, _DEADLINE, _WHOLE = 250.0, 108.0, 1080.0
_NAMED = 2
"""So many tasks of one lower document are named in a cell; the others are counted."""


def family_matrix(store: Store, name: str) -> tuple[Answer, str]:
    """Return the correlation table of the topmost held document of a family and all held ones below it, and its title.

    What changed word by word is not in it: a cell has no room for it, and comparing texts takes most of the time.

    Raises:
        UnknownNameError: nothing is named so, or no document of it is held.
    """
    top, children = family_documents(store, name)
    title = top.title or top.doc_number or top.key
    if not children:
        return Answer(name="matrix", columns=(), rows=()), title
    answer = correlate(store, find("correlation"), str(top.read), children, wording=False)
    return Answer(name="matrix", columns=answer.columns, rows=answer.rows, notes=answer.notes), title


def family_documents(store: Store, name: str) -> tuple[Known, list[str]]:
    """Return the topmost held policy of what is named, and the documents of those held below it."""
    start = subject(store, name)
    document = TaskKey.parse(start.task).document if start.task else start.document
    family = Family(store)
    own = family.know(policies_of(store, document) if start.task and document else start.policies, document)
    below = [known for known in family.descend(own) if known.read]
    top = next((known for known in own if known.read), None) or (below.pop(0) if below else None)
    if top is None:
        raise UnknownNameError("document", name)
    return top, list(dict.fromkeys(str(known.read) for known in below if known.read != top.read))


def matrix_picture(store: Store, of: str, words: DrawingWords, most: int, theme: str | None = None) -> FilePicture:
    """Return the matrix of a family, or of one theme of its topmost document.

    Raises:
        UnknownNameError: nothing is named so, or its tasks have no such theme.
    """
    answer, title = family_matrix(store, of)
    themes = _themes(store, answer)
    rows = [row for row in answer.rows if theme is None or theme in _theme_of(row, themes)]
    if theme is not None and not rows:
        raise UnknownNameError("theme", theme, sorted({name for name, _ in themes.values() if name}))
    shown = Answer(name="correlation", columns=answer.columns, rows=tuple(rows), notes=answer.notes)
    numbers = {
        str(row["document"]): one_line(str(row["doc_number"] or "")) for row in ask(find("documents_held"), store, {})
    }
    grid, left_out = _grid(shown, words, themes, numbers, most)
    counts = answer_counts(shown)
    notes = [words.note(note) for note in answer.notes]
    notes += [words("rows.cut", shown=len(grid.rows), count=left_out)] if left_out else []
    return FilePicture(
        kind="matrix",
        title=title,
        subtitle=words("kind.matrix"),
        totals=tuple(
            (name, words("count.each", word=words.value("answer", name), count=counts[name])) for name in counts
        ),
        notes=tuple(notes),
        canvas=grid_canvas(grid) if grid.rows else Canvas(width=400, height=20),
        grid=grid,
        rows=shown,
        choices=tuple((name, words.value("answer", name)) for name in counts),
    )


def answer_counts(answer: Answer) -> Counter[str]:
    """Return how many cells have each answer, and how many tasks below were added: a cell has that of its first row."""
    cells: dict[tuple[str, str], str] = {}
    added: dict[str, str] = {}
    for row in _ordered(answer.rows):
        if row["parent"] is None:
            added.setdefault(str(row["task"]), str(row["answer"]))
        else:
            cells.setdefault((str(row["parent"]), str(row["document"])), str(row["answer"]))
    found = Counter(cells.values()) + Counter(added.values())
    rank = order_of("answer")
    return Counter(dict(sorted(found.items(), key=lambda one: rank.get(one[0], len(rank)))))


def _ordered(rows: Iterable[AnswerRow]) -> list[AnswerRow]:
    rank = order_of("answer")
    return sorted(rows, key=lambda row: rank.get(str(row["answer"]), len(rank)))


def _themes(store: Store, answer: Answer) -> dict[str, tuple[str, str]]:
    """Return the key and name of the theme of each task of the table."""
    tasks = {str(row[name]) for row in answer.rows for name in ("parent", "task") if row[name]}
    asked = ask(find("task_details"), store, {"tasks": sorted(tasks)}) if tasks else []
    return {
        str(row["task"]): (str(row["theme"] or ""), one_line(str(row["theme_heading"] or row["theme"] or "")))
        for row in asked
    }


def _theme_of(row: AnswerRow, themes: dict[str, tuple[str, str]]) -> tuple[str, str]:
    return themes.get(str(row["parent"] or row["task"]), ("", ""))


def _grid(
    answer: Answer, words: DrawingWords, themes: dict[str, tuple[str, str]], numbers: dict[str, str], most: int
) -> tuple[PictureGrid, int]:
    """Return the table, and how many of its rows have no room."""
    documents: dict[str, str] = {}
    for row in answer.rows:
        if row["document"]:
            documents.setdefault(str(row["document"]), one_line(str(row["place"] or row["document"])))
    lines: dict[str, list[AnswerRow]] = {}
    added = []
    for row in answer.rows:
        if row["parent"] is None:
            added.append(row)
        else:
            lines.setdefault(str(row["parent"]), []).append(row)
    wide = max(96.0, (_WHOLE - _HEAD - _DEADLINE) / max(1, len(documents)))
    ems = (wide - 16) / 12.5
    rows = [_line(key, found, list(documents), themes, words, ems) for key, found in lines.items()]
    rows += [_added(row, list(documents), words) for row in added]
    grid = PictureGrid(
        corner=(words("matrix.corner"),),
        columns=(*((place, numbers.get(key) or key) for key, place in documents.items()), (words("matrix.deadline"),)),
        rows=tuple(rows[:most]),
        head_width=_HEAD,
        widths=(*(wide for _ in documents), _DEADLINE),
    )
    return grid, max(0, len(rows) - most)


def _line(
    key: str,
    found: Sequence[AnswerRow],
    documents: Sequence[str],
    themes: dict[str, tuple[str, str]],
    words: DrawingWords,
    ems: float,
) -> GridRow:
    first = found[0]
    title = one_line(str(first["parent_title"] or ""))
    above = _units(first["parent_units"])
    cells = [
        _cell(_ordered(row for row in found if row["document"] == document), title, above, words, ems)
        for document in documents
    ]
    due = one_line(str(first["parent_deadline"] or ""))
    return GridRow(
        head=PictureCell(lines=(plain(title), plain(key)), said=f"{key} {title}", kind="task", key=key, units=above),
        cells=(*cells, PictureCell(lines=(plain(due),) if due else ())),
        band=themes.get(key, ("", ""))[1] or words("theme.none"),
    )


def _cell(
    rows: Sequence[AnswerRow], above: str, units: tuple[str, ...], words: DrawingWords, ems: float
) -> PictureCell:
    """Return what became of a task in one document: its answer, and the tasks there."""
    if not rows:
        return PictureCell()
    answer = str(rows[0]["answer"])
    word = words.value("answer", answer)
    tasks = [row for row in rows if row["task"]]
    said = words("times", word=word, count=len(tasks)) if len(tasks) > 1 else word
    lines: list[WordPieces] = [((said, "strong"),)]
    for row in tasks[:_NAMED]:
        lines.append(_cut(str(row["title"] or row["task"]), ems))
    if len(tasks) > _NAMED:
        lines.append(plain(words("more", count=len(tasks) - _NAMED)))
    if not tasks and rows[0]["near_title"]:
        near = words("matrix.see", title=one_line(str(rows[0]["near_title"])))
        lines.append(_cut(near, ems))
    elif not tasks and rows[0]["reason"]:
        lines.append(_cut(words.value("reason", rows[0]["reason"]), ems))
    full = "\n".join([above, said, *(f"{row['task']} {one_line(str(row['title'] or ''))}" for row in tasks)])
    return PictureCell(
        lines=tuple(lines),
        look=answer if answer in LOOKS else "plain",
        said=full,
        kind="task",
        key=str(tasks[0]["task"]) if tasks else "",
        state=answer,
        units=tuple(dict.fromkeys([*units, *(name for row in tasks for name in _units(row["units"]))])),
        doubt=any(_doubtful(row) for row in rows),
    )


def _cut(text: str, ems: float) -> WordPieces:
    """Return a text that takes two lines of a cell at most."""
    return plain(wrap(text, 2 * ems - 1, 1)[0] if text else text)


def _doubtful(row: AnswerRow) -> bool:
    weak = row["score"] is not None and float(row["score"]) < WEAK and row["judgement"] != "confirmed"
    return row["answer"] in ("doubtful", "cannot_say") or weak


def _units(printed: object) -> tuple[str, ...]:
    return tuple(one for one in one_line(str(printed or "")).split("、") if one)


def _added(row: AnswerRow, documents: Sequence[str], words: DrawingWords) -> GridRow:
    """Return the row of a task below that derives from none of the tasks above."""
    answer, title = str(row["answer"]), one_line(str(row["title"] or row["task"]))
    own = PictureCell(
        lines=(((words.value("answer", answer), "strong"),),),
        look=answer if answer in LOOKS else "plain",
        said=f"{row['task']} {title}",
        kind="task",
        key=str(row["task"]),
        state=answer,
        units=_units(row["units"]),
        doubt=_doubtful(row),
    )
    cells = [own if document == row["document"] else PictureCell() for document in documents]
    head = PictureCell(
        lines=(plain(title), plain(str(row["task"]))), said=title, kind="task", key=str(row["task"]), units=own.units
    )
    return GridRow(head=head, cells=(*cells, PictureCell()), band=words("matrix.added"))
