"""Notes that point from an answer to another question, with the number of rows it has."""

from collections.abc import Mapping
from typing import Protocol, cast

from graph.store.protocol import Store
from queries.answer import Answer, Note
from queries.catalog import Query, find
from queries.question_rows import ParameterValue, ask

_MANY = 5_000
"""Where so many targets may have to be compared, counting them would take longer than the answer itself."""


class Asking(Protocol):
    """Asks a question of the catalogue (`queries.run.run`, which counts here)."""

    def __call__(self, query: Query, store: Store, **params: ParameterValue) -> Answer:
        """Return its answer."""
        ...


def further(see: str, store: Store, given: Mapping[str, ParameterValue], run: Asking) -> tuple[Note, ...]:
    """Return the note that counts the rows of a question on targets (`name parameter=value`); none where it has none.

    Parameters that both questions have go along. Where the graph has very many targets, the note names the question
    without asking it.
    """
    if cast(int, ask(find("dated_targets"), store, {})[0]["targets"]) > _MANY:
        return (Note(code="target_dates_many", values={"question": see}),)
    name, *fixed = see.split()
    other = find(name)
    own = {one.name: given.get(one.name) for one in other.params}
    count = len(run(other, store, **own | dict(word.split("=", 1) for word in fixed)))
    return (Note(code="target_dates", values={"count": count, "question": see}),) if count else ()
