"""The tasks of what a name means: of a document, of a policy in whatever documents, or of the document of a task."""

from graph.identity import TaskKey
from graph.store.protocol import Store
from queries.answer import Answer
from queries.names import subject
from queries.question_rows import ParameterValue
from queries.run import run


def tasks(store: Store, name: str | None = None, **filters: ParameterValue) -> Answer:
    """Return the tasks that fit the filters (parameters of the question `tasks`), all or those of what is named.

    Raises:
        NotFoundError: nothing is named so, or several things are.
        ParameterError: a filter is unknown or cannot be read.
    """
    return of_named(store, "tasks", name, **filters)


def of_named(store: Store, question: str, name: str | None = None, **filters: ParameterValue) -> Answer:
    """Return the answer of a question that takes `document` and `policies`, of all or of what is named.

    Raises:
        NotFoundError: nothing is named so, or several things are.
        ParameterError: a filter is unknown or cannot be read.
    """
    if not name:
        return run(question, store, **filters)
    asked = subject(store, name)
    if asked.task:
        return run(question, store, **filters, document=TaskKey.parse(asked.task).document)
    if asked.document:
        return run(question, store, **filters, document=asked.document)
    return run(question, store, **filters, policies=list(asked.policies))
