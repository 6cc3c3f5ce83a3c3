"""The rows of a correlation table by upper task, and each of them as lines of words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.identity import TaskKey
from graph.store.protocol import AnswerRow, Scalar
from queries.changes.text_changes import compared
from views.office.reports.report_parts import CellLine, MarkedStretch, joined
from views.office.reports.report_words import WORDS, answer_word, value_of

_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True, kw_only=True)
class UpperTask:
    """An upper task with the rows of each lower document that stand beside it."""

    first: AnswerRow
    below: dict[str, list[AnswerRow]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The key of the task."""
        return str(self.first["parent"])


def upper_tasks(rows: Sequence[AnswerRow]) -> list[UpperTask]:
    """Return the upper tasks of a table in its order, those of documents between behind those of the upper one."""
    found: dict[str, UpperTask] = {}
    for row in rows:
        if row["parent"] is not None:
            block = found.setdefault(str(row["parent"]), UpperTask(first=row))
            block.below.setdefault(str(row["document"]), []).append(row)
    return list(found.values())


def own_tasks(rows: Sequence[AnswerRow]) -> list[AnswerRow]:
    """Return the rows of lower tasks that no upper task leads to."""
    return [row for row in rows if row["parent"] is None]


class RowWords:
    """Says the parts of a row of a correlation table in the words of a language."""

    def __init__(self, language: str) -> None:
        """Take the language, `zh` or `en`."""
        self.language = language
        self.words = WORDS[language]

    def said(self, name: str, text: Scalar) -> str:
        """Return `name: text`, or nothing where there is no text."""
        return f"{self.words[name]}{self.words['colon']}{text}" if text not in (None, "") else ""

    def upper_text(self, row: AnswerRow) -> str:
        """Return the full text of the upper task, its title in front where the text does not begin with it."""
        return full_text(row["parent_title"], row["parent_text"])

    def lower_text(self, row: AnswerRow) -> tuple[MarkedStretch, ...]:
        """Return the full text of the lower task; what the upper one does not say is marked."""
        text = full_text(row["title"], row["text"])
        if row["parent"] is None or not text:
            return (MarkedStretch(text),)
        pieces = compared(self.upper_text(row), text)[1]
        said = "".join(piece for piece, _ in pieces)
        # The bracket that names who does it is not compared, and is shown.
        bracket = "".join(text.split())[len("".join(said.split())) :]
        # Another sign is no other word.
        marked = (MarkedStretch(piece, "added" if new and _WORD.search(piece) else "plain") for piece, new in pieces)
        return (*marked, MarkedStretch(bracket, "soft"))

    def answer(self, row: AnswerRow) -> tuple[MarkedStretch, ...]:
        """Return the answer in words, with how sure it is, or that a person confirmed it."""
        score = row["score"]
        sure = self.words["score"].format(score=f"{float(score):.2f}") if score is not None else ""
        told = self.words["confirmed"] if row["judgement"] == "confirmed" else sure
        return joined(
            [[MarkedStretch(answer_word(row["answer"], self.language), "strong")], [MarkedStretch(told, "soft")]]
        )

    def units(self, row: AnswerRow, side: str = "") -> tuple[MarkedStretch, ...]:
        """Return who leads and who carries, one a line; `side` is `parent_` for the upper task."""
        lead, units = row[f"{side}lead"], row[f"{side}units"]
        lines: list[CellLine] = [[self.said("lead", lead)], [str(units)] if units and units != lead else [""]]
        if not side and row["lead_change"]:
            word = value_of("lead_change", row["lead_change"], self.language)
            lines.append([MarkedStretch(self.said("lead_change", word), "soft")])
        return joined(lines)

    def deadline(self, row: AnswerRow, side: str = "") -> tuple[MarkedStretch, ...]:
        """Return the date as printed, its last day, and below it how it changed."""
        raw, end = row[f"{side}deadline"], row[f"{side}end"]
        lines: list[CellLine] = [[str(raw or "")], [MarkedStretch(str(end or ""), "soft")]]
        if not side and row["date_change"] not in (None, "kept"):
            lines.append([MarkedStretch(value_of("date_change", row["date_change"], self.language), "strong")])
        return joined(lines)

    def gained(self, row: AnswerRow) -> list[CellLine]:
        """Return the lines of what the lower task adds."""
        return [[self.said("added", row["words_added"])], [self.said("units_added", row["units_added"])]]

    def lost(self, row: AnswerRow) -> list[CellLine]:
        """Return the lines of what the lower task leaves out, of numbers that differ, and of the reason."""
        return [
            [self.said("dropped", row["words_dropped"])],
            [self.said("units_dropped", row["units_dropped"])],
            *self.numbers(row),
            *self.reason(row),
        ]

    def numbers(self, row: AnswerRow) -> list[CellLine]:
        """Return the lines of numbers and of dates of targets that differ."""
        return [[self.said("numbers", row["number_change"])], [self.said("target_dates", row["target_change"])]]

    def reason(self, row: AnswerRow) -> list[CellLine]:
        """Return the lines of why no more can be said, and of what comes near."""
        near = row["near"]
        told = "" if near is None else f"{row['near_title'] or ''} {near}".strip()
        return [
            [self.said("reason", value_of("reason", row["reason"], self.language))],
            [self.said("near", told)],
            [MarkedStretch(str(row["near_words"] or ""), "soft")],
        ]

    def proof(self, row: AnswerRow, side: str = "") -> str:
        """Return where a task stands; nothing where there is none. `side` is `parent_` for the upper task."""
        key = row["parent" if side else "task"]
        if key is None:
            return ""
        task, start, stop = TaskKey.parse(str(key)), row[f"{side}start"], row[f"{side}stop"]
        code = "place_without_text" if start is None or stop is None else "place_in_text"
        # Characters are counted from 1, as a person counts them.
        first = None if start is None else int(start) + 1
        return self.words[code].format(document=task.document, path=task.path, start=first, stop=stop)


def full_text(title: Scalar, text: Scalar) -> str:
    """Return the text of a task, behind its title where it does not begin with it.

    >>> full_text("补点", "补点。每年十处。"), full_text("补点", "每年十处。"), full_text("补点", None)
    ('补点。每年十处。', '补点　每年十处。', '补点')
    """
    head, body = str(title or "").strip(), str(text or "").strip()
    if not body or not head or "".join(body.split()).startswith("".join(head.split())):
        return body or head
    return f"{head}　{body}"


def document_name(row: AnswerRow, language: str) -> str:
    """Return the name of a document for people: its title and number, else its key."""
    title, number = row["title"], row["doc_number"]
    named = WORDS[language]["quoted"].format(title=title) if title else str(row["document"])
    return f"{named}（{number}）" if number else named


def short_name(row: AnswerRow, rows: Sequence[AnswerRow], language: str) -> str:
    """Return a short name of a document among others: its place where it alone has it, else its title or key."""
    place = row["place"]
    if place and [one["place"] for one in rows].count(place) == 1:
        return f"{value_of('level', row['level'], language)} {place}".strip()
    return str(row["title"] or row["document"])
