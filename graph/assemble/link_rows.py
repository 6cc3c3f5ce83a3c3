"""The rows of links between tasks: what the tasks of two documents correspond to, with the words that prove it."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from graph.assemble.file_places import FilePlaces
from graph.assemble.join import DocumentPair
from graph.identity import link_key
from graph.link.decisions import Decisions, apply
from graph.link.tasks.align_tasks import AlignedTasks, TaskLink
from graph.link.tasks.task_view import LinkTask, from_reading
from graph.model import Reading, Signal, Span
from graph.snapshot.tables import SnapshotRow, SnapshotRows


@dataclass(frozen=True, slots=True, eq=False)
class DocumentText:
    """The text of a document, by its name, and where it stands in its file."""

    name: str
    text: str
    places: FilePlaces


@dataclass(frozen=True, slots=True, eq=False)
class DocumentTasks:
    """The input of aligning, for one document: its text, and its tasks with the place of their policy among its own."""

    name: str
    text: DocumentText
    tasks: tuple[tuple[int, LinkTask], ...]

    def of(self, policy: int) -> list[LinkTask]:
        """Return the tasks of one of the document's own policies."""
        return [task for place, task in self.tasks if place == policy]


def document_tasks(reading: Reading) -> DocumentTasks:
    """Return the input of aligning, from a reading."""
    tasks = zip((task.policy for task in reading.tasks), from_reading(reading), strict=True)
    text = DocumentText(reading.name, reading.text, FilePlaces(reading.places))
    return DocumentTasks(reading.name, text, tuple(tasks))


def add_links(
    rows: SnapshotRows, pair: DocumentPair, child: DocumentTasks, parent: DocumentTasks, decisions: Decisions
) -> None:
    """Add the correspondences of two documents (DERIVES_FROM), and their proofs (Evidence), to `rows`.

    With them what nearly was one (RESEMBLES), but for what a person decided on.
    """
    for below, above in pair.parts:
        aligned = AlignedTasks(child.of(below), parent.of(above), related=pair.related)
        for link in apply(aligned, decisions):
            row = _row("DERIVES_FROM", link, pair.owner) | {"relation": link.relation, "judgement": link.judgement}
            rows["DERIVES_FROM"].append(row)
            rows["Evidence"] += proofs(row["key"], link.signals, child.text, parent.text, link.rule_version, pair.owner)
        for link in aligned.nearest:
            if decisions.link(link.child, link.parent) == "none":
                row = _row("RESEMBLES", link, pair.owner)
                rows["RESEMBLES"].append(row)
                rows["Evidence"] += proofs(
                    row["key"], link.signals, child.text, parent.text, link.rule_version, pair.owner
                )


def _row(kind: str, link: TaskLink, owner: str) -> SnapshotRow:
    """Return the columns that a link and what nearly was one have in common."""
    return {
        "key": link_key(kind, link.child, link.parent),
        "source": link.child,
        "target": link.parent,
        "score": link.score,
        "signals": scores_of(link.signals),
        "rule_version": link.rule_version,
        "owner": owner,
    }


def scores_of(signals: Sequence[Signal]) -> str:
    """Return the comparisons that spoke, with their scores, as JSON; their words are evidence of the link."""
    said = {signal.name: signal.score for signal in signals if signal.score}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def proofs(
    key: str, signals: Sequence[Signal], child: DocumentText, parent: DocumentText, rule: str, owner: str
) -> list[SnapshotRow]:
    """Return the deciding words of a link on both sides, each place once, with the comparisons that it decided."""
    deciding: dict[tuple[str, Span], list[str]] = defaultdict(list)
    for signal in signals:
        for side, span in (("child", signal.child_words), ("parent", signal.parent_words)):
            if span is not None and span.start < span.end:
                deciding[side, span].append(signal.name)
    documents = {"child": child, "parent": parent}
    return [
        {
            "subject": key,
            "property": side,
            "document": documents[side].name,
            "start": span.start,
            "end": span.end,
            "quote": span.of(documents[side].text),
            "rule": f"{rule}: {', '.join(names)}",
            "owner": owner,
            **documents[side].places.of(span),
        }
        for (side, span), names in deciding.items()
    ]
