"""Policies, units and places of all documents, and the pairs of documents to align, worked out from small tables.

Both ways to build call these functions: in one process (`graph.assemble.assembly`), and on many machines, where tasks never come
to the process that joins documents.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import pyarrow as pa
import pyarrow.compute as pc

from graph.assemble.policy_keys_apart import keys_apart
from graph.assemble.policy_rows import Policies, join_policies, same_policies
from graph.assemble.unit_rows import join_units, moved_units
from graph.link.decisions import Decisions
from graph.snapshot.arrow_columns import arrow_schema, in_order
from graph.snapshot.partitions import PAIR_MARK
from graph.snapshot.tables import SnapshotRow, tables

OF_DOCUMENTS = ["key", "sha256", "text_sha256", "characters", "suffix", "about", "owner"]
"""What joining needs of every document."""
OF_TASKS = ["key", "document", "policy_key", "kind", "theme_heading", "order", "owner"]
"""What `has_task` and `graph.assemble.theme_rows.join_themes` need of every task."""
OF_LINKS = ["source", "target", "score", "judgement", "owner"]
"""What `graph.assemble.theme_rows.join_themes` needs of every correspondence."""


@dataclass(frozen=True, slots=True, order=True)
class DocumentPair:
    """Two documents whose tasks are to be aligned; `fingerprint` is of all that the outcome rests on.

    `parts` are the policies to compare, each as its place (0-based) among those the child and the parent hold; `related`
    tells that a person said of two of them that the one carries out the other.
    """

    child: str
    parent: str
    parts: tuple[tuple[int, int], ...]
    fingerprint: str
    related: bool = False

    @property
    def owner(self) -> str:
        """The value of the column `owner` in this pair's rows."""
        return f"{self.child}{PAIR_MARK}{self.parent}"

    @property
    def row(self) -> SnapshotRow:
        """The pair's row in the table Pair."""
        return {"child": self.child, "parent": self.parent, "fingerprint": self.fingerprint}


@dataclass(frozen=True, slots=True)
class Joined:
    """Rows that no single document owns, by table; the policies behind them; the pairs of documents to align.

    `moved` tells of each unit that a person said is another the key of the one that stays.
    """

    rows: dict[str, list[SnapshotRow]]
    policies: Policies
    pairs: list[DocumentPair]
    moved: Mapping[str, str]


def join_documents(
    documents: pa.Table, mentions: pa.Table, uses: pa.Table, counts: Mapping[str, int], decisions: Decisions
) -> Joined:
    """Return the policies, units and places of all documents, and the pairs to align; the order of documents does not matter.

    `documents` has the columns `OF_DOCUMENTS`, `mentions` and `uses` are whole tables (Mention, UnitUse), `counts` tells
    of each document how many tasks it has, 0 where it is not named, `decisions` what a person said.
    """
    rows: dict[str, list[SnapshotRow]] = defaultdict(list)
    listed = documents.to_pylist()
    said = in_order("Mention", mentions).to_pylist()
    sizes = {row["key"]: (counts.get(row["key"], 0), row["characters"]) for row in listed}
    named = printed_names(uses).to_pylist()
    moved = moved_units(named, decisions.units)
    texts = {row["key"]: row["text_sha256"] for row in listed}
    apart = keys_apart(said, texts)
    said = [row | {"key": apart.get((row["document"], row["key"]), row["key"])} for row in said]
    policies = join_policies(said, same_policies(said), sizes, texts, decisions.policies, moved, apart)
    places = [row["target"] for row in policies.rows["APPLIES_IN"]]
    for found in (policies.rows, join_units(named, places, moved, decisions.units)):
        for name, more in found.items():
            rows[name] += more
    pairs = _pairs(listed, policies, decisions)
    rows["Pair"] = [one.row for one in pairs]
    return Joined(rows, policies, pairs, moved)


def printed_names(uses: pa.Table) -> pa.Table:
    """Return each way to print a unit's name once, in order: how many documents use it says nothing of the unit."""
    columns = [name for name in tables()["UnitUse"].columns if name != "owner"]
    once = uses.select(columns).group_by(columns).aggregate([])
    once = once.append_column("owner", pa.nulls(once.num_rows, pa.string()))
    return in_order("UnitUse", once.select(list(tables()["UnitUse"].columns)))


def task_counts(tasks: pa.Table) -> dict[str, int]:
    """Return the number of tasks of each document that has any."""
    return {one["values"]: one["counts"] for one in pc.value_counts(tasks["document"]).to_pylist()}


def has_task(tasks: pa.Table, policies: Policies) -> pa.Table:
    """Return the table HAS_TASK of tasks (columns `OF_TASKS`)."""
    tasks = tasks.filter(pc.is_valid(tasks["policy_key"])).combine_chunks()
    encoded = pc.dictionary_encode(tasks["policy_key"].combine_chunks())
    moved = pa.array([policies.of(key) for key in encoded.dictionary.to_pylist()], type=pa.string())
    source = moved.take(encoded.indices)
    if policies.apart:
        named = zip(tasks["policy_key"].to_pylist(), tasks["document"].to_pylist(), strict=True)
        source = pa.array([policies.of(key, document) for key, document in named], type=pa.string())
    order = pc.cast(tasks["order"], pa.string())
    columns = {
        "key": pc.binary_join_element_wise("HAS_TASK ", source, " -> ", tasks["key"], " #", order, ""),
        "source": source,
        "target": tasks["key"],
        "order": tasks["order"],
        "owner": tasks["owner"],
    }
    return pa.table(columns, schema=arrow_schema(tables()["HAS_TASK"]))


def assigned(links: pa.Table, moved: Mapping[str, str]) -> pa.Table:
    """Return rows of ASSIGNED_TO, each ending at the unit that stays of those that are one (`Joined.moved`).

    The key of a link goes on to name the unit that its document means, whatever anybody says later: from it the link
    finds back when a word is taken back.
    """
    order = pc.cast(links["order"], pa.string())
    ends = (links["source"], " -> ", links["target"], " #", order)
    other = pc.not_equal(pc.binary_join_element_wise("ASSIGNED_TO ", *ends, ""), links["key"])
    if not pc.any(other).as_py() and not (moved and pc.any(pc.is_in(links["target"], _texts(moved))).as_py()):
        return links
    targets = []
    for row in links.select(["key", "source", "target", "order"]).to_pylist():
        start, end = f"ASSIGNED_TO {row['source']} -> ", f" #{row['order']}"
        said = row["key"].removeprefix(start).removesuffix(end)
        targets.append(moved.get(said, said))
    return links.set_column(links.schema.get_field_index("target"), "target", pa.array(targets, pa.string()))


def _texts(listed: Iterable[str]) -> pa.Array:
    return pa.array(list(listed), type=pa.string())


def _pairs(documents: Sequence[SnapshotRow], policies: Policies, decisions: Decisions) -> list[DocumentPair]:
    """Return the pairs of documents along IMPLEMENTS, also through policies that are not held, in order."""
    row_of = {row["key"]: row for row in documents}
    between: dict[tuple[str, str], set[tuple[int, int]]] = defaultdict(set)
    confirmed = {(row["source"], row["target"]) for row in policies.rows["IMPLEMENTS"] if row.get("judgement")}
    decided: set[tuple[str, str]] = set()
    for child, holding in policies.documents.items():
        for above in policies.held_above(child):
            for lower in holding:
                for upper in policies.documents[above]:
                    if lower != upper:
                        if (child, above) in confirmed:
                            decided.add((lower, upper))
                        between[lower, upper] |= set(
                            product(policies.places[child, lower], policies.places[above, upper])
                        )
    pairs = []
    for (lower, upper), parts in sorted(between.items()):
        said = _fingerprint(row_of[lower], row_of[upper], decisions)
        listed, related = tuple(sorted(parts)), (lower, upper) in decided
        rests = f"{said} {' '.join(f'{c}-{p}' for c, p in listed)}{' related' if related else ''}"
        pairs.append(DocumentPair(lower, upper, listed, rests, related))
    return pairs


def _fingerprint(child: SnapshotRow, parent: SnapshotRow, decisions: Decisions) -> str:
    """Return a digest of everything that the links of two documents (rows of Document) rest on."""
    decided = decisions.digest_between(child["key"], parent["key"])
    read = [row[name] or "" for row in (child, parent) for name in ("sha256", "suffix", "about")]
    said = "\n".join((*read, decided))
    return hashlib.sha256(said.encode()).hexdigest()[:16]
