"""The decisions of people: links confirmed or rejected, policies that carry out others, units that are one or are not.

It wins over every score and over every reading.

One line of JSON a decision, in the order in which they were made; the last word on a pair counts, and `none` takes
it back. Nothing is ever removed from the file. A word on tasks has `child` and `parent`, one on policies `policy` and
`carries_out`, one on units `unit` and `other`. Each may have `by`, `when` and `why`, which change no graph.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, Self, cast

from graph.errors import InputError, RecordError, StoreError, UsageError, one_line
from graph.identity import TaskKey
from graph.ledger.kept_lines import append_whole_lines, encoded, kept_lines, this_moment
from graph.link.tasks.align_tasks import AlignedTasks, TaskLink
from graph.link.units.same_units import refuse_contradiction
from graph.model import Judgement, Sameness

DecisionKind = Literal["tasks", "policies", "units"]
DecidedKind = Literal["links", "policies", "units"]
_JUDGEMENTS = ("confirmed", "rejected", "none")
_SAMENESSES = ("same", "not_same", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Who decided, when (ISO 8601) and why, each None where that was not said."""

    by: str | None = None
    when: str | None = None
    why: str | None = None

    @classmethod
    def now(cls, by: str | None = None, why: str | None = None) -> Self:
        """Return a word that is said at this moment."""
        return cls(by=by or None, when=this_moment(), why=why or None)

    @property
    def said(self) -> dict[str, str]:
        """The fields that were given (`by`, `when`, `why`), by name."""
        told = {"by": self.by, "when": self.when, "why": self.why}
        return {name: one for name, one in told.items() if one is not None}


@dataclass(slots=True)
class Decisions:
    """All decisions of one store: `links` and `policies` by (child, parent), `units` by the two keys in order.

    `words` tells of each of them, by `links`, `policies` or `units` and the pair, who decided, when and why; it is no
    part of what was decided.
    """

    links: dict[tuple[str, str], Judgement] = field(default_factory=dict)
    policies: dict[tuple[str, str], Judgement] = field(default_factory=dict)
    units: dict[tuple[str, str], Sameness] = field(default_factory=dict)
    words: dict[tuple[str, str, str], Word] = field(default_factory=dict, compare=False)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return the decisions that stand in a file; none where there is no file.

        Raises:
            InputError: a line is not a decision; the message says which line.
            StoreError: the file cannot be read.
        """
        made = cls()
        for line, where in decision_lines(path):
            made._take(line, where)
        return made

    def _take(self, line: bytes, where: str) -> None:
        said = said_in(line, where)
        decided: dict[tuple[str, str], Any] = getattr(self, said.kind)
        if said.judgement == "none":
            decided.pop(said.pair, None)
            self.words.pop((said.kind, *said.pair), None)
        else:
            decided[said.pair] = said.judgement
            self.words[said.kind, *said.pair] = said.word

    def link(self, child: str, parent: str) -> Judgement:
        """Return the judgement on a link; `none` where nothing was decided."""
        return self.links.get((child, parent), "none")

    def same_unit(self, one: str, other: str) -> bool | None:
        """Return whether two units were decided to be one; None where nothing was."""
        said = self.units.get(_in_order(one, other))
        return None if said is None else said == "same"

    def between(self, child: str, parent: str) -> Iterator[tuple[tuple[str, str], Judgement]]:
        """Yield the decisions on links between two documents, by name, in a fixed order."""
        for pair, judgement in sorted(self.links.items()):
            if TaskKey.parse(pair[0]).document == child and TaskKey.parse(pair[1]).document == parent:
                yield pair, judgement

    @property
    def digest(self) -> str:
        """Return a digest of all decisions: equal for equal decisions, another when any of them changes."""
        said = json.dumps([sorted(one.items()) for one in (self.links, self.policies, self.units)], ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    def digest_between(self, child: str, parent: str) -> str:
        """Return a digest of the decisions on links between two documents: another when any of these changes."""
        said = json.dumps(list(self.between(child, parent)), ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def decision_lines(path: Path) -> list[tuple[bytes, str]]:
    """Return the lines of a file of decisions that are not empty, each with where it stands; none where there is no file.

    Raises:
        StoreError: the file cannot be read.
    """
    return [(line, f"{path}, line {number}") for number, line in kept_lines(path)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidLine:
    """What one line of a file of decisions says: of `links`, `policies` or `units`, of which pair, what, and who did."""

    kind: DecidedKind
    pair: tuple[str, str]
    judgement: Judgement | Sameness
    word: Word


def said_in(line: bytes, where: str) -> SaidLine:
    """Return what a line says.

    Raises:
        InputError: it is not a decision; the message says `where` it stands.
    """
    try:
        said = json.loads(line)
        # A key that is no text, such as half of a sign, would end every build in which it is compared.
        json.dumps(said, ensure_ascii=False).encode()
        judgement = said["judgement"]
        if judgement not in (_SAMENESSES if "unit" in said else _JUDGEMENTS):
            raise ValueError(judgement)
        kind: DecidedKind
        if "unit" in said:
            kind, pair = "units", _two_units(said["unit"], said["other"])
        elif "policy" in said:
            kind, pair = "policies", (str(said["policy"]), str(said["carries_out"]))
        else:
            kind, pair = "links", (str(TaskKey.parse(said["child"])), str(TaskKey.parse(said["parent"])))
        return SaidLine(kind=kind, pair=pair, judgement=judgement, word=_word(said))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, RecordError) as error:
        raise InputError(
            "{where}: not a decision ({error}); mend the line or take it out", where=where, error=one_line(error)
        ) from error


def _in_order(one: str, other: str) -> tuple[str, str]:
    return (min(one, other), max(one, other))


def _two_units(unit: object, other: object) -> tuple[str, str]:
    """Return the two units of a line in order.

    Raises:
        TypeError: one is no text.
        ValueError: they are one key.
    """
    if not isinstance(unit, str) or not isinstance(other, str):
        raise TypeError("a unit's key is text")
    if unit == other:
        raise ValueError(f"{unit} twice")
    return _in_order(unit, other)


def _word(said: Mapping[str, object]) -> Word:
    """Return who decided, when and why, as a line tells it.

    Raises:
        TypeError: one of them is no text.
    """
    told: dict[str, str] = {}
    for name in ("by", "when", "why"):
        one = said.get(name)
        if isinstance(one, str):
            told[name] = one
        elif one is not None:
            raise TypeError(f"{name} is no text")
    return Word(**told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A person's word on two things by their keys, of the kind that they are of.

    Of tasks and policies it says whether `child` carries out `parent`, of units whether the two are one.
    """

    kind: DecisionKind
    child: str
    parent: str
    judgement: Judgement | Sameness
    word: Word | None = None


def decide(path: Path, decision: Decision) -> None:
    """Write one decision behind the others in a file.

    Raises:
        UsageError: the two tasks are of one document, or the two policies or units are one; or what was decided of other
            units contradicts it.
    """
    pair, judgement = (decision.child, decision.parent), decision.judgement
    if decision.kind == "units":
        decide_units(path, *pair, cast(Sameness, judgement), decision.word)
    elif decision.kind == "policies":
        decide_policies(path, *pair, cast(Judgement, judgement), decision.word)
    else:
        decide_link(path, *pair, cast(Judgement, judgement), decision.word)


def decide_link(path: Path, child: str, parent: str, judgement: Judgement, word: Word | None = None) -> None:
    """Write one decision on a link behind the others; `none` takes an earlier one back.

    Raises:
        UsageError: the two tasks are of one document.
    """
    one, other = TaskKey.parse(child), TaskKey.parse(parent)
    if one.document == other.document:
        raise UsageError(
            "{child} and {parent} are of one document; a link joins tasks of two", child=child, parent=parent
        )
    _append(path, {"child": str(one), "parent": str(other), "judgement": judgement}, word)


def decide_policies(path: Path, child: str, parent: str, judgement: Judgement, word: Word | None = None) -> None:
    """Write one decision on whether a policy carries out another, both by key; `none` takes an earlier one back.

    Raises:
        UsageError: the two are one policy.
    """
    if child == parent:
        raise UsageError("{policy} is given twice; name two policies", policy=child)
    _append(path, {"policy": child, "carries_out": parent, "judgement": judgement}, word)


def decide_units(path: Path, unit: str, other: str, judgement: Sameness, word: Word | None = None) -> None:
    """Write one decision on two units behind the others; `none` takes an earlier one back.

    Raises:
        UsageError: the two are one key, or words on other units say the contrary together.
    """
    if unit == other:
        raise UsageError("{unit} is given twice; name two units", unit=unit)
    pair = _in_order(unit, other)
    refuse_contradiction(Decisions.read(path).units, pair, judgement)
    _append(path, {"unit": unit, "other": other, "judgement": judgement}, word)


def _append(path: Path, decided: dict[str, str], word: Word | None) -> None:
    append_lines(path, encoded(decided | (word.said if word else {})))


def append_lines(path: Path, lines: bytes) -> None:
    """Write whole lines behind those of a file of decisions, all or none.

    Raises:
        StoreError: the file cannot be written, or another writer holds it too long.
    """
    try:
        append_whole_lines(path, lines)
    except OSError as error:
        raise StoreError(
            "{path}: the decision was not kept, as the file cannot be written ({reason})",
            path=path,
            reason=error.strerror or type(error).__name__,
        ) from error


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
