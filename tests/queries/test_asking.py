"""What is asked once while a store is open: only of one that nobody else writes into."""

from typing import Any

import pytest

from graph.store.protocol import AnswerRow, Dialect, Parameters, Store
from queries.question_rows import passed_over


class Counting(Store):
    """A store that answers every question with one pair, and counts them."""

    dialect: Dialect = "cypher"

    def __init__(self, memo: dict[str, Any] | None) -> None:
        self.memo = memo
        self.asked = 0

    def ask(self, text: str, parameters: Parameters | None = None) -> list[AnswerRow]:
        self.asked += 1
        return [{"pair": "990102:水〔2022〕3号 yunxi"}]

    def close(self) -> None:
        """Hold nothing."""


@pytest.mark.parametrize(("memo", "asked"), [({}, 1), (None, 2)])
def test_what_is_passed_over_is_asked_again_where_others_may_write(memo: dict[str, Any] | None, asked: int) -> None:
    with Counting(memo) as store:
        assert passed_over(store) == passed_over(store) == ["990102:水〔2022〕3号 yunxi"]
        assert store.asked == asked
