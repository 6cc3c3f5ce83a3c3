"""The linking modules as a build calls them: names to keys, policies to one, tasks to tasks."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graph.assemble.assembly import Pair
from graph.assemble.document_rows import Rows, UnitIdentity
from graph.gazetteer.places import Place, by_key
from graph.identity import TaskKey, link_key
from graph.link.decisions import Decisions, apply
from graph.link.policies import policy_groups
from graph.link.tasks import details
from graph.link.tasks.align_tasks import AlignedTasks
from graph.link.tasks.task_view import LinkTask, from_reading
from graph.link.units.unit_identity import group, resolve_unit
from graph.model import PolicyMention, Reading, Signal, Span, UnitMention

Row = dict[str, Any]


class Names:
    """Turns the printed names of one document into keys; asked for its policies in printed order."""

    def __init__(self, document: str) -> None:
        """Begin with no place known."""
        self._document = document
        self._home: Place | None = None

    def policy(self, mention: PolicyMention) -> tuple[str, str | None]:
        """Return the key of a policy and of its place; names that follow are read in the last own one's place."""
        if mention.role in ("self", "reports_on"):
            self._home = policy_groups.place_of(mention, None) or self._home
        found = policy_groups.mention_of(self._document, mention, self._home)
        return found.key, found.place_key

    def unit(self, mention: UnitMention, place: str | None) -> UnitIdentity:
        """Return the unit, or the group of units, that a printed name means in a document of `place`."""
        home = by_key(place) if place else None
        if mention.collective:
            many = group(mention.surface, home, self._document)
            return UnitIdentity(
                key=many.key, name=many.name, jurisdiction=many.jurisdiction, group=True,
                stands_for=many.stands_for,
            )  # fmt: skip
        return self._one(mention.surface, home, mention.alias)

    def issuer(self, name: str, place: str | None) -> UnitIdentity:
        """Return the unit that an issuer's full name means."""
        return self._one(name, by_key(place) if place else None, None)

    def _one(self, name: str, home: Place | None, alias: str | None) -> UnitIdentity:
        unit = resolve_unit(name, home, alias, self._document)
        return UnitIdentity(
            key=unit.key, name=unit.name, jurisdiction=unit.jurisdiction, function=unit.function, form=unit.form
        )


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """One document as linking sees it: its text, and its tasks with the place of their policy among its own."""

    name: str
    text: str
    tasks: tuple[tuple[int, LinkTask], ...]

    def of(self, policy: int) -> list[LinkTask]:
        """Return the tasks of one of the document's own policies."""
        return [task for place, task in self.tasks if place == policy]


def outline_of(reading: Reading) -> Outline:
    """Return the outline of a reading."""
    tasks = zip((task.policy for task in reading.tasks), from_reading(reading), strict=True)
    return Outline(reading.name, reading.text, tuple(tasks))


def add_details(rows: Rows, reading: Reading) -> None:
    """Add which measures the checklist rows of one document itemise."""
    if not any(task.details for task in reading.tasks):
        return
    outline = outline_of(reading)
    for policy in range(len(reading.own)):
        for tie in details.tie(outline.of(policy), outline.of(policy)):
            row, measure = (str(TaskKey(reading.name, path)) for path in (tie.row, tie.measure))
            key = link_key("DETAILS", row, measure)
            rows.setdefault("DETAILS", []).append({
                "key": key, "source": row, "target": measure, "score": tie.score,
                "signals": _scores(tie.signals), "owner": reading.name,
            })  # fmt: skip
            _prove(rows, key, tie.signals, outline, outline, "details", reading.name)


def same(mentions: Sequence[Row]) -> list[tuple[str, str, str]]:
    """Return the mentions (rows of the table Mention) that mean one policy: key, key, rule."""
    listed = (
        policy_groups.Mention(
            document=row["document"], key=row["key"], doc_number=row["doc_number"], title=row["title"],
            place_key=row["jurisdiction"], issuers=tuple(row["issuers"]), level=row["level"], held=row["held"],
            role=row["role"],
        )
        for row in mentions
    )  # fmt: skip
    return [(row.key, row.canonical, row.rule) for row in policy_groups.resolve(listed)]


def fingerprint(child: Row, parent: Row, decisions: Decisions) -> str:
    """Return what names all that the correspondences of two documents (rows of Document) rest on."""
    decided = decisions.digest_between(child["key"], parent["key"])
    said = "\n".join((child["sha256"], child["suffix"], parent["sha256"], parent["suffix"], decided))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def align(rows: Rows, pair: Pair, child: Outline, parent: Outline, decisions: Decisions) -> None:
    """Add the correspondences of two documents, and their proofs, to the rows."""
    for below, above in pair.parts:
        children, parents = child.of(below), parent.of(above)
        for link in apply(AlignedTasks(children, parents), decisions):
            key = link_key("DERIVES_FROM", link.child, link.parent)
            rows["DERIVES_FROM"].append({
                "key": key, "source": link.child, "target": link.parent, "relation": link.relation,
                "score": link.score, "signals": _scores(link.signals), "judgement": link.judgement,
                "rule_version": link.rule_version, "owner": pair.owner,
            })  # fmt: skip
            _prove(rows, key, link.signals, child, parent, link.rule_version, pair.owner)


def _scores(signals: Sequence[Signal]) -> str:
    """Return the comparisons that spoke, with their scores; their words are evidence of the link."""
    said = {one.name: one.score for one in signals if one.score}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _prove(
    rows: Rows, key: str, signals: Sequence[Signal], child: Outline, parent: Outline, rule: str, owner: str
) -> None:
    """Add the deciding words of a link on both sides, each place once, with the comparisons that it decided."""
    proofs: dict[tuple[str, Outline, Span], list[str]] = defaultdict(list)
    for one in signals:
        for side, outline, span in (("child", child, one.child_words), ("parent", parent, one.parent_words)):
            if span is not None and span.start < span.end:
                proofs[side, outline, span].append(one.name)
    for (side, outline, span), names in proofs.items():
        rows.setdefault("Evidence", []).append({
            "subject": key, "property": side, "document": outline.name, "start": span.start, "end": span.end,
            "quote": span.of(outline.text), "rule": f"{rule}: {', '.join(names)}", "owner": owner,
        })  # fmt: skip
