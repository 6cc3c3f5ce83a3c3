"""What people decided: links confirmed or rejected, which policy carries out which, units that are one or are not.

It wins over every score and over every reading.

One line of JSON a decision, in the order in which they were made; the last word on a pair counts, and `none` takes
it back. Nothing is ever removed from the file. A word on tasks has `child` and `parent`, one on policies `policy` and
`carries_out`, one on units `unit` and `other`.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, Self

from graph.errors import InputError, RecordError, UsageError
from graph.identity import TaskKey
from graph.link.tasks.align_tasks import AlignedTasks, TaskLink
from graph.model import Judgement

Sameness = Literal["same", "not_same", "none"]
_JUDGEMENTS = ("confirmed", "rejected", "none")
_SAMENESSES = ("same", "not_same", "none")


@dataclass(slots=True)
class Decisions:
    """All decisions of one store: `links` and `policies` by (child, parent), `units` by the two keys in order."""

    links: dict[tuple[str, str], Judgement] = field(default_factory=dict)
    policies: dict[tuple[str, str], Judgement] = field(default_factory=dict)
    units: dict[tuple[str, str], Sameness] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return the decisions that stand in a file; none where there is no file.

        Raises:
            InputError: a line is not a decision; the message says which line.
        """
        made = cls()
        if path.exists():
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                if line.strip():
                    made._take(line, f"{path}, line {number}")
        return made

    def _take(self, line: str, where: str) -> None:
        try:
            said = json.loads(line)
            judgement = said["judgement"]
            if "unit" in said:
                if judgement not in _SAMENESSES:
                    raise ValueError(judgement)
                self._set_units(said["unit"], said["other"], judgement)
            else:
                if judgement not in _JUDGEMENTS:
                    raise ValueError(judgement)
                if "policy" in said:
                    self._set_policies(str(said["policy"]), str(said["carries_out"]), judgement)
                else:
                    self._set_link(said["child"], said["parent"], judgement)
        except (ValueError, KeyError, TypeError, AttributeError, RecordError) as error:
            raise InputError(
                "{where}: not a decision ({error}); mend the line or take it out", where=where, error=error
            ) from error

    def _set_link(self, child: str, parent: str, judgement: Judgement) -> None:
        pair = (str(TaskKey.parse(child)), str(TaskKey.parse(parent)))
        if judgement == "none":
            self.links.pop(pair, None)
        else:
            self.links[pair] = judgement

    def _set_policies(self, child: str, parent: str, judgement: Judgement) -> None:
        if judgement == "none":
            self.policies.pop((child, parent), None)
        else:
            self.policies[child, parent] = judgement

    def _set_units(self, unit: str, other: str, judgement: Sameness) -> None:
        pair = (min(unit, other), max(unit, other))
        if judgement == "none":
            self.units.pop(pair, None)
        else:
            self.units[pair] = judgement

    def link(self, child: str, parent: str) -> Judgement:
        """Return what was decided about a link; `none` where nothing was."""
        return self.links.get((child, parent), "none")

    def same_unit(self, one: str, other: str) -> bool | None:
        """Return whether two units were decided to be one; None where nothing was."""
        said = self.units.get((min(one, other), max(one, other)))
        return None if said is None else said == "same"

    def between(self, child: str, parent: str) -> Iterator[tuple[tuple[str, str], Judgement]]:
        """Yield the decisions on links between two documents, by name, in a fixed order."""
        for pair, judgement in sorted(self.links.items()):
            if TaskKey.parse(pair[0]).document == child and TaskKey.parse(pair[1]).document == parent:
                yield pair, judgement

    @property
    def digest(self) -> str:
        """Return what changes when any decision does: the same decisions give the same digest."""
        said = json.dumps(
            [sorted(one.items()) for one in (self.links, self.policies, self.units)], ensure_ascii=False
        )
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    def digest_between(self, child: str, parent: str) -> str:
        """Return what changes when a decision on links between these two documents does."""
        said = json.dumps(list(self.between(child, parent)), ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def decide_link(path: Path, child: str, parent: str, judgement: Judgement) -> None:
    """Write one decision on a link behind the others; `none` takes an earlier one back.

    Raises:
        UsageError: the two tasks are of one document.
    """
    one, other = TaskKey.parse(child), TaskKey.parse(parent)
    if one.document == other.document:
        raise UsageError("{child} and {parent} are of one document; a link joins tasks of two", child=child, parent=parent)
    _append(path, {"child": str(one), "parent": str(other), "judgement": judgement})


def decide_policies(path: Path, child: str, parent: str, judgement: Judgement) -> None:
    """Write one decision on whether a policy carries out another, both by key; `none` takes an earlier one back.

    Raises:
        UsageError: the two are one policy.
    """
    if child == parent:
        raise UsageError("{policy} is given twice; name two policies", policy=child)
    _append(path, {"policy": child, "carries_out": parent, "judgement": judgement})


def decide_units(path: Path, unit: str, other: str, judgement: Sameness) -> None:
    """Write one decision on two units behind the others; `none` takes an earlier one back.

    Raises:
        UsageError: the two are one key.
    """
    if unit == other:
        raise UsageError("{unit} is given twice; name two units", unit=unit)
    _append(path, {"unit": unit, "other": other, "judgement": judgement})


def _append(path: Path, said: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # One write of a whole line, so that two writers never mix their words; a line cut short before is closed first.
    start = "\n" if path.exists() and path.stat().st_size and not path.read_bytes().endswith(b"\n") else ""
    with path.open("ab") as file:
        file.write((start + json.dumps(said, ensure_ascii=False, sort_keys=True) + "\n").encode())


def apply(aligned: AlignedTasks, decisions: Decisions) -> list[TaskLink]:
    """Return the links of two documents with what was decided: rejected ones marked, confirmed ones added.

    A decision on a task that the documents do not hold any more is passed over.
    """
    if not aligned.children or not aligned.parents:
        return aligned.links
    documents = (TaskKey.parse(side[0].key).document for side in (aligned.children, aligned.parents))
    judged = dict(decisions.between(*documents))
    links = [replace(link, judgement=judged.get((link.child, link.parent), link.judgement)) for link in aligned.links]
    linked = {(link.child, link.parent) for link in links}
    below, above = ({task.key: at for at, task in enumerate(side)} for side in (aligned.children, aligned.parents))
    for (child, parent), judgement in judged.items():
        if judgement == "confirmed" and (child, parent) not in linked and child in below and parent in above:
            links.append(replace(aligned.link(child, parent), judgement="confirmed"))
    return sorted(links, key=lambda link: (below[link.child], above[link.parent]))
