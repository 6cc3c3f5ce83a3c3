"""The policies of a family as questions see them: those that are one taken as one, with what to read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from graph.store.protocol import AnswerRow, Store
from queries.answer_rows import sort_value
from queries.catalog import find
from queries.question_rows import ParameterValue, ask

DEPTH = 4
"""So many steps a cascade goes at most: province, city, county, town, and one to spare."""
_ENDED = ("draft", "replaced", "repealed", "expired")
_HELD = {"full": 0, "summary": 1, "cited": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One policy: all keys it has, how it is held, and `read`, the document whose tasks stand for it."""

    key: str
    keys: tuple[str, ...]
    title: str | None
    doc_number: str | None
    level: str | None
    place: str | None
    place_name: str | None
    held: str
    read: str | None
    others: tuple[str, ...] = ()
    status: str | None = None
    valid_to: str | None = None

    @property
    def ended(self) -> bool:
        """Tell whether it is known to be in force no more, or never was (a draft)."""
        return self.status in _ENDED

    @property
    def order(self) -> tuple[object, ...]:
        """The sort key of policies: level, place, key."""
        return (sort_value("level", self.level), sort_value("place", self.place), self.key)


@dataclass(slots=True)
class Family:
    """Policies and who carries out whom, as far as looked up; `by_key` finds one by any of its keys.

    `today` is the day of the question: what was in force until a day before it has expired.
    """

    store: Store
    by_key: dict[str, Known] = field(default_factory=dict)
    below: dict[str, set[str]] = field(default_factory=dict)
    above: dict[str, set[str]] = field(default_factory=dict)
    today: str = field(default_factory=lambda: date.today().isoformat())

    def know(self, keys: Iterable[str], read: str | None = None) -> list[Known]:
        """Look up the policies of these keys; `read` is the document to read where it tells one of them."""
        keys = list(dict.fromkeys(keys))
        wanted = [key for key in keys if key not in self.by_key]
        if wanted:
            rows: dict[str, list[AnswerRow]] = {}
            for row in ask(find("family_policies"), self.store, {"policies": wanted}):
                rows.setdefault(str(row["given"]), []).append(row)
            for key in wanted:
                if key not in self.by_key and key in rows:
                    known = _known(rows[key], read, self.today)
                    self.by_key.update(dict.fromkeys(known.keys, known))
        return list({self.by_key[key].key: self.by_key[key] for key in keys if key in self.by_key}.values())

    def descend(self, start: Sequence[Known]) -> list[Known]:
        """Look up, step by step, the policies that carry these out; return them by level, place and key."""
        return self._walk(start, "policies_below", "parent", "policy", self.below, self.above)

    def climb(self, start: Sequence[Known], steps: int = DEPTH) -> list[Known]:
        """Look up, step by step, the policies that these carry out; return them by level, place and key."""
        return self._walk(start, "policies_above", "policy", "parent", self.above, self.below, steps)

    def _walk(
        self,
        start: Sequence[Known],
        question: str,
        near: str,
        far: str,
        onward: dict[str, set[str]],
        back: dict[str, set[str]],
        steps: int = DEPTH,
    ) -> list[Known]:
        seen = {known.key: known for known in start}
        edge = list(start)
        for _ in range(steps):
            keys = [key for known in edge for key in known.keys]
            if not keys:
                break
            rows = ask(find(question), self.store, {"policies": keys})
            self.know(str(row[far]) for row in rows)
            edge = []
            for row in rows:
                here, there = self.by_key[str(row[near])], self.by_key[str(row[far])]
                if here.key == there.key:
                    continue
                onward.setdefault(here.key, set()).add(there.key)
                back.setdefault(there.key, set()).add(here.key)
                if there.key not in seen:
                    seen[there.key] = there
                    edge.append(there)
        first = {known.key for known in start}
        return sorted((known for key, known in seen.items() if key not in first), key=lambda known: known.order)

    def under(self, key: str) -> set[str]:
        """Return the keys of all policies below one, at any step."""
        found: set[str] = set()
        edge = {key}
        while edge:
            edge = {one for here in edge for one in self.below.get(here, ())} - found - {key}
            found |= edge
        return found

    def next_below(self, key: str) -> list[Known]:
        """Return the policies whose tasks should carry those of this one: no held one stands between.

        Behind a policy that is only cited stand those that carry it out: links run through it.
        """
        direct = set(self.below.get(key, ()))
        for one in list(direct):
            direct -= self.under(one) if self.by_key[one].held != "cited" else set()
        found, edge = set(direct), {one for one in direct if self.by_key[one].held == "cited"}
        while edge:
            behind = {one for here in edge for one in self.below.get(here, ())} - found
            found |= behind
            edge = {one for one in behind if self.by_key[one].held == "cited"}
        return sorted((self.by_key[one] for one in found), key=lambda known: known.order)

    def unseen(self, tops: Sequence[Known], below: Sequence[Known]) -> list[tuple[Known, Known]]:
        """Return the policies of a level between that are only cited, each with one of `below` that carries it out.

        Where a held policy stands between as well, the chain runs through that one.
        """
        self.climb(below, 1)
        known = {one.key for one in (*tops, *below)}
        between_by_key: dict[str, tuple[Known, Known]] = {}
        for lower in below:
            above = [self.by_key[key] for key in sorted(self.above.get(lower.key, ()))]
            between = [one for one in above if any(_between(top, one, lower) for top in tops)]
            if all(one.held == "cited" and one.key not in known for one in between):
                between_by_key.update((one.key, (one, lower)) for one in between if one.key not in between_by_key)
        return sorted(between_by_key.values(), key=lambda pair: pair[0].order)

    def skips(self, child: str, parent: str) -> bool:
        """Tell whether a held policy stands between the two, so that a link between them skips it."""
        between = {one for one in self.under(parent) if child in self.under(one)}
        return any(self.by_key[one].held != "cited" for one in between)


def family_on(store: Store, today: ParameterValue) -> Family:
    """Return a family with nothing looked up yet, seen on a day; on that of this computer where none is given."""
    return Family(store, today=str(today)) if today else Family(store)


def _between(top: Known, one: Known, lower: Known) -> bool:
    """Tell whether a policy's level lies between those of two others."""
    levels = (top.level, one.level, lower.level)
    ranks = [sort_value("level", level) for level in levels if level]
    return len(ranks) == len(levels) and ranks[0] < ranks[1] < ranks[2]


def _known(rows: Sequence[AnswerRow], read: str | None, today: str) -> Known:
    """Return the one policy that these rows tell of: the best held of its nodes names it."""
    order = sorted(
        rows, key=lambda row: (_HELD.get(str(row["held"]), 3), row["doc_number"] is None, str(row["policy"]))
    )
    best = order[0]
    tells = sorted(
        (row for row in rows if row["document"]),
        key=lambda row: (row["tells"] != "RECORDS", -int(row["characters"] or 0), str(row["document"])),
    )
    documents = list(dict.fromkeys(str(row["document"]) for row in tells))
    chosen = read if read in documents else next(iter(documents), None)
    held = (
        "summary" if chosen and _tells(tells, chosen) == "REPORTS_ON" and best["held"] == "cited" else str(best["held"])
    )

    def first(column: str) -> str | None:
        return next((str(row[column]) for row in order if row[column] is not None), None)

    status, until = first("status"), first("valid_to")
    if status in (None, "in_force") and until and until < today:
        status = "expired"
    return Known(
        key=str(best["policy"]),
        keys=tuple(dict.fromkeys(str(row["policy"]) for row in order)),
        title=first("title"),
        doc_number=first("doc_number"),
        level=first("level"),
        place=first("place"),
        place_name=first("place_name"),
        held=held,
        read=chosen,
        others=tuple(one for one in documents if one != chosen),
        status=status,
        valid_to=until,
    )


def _tells(rows: Sequence[AnswerRow], document: str) -> str | None:
    return next((str(row["tells"]) for row in rows if row["document"] == document), None)
