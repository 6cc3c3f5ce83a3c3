"""Measuring the documents that gold annotates: where their texts lie, and the scores as rows."""

from pathlib import Path
from typing import Any

from graph.errors import InputError
from graph.link.tasks.align_tasks import AlignedTasks
from graph.link.tasks.task_view import from_reading
from graph.model import Reading
from graph.store.protocol import AnswerRow
from loaders.gold.evaluate import Report, evaluate
from loaders.gold.scores import Score
from loaders.read.registry import known_suffixes
from loaders.reading.document_reading import read_file


def report_on(gold: Path, documents: Path | None = None) -> Report:
    """Return the scores of readings and links against the gold annotations in a folder.

    The documents are looked for in the folder `documents`, else in the folders beside the gold and the one that holds
    them, by the names that the gold gives them.

    Raises:
        InputError: there is no such folder or no gold in it, or a line of gold is no JSON.
    """
    if documents is not None and not documents.is_dir():
        raise InputError("{path}: there is no such folder", path=documents)
    folders = [documents] if documents else _beside(gold)

    def reading(name: str) -> Reading | None:
        path = next((path for folder in folders if (path := document_file(folder, name))), None)
        return read_file(path, name) if path else None

    return evaluate(gold, reading, measured_links)


def _beside(gold: Path) -> list[Path]:
    """Return the folders that stand beside the gold, and the one that holds them."""
    above = gold.resolve().parent
    return [path for path in sorted(above.iterdir()) if path.is_dir() and path != gold.resolve()] + [above]


def document_file(folder: Path, name: str) -> Path | None:
    """Return the file of a document by name, a page or text before other formats of it; None where none stands there."""
    for suffix in known_suffixes():
        path = folder / f"{name}{suffix}"
        if path.is_file():
            return path
    return None


def measured_links(child: Reading, parent: Reading) -> list[dict[str, Any]]:
    """Return the links of two documents as an evaluation takes them, and behind them what nearly made one.

    Whoever annotated the two holds them to be related.
    """
    aligned = AlignedTasks(from_reading(child), from_reading(parent), related=True)
    return [
        {"child": link.child, "parent": link.parent, "relation": link.relation, "score": link.score, "doubtful": doubt}
        for doubt, listed in ((False, aligned.links), (True, aligned.nearest))
        for link in listed
    ]


def score_rows(report: Report, *, total: bool = False) -> list[AnswerRow]:
    """Return the scores of each document and pair by field, then those of all together, or with `total` only these.

    `relations` is the share of the links found in gold whose relation is right; `missed` and `invented` are a place a
    line.
    """
    parts = () if total else (*report.documents, *report.pairs, *report.statements)
    return [_row(score, report) for score in (*parts, *report.overall())]


def _row(score: Score, report: Report) -> AnswerRow:
    right, found = report.relations.get(score.document, (0, 0))
    return {
        "document": score.document,
        "field": score.field,
        "gold": score.gold,
        "found": score.found,
        "right": score.right,
        "precision": _share(score.precision),
        "recall": _share(score.recall),
        "f1": _share(score.f1),
        "relations": round(right / found, 4) if found else None,
        "missed": "\n".join(score.missed) or None,
        "invented": "\n".join(score.invented) or None,
    }


def _share(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
