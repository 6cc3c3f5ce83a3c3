"""Correlation tables made for tests: rows of the question, and documents beside them."""

from graph.store.protocol import AnswerRow, Scalar
from queries.answer import Answer, shaped
from queries.cascades.side_by_side import SideBySide
from queries.catalog import find


def document(key: str, **told: Scalar) -> AnswerRow:
    row: AnswerRow = {"document": key, "title": f"{key}方案", "level": "city", "place": None}
    return shaped(find("documents").names, [row | told])[0]


def side_by_side(*rows: AnswerRow, lower: tuple[AnswerRow, ...] | None = None) -> SideBySide:
    names = find("correlation").names
    table = Answer(name="correlation", columns=names, rows=shaped(names, rows))
    below = lower or (document("city", place="澄州市"),)
    return SideBySide(table=table, upper=document("top", level="province"), lower=below)


def pair(number: int, **told: Scalar) -> AnswerRow:
    """Return the row of an upper task beside the lower task that carries it."""
    row: AnswerRow = {
        "parent": f"top/{number}",
        "parent_title": "整修渡口",
        "parent_text": "整修渡口120处。2026年底前完成。",
        "parent_units": "省交通厅",
        "parent_lead": "省交通厅",
        "parent_deadline": "2026年底前",
        "parent_end": "2026-12-31",
        "parent_start": 10,
        "parent_stop": 27,
        "document": "city",
        "task": f"city/{number}",
        "title": "整修渡口",
        "text": "整修渡口15处，逐月检查。",
        "units": "市交通局、市水利局",
        "lead": "市交通局",
        "lead_change": "counterpart",
        "deadline": "9月底前",
        "end": "2026-09-30",
        "answer": "adapted",
        "relation": "adapted",
        "score": 0.98,
        "words_added": "15处…逐月检查",
        "words_dropped": "120处",
        "number_change": "渡口: 120处 → 15处",
        "date_change": "tightened",
        "start": 5,
        "stop": 20,
    }
    return row | told
