"""The vocabulary: its files against each other, against the records, and against the tables made of it."""

from typing import get_args

import pytest

from graph import model
from graph.schema.vocabulary import BASE_TYPES, VocabularyKind, schema
from graph.snapshot.tables import LINK, NODE, RAW, RECORD, names_of, tables

KINDS = [*schema().nodes.values(), *schema().edges.values()]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_has_words_in_both_languages_and_lists_what_it_requires(kind: VocabularyKind) -> None:
    assert set(kind.label) == {"zh", "en"}
    assert all(kind.label.values())
    assert set(kind.required) <= set(kind.properties)
    assert bool(kind.source) == bool(kind.target)


def test_one_property_name_has_one_type() -> None:
    found: dict[str, set[str]] = {}
    for kind in KINDS:
        for name, type_name in kind.properties.items():
            base = type_name if type_name in BASE_TYPES else "text"
            found.setdefault(name, set()).add(base)
    assert {name: types for name, types in found.items() if len(types) > 1} == {}


@pytest.mark.parametrize(
    ("values", "literal"),
    [
        ("level", model.Level),
        ("task_kind", model.TaskKind),
        ("unit_role", model.Role),
        ("unit_scope", model.AssignmentScope),
        ("held", model.Held),
        ("relation", model.Relation),
        ("judgement", model.Judgement),
        ("deadline_kind", model.DeadlineKind),
        ("comparator", model.Comparator),
    ],
)
def test_closed_lists_are_those_of_the_records(values: str, literal: object) -> None:
    assert tuple(schema().values[values]) == get_args(literal)


def test_every_value_has_words_in_both_languages() -> None:
    for values in schema().values.values():
        for words in values.values():
            assert set(words) == {"zh", "en"}


def test_every_kind_has_a_table_and_every_table_an_order() -> None:
    assert names_of(NODE) == tuple(schema().nodes)
    assert names_of(LINK) == tuple(schema().edges)
    for spec in tables().values():
        assert set(spec.sort) <= set(spec.columns)
        assert set(spec.private) <= set(spec.columns)
        assert "owner" in spec.private
        assert set(spec.columns.values()) <= set(BASE_TYPES)
    assert len(tables()) == len(names_of(NODE)) + len(names_of(LINK)) + len(names_of(RECORD)) + len(names_of(RAW))


def test_stores_see_the_vocabulary_and_nothing_else() -> None:
    for kind in KINDS:
        head = {"key", "source", "target"} if kind.source else {"key", "name"}
        assert set(tables()[kind.name].public) == head | set(kind.properties)
