"""From what all documents say of policies to policies: which are one, their properties, links and proofs, families."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.assemble.policy_issues import policy_issues
from graph.assemble.policy_keys_apart import fullest_first
from graph.identity import link_key, normal_doc_number
from graph.link.policies.policy_groups import families, resolve
from graph.link.policies.policy_mentions import Mention
from graph.model import HELD, Judgement
from graph.snapshot.tables import SnapshotRow, SnapshotRows

Decided = Mapping[tuple[str, str], Judgement]
"""What a person said of policies by their keys, child and parent: that one carries out the other, or does not."""

# Properties that the best mention which has them gives.
_FILLED = (
    "title",
    "doc_number",
    "genre",
    "level",
    "issued",
    "printed",
    "valid_from",
    "valid_to",
    "status",
    "period_start",
    "period_end",
)
_LISTED = ("issuers", "addressees")
_ENDING = {"repealed": "REPEALS", "replaced": "REPLACES"}
# Links that keep the words by which they name the other end.
_PRINTED = ("CITES", "TAKES_OVER", *_ENDING.values())
BESIDE = "table-beside"
"""The rule of a proof that is no place in a text, but a cell of a table beside the documents."""


@dataclass(slots=True)
class Policies:
    """The policies of a graph as links need them.

    `canonical` maps a key to that of the policy it is the same as; `documents` a policy to those that hold it, the
    fullest first; `places` a policy and a document to where it stands (0-based) among those the document holds;
    `parents` a policy to those that it carries out; `family` a policy to its family's key; `apart` a document and the
    number that it gives to the key of its policy, where another document gives the number to another policy.
    """

    rows: SnapshotRows = field(default_factory=lambda: defaultdict(list))
    canonical: dict[str, str] = field(default_factory=dict)
    documents: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    places: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    parents: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    family: dict[str, str] = field(default_factory=dict)
    apart: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def of(self, key: str, document: str = "") -> str:
        """Return the key that links of this policy have, as `document` names it."""
        key = self.apart.get((document, key), key)
        return self.canonical.get(key, key)

    def held_above(self, policy: str) -> list[str]:
        """Return the nearest policies above that a document holds, through those that none does, in order."""
        held: dict[str, None] = {}
        seen, waiting = {policy}, list(self.parents.get(policy, ()))
        while waiting:
            above = waiting.pop(0)
            if above in seen:
                continue
            seen.add(above)
            if self.documents.get(above):
                held[above] = None
            else:
                waiting += self.parents.get(above, ())
        return list(held)


def same_policies(mentions: Sequence[SnapshotRow]) -> list[tuple[str, str, str]]:
    """Return the pairs of keys of mentions (rows of the table Mention) that mean one policy, as (key, key, rule)."""
    listed = (
        Mention(
            document=row["document"],
            key=row["key"],
            doc_number=row["doc_number"],
            title=row["title"],
            place_key=row["jurisdiction"],
            issuers=tuple(row["issuers"]),
            level=row["level"],
            held=row["held"],
            role=row["role"],
            region=row["region"],
            issued=row["issued"],
        )
        for row in mentions
    )
    return [(row.key, row.canonical, row.rule) for row in resolve(listed)]


def join_policies(
    mentions: Sequence[SnapshotRow],
    same: Iterable[tuple[str, str, str]],
    sizes: Mapping[str, tuple[int, int]],
    texts: Mapping[str, str],
    decided: Decided | None = None,
    units: Mapping[str, str] | None = None,
    apart: Mapping[tuple[str, str], str] | None = None,
) -> Policies:
    """Return the policies that `mentions` (rows of the table Mention) speak of.

    `same` are pairs of keys that mean one policy, with the rule that says so; `sizes` tells of each document how many
    tasks and characters it has, `texts` the digest of its text; `units` of a unit that is another the one that stays;
    `apart` is what `keys_apart` gave, by which the keys of `mentions` are changed already.
    """
    policies = Policies(apart=apart or {})
    by_key: dict[str, list[SnapshotRow]] = defaultdict(list)
    mentions = [
        mention | {"spans": json.loads(mention["spans"]), "places": json.loads(mention.get("places") or "{}")}
        for mention in mentions
    ]
    for mention in mentions:
        by_key[mention["key"]].append(mention)
    for listed in by_key.values():
        listed.sort(key=fullest_first)
    groups = _groups(by_key, same, policies)
    for canonical, members in groups.items():
        listed = sorted((one for key in members for one in by_key[key]), key=fullest_first)
        _policy(policies, canonical, listed, units or {})
        for key in members:
            if key != canonical:
                policies.rows["Policy"].append(_node(key, by_key[key]))
    judged = {(policies.of(child), policies.of(parent)): said for (child, parent), said in (decided or {}).items()}
    _document_links(policies, mentions, sizes, judged)
    policies.rows["Issue"] += policy_issues(mentions, texts, policies.apart)
    _families(policies)
    return policies


def _groups(
    by_key: Mapping[str, list[SnapshotRow]], same: Iterable[tuple[str, str, str]], policies: Policies
) -> dict[str, list[str]]:
    """Return the keys of each policy by its canonical key; write who is the same as whom."""
    pairs = [pair for pair in same if pair[0] in by_key and pair[1] in by_key and pair[0] != pair[1]]
    leader = {key: key for key in by_key}

    def top(key: str) -> str:
        while leader[key] != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    rules: dict[str, set[str]] = defaultdict(set)
    for one, two, rule in pairs:
        rules[one].add(rule)
        rules[two].add(rule)
        first, second = sorted((top(one), top(two)))
        leader[second] = first
    members: dict[str, list[str]] = defaultdict(list)
    for key in sorted(by_key):
        members[top(key)].append(key)
    groups = {}
    for keys in members.values():
        best = min(keys, key=lambda key: (not _numbered(key), HELD.index(by_key[key][0]["held"]), key))
        groups[best] = keys
        for key in keys:
            if key != best:
                policies.canonical[key] = best
                rule = ", ".join(sorted(rules[key]))
                policies.rows["SAME_AS"].append(_link("SAME_AS", key, best, rule=rule))
    return groups


def _numbered(key: str) -> bool:
    return normal_doc_number(key) is not None


def _node(key: str, mentions: Sequence[SnapshotRow]) -> SnapshotRow:
    row: SnapshotRow = {"key": key, "held": mentions[0]["held"]}
    for name in _FILLED:
        row[name] = next((one[name] for one in mentions if one[name] is not None), None)
    for name in _LISTED:
        row[name] = next((one[name] for one in mentions if one[name]), [])
    row["name"] = row["title"] or row["doc_number"] or key
    return row


def _policy(policies: Policies, key: str, mentions: Sequence[SnapshotRow], stays: Mapping[str, str]) -> None:
    """Add a canonical policy, what issued it and where it applies, and the proofs of all that is said of it."""
    policies.rows["Policy"].append(_node(key, mentions))
    for mention in mentions:
        for subject in dict.fromkeys((key, mention["key"])):
            for name, places in mention["spans"].items():
                _prove(policies, subject, name, mention, places)
    if issued := next((one for one in mentions if one["issuer_keys"]), None):
        spans = issued["spans"].get("issuers", [])
        units = list(dict.fromkeys(stays.get(unit, unit) for unit in issued["issuer_keys"]))
        for order, unit in enumerate(units, start=1):
            link = _link("ISSUED_BY", key, unit, order=order)
            policies.rows["ISSUED_BY"].append(link)
            proof = spans[order - 1 : order] if len(spans) == len(units) else spans
            _prove(policies, link["key"], "itself", issued, proof)
    if placed := next((one for one in mentions if one["jurisdiction"]), None):
        link = _link("APPLIES_IN", key, placed["jurisdiction"])
        policies.rows["APPLIES_IN"].append(link)
        proof = _first(placed["spans"], "place", "issuers", "doc_number", "title")
        _prove(policies, link["key"], "itself", placed, proof)


def _link(kind: str, source: str, target: str, **more: object) -> SnapshotRow:
    return {"key": link_key(kind, source, target), "source": source, "target": target, **more}


def _first(spans: Mapping[str, list[Any]], *names: str) -> list[Any]:
    return next((spans[name] for name in names if spans.get(name)), [])


def _prove(policies: Policies, subject: str, name: str, mention: SnapshotRow, places: Iterable[Sequence[Any]]) -> None:
    for start, end, quote, *table in places:
        proof: SnapshotRow = {
            "subject": subject,
            "property": name,
            "document": mention["document"],
            "start": start,
            "end": end,
            "quote": quote,
            "rule": BESIDE if table else mention["rule"],
            **mention["places"].get(f"{start}-{end}", {}),
        }
        if table:
            proof |= dict(zip(("table_name", "table_row", "table_column"), table, strict=True))
        policies.rows["Evidence"].append(proof)


def _document_links(
    policies: Policies, mentions: Sequence[SnapshotRow], sizes: Mapping[str, tuple[int, int]], judged: Decided
) -> None:
    """Add what each document records, reports on, carries out and cites, and what a person said of that."""
    by_document: dict[str, list[SnapshotRow]] = defaultdict(list)
    for mention in mentions:
        by_document[mention["document"]].append(mention)
    drafts = {policies.of(one["key"]) for one in mentions if one["status"] == "draft"}
    holding: dict[str, list[tuple[int, int, int, str, str]]] = defaultdict(list)
    links: dict[str, tuple[str, SnapshotRow]] = {}
    for document, listed in by_document.items():
        own = [mention for mention in listed if mention["role"] in ("self", "reports_on")]
        for place, mention in enumerate(own):
            kind = "RECORDS" if mention["role"] == "self" else "REPORTS_ON"
            policy, (tasks, characters) = policies.of(mention["key"]), sizes[document]
            policies.places[policy, document].append(place)
            holding[policy].append((HELD.index(mention["held"]), -tasks, -characters, document, kind))
            _add_link(policies, links, kind, document, policy, mention)
        for mention in listed:
            if mention["role"] in ("implements", "cites") and own:
                _named_links(policies, links, _speaker(own, mention), mention, judged, drafts)
    _add_decided(policies, links, judged)
    for policy, documents in holding.items():
        policies.documents[policy] = list(dict.fromkeys(entry[3] for entry in sorted(documents)))
    for kind, link in links.values():
        if kind in ("RECORDS", "REPORTS_ON"):
            link["fullest"] = policies.documents[link["target"]][0] == link["source"]
        elif kind == "IMPLEMENTS":
            policies.parents[link["source"]].append(link["target"])
        policies.rows[kind].append(link)
    _put_endings(policies)
    for above in policies.parents.values():
        above.sort()


def _put_endings(policies: Policies) -> None:
    """Set the status of what another policy ends: the page that prints it may be older than its end."""
    ended = {row["target"]: status for status, kind in reversed(_ENDING.items()) for row in policies.rows[kind]}
    for row in policies.rows["Policy"]:
        if (status := ended.get(policies.of(row["key"]))) and row["status"] != "draft":
            row["status"] = status


def _named_links(
    policies: Policies,
    links: dict[str, tuple[str, SnapshotRow]],
    own: SnapshotRow,
    mention: SnapshotRow,
    judged: Decided,
    drafts: Collection[str],
) -> None:
    """Add the links from a document's policy, and from its items, to one that it names.

    A draft carries out nothing, ends nothing, and is never carried out: it is cited, and cites.
    """
    source, target = policies.of(own["key"]), policies.of(mention["key"])
    valid = not {source, target} & set(drafts)
    # What a person says is not carried out is still named there.
    carried = mention["role"] == "implements" and valid and judged.get((source, target)) != "rejected"
    _add_link(policies, links, "IMPLEMENTS" if carried else "CITES", source, target, mention)
    for name, *place in json.loads(mention["endings"] or "[]") if valid else ():
        _add_link(policies, links, _ENDING[name], source, target, mention, [place])
    for task, *place in json.loads(mention["taken_over"] or "[]") if valid and source != target else ():
        _add_link(policies, links, "TAKES_OVER", task, target, mention, [place])


def _add_link(
    policies: Policies,
    links: dict[str, tuple[str, SnapshotRow]],
    kind: str,
    source: str,
    target: str,
    mention: SnapshotRow,
    proof: Sequence[Any] = (),
) -> None:
    if source == target:
        return
    link = _link(kind, source, target)
    proof = proof or _first(mention["spans"], "mention", "title", "doc_number")
    if kind in _PRINTED:
        link["surface"] = proof[0][2] if proof else None
    links.setdefault(link["key"], (kind, link))
    _prove(policies, link["key"], "itself", mention, proof)


def _add_decided(policies: Policies, links: dict[str, tuple[str, SnapshotRow]], judged: Decided) -> None:
    """Mark the links that a person confirmed, and add those that no document prints; they have no words to show."""
    known = {row["key"] for row in policies.rows["Policy"]}
    for (source, target), said in judged.items():
        if said == "confirmed" and source != target and {source, target} <= known:
            link = _link("IMPLEMENTS", source, target)
            _, link = links.setdefault(link["key"], ("IMPLEMENTS", link))
            link["judgement"] = said


def _speaker(own: Sequence[SnapshotRow], mention: SnapshotRow) -> SnapshotRow:
    """Return the policy of the document that makes this mention: the last that is told of before it."""
    before = [one for one in own if one["order"] < mention["order"]]
    return before[-1] if before else own[0]


def _families(policies: Policies) -> None:
    """Name what IMPLEMENTS connects by its topmost policy; a policy that nothing connects is its own family."""
    levels = {row["key"]: row["level"] for row in policies.rows["Policy"] if row["level"]}
    edges = ((child, above) for child, parents in policies.parents.items() for above in parents)
    policies.family = {row["key"]: policies.of(row["key"]) for row in policies.rows["Policy"]} | families(edges, levels)
