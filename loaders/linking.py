"""The linking modules as a build calls them: names to keys, policies to one, headings to themes, tasks to tasks."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph import places
from graph.assemble import Heading, Pair
from graph.fragment import Rows, UnitIdentity
from graph.identity import link_key, policy_key
from graph.link import cascade
from graph.link.linktask import LinkTask, from_reading
from graph.model import PolicyMention, Reading, Span, UnitMention
from graph.places import Place

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a person decided, as a process is given it."""

    digest: str = ""


def decisions_of(path: Path) -> Decisions:
    """Return what stands in the file of decisions; nothing where there is none."""
    return Decisions(hashlib.sha256(path.read_bytes()).hexdigest()[:16] if path.exists() else "")


class _Names:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def _place(self, mention: PolicyMention) -> Place | None:
        for said in (mention.place, *mention.issuers):
            if said and (found := places.chain(said)):
                return found[0]
        return None

    def policy(self, mention: PolicyMention) -> tuple[str, str | None]:
        place = self._place(mention)
        key = place.key if place else None
        return policy_key(mention.doc_number, key, mention.title, self.reading.name), key

    def unit(self, mention: UnitMention, place: str | None, before: UnitMention | None) -> UnitIdentity:
        return UnitIdentity(
            key=f"{place or self.reading.name}:{mention.surface}",
            name=mention.surface,
            jurisdiction=place,
            group=mention.collective,
        )

    def issuer(self, name: str, place: str | None) -> UnitIdentity:
        return UnitIdentity(key=f"{place or self.reading.name}:{name}", name=name, jurisdiction=place)


def names_for(reading: Reading) -> _Names:
    """Return what turns the printed names of one document into keys."""
    return _Names(reading)


def add_details(rows: Rows, reading: Reading) -> None:
    """Add which measures the checklist rows of one document itemise."""


def same(mentions: Sequence[Row]) -> list[tuple[str, str, str]]:
    """Return the mentions that mean one policy: key, key, rule."""
    return []


def themes(family: str, headings: Sequence[Heading]) -> list[str | None]:
    """Return the name of the theme of each heading of a family."""
    return [heading.printed for heading in headings]


def fingerprint(child: Row, parent: Row, decisions: Decisions) -> str:
    """Return what names all that the correspondences of two documents (rows of Document) rest on."""
    said = "\n".join((child["sha256"], child["suffix"], parent["sha256"], parent["suffix"], decisions.digest))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """One document as linking sees it: its text, and its tasks with the place of their policy among its own."""

    name: str
    text: str
    tasks: tuple[tuple[int, LinkTask], ...]


def outline_of(reading: Reading) -> Outline:
    """Return the outline of a reading."""
    tasks = zip((task.policy for task in reading.tasks), from_reading(reading), strict=True)
    return Outline(reading.name, reading.text, tuple(tasks))


def align(rows: Rows, pair: Pair, child: Outline, parent: Outline, decisions: Decisions) -> None:
    """Add the correspondences of two documents, and their proofs, to the rows."""
    for below, above in pair.parts:
        children, parents = (
            [task for policy, task in outline.tasks if policy == place]
            for outline, place in ((child, below), (parent, above))
        )
        for link in cascade.align(children, parents):
            _derive(rows, pair.owner, link, child, parent)


def _derive(rows: Rows, owner: str, link: cascade.Link, child: Outline, parent: Outline) -> None:
    key = link_key("DERIVES_FROM", link.child, link.parent)
    signals = []
    proofs: dict[tuple[str, Outline, Span], list[str]] = defaultdict(list)
    for one in link.signals:
        said: dict[str, str | float] = {"name": one.name, "score": one.score}
        for side, outline, span in (("child", child, one.child_words), ("parent", parent, one.parent_words)):
            if span is not None:
                said[side] = span.of(outline.text)
                proofs[side, outline, span].append(one.name)
        signals.append(said)
    rows["DERIVES_FROM"].append({
        "key": key, "source": link.child, "target": link.parent, "relation": link.relation, "score": link.score,
        "signals": json.dumps(signals, ensure_ascii=False, separators=(",", ":")), "judgement": "none",
        "rule_version": link.rule_version, "owner": owner,
    })  # fmt: skip
    for (side, outline, span), names in proofs.items():
        rows["Evidence"].append({
            "subject": key, "property": side, "document": outline.name, "start": span.start, "end": span.end,
            "quote": span.of(outline.text), "rule": f"{link.rule_version}: {', '.join(names)}", "owner": owner,
        })  # fmt: skip
