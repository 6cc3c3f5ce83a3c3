"""Verdicts on a task that no link joins: one rule for the cascade, its coverage and the correlation table.

"Not taken up" and "added" are said only of policies that carry each other out, are held in full (all that may decide
is), and of which something is linked at all; else nobody can say, and `reason` tells why.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.link.tasks.dutiless_items import explaining, punishing
from graph.store.protocol import AnswerRow
from queries.answer import Note
from queries.cascades.known_policies import Family, Known
from queries.cascades.policy_breadth import wide
from queries.catalog import find
from queries.question_rows import ask


class Verdict(NamedTuple):
    """A word about a task without a link, and why no more can be said; None where there is nothing to say."""

    answer: str | None
    reason: str | None = None


NOTHING, NOT_FOUND, ADDED = Verdict(None), Verdict("not_found"), Verdict("added")
UNRELATED = Verdict("cannot_say", "unrelated")
"""Neither of the two policies carries the other out, as far as the graph knows."""
NOTHING_LINKED = Verdict("cannot_say", "nothing_linked")
"""Not one link joins the two policies: that a certain task has none says nothing about it."""
PENALTY = Verdict("cannot_say", "penalty")
"""The task stands in a chapter of penalties: it sets no duty of its own, and is not linked."""
EXPLAINS = Verdict("cannot_say", "explains")
"""The task only says what a word means, or names its grounds: it sets no duty, and is not linked."""
ELSEWHERE = Verdict("cannot_say", "elsewhere")
"""The task names another place that is to do it: this one is not asked for it."""
PART_UNREAD = Verdict("cannot_say", "part_unread")
"""A part of the document was left unread, as its issues say: what is missed may stand there."""
BY_OCR = Verdict("cannot_say", "by_ocr")
"""The document, or a part of it, was read from pictures by OCR: what is missed may be a line that was read wrongly."""
NOT_IN_FORCE = Verdict("cannot_say", "not_in_force")
"""One of the two policies is in force no more: that it lacks something says nothing of today."""
NARROW = Verdict("cannot_say", "narrow")
"""The lower document is about one matter and only rests on the upper one: it is not asked for all the rest."""
OTHER_KIND = Verdict("cannot_say", "other_kind")
"""The task is no measure: safeguards, phases and rows of annexes are linked only in place of a missing measure."""


# Codes of issues about a whole part of a document that was left out or is not in the copy: it was compared with nothing.
_UNREAD = ("annex-unread", "annex-missing", "table-unread", "duties-unread", "section-unread")
_OCR = "ocr"


def of_task(said: Verdict, fact: AnswerRow) -> Verdict:
    """Return the verdict on one task, given the verdict on the measures of its policy."""
    if said.answer not in ("not_found", "added"):
        return said
    if punishing(str(fact.get("theme_heading") or "")):
        return PENALTY
    return EXPLAINS if explaining(str(fact.get("text") or "")) else said


def dutiless(fact: AnswerRow) -> bool:
    """Tell whether a task sets no duty, so that nobody is asked to take it up."""
    return punishing(str(fact.get("theme_heading") or "")) or explaining(str(fact.get("text") or ""))


def held(known: Known) -> Verdict | None:
    """Return why nobody can say what a policy lacks, None where it is in force, as far as is known, and held in full."""
    if known.ended:
        return NOT_IN_FORCE
    if known.held == "full":
        return None
    return Verdict("cannot_say", "summary" if known.held == "summary" else "not_held")


@dataclass(slots=True)
class Verdicts:
    """Gives verdicts, policy by policy; the family must have looked up already which policies carry out which."""

    family: Family
    _straight: dict[str, set[str]] = field(default_factory=dict)
    _under: dict[str, set[str]] = field(default_factory=dict)
    _taken: dict[tuple[str, str], Verdict] = field(default_factory=dict)
    _unread: set[str] | None = None
    _by_ocr: set[str] | None = None
    _wide: dict[str, set[str]] | None = None

    def taken(self, upper: Known, lower: Known) -> Verdict:
        """Return the verdict on a measure of `upper` that no task of `lower` is linked to."""
        pair = (upper.key, lower.key)
        if pair not in self._taken:
            self._taken[pair] = self._of(upper, lower)
        return self._taken[pair]

    def _of(self, upper: Known, lower: Known) -> Verdict:
        if not self.related(upper, lower):
            return UNRELATED
        if upper.ended:
            return NOT_IN_FORCE
        under = sorted(self.under(upper.key))
        between = (self.family.by_key[one] for one in under if lower.key in self.under(one))
        told = next((one for one in between if one.held == "summary"), lower)
        if why := held(told):
            return why
        if not self.linked(upper, lower):
            return NOTHING_LINKED
        if self.narrow(upper, lower):
            return NARROW
        return self._partly([lower]) or NOT_FOUND

    def added(self, lower: Known) -> Verdict:
        """Return the verdict on a measure of `lower` that derives from nothing; NOTHING where no policy is above."""
        above = [self.family.by_key[one] for one in sorted(self.family.above.get(lower.key, ()))]
        if not above:
            return NOTHING
        missing = next((said for one in above if (said := held(one))), None)
        if missing:
            return missing
        self._look_up(set(self.family.above[lower.key]))
        if not any(lower.key in below for below in self._straight.values()):
            return NOTHING_LINKED
        return self._partly(above) or ADDED

    def _partly(self, policies: Sequence[Known]) -> Verdict | None:
        """Return why nobody can say what policies lack, of which one was not read whole, or not surely."""
        read = {str(one.read) for one in policies}
        return PART_UNREAD if read & self.unread() else BY_OCR if read & self.by_ocr() else None

    def narrow(self, upper: Known, lower: Known) -> bool:
        """Tell whether `lower` only rests on `upper` (根据), straight or through others, and is about another matter.

        It carries the upper one out where it says so (贯彻落实), where the titles name one subject, or where a person
        said it.
        """
        if self._wide is None:
            self._wide = wide(self.family)
        found, edge = {upper.key}, {upper.key}
        while edge:
            edge = {below for here in edge for below in self._wide.get(here, ())} - found
            found |= edge
        return lower.key not in found

    def unread(self) -> set[str]:
        """Return the documents of which a part was left unread."""
        if self._unread is None:
            found = (ask(find("issues"), self.family.store, {"document": None, "code": code}) for code in _UNREAD)
            self._unread = {str(row["document"]) for rows in found for row in rows}
        return self._unread

    def by_ocr(self) -> set[str]:
        """Return the documents that were read from pictures, be it in part."""
        if self._by_ocr is None:
            rows = ask(find("issues"), self.family.store, {"document": None, "code": _OCR})
            self._by_ocr = {str(row["document"]) for row in rows}
        return self._by_ocr

    def related(self, upper: Known, lower: Known) -> bool:
        """Tell whether `lower` carries `upper` out, straight or through others."""
        return lower.key in self.under(upper.key)

    def under(self, key: str) -> set[str]:
        """Return the keys of all policies below one, at any step."""
        if key not in self._under:
            self._under[key] = self.family.under(key)
        return self._under[key]

    def linked(self, upper: Known, lower: Known) -> bool:
        """Tell whether links lead from one policy to the other, straight or through those between."""
        edge, met = {upper.key}, {upper.key}
        while edge:
            self._look_up(edge)
            edge = {far for near in edge for far in self._straight[near]} - met
            if lower.key in edge:
                return True
            met |= edge
        return False

    def _look_up(self, wanted: set[str]) -> None:
        if wanted <= self._straight.keys():
            return
        # One question for all that is known: asked policy by policy a family would take as many.
        listed = [one for one in dict.fromkeys(self.family.by_key.values()) if one.key not in self._straight]
        self._straight.update({one.key: set() for one in listed})
        self._straight.update({key: set() for key in wanted if key not in self._straight})
        rows = ask(
            find("policies_linked"), self.family.store, {"policies": [key for one in listed for key in one.keys]}
        )
        for row in rows:
            above, below = (self.family.by_key.get(str(row[name])) for name in ("parent", "policy"))
            if above and below:
                self._straight[above.key].add(below.key)

    def ended(self, policies: Iterable[Known]) -> list[Note]:
        """Return a note for each policy that is in force no more: why, and until when it was where that is known."""
        found = []
        for known in policies:
            if known.ended:
                until = known.valid_to if known.status == "expired" else None
                values = {"policy": named(known)} | ({"until": until} if until else {})
                found.append(Note(code="ended_until" if until else f"ended_{known.status}", values=values))
        return found

    def silent(self, upper: Known, lower: Known) -> Note | None:
        """Return the note that not one link joins two policies whose tasks are known; None where one does."""
        if upper.read is None or lower.read is None or self.linked(upper, lower):
            return None
        return Note(code="nothing_linked", values={"child": named(lower), "parent": named(upper)})


def named(known: Known) -> str:
    """Return the name of a policy in a sentence: its number, else its title."""
    return known.doc_number or known.title or known.key
