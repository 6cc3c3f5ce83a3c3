"""The transactions that write a graph into a Neo4j database, each bounded: all of it into an empty one, or what changed.

What `steps` yields may be run on whatever an interrupted push left: nodes are merged by key, links by key between
their ends, and all evidence of a subject is deleted and created in one transaction.
"""

from collections.abc import Iterable, Iterator, Sequence

from graph.errors import StoreError
from graph.schema.vocabulary import schema
from graph.snapshot.arrow_columns import plain_rows
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.tables import LINK, NODE, names_of, tables
from graph.store.changes import LOOSE, Changes, StoredRow
from graph.store.neo4j_server.bolt_connection import Statement

BATCH = 5_000
"""Rows of one transaction."""
WEIGHT = 4_000_000
"""Characters of text in one transaction, about."""


class Ends:
    """The labels of the keys at the ends of links: a pattern needs them so that an index finds the node."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Read the keys of the labels that share an end with others, but for the largest of them."""
        kinds = schema().edges.values()
        shared = {label for kind in kinds for ends in (kind.source, kind.target) if len(ends) > 1 for label in ends}
        self._sizes = {label: snapshot.count(label) for label in shared}
        largest = max(shared, key=lambda label: self._sizes[label], default="")
        self._keys = {
            label: {
                key for part in snapshot.parts(label) for key in snapshot.part(label, part, ["key"])["key"].to_pylist()
            }
            for label in sorted(shared - {largest})
        }

    def label(self, labels: Sequence[str], key: str) -> str:
        """Return the one of the labels that a node with this key has."""
        for label in labels[:-1] if len(labels) == 1 else labels:
            if key in self._keys.get(label, ()):
                return label
        # None of the small ones: the largest, or nothing at all, which shows when the link is not made.
        return next((label for label in labels if label not in self._keys), labels[-1])


# -- all of it


def fill(snapshot: Snapshot, owner: str) -> Iterator[tuple[int, Statement]]:
    """Yield the transactions that write a snapshot into a database that holds none of it, each with its rows."""
    for name in (*names_of(NODE), *LOOSE):
        for rows in _batches(snapshot, name):
            yield len(rows), (_CREATE[name], {"rows": rows, "owner": owner})
    ends = Ends(snapshot)
    for kind in names_of(LINK):
        for rows in _batches(snapshot, kind):
            for statement, part in _between(kind, rows, ends):
                yield len(part), (f"{statement} {_create_link(kind)}", {"rows": part})


def _literal(name: str) -> str:
    """Return the properties of a row as a map, written out: that is faster than a map that comes with the row."""
    columns = [column for column in tables()[name].public if column not in ("source", "target")]
    return ", ".join(f"`{column}`: row.`{column}`" for column in columns)


_CREATE = {
    name: f"UNWIND $rows AS row CREATE (n:{name} {{_store: $owner, {_literal(name)}}}) RETURN count(*)"
    for name in (*names_of(NODE), *LOOSE)
}


def _create_link(kind: str) -> str:
    return f"CREATE (a)-[:{kind} {{{_literal(kind)}}}]->(b) RETURN count(*)"


def _between(kind: str, rows: Iterable[StoredRow], ends: Ends) -> Iterator[tuple[str, list[StoredRow]]]:
    """Yield the beginning of a statement for each pair of labels that links of a kind join, with its rows."""
    known = schema().edges[kind]
    parts: dict[tuple[str, str], list[StoredRow]] = {}
    if len(known.source) == len(known.target) == 1:
        parts[known.source[0], known.target[0]] = list(rows)
    else:
        for row in rows:
            labels = ends.label(known.source, row["source"]), ends.label(known.target, row["target"])
            parts.setdefault(labels, []).append(row)
    for (source, target), part in sorted(parts.items()):
        yield (
            f"UNWIND $rows AS row MATCH (a:{source} {{key: row.source}}) MATCH (b:{target} {{key: row.target}})",
            part,
        )


def _batches(snapshot: Snapshot, name: str) -> Iterator[list[StoredRow]]:
    for batch in snapshot.record_batches(name, BATCH):
        rows = plain_rows(batch)
        # A text has no more characters than bytes: most batches need no second look.
        yield from (rows,) if batch.nbytes <= WEIGHT else _bounded(rows)


def _bounded(rows: Sequence[StoredRow]) -> Iterator[list[StoredRow]]:
    """Yield the rows in lists that one transaction bears: by their number, and by the length of their texts."""
    held: list[StoredRow] = []
    weight = 0
    for row in rows:
        more = sum(len(value) for value in row.values() if isinstance(value, str))
        if held and (len(held) >= BATCH or weight + more > WEIGHT):
            yield held
            held, weight = [], 0
        held.append(row)
        weight += more
    if held:
        yield held


# -- what changed


def steps(changes: Changes, snapshot: Snapshot, owner: str) -> Iterator[tuple[int, list[Statement]]]:
    """Yield the transactions that turn what is there into `snapshot`, each with its rows."""
    ends = Ends(snapshot)
    for kind in names_of(LINK):
        for rows in _bounded(changes.gone.get(kind, ())):
            yield len(rows), list(_cut(kind, rows, owner))
    yield from _evidence(changes, owner)
    for label in ("Issue", *names_of(NODE)):
        text = f"UNWIND $rows AS row MATCH (n:{label} {{key: row}}) WHERE n._store = $owner DETACH DELETE n RETURN count(*)"
        for rows in _bounded(changes.gone.get(label, ())):
            yield len(rows), [(text, {"rows": [row["key"] for row in rows], "owner": owner})]
    for label in (*names_of(NODE), "Issue"):
        text = (
            f"UNWIND $rows AS row MERGE (n:{label} {{key: row.key}}) ON CREATE SET n._store = $owner"
            " WITH n, row WHERE n._store = $owner SET n = row, n._store = $owner RETURN count(*)"
        )
        for rows in _bounded([*changes.other.get(label, ()), *changes.new.get(label, ())]):
            yield len(rows), [(text, {"rows": rows, "owner": owner})]
    for kind in names_of(LINK):
        for rows in _bounded(changes.new.get(kind, ())):
            found = list(_between(kind, rows, ends))
            texts = [(f"{text} {_MERGE[kind]}", [_own(row) for row in part]) for text, part in found]
            yield len(rows), [(text, {"rows": part, "owner": owner}) for text, part in texts]


_MERGE = {
    kind: (
        "WHERE a._store = $owner AND b._store = $owner"
        f" MERGE (a)-[r:{kind} {{key: row.key}}]->(b) SET r = row.own RETURN count(*)"
    )
    for kind in names_of(LINK)
}


def _own(row: StoredRow) -> StoredRow:
    own = {name: value for name, value in row.items() if name not in ("source", "target")}
    return {"key": row["key"], "source": row["source"], "target": row["target"], "own": own}


def _cut(kind: str, rows: Sequence[StoredRow], owner: str) -> Iterator[Statement]:
    """Yield the statements that delete links, one for each label of their sources: the snapshot may hold these no more."""
    wanted = [{"key": row["key"], "source": row["source"]} for row in rows]
    for label in schema().edges[kind].source:
        text = (
            f"UNWIND $rows AS row MATCH (a:{label} {{key: row.source}})-[r:{kind} {{key: row.key}}]->()"
            " WHERE a._store = $owner DELETE r RETURN count(*)"
        )
        yield text, {"rows": wanted, "owner": owner}


def _evidence(changes: Changes, owner: str) -> Iterator[tuple[int, list[Statement]]]:
    rows: dict[str, list[StoredRow]] = {row["key"]: [] for row in changes.gone.get("Evidence", ())}
    for row in changes.new.get("Evidence", ()):
        rows.setdefault(row["subject"], []).append(row)
    away = (
        "UNWIND $subjects AS subject MATCH (e:Evidence {subject: subject}) WHERE e._store = $owner"
        " DELETE e RETURN count(*)"
    )
    subjects: list[str] = []
    held: list[StoredRow] = []

    def step() -> tuple[int, list[Statement]]:
        found: list[Statement] = [(away, {"subjects": subjects, "owner": owner})]
        found += [(_CREATE["Evidence"], {"rows": held, "owner": owner})] if held else []
        return len(subjects) + len(held), found

    for subject, own in rows.items():
        subjects.append(subject)
        held += own
        if len(subjects) + len(held) >= BATCH:
            yield step()
            subjects, held = [], []
    if subjects:
        yield step()


# -- whether it came out


def came_short(statements: Sequence[Statement], made: Sequence[int]) -> bool:
    """Tell whether rows found a node of somebody else in their place, or no end for their link, and were left out."""
    return any(
        " MERGE (" in text and number < len(given.get("rows", ()))
        for (text, given), number in zip(statements, made, strict=True)
    )


def check_links(rows: int, written: int, statement: Statement) -> None:
    """Refuse a graph in which a link ends nowhere.

    Raises:
        StoreError: fewer links were written than there are rows.
    """
    if written != rows:
        kind = statement[0].rpartition("[")[2].partition("{")[0].lstrip("r:").strip()
        raise StoreError(
            "{lost} links ({kind}) end at nodes that are not in the graph; rebuild with zhengmai build",
            lost=rows - written,
            kind=kind,
        )
