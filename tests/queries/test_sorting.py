"""Rows in declared order: all keys at once come to the same as one after the other."""

from random import Random

from graph.store.protocol import AnswerRow, Scalar
from queries.answer_rows import _one_by_one, sort_rows


def test_all_keys_at_once_and_one_by_one_are_the_same() -> None:
    chance = Random(1)
    values: dict[str, list[Scalar]] = {
        "task": [None, "yunxi/2", "yunxi/10", "yunxi/02", "yunxi/annex", ""],
        "hops": [None, 1, 2, 2.5, True],
        "level": ["city", "province", "county", "其他", None],
    }
    for _ in range(500):
        rows: list[AnswerRow] = [
            {name: chance.choice(listed) for name, listed in values.items()} | {"number": number}
            for number in range(chance.randint(0, 12))
        ]
        keys = chance.sample([*values, *(f"-{name}" for name in values)], chance.randint(0, 4))
        assert sort_rows(rows, keys) == _one_by_one(rows, keys)


def test_rows_that_are_equal_stay_as_they_came() -> None:
    rows: list[AnswerRow] = [
        {"task": "a", "n": 2},
        {"task": "a", "n": 1},
        {"task": None, "n": 3},
        {"task": "a", "n": 0},
    ]
    assert [row["n"] for row in sort_rows(rows, ["task"])] == [2, 1, 0, 3]
    assert [row["n"] for row in sort_rows(rows, ["-task"])] == [2, 1, 0, 3]
