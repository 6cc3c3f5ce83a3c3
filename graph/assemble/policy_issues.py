"""What is odd of the names of policies, told at the place where a document prints them: numbers and titles of others."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from graph.assemble.policy_keys_apart import number_key
from graph.identity import policy_key
from graph.snapshot.tables import SnapshotRow

Apart = Mapping[tuple[str, str], str]
"""A document and the key that it gives to its policy → the key by which that is known: `keys_apart`."""


def policy_issues(mentions: Sequence[SnapshotRow], texts: Mapping[str, str], apart: Apart) -> Iterator[SnapshotRow]:
    """Yield the issues (rows of the table Issue) of mentions (rows of the table Mention, their spans taken apart).

    `texts` holds the digest of each document's text.
    """
    yield from _number_twice(mentions, texts)
    yield from _title_twice(mentions, apart)
    yield from _number_elsewhere(mentions, apart)


def _number_twice(mentions: Sequence[SnapshotRow], texts: Mapping[str, str]) -> Iterator[SnapshotRow]:
    """Yield one for each document that gives a number which another document gives to another text."""
    holding: dict[str, list[SnapshotRow]] = defaultdict(list)
    for mention in mentions:
        if mention["role"] == "self" and mention["doc_number"]:
            holding[number_key(mention)].append(mention)
    for listed in holding.values():
        for mention in listed:
            mine = mention["document"]
            if others := {one["document"] for one in listed if texts[one["document"]] != texts[mine]} - {mine}:
                yield _issue(mention, "number-twice", "doc_number", f"another text has this number too: {_all(others)}")


def _title_twice(mentions: Sequence[SnapshotRow], apart: Apart) -> Iterator[SnapshotRow]:
    """Yield one for each document whose title another of its place has, on another day or of another issuer."""
    named: dict[str, list[SnapshotRow]] = defaultdict(list)
    for mention in mentions:
        if mention["role"] == "self" and not mention["doc_number"] and mention["title"]:
            key = policy_key(None, mention["jurisdiction"], mention["title"], mention["document"])
            if (mention["document"], key) in apart:
                named[key].append(mention)
    for listed in named.values():
        for mention in listed:
            others = {one["document"] for one in listed if one["key"] != mention["key"]}
            said = f"another text of this place has this title, and another day or issuer: {_all(others)}"
            yield _issue(mention, "title-twice", "title", said)


def _number_elsewhere(mentions: Sequence[SnapshotRow], apart: Apart) -> Iterator[SnapshotRow]:
    """Yield one for each document whose own number is surely that of another place: it made nothing one."""
    for mention in mentions:
        if mention["role"] != "self" or not mention["doc_number"]:
            continue
        if mention["key"] == number_key(mention) or (mention["document"], number_key(mention)) in apart:
            continue
        said = "the first words of this number are those of another place than the document's"
        yield _issue(mention, "number-elsewhere", "doc_number", said)


def _issue(mention: SnapshotRow, code: str, name: str, message: str) -> SnapshotRow:
    """Return an issue at the place where the document prints this property of its policy; without a place where it does not."""
    start, end, quote = (mention["spans"].get(name) or [(None, None, "")])[0][:3]
    return {
        "key": f"{mention['document']}#{code}.{mention['order']}",
        "document": mention["document"],
        "code": code,
        "message": message,
        "start": start,
        "end": end,
        "quote": quote if start is not None else "",
    }


def _all(documents: Collection[str]) -> str:
    return ", ".join(sorted(documents))
