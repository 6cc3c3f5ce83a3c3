"""Mentions of policies in all documents → which keys are one policy.

A key never depends on what else is loaded; that two keys are one policy is told here, in rows beside them. Numbers
come first: two numbers are two policies. Titles are compared by their slots, then by small changes of words; what two
policies could equally be stays open.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from graph.gazetteer.places import Place, ancestors, by_key, is_within, same_place
from graph.identity import normal_doc_number, number_year
from graph.link.policies.policy_mentions import Mention
from graph.link.policies.titles import TitleParts, issued_by, parts, slots_agree, small_change
from graph.link.units.unit_identity import resolve_unit
from graph.model import HELD, LEVELS, Level
from graph.text import squeeze

_SHORTEST = 6
_RARE = 10
_COMMON = 400
# A text may be put on the web, and named by others, so long after or before the day that it prints.
LATE = timedelta(days=92)
_FIRST_MONTHS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """`key` is one policy with `canonical`, by `rule`; `candidates` > 1 never makes a row."""

    key: str
    canonical: str
    rule: str


@dataclass(slots=True)
class _Policy:
    key: str
    number: str | None = None
    titles: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    issuers: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    levels: set[str] = field(default_factory=set)
    regions: set[str] = field(default_factory=set)
    issued: set[date] = field(default_factory=set)
    named_on: set[date] = field(default_factory=set)
    own: bool = False
    held: int = len(HELD)

    def parts(self) -> list[TitleParts]:
        names = tuple(name for key in sorted(self.places) for name in _names(key))
        return [parts(title, names) for title in sorted(self.titles)]


@lru_cache(4096)
def _names(key: str) -> tuple[str, ...]:
    """The ways to print a place before a title, longest first: 澜江省澄州市云溪区, 澄州市云溪区, 云溪区, 云溪."""
    place = by_key(key)
    if place is None:
        return ()
    line = [one.name for one in (place, *ancestors(place)) if one.level != "central"] or [place.name]
    chains = ["".join(reversed(line[:end])) for end in range(len(line), 0, -1)]
    return (*chains, *([place.short_name] if place.short_name else []))


def _gather(mentions: Sequence[Mention]) -> dict[str, _Policy]:
    policies: dict[str, _Policy] = {}
    days = {one.document: one.issued for one in mentions if one.role == "self" and one.issued}
    for mention in mentions:
        policy = policies.setdefault(mention.key, _Policy(mention.key))
        if mention.doc_number:
            policy.number = normal_doc_number(mention.doc_number) or squeeze(mention.doc_number)
        if mention.title:
            # What is issued together with another is known by its own title, too.
            policy.titles.update((mention.title, *issued_by(mention.title)))
        if mention.place_key:
            policy.places.add(mention.place_key)
        if mention.level:
            policy.levels.add(mention.level)
        if mention.region:
            policy.regions.add(mention.region)
        policy.issuers.update(_issuer_keys(mention))
        policy.documents.add(mention.document)
        if mention.role == "self" and mention.issued:
            policy.issued.add(mention.issued)
        elif mention.role in ("implements", "cites") and mention.document in days:
            policy.named_on.add(days[mention.document])
        policy.own = policy.own or mention.role == "self"
        policy.held = min(policy.held, HELD.index(mention.held))
    return policies


def _issuer_keys(mention: Mention) -> set[str]:
    """The issuers' unit keys; a government's or committee's office speaks for it."""
    place = by_key(mention.place_key) if mention.place_key else None
    keys = set()
    for issuer in mention.issuers:
        unit = resolve_unit(issuer, place, document=mention.document)
        if unit.jurisdiction:
            keys.add(unit.key.replace(":政府办", ":政府").replace(":党委办", ":党委"))
    return keys


class _Index:
    """Finds the policies whose cores share the rarest pairs of characters with a core."""

    def __init__(self, policies: Iterable[_Policy]) -> None:
        self.postings: dict[str, list[str]] = defaultdict(list)
        self.exact: dict[str, list[str]] = defaultdict(list)
        for policy in policies:
            cores = {core for one in policy.parts() for core in (one.core, one.plain)}
            for core in cores:
                self.exact[core].append(policy.key)
            for pair in {pair for core in cores for pair in _pairs(core)}:
                self.postings[pair].append(policy.key)

    def near(self, core: str) -> list[str]:
        rare = sorted(_pairs(core), key=lambda pair: (len(self.postings.get(pair, ())), pair))[:_RARE]
        shared: Counter[str] = Counter()
        for pair in rare:
            if len(found := self.postings.get(pair, ())) <= _COMMON:
                shared.update(found)
        least = max(2, len(rare) // 2)
        return [*self.exact.get(core, ()), *(key for key, count in shared.most_common(40) if count >= least)]


def _pairs(core: str) -> set[str]:
    return {core[at : at + 2] for at in range(len(core) - 1)}


def resolve(mentions: Iterable[Mention]) -> list[Resolution]:
    """Return a row for every policy key that is another policy, in the order of the keys.

    The canonical key is the one with a number, else the best held, else the longest title. A key without a row is
    its own policy. Two policies with different numbers are never one; where several could be meant there is no row.
    """
    everything = list(mentions)
    policies = _gather(everything)
    homes = {
        one.document: one.place_key or one.region
        for one in everything
        if one.role in ("self", "reports_on") and (one.place_key or one.region)
    }
    index = _Index(policies.values())
    rows: dict[str, Resolution] = {}
    for key in sorted(policies):
        if policies[key].number is None and (found := _match(policies[key], policies, index, homes)):
            rows[key] = found
    return _settled(_without_namesakes(rows, policies), policies)


def _without_namesakes(rows: Mapping[str, Resolution], policies: Mapping[str, _Policy]) -> dict[str, Resolution]:
    """Return the rows without those of texts whose place nobody knows, where another text has their title, too."""
    named: Counter[str] = Counter()
    for policy in policies.values():
        if policy.own:
            named.update({one.plain for one in policy.parts()})
    texts = Counter(row.canonical for key, row in rows.items() if policies[key].own)
    kept = {}
    for key, row in rows.items():
        policy = policies[key]
        unplaced = policy.own and policy.regions and not policy.places
        namesakes = any(named[one.plain] > 1 for one in policy.parts()) or texts[row.canonical] > 1
        if not (unplaced and (namesakes or row.rule != "title")):
            kept[key] = row
    return kept


def _match(
    policy: _Policy, policies: Mapping[str, _Policy], index: _Index, homes: Mapping[str, str | None]
) -> Resolution | None:
    """The one policy that a policy without a number is, or None where none or several could be meant."""
    by_rule: dict[str, set[str]] = defaultdict(set)
    for title in policy.parts():
        if len(title.core) < _SHORTEST:
            continue
        for key in dict.fromkeys(index.near(title.core)):
            other = policies[key]
            if key != policy.key and _may_be_one(policy, title, other, homes):
                for theirs in other.parts():
                    place = by_key(next(iter(sorted(other.places or policy.places)), "")) or title.place
                    if rule := _rule(title, theirs, place, both_own=policy.own and other.own):
                        by_rule[rule].add(key)
    for rule in ("title", "title-without-period", "title-small-change"):
        if candidates := by_rule.get(rule):
            return _only(policy, candidates, policies, rule)
    return None


def _only(policy: _Policy, candidates: set[str], policies: Mapping[str, _Policy], rule: str) -> Resolution | None:
    best = max(candidates, key=lambda key: _rank(policies[key]))
    numbers = {policies[key].number for key in candidates} - {None}
    places = sorted({place for key in candidates for place in policies[key].places})
    if (
        len(numbers) > 1
        or not all(same_place(places[0], one) for one in places)
        or _rank(policies[best]) < _rank(policy)
    ):
        return None
    return Resolution(key=policy.key, canonical=best, rule=rule)


def _rank(policy: _Policy) -> tuple[bool, int, int, int, str]:
    return (
        policy.number is not None,
        -policy.held,
        len(policy.places),
        max(map(len, policy.titles), default=0),
        policy.key,
    )


def _rule(one: TitleParts, two: TitleParts, place: Place | None, both_own: bool) -> str | None:
    """Return the rule by which two titles are one (equal cores, a period left out, a small change), None where none holds."""
    if len(two.core) < _SHORTEST:
        return None
    if slots_agree(one, two):
        if one.core == two.core:
            return "title"
        if not both_own and min(len(one.core), len(two.core)) >= _RARE and small_change(one.core, two.core, place):
            return "title-small-change"
    elif one.plain == two.plain and (one.core == one.plain) != (two.core == two.plain):
        same = one.verbs == two.verbs and one.revised == two.revised and one.forwards == two.forwards
        return "title-without-period" if same and not both_own else None
    return None


def _may_be_one(policy: _Policy, title: TitleParts, other: _Policy, homes: Mapping[str, str | None]) -> bool:
    """Do place, issuer and year of two policies agree, as far as they are known? Before that no title says anything."""
    return _issuers_agree(policy, other) and _days_agree(policy, other) and _places_agree(policy, title, other, homes)


def _days_agree(policy: _Policy, other: _Policy) -> bool:
    """May both have been issued on one day, and before anybody named them?"""
    for one, two in ((policy, other), (other, policy)):
        if any(day > named + LATE for day in one.issued for named in two.named_on):
            return False
        if (year := number_year(two.number)) and any(not _of_year(day, year) for day in one.issued):
            return False
    return not any(abs(one - two) > LATE for one in policy.issued for two in other.issued)


def _of_year(day: date, year: int) -> bool:
    """May a policy whose number is of a year have been made known on a day? At the turn of the year it is a little later."""
    return day.year == year or (day.year == year + 1 and day.month <= _FIRST_MONTHS)


def _places_agree(policy: _Policy, title: TitleParts, other: _Policy, homes: Mapping[str, str | None]) -> bool:
    """Are both of one place? One that prints none is of its document's place or of one above that."""
    mine = policy.places or ({title.place.code} if title.place else set())
    theirs = other.places or {one.place.code for one in other.parts() if one.place}
    if mine and theirs:
        return any(same_place(one, two) for one in mine for two in theirs)
    known, bare_one = (theirs, policy) if theirs else (mine, other)
    if not known:
        return bool(policy.documents & other.documents)
    if bare_one.regions and bare_one.own:
        # A city of the province, and nobody says which: enough for what is cited, not to make two texts one.
        return not (policy.own and other.own) and any(_lies_there(one, bare_one) for one in known)
    for document in bare_one.documents:
        home = by_key(homes.get(document) or "")
        if home and any(same_place(place.code, one) for place in (home, *ancestors(home)) for one in known):
            return True
    return False


def _lies_there(key: str, policy: _Policy) -> bool:
    """Tell whether a place is of the level of a policy, and in the place around it, of which no closer one is known."""
    place = by_key(key)
    return place is not None and place.level in policy.levels and any(is_within(place, one) for one in policy.regions)


def _issuers_agree(policy: _Policy, other: _Policy) -> bool:
    return not policy.issuers or not other.issuers or bool(policy.issuers & other.issuers)


def _settled(rows: Mapping[str, Resolution], policies: Mapping[str, _Policy]) -> list[Resolution]:
    """Rows that lead to the end of their chain; a policy never ends at two."""
    settled = []
    for key, row in sorted(rows.items()):
        seen = {key}
        end = row.canonical
        while end in rows and end not in seen:
            seen.add(end)
            end = rows[end].canonical
        if end not in seen:
            settled.append(Resolution(key=key, canonical=end, rule=row.rule))
    return settled


def families(implements_edges: Iterable[tuple[str, str]], levels: Mapping[str, Level] | None = None) -> dict[str, str]:
    """Return every policy of the edges (child, parent) with the key of its family: the topmost policy.

    The topmost is the policy that carries out none, of several the one of the highest level, then the one with the
    most below it, then the first by key. The same whatever the order of the edges.
    """
    parents: dict[str, set[str]] = defaultdict(set)
    joined: dict[str, set[str]] = defaultdict(set)
    for child, parent in implements_edges:
        joined[child].add(parent)
        joined[parent].add(child)
        if child != parent:
            parents[child].add(parent)
    below: Counter[str] = Counter(parent for ups in parents.values() for parent in ups)
    family: dict[str, str] = {}
    for start in sorted(joined):
        if start in family:
            continue
        members = {start}
        todo = [start]
        while todo:
            for key in joined[todo.pop()] - members:
                members.add(key)
                todo.append(key)
        tops = [key for key in members if not parents.get(key)] or sorted(members)
        level = levels or {}
        top = min(tops, key=lambda key: (LEVELS.index(level[key]) if key in level else len(LEVELS), -below[key], key))
        family.update(dict.fromkeys(members, top))
    return family
