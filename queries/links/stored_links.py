"""The links of the cascade as rows: those that are stored, and those that two documents are found to have now."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from graph.store.protocol import AnswerRow, Store
from queries.answer import Answer, shaped
from queries.run import run

if TYPE_CHECKING:
    from graph.link.tasks.align_tasks import TaskLink

COLUMNS = ("child", "parent", "relation", "score")
"""What a link is told by, as in the annotations; their types are those of the question `links`."""


def stored_links(store: Store, document: str | None = None) -> Answer:
    """Return every stored link that no person rejected, or those of one document.

    Raises:
        NotFoundError: no document is named so, or several are.
    """
    answer = run("links", store, document=document)
    return Answer(name="links", columns=COLUMNS, rows=shaped(COLUMNS, answer.rows))


def aligned_links(links: "Iterable[TaskLink]") -> Answer:
    """Return links that were computed now as `stored_links` returns the stored ones."""
    rows: list[AnswerRow] = [
        {"child": link.child, "parent": link.parent, "relation": link.relation, "score": link.score} for link in links
    ]
    return Answer(name="links", columns=COLUMNS, rows=shaped(COLUMNS, rows))
