"""Coverage as a matrix: a line for each theme, a column for each place, the answer in words with its counts."""

from cli.draw.grid import ruled
from cli.words.messages import column, say, value
from queries.answer import Answer
from queries.cascades.task_answers import TAKEN


def draw(answer: Answer) -> str:
    """Return the rows of a coverage as a matrix of themes by places."""
    places: dict[tuple[object, object], str] = {}
    themes: dict[object, str] = {}
    cells: dict[tuple[object, tuple[object, object]], str] = {}
    for row in answer.rows:
        place = (row["place"], row["policy"])
        where = " ".join(str(one) for one in (value("level", row["level"]), row["place"]) if one)
        # A document about one matter is named: what it does not take up, its place may do otherwise.
        places.setdefault(place, where if where and row["whole_place"] else str(row["policy"]))
        themes.setdefault(row["theme"], str(row["theme_name"] or say("no_theme")))
        up = sum(int(row[name] or 0) for name in TAKEN)
        word = value("answer", row["answer"])
        code = "matrix.cell_unsaid" if up and row["cannot_say"] else "matrix.cell"
        if up == row["tasks"] and row["answer"] == "partial":
            code = "matrix.cell_parts"
        counts = {"unsaid": row["cannot_say"], "parts": row["parts"], "carried": row["carried"]}
        cells[row["theme"], place] = say(code, answer=word, up=up, tasks=row["tasks"], **counts)
    headings = [column("theme"), *places.values()]
    return ruled(
        headings, [[name, *(cells.get((theme, place), "") for place in places)] for theme, name in themes.items()]
    )
