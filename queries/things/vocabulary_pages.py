"""The vocabulary and the catalogue as rows: the kinds of nodes and links of the vocabulary, and the questions of the catalogue."""

from graph.schema.vocabulary import schema
from graph.store.protocol import AnswerRow
from queries.answer import Answer, shaped
from queries.catalog import catalogue, columns

KINDS = columns("kind name zh en from to properties required")
QUESTIONS = columns("group:integer question zh en parameters columns")


def kinds() -> Answer:
    """Return every kind of node and link: its label in both languages, its ends, its properties with their types."""
    known = schema()
    rows: list[AnswerRow] = []
    for listed, word in ((known.nodes, "node"), (known.edges, "link")):
        for kind in listed.values():
            properties = " ".join(f"{name}:{type_name}" for name, type_name in kind.properties.items())
            head: AnswerRow = {"kind": word, "name": kind.name, "zh": kind.label["zh"], "en": kind.label["en"]}
            ends: AnswerRow = {"from": " ".join(kind.source) or None, "to": " ".join(kind.target) or None}
            rows.append(head | ends | {"properties": properties or None, "required": " ".join(kind.required) or None})
    names = tuple(column.name for column in KINDS)
    return Answer(name="schema", columns=names, rows=shaped(names, rows), typed=KINDS)


def questions(*, inner: bool = False) -> Answer:
    """Return every question of the catalogue, group by group; with `inner` also those that others are made of.

    A parameter reads `name:type`, `!` behind one that must be given.
    """
    rows: list[AnswerRow] = []
    for query in sorted(catalogue().values(), key=lambda query: query.group):
        if query.inner and not inner:
            continue
        params = " ".join(f"{param.name}:{param.takes}{'!' if param.required else ''}" for param in query.params)
        head: AnswerRow = {"group": query.group, "question": query.name, "zh": query.zh, "en": query.en}
        rows.append(head | {"parameters": params, "columns": " ".join(query.names)})
    names = tuple(column.name for column in QUESTIONS)
    return Answer(name="questions", columns=names, rows=shaped(names, rows), typed=QUESTIONS)
