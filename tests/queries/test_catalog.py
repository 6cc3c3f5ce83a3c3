import re

import pytest

from graph.schema.vocabulary import schema
from graph.store.protocol import Store
from queries.answer_rows import sort_value
from queries.catalog import GROUPS, Query, catalogue, find
from queries.faults import ParameterError, UnknownNameError
from queries.question_rows import ask, text_of
from queries.run import checked, run
from tests.sources import files

QUERIES = list(catalogue().values())
SINGLE = [query for query in QUERIES if not query.function]
# What the graph of the factories gives for every kind of thing a parameter may name.
NAMED = {
    "task": "lanjiang/1.1",
    "document": "lanjiang",
    "policy": "澜政发[2021]8号",
    "unit": "990100:水利局",
    "theme": "守护水源",
    "place": "云溪区",
    "subject": "lanjiang",
    "any": "lanjiang/1.1",
}
FILLED = {"date": "2022-06-30", "integer": "5", "boolean": "true", "text": "水源", "texts": "水源"}
PLAIN = {
    "level": "city",
    "kind": "measure",
    "role": "lead",
    "held": "full",
    "subjects": "lanjiang/1.1",
    "keys": "lanjiang/1.1",
    "units": "990100:水利局",
    "key": "lanjiang",
    "change": "tightened",
    "state": "overdue",
    "progress": "done",
    "code": "unit-rest",
    "family": "澜政发〔2021〕8号",
}


def values(query: Query, *, every: bool) -> dict[str, str]:
    return {
        param.name: NAMED[param.names] if param.names else PLAIN.get(param.name, FILLED[param.type])
        for param in query.params
        if every or param.required
    }


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_every_question_runs_and_gives_its_columns(query: Query, store: Store) -> None:
    answer = run(query, store, **values(query, every=False))
    assert answer.columns == query.names
    assert all(tuple(row) == query.names for row in answer.rows)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_every_question_runs_with_all_its_parameters(query: Query, store: Store) -> None:
    given = values(query, every=True)
    assert run(query, store, **given).columns == query.names


@pytest.mark.parametrize("query", SINGLE, ids=lambda query: query.name)
def test_what_the_store_gives_has_the_declared_columns_and_sort_keys(query: Query, store: Store) -> None:
    given = values(query, every=False)
    raw = ask(query, store, checked(query, given))
    for row in raw[:3]:
        assert set(query.names) <= set(row)
        hidden = {"document"} if "task" in query.names else set()
        assert {key.lstrip("-") for key in query.sort} <= set(row) | hidden
        assert all(value is None or isinstance(value, (str, int, float, bool)) for value in row.values())


@pytest.mark.parametrize("query", SINGLE, ids=lambda query: query.name)
def test_texts_are_bound_bounded_and_ordered(query: Query) -> None:
    text = text_of(query)
    used = set(re.findall(r"\$(\w+)", text))
    assert used == {param.name for param in query.params} | (used & {"passed_over", "narrow", "wide"})
    assert "ORDER BY" in text
    assert not re.search(r"\*(?:\]|\d*\.\.\])", text), "an unbounded path"
    head = text.splitlines()
    assert head[0].startswith("// ")
    assert head[1].startswith("// parameters: ")
    assert head[2].startswith("// columns: ")
    assert re.search(r"(?m)^RETURN\b", text)


def test_every_file_is_a_question_and_every_question_has_its_file() -> None:
    assert {path.stem for path in files("queries") if path.suffix == ".cypher"} == {query.name for query in SINGLE}


def test_labels_and_links_of_the_texts_are_of_the_vocabulary() -> None:
    known = {*schema().nodes, *schema().edges, "Evidence", "Issue"}
    for query in SINGLE:
        text = re.sub(r"'[^']*'|//[^\n]*", "", text_of(query))
        for named in re.findall(r"[(\[]\w*:([A-Za-z_|]+)", text):
            assert set(named.split("|")) <= known, query.name


def test_the_eight_groups_are_all_asked() -> None:
    assert {query.group for query in QUERIES} == set(GROUPS)
    assert {param.values for query in QUERIES for param in query.params if param.values} <= set(schema().values)
    assert all(query.zh and query.en for query in QUERIES)


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"start": "2022-13-01"}, "parameter_unread"),
        ({"strat": "2022-01-01"}, "parameter_unknown"),
        ({"start": "20220101"}, "parameter_unread"),
        ({"level": "市政府"}, "parameter_not_listed"),
    ],
)
def test_a_bad_parameter_is_named(params: dict[str, str], code: str, store: Store) -> None:
    with pytest.raises(ParameterError) as caught:
        run("due_between", store, **params)
    assert caught.value.code == code
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("word", ["county", "县", "县级", " County "])
def test_a_value_of_a_closed_list_may_be_given_in_any_language(word: str, store: Store) -> None:
    assert run("due_between", store, level=word).rows == run("due_between", store, level="county").rows != ()


def test_a_missing_parameter_is_named(store: Store) -> None:
    with pytest.raises(ParameterError, match="needs the parameter 'unit'"):
        run("unit_load", store)


def test_a_misspelt_question_is_guessed() -> None:
    with pytest.raises(UnknownNameError, match="did you mean cascade") as caught:
        find("cascde")
    assert caught.value.exit_code == 3


def test_nothing_known_sorts_last_and_numbers_in_text_by_size() -> None:
    paths = ["yun/2.10", "yun/2.9", "yun/annex.2", "yun/10.1"]
    assert sorted(paths, key=lambda one: sort_value("task", one)) == ["yun/2.9", "yun/2.10", "yun/10.1", "yun/annex.2"]
    levels = [None, "town", "central", "city"]
    assert sorted(levels, key=lambda one: sort_value("level", one)) == ["central", "city", "town", None]
