"""Constraints and indexes of a Neo4j database, from the vocabulary; those of somebody else are never dropped or changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.errors import StoreError, UsageError
from graph.snapshot.tables import LINK, NODE, names_of
from graph.store.changes import LOOSE
from graph.store.neo4j_server.bolt_connection import BoltConnection

LABELS = (*names_of(NODE), *LOOSE)
"""The labels of our nodes."""
FULL_TEXT = {"task_text": ("Task", "text"), "policy_title": ("Policy", "title")}
"""The full-text indexes, by the names that queries call them: the property that each holds."""
_WAIT = 600  # seconds for indexes of a large graph to fill
_UNIQUE = "UNIQUENESS"
# The analyzer for Chinese takes every two characters that stand together for a word.
_ANALYZER = "cjk"


@dataclass(frozen=True, slots=True)
class Rule:
    """One constraint or index: its name, the label and property that it is of, and how it is made."""

    name: str
    label: str
    column: str
    kind: str
    text: str

    @property
    def analyzer(self) -> str:
        """The analyzer that splits texts into words; empty where the index is none of full text."""
        return _ANALYZER if self.kind == "FULLTEXT" else ""


@dataclass(frozen=True, slots=True)
class _Held:
    """One constraint or index that a database has."""

    name: str
    kind: str
    entity: str
    labels: list[str]
    columns: list[str]
    analyzer: str = ""
    constraint: str | None = None

    @property
    def place(self) -> str:
        return f"{', '.join(self.labels)}({', '.join(self.columns)})"

    def same_place(self, rule: Rule, kind: str) -> bool:
        """Tell whether the server takes this and the rule for one and the same, by whatever name and settings."""
        found = (self.kind, self.entity, self.labels, self.columns)
        return found == (kind, "NODE", [rule.label], [rule.column])

    def serves(self, rule: Rule) -> bool:
        """Tell whether this is the constraint, or the index, that the rule makes."""
        if self.name != rule.name or self.analyzer != rule.analyzer:
            return False
        return self.same_place(rule, _index(rule)) and bool(self.constraint) == (rule.kind == _UNIQUE)


def _index(rule: Rule) -> str:
    """Return the kind of the index that a rule makes: a unique key has one too."""
    return "RANGE" if rule.kind == _UNIQUE else rule.kind


def rules() -> Iterator[Rule]:
    """Yield the constraints and indexes that a graph of ours needs: unique keys, evidence by what it proves, texts by their words."""
    for label in (*names_of(NODE), "Issue"):
        name = f"zhengmai_{label.lower()}_key"
        statement = f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.key IS UNIQUE"
        yield Rule(name, label, "key", _UNIQUE, statement)
    statement = "CREATE INDEX zhengmai_evidence_subject IF NOT EXISTS FOR (n:Evidence) ON (n.subject)"
    yield Rule("zhengmai_evidence_subject", "Evidence", "subject", "RANGE", statement)
    for name, (label, column) in FULL_TEXT.items():
        statement = (
            f"CREATE FULLTEXT INDEX {name} IF NOT EXISTS FOR (n:{label}) ON EACH [n.{column}]"
            f" OPTIONS {{indexConfig: {{`fulltext.analyzer`: '{_ANALYZER}'}}}}"
        )
        yield Rule(name, label, column, "FULLTEXT", statement)


def check_rules(connection: BoltConnection) -> None:
    """Refuse a database in which somebody else's constraint or index stands where one of ours must.

    The server makes no second index of one kind for a label and property, whatever its name, and says nothing of it
    where it is told IF NOT EXISTS: so everything is looked at before anything is made.

    Raises:
        StoreError: something stands in the way; the line says what.
    """
    where = connection.address.shown
    ours = {rule.name: rule for rule in rules()}
    for held in _constraints(connection):
        rule = ours.get(held.name)
        # Any constraint on a label of ours could refuse what a push writes.
        if (rule or set(held.labels) & {*LABELS, *names_of(LINK)}) and not (rule and held.same_place(rule, rule.kind)):
            raise StoreError(
                "{where}: the constraint {name} on {held} belongs to somebody else; drop it, or push into another"
                " database",
                where=where,
                name=held.name,
                held=held.place,
            )
    for held in _indexes(connection):
        if any(_in_the_way(held, rule) for rule in ours.values()):
            raise StoreError(
                "{where}: the index {name} ({kind}) on {held} is in the way of ours; drop it, or push into another"
                " database",
                where=where,
                name=held.name,
                held=held.place,
                kind=" ".join(filter(None, (held.kind, held.analyzer))),
            )


def _in_the_way(one: _Held, rule: Rule) -> bool:
    return (one.name == rule.name or one.same_place(rule, _index(rule))) and not one.serves(rule)


def _constraints(connection: BoltConnection) -> Iterator[_Held]:
    text = "SHOW CONSTRAINTS YIELD name, type, entityType, labelsOrTypes, properties ORDER BY name"
    for name, kind, entity, labels, columns in connection.rows(text):
        # Cypher 25, which a newer server may be set to, calls it by another name.
        plain = _UNIQUE if kind == "NODE_PROPERTY_UNIQUENESS" else kind
        yield _Held(name, plain, entity, list(labels or ()), list(columns or ()))


def _indexes(connection: BoltConnection) -> Iterator[_Held]:
    text = (
        "SHOW INDEXES YIELD name, type, entityType, labelsOrTypes, properties, options, owningConstraint ORDER BY name"
    )
    for name, kind, entity, labels, columns, options, constraint in connection.rows(text):
        analyzer = ((options or {}).get("indexConfig") or {}).get("fulltext.analyzer", "")
        yield _Held(name, kind, entity, list(labels or ()), list(columns or ()), analyzer, constraint)


def make_rules(connection: BoltConnection, *, full_text: bool) -> None:
    """Make the constraints and indexes that are not there; the full-text ones too where asked, and wait for all.

    Raises:
        StoreError: the server cannot make one, or it is not there afterwards.
    """
    missing = _missing(connection, [one for one in rules() if full_text or one.kind != "FULLTEXT"])
    if not missing:
        return
    where = connection.address.shown
    for rule in missing:
        connection.rows(rule.text)
    try:
        connection.rows("CALL db.awaitIndexes($seconds)", seconds=_WAIT)
    except UsageError as error:
        # What a procedure complains of is else taken for a mistake of whoever typed the query.
        raise StoreError(
            "{where}: the indexes did not come about ({reason}); push again", where=where, reason=error
        ) from error
    if lost := _missing(connection, missing):
        raise StoreError(
            "{where}: {name} was not made; push again when nobody else makes constraints or indexes",
            where=where,
            name=lost[0].name,
        )


def _missing(connection: BoltConnection, wanted: Iterable[Rule]) -> list[Rule]:
    held = {one.name: one for one in _indexes(connection)}
    return [rule for rule in wanted if rule.name not in held or not held[rule.name].serves(rule)]
