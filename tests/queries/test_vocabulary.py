from graph.schema.vocabulary import schema
from queries.catalog import catalogue
from queries.things.vocabulary_pages import kinds, questions


def test_every_kind_is_told_with_its_ends() -> None:
    rows = {row["name"]: row for row in kinds()}
    assert set(rows) == {*schema().nodes, *schema().edges}
    link = rows["DERIVES_FROM"]
    assert (link["kind"], link["from"], link["to"]) == ("link", "Task", "Task")
    assert link["zh"] != link["en"]
    assert rows["Task"]["from"] is None


def test_inner_questions_are_listed_only_when_wanted() -> None:
    inner = {query.name for query in catalogue().values() if query.inner}
    listed = questions()
    assert inner.isdisjoint(listed.column("question"))
    assert set(questions(inner=True).column("question")) == set(catalogue())
    assert listed.column("group") == sorted(listed.column("group"), key=int)  # type: ignore[arg-type]
    assert next(row for row in listed if row["question"] == "about")["parameters"] == "key:text!"
