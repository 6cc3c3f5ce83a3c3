"""Keys that two policies have: which documents mean one of them, by number, title, text, issuers and day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from graph.identity import OF_DOCUMENT, normal_doc_number, policy_key
from graph.link.policies.policy_groups import LATE
from graph.link.policies.titles import parts, small_change
from graph.model import HELD
from graph.snapshot.tables import SnapshotRow
from graph.text import squeeze


def keys_apart(mentions: Sequence[SnapshotRow], texts: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Return the keys of policies whose key another one has too, by the document that names them and that key.

    Two documents of one key are of one policy where their texts (`texts`: digests) are the same, or where their titles
    agree as well as their number, or as their issuers and days. Where they do not, each of one number is known by place
    and title, else by its document; so is what is cited by the number and its title.
    """
    return _numbers_apart(mentions, texts) | _titles_apart(mentions, texts)


def _titles_apart(mentions: Sequence[SnapshotRow], texts: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Return document and key of those known by place and title that are another's, too: of another day or issuer."""
    holding: dict[str, list[SnapshotRow]] = defaultdict(list)
    for mention in mentions:
        if mention["role"] == "self" and not mention["doc_number"] and not mention["key"].startswith(OF_DOCUMENT):
            holding[mention["key"]].append(mention)
    apart: dict[tuple[str, str], str] = {}
    for key, listed in holding.items():
        if len({mention["document"] for mention in listed}) < 2:
            continue
        groups: list[list[SnapshotRow]] = []
        for mention in sorted(listed, key=fullest_first):
            found = next((group for group in groups if all(_one_issue(mention, one, texts) for one in group)), None)
            if found is None:
                groups.append([mention])
            else:
                found.append(mention)
        for group in groups if len(groups) > 1 else ():
            apart |= {(mention["document"], key): f"{OF_DOCUMENT}{group[0]['document']}" for mention in group}
    return apart


def _one_issue(one: SnapshotRow, other: SnapshotRow, texts: Mapping[str, str]) -> bool:
    """Tell whether two documents of one place and title may be one policy: their texts, or issuers and days, agree."""
    if texts[one["document"]] == texts[other["document"]]:
        return True
    issuers = set(one["issuer_keys"]), set(other["issuer_keys"])
    if all(issuers) and not issuers[0] & issuers[1]:
        return False
    days = one["issued"], other["issued"]
    return None in days or abs(days[0] - days[1]) <= LATE


def _numbers_apart(mentions: Sequence[SnapshotRow], texts: Mapping[str, str]) -> dict[tuple[str, str], str]:
    holding: dict[str, list[SnapshotRow]] = defaultdict(list)
    cited: dict[str, list[SnapshotRow]] = defaultdict(list)
    for mention in mentions:
        if mention["doc_number"] and mention["role"] == "self" and mention["key"] == number_key(mention):
            holding[mention["key"]].append(mention)
        elif mention["doc_number"] and mention["title"]:
            cited[mention["key"]].append(mention)
    apart: dict[tuple[str, str], str] = {}
    for number, listed in holding.items():
        if len({mention["document"] for mention in listed}) < 2:
            continue
        groups: list[list[SnapshotRow]] = []
        for mention in sorted(listed, key=fullest_first):
            found = next((group for group in groups if any(_agree(mention, one, texts) for one in group)), None)
            if found is None:
                groups.append([mention])
            else:
                found.append(mention)
        if len(groups) > 1:
            for group in groups:
                first = group[0]
                key = policy_key(None, first["jurisdiction"], first["title"], first["document"])
                apart |= {(mention["document"], number): key for mention in group}
            for mention in cited[number]:
                meant = [group[0] for group in groups if _titles_agree(mention, group[0])]
                if len(meant) == 1:
                    apart.setdefault((mention["document"], number), apart[meant[0]["document"], number])
    return apart


def _agree(one: SnapshotRow, other: SnapshotRow, texts: Mapping[str, str]) -> bool:
    """Tell whether two documents' own policies of one number agree in text or title."""
    return texts[one["document"]] == texts[other["document"]] or _titles_agree(one, other)


def _titles_agree(one: SnapshotRow, other: SnapshotRow) -> bool:
    """Tell whether two titles of one number are of one policy: one holds the other, or they differ in a few characters."""
    if not one["title"] or not other["title"]:
        return False
    first, second = (parts(row["title"]) for row in (one, other))
    if not first.core or not second.core:
        return False
    if first.core in second.core or second.core in first.core or first.plain == second.plain:
        return True
    return small_change(first.core, second.core)


def number_key(mention: SnapshotRow) -> str:
    """Return the key that a mention's own number makes, whatever its key is; what is no number of a document, squeezed."""
    return normal_doc_number(mention["doc_number"]) or squeeze(mention["doc_number"])


def fullest_first(mention: SnapshotRow) -> tuple[int, int, str, int]:
    """Return what sorts mentions: of documents that hold more of their policy first, then its own tellings."""
    return (HELD.index(mention["held"]), mention["role"] != "self", mention["document"], mention["order"])
