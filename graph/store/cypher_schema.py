"""Constraints and indexes of a Neo4j database, from the vocabulary; what is there and not ours is left alone and said."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import StoreError
from graph.store.changes import LOOSE
from graph.tables import LINK, NODE, names_of

if TYPE_CHECKING:
    from graph.store.cypher import CypherStore

LABELS = (*names_of(NODE), *LOOSE)
"""The labels of our nodes."""
FULL_TEXT = {"task_text": ("Task", "text"), "policy_title": ("Policy", "title")}
"""The full-text indexes, by the names that queries call them: the property that each holds."""
_WAIT = 600  # seconds for indexes of a large graph to fill


@dataclass(frozen=True, slots=True)
class Rule:
    """One constraint or index: its name, the label and property that it is of, and how it is made."""

    name: str
    label: str
    column: str
    kind: str
    text: str


def rules() -> Iterator[Rule]:
    """Yield what a graph of ours needs: unique keys, evidence by what it proves, texts by their words."""
    for label in (*names_of(NODE), "Issue"):
        name = f"zhengmai_{label.lower()}_key"
        made = f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.key IS UNIQUE"
        yield Rule(name, label, "key", "UNIQUENESS", made)
    made = "CREATE INDEX zhengmai_evidence_subject IF NOT EXISTS FOR (n:Evidence) ON (n.subject)"
    yield Rule("zhengmai_evidence_subject", "Evidence", "subject", "RANGE", made)
    for name, (label, column) in FULL_TEXT.items():
        # The analyzer for Chinese takes every two characters that stand together for a word.
        made = (
            f"CREATE FULLTEXT INDEX {name} IF NOT EXISTS FOR (n:{label}) ON EACH [n.{column}]"
            " OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}"
        )
        yield Rule(name, label, column, "FULLTEXT", made)


def check(store: "CypherStore", owner: str, now: Mapping[str, int], left: Mapping[str, int]) -> None:
    """Refuse a database in which a label, constraint or index of ours belongs to somebody else.

    `now` are the nodes of each label, `left` those that the last push left: while they are the same, nobody has added
    any.

    Raises:
        StoreError: something is not ours; the line says what.
    """
    where = store.address.shown
    ours = {rule.name: rule for rule in rules()}
    listed = store.rows("SHOW CONSTRAINTS YIELD name, type, labelsOrTypes, properties ORDER BY name")
    for name, _, labels, columns in listed:
        if set(labels or ()) & {*LABELS, *names_of(LINK)} and not _same(ours.get(name), labels, columns):
            held = f"{', '.join(labels)}({', '.join(columns)})"
            raise StoreError(
                "{where}: the constraint {name} on {held} belongs to somebody else; push into another database",
                where=where, name=name, held=held,
            )
    for name, labels, columns in store.rows("SHOW INDEXES YIELD name, labelsOrTypes, properties ORDER BY name"):
        if name in ours and not _same(ours[name], labels, columns):
            raise StoreError(
                "{where}: the index {name} belongs to somebody else; push into another database", where=where, name=name
            )
    for label in LABELS:
        if now[label] and now[label] != left.get(label):
            text = f"MATCH (n:{label}) WHERE n._store IS NULL OR n._store <> $owner RETURN count(n)"
            (foreign,) = store.rows(text, owner=owner)[0]
            if foreign:
                raise StoreError(
                    "{where}: {foreign} nodes labelled {label} belong to somebody else; push into another database",
                    where=where, foreign=foreign, label=label,
                )


def _same(rule: Rule | None, labels: Sequence[str] | None, columns: Sequence[str] | None) -> bool:
    return rule is not None and list(labels or ()) == [rule.label] and list(columns or ()) == [rule.column]


def make(store: "CypherStore", *, full_text: bool) -> None:
    """Make the constraints and indexes that are not there; the full-text ones too where asked, and wait for all.

    Raises:
        StoreError: the server cannot make one.
    """
    there = {name for (name,) in store.rows("SHOW INDEXES YIELD name")}
    wanted = [one for one in rules() if one.name not in there and (full_text or one.kind != "FULLTEXT")]
    if not wanted:
        return
    for rule in wanted:
        store.rows(rule.text)
    store.rows("CALL db.awaitIndexes($seconds)", seconds=_WAIT)
