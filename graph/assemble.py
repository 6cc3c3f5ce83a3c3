"""From what each document says to one graph: rows of documents joined, links between documents made or taken over.

The rows that belong to a document come as tables; here they are only put together. What several documents say
together (policies, units, families, themes, correspondences) is worked out anew, from small tables, each time;
correspondences of a pair of documents are taken over from the graph before where nothing they rest on changed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from graph.policy_rows import Policies, join_policies
from graph.snapshot import Snapshot, arrow_schema, empty_table, in_order, table_of
from graph.tables import tables
from graph.unit_rows import join_units

Row = dict[str, Any]
Tables = Mapping[str, pa.Table]
TaskLink = tuple[str, str, float]
PAIR_MARK = "\t"
# Tables whose rows, all or some, belong to one document.
LOCAL = (
    "Document", "Text", "Issue", "Mention", "UnitUse", "Task", "Target", "HAS_TARGET", "ASSIGNED_TO", "DETAILS",
    "PART_OF", "Evidence",
)  # fmt: skip
_PAIRED = ("DERIVES_FROM", "Evidence")


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two documents whose tasks are to be aligned; `fingerprint` is of all that the outcome rests on.

    `parts` are the policies to compare, each as its place (0-based) among those the child and the parent hold.
    """

    child: str
    parent: str
    parts: tuple[tuple[int, int], ...]
    fingerprint: str

    @property
    def owner(self) -> str:
        """What stands in the column `owner` of this pair's rows."""
        return f"{self.child}{PAIR_MARK}{self.parent}"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with tasks below it, in one document of a family."""

    document: str
    printed: str
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linking:
    """How documents are joined: each function is pure, and knows nothing of tables.

    `same` finds the mentions (rows of Mention) that mean one policy: key, key, rule. `themes` ties the headings of
    one family to themes, with the links of its tasks (child, parent, score): for each heading the theme's name, or
    None. `align` returns the tables DERIVES_FROM and Evidence of the given pairs. `fingerprint` is of two documents' content, rules and decisions.
    """

    same: Callable[[Sequence[Row]], Iterable[tuple[str, str, str]]]
    themes: Callable[[Sequence[Heading], Sequence[TaskLink]], Sequence[str | None]]
    align: Callable[[Sequence[Pair]], Iterable[Tables]]
    fingerprint: Callable[[Row, Row], str]


def assemble(
    local: Tables, linking: Linking, *, rules: str, decisions: str = "", before: Snapshot | None = None
) -> Snapshot:
    """Return the graph of the documents whose own rows are `local` (the tables named in `LOCAL`).

    `before` is a graph made with the same rules, whose pairs are taken over where their fingerprint is the same.
    """
    made: dict[str, list[pa.Table]] = defaultdict(list)
    for name in LOCAL:
        made[name].append(local[name])
    policies = join_policies(mentions := local["Mention"].to_pylist(), linking.same(mentions), _sizes(local))
    _add(made, policies.rows)
    places = [row["target"] for row in policies.rows["APPLIES_IN"]]
    _add(made, join_units(local["UnitUse"].to_pylist(), places))
    made["HAS_TASK"].append(_has_task(local["Task"], policies))
    pairs = _pairs(local["Document"], policies, linking)
    made["Pair"].append(
        table_of(
            "Pair",
            [{"child": one.child, "parent": one.parent, "fingerprint": one.fingerprint} for one in pairs],
        )
    )
    for found in _aligned(pairs, linking, before):
        for name, table in found.items():
            made[name].append(table)
    _add(made, _theme_rows(local["Task"], _links(made["DERIVES_FROM"]), policies, linking))
    return Snapshot({name: _joined(name, made[name]) for name in tables()}, rules=rules, decisions=decisions)


def _add(made: dict[str, list[pa.Table]], rows: Mapping[str, list[Row]]) -> None:
    for name, listed in rows.items():
        made[name].append(table_of(name, listed))


def _joined(name: str, parts: list[pa.Table]) -> pa.Table:
    if not parts:
        return empty_table(name)
    return in_order(name, pa.concat_tables(parts) if len(parts) > 1 else parts[0])


def _sizes(local: Tables) -> dict[str, tuple[int, int]]:
    """Return the number of tasks and characters of each document."""
    counts = pc.value_counts(local["Task"]["document"]).to_pylist()
    tasks = {one["values"]: one["counts"] for one in counts}
    listed = local["Document"].select(["key", "characters"]).to_pylist()
    return {row["key"]: (tasks.get(row["key"], 0), row["characters"]) for row in listed}


def _has_task(tasks: pa.Table, policies: Policies) -> pa.Table:
    tasks = tasks.filter(pc.is_valid(tasks["policy_key"]))
    encoded = tasks["policy_key"].combine_chunks().dictionary_encode()
    moved = pa.array([policies.of(key) for key in encoded.dictionary.to_pylist()], type=pa.string())
    source = moved.take(encoded.indices)
    order = pc.cast(tasks["order"], pa.string())
    key = pc.binary_join_element_wise("HAS_TASK ", source, " -> ", tasks["key"], " #", order, "")
    columns = {
        "key": key, "source": source, "target": tasks["key"], "order": tasks["order"], "owner": tasks["owner"],
    }  # fmt: skip
    return pa.table(columns, schema=arrow_schema(tables()["HAS_TASK"]))


# -- themes


def _links(parts: Sequence[pa.Table]) -> list[TaskLink]:
    """Return the correspondences that nobody rejected, in order."""
    found: list[TaskLink] = []
    for part in parts:
        kept = part.filter(pc.not_equal(part["judgement"], "rejected"))
        columns = (kept[name].to_pylist() for name in ("source", "target", "score"))
        found += zip(*columns, strict=True)
    return sorted(found)


def _theme_rows(
    tasks: pa.Table, links: Sequence[TaskLink], policies: Policies, linking: Linking
) -> Mapping[str, list[Row]]:
    """Return the themes of all families and which task is in which."""
    below: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    family_of: dict[str, str] = {}
    for row in tasks.select(["key", "document", "policy_key", "theme_heading"]).to_pylist():
        if row["policy_key"]:
            family = family_of[row["key"]] = policies.family[policies.of(row["policy_key"])]
            if row["theme_heading"]:
                below[family, row["document"], row["theme_heading"]].append(row["key"])
    families: dict[str, list[Heading]] = defaultdict(list)
    for (family, document, printed), keys in sorted(below.items()):
        families[family].append(Heading(document, printed, tuple(keys)))
    inside: dict[str, list[TaskLink]] = defaultdict(list)
    for link in links:
        inside[family_of[link[0]]].append(link)
    rows: dict[str, list[Row]] = defaultdict(list)
    for family, headings in families.items():
        _family_themes(rows, family, headings, linking.themes(headings, inside[family]))
    return rows


def _family_themes(
    rows: dict[str, list[Row]], family: str, headings: Sequence[Heading], names: Sequence[str | None]
) -> None:
    printed: dict[str, set[str]] = defaultdict(set)
    for heading, name in zip(headings, names, strict=True):
        if name is None:
            continue
        key = f"{family}:{name}"
        printed[name].add(heading.printed)
        for task in heading.tasks:
            rows["IN_THEME"].append({
                "key": f"IN_THEME {task} -> {key}", "source": task, "target": key,
                "printed_heading": heading.printed,
            })  # fmt: skip
    for name, words in printed.items():
        rows["Theme"].append({
            "key": f"{family}:{name}", "name": name, "family": family, "printed_headings": sorted(words),
        })  # fmt: skip


# -- correspondences


def _pairs(documents: pa.Table, policies: Policies, linking: Linking) -> list[Pair]:
    """Return the pairs of documents along IMPLEMENTS, also through policies that are not held."""
    row_of = {row["key"]: row for row in documents.to_pylist()}
    found: dict[tuple[str, str], set[tuple[int, int]]] = defaultdict(set)
    for child, holding in policies.documents.items():
        for above in policies.held_above(child):
            for one in holding:
                for two in policies.documents[above]:
                    if one != two:
                        found[one, two] |= set(product(policies.places[child, one], policies.places[above, two]))
    pairs = []
    for (one, two), parts in sorted(found.items()):
        said = linking.fingerprint(row_of[one], row_of[two])
        listed = tuple(sorted(parts))
        pairs.append(Pair(one, two, listed, f"{said} {' '.join(f'{c}-{p}' for c, p in listed)}"))
    return pairs


def _aligned(pairs: Sequence[Pair], linking: Linking, before: Snapshot | None) -> Iterable[Tables]:
    """Yield the rows of all pairs: those of the graph before that still hold, then the rest anew."""
    old = {} if before is None else {(row["child"], row["parent"]): row["fingerprint"] for row in before.rows("Pair")}
    same = [one for one in pairs if old.get((one.child, one.parent)) == one.fingerprint]
    if before is not None and same:
        owners = pa.array([one.owner for one in same], type=pa.string())
        for name in _PAIRED:
            table = before.table(name)
            yield {name: table.filter(pc.is_in(table["owner"], value_set=owners))}
    kept = {(one.child, one.parent) for one in same}
    fresh = [one for one in pairs if (one.child, one.parent) not in kept]
    if fresh:
        yield from linking.align(fresh)


def local_rows(before: Snapshot, without: Iterable[str]) -> dict[str, pa.Table]:
    """Return the rows of the documents of a graph, without those of the documents named."""
    gone = pa.array(sorted(without), type=pa.string())
    kept = {}
    for name in LOCAL:
        table = before.table(name)
        owner = table["owner"]
        mine = pc.and_(pc.is_valid(owner), pc.invert(pc.is_in(owner, value_set=gone)))
        if name in _PAIRED:
            mine = pc.and_(mine, pc.invert(pc.match_substring(owner, PAIR_MARK)))
        kept[name] = table.filter(pc.fill_null(mine, False))
    return kept
