"""The graph on a Neo4j server as py2neo's objects, for notebooks that have py2neo: `pip install 'zhengmai[py2neo]'`.

py2neo is at its end of life: its author said so in 2023 and took it from the registry; what is there is a copy that its
new owner put back, unchanged since 2021. It knows servers up to 4.4 by its own words; what is here runs on 5.26, which a
test shows, and may end with any later server. New work takes `zhengmai.open_store` or the official driver.

The objects are for reading. What is pushed through them is not in the documents, and the next `zhengmai push` takes it
away again.

```python
graph = connect("neo4j://localhost:7687")
task = Task.match(graph, "yunxi/2.1.1").first()
[(unit.name, task.units.get(unit, "role")) for unit in task.units]
```
"""

import os
from typing import Any

from graph.errors import StoreError, one_line
from graph.store.address import BoltAddress

try:
    from py2neo import Graph
    from py2neo.errors import ClientError, ConnectionUnavailable, Neo4jError
    from py2neo.ogm import GraphObject, Property, RelatedFrom, RelatedTo
except ImportError as error:
    raise ImportError("py2neo is not installed: pip install 'zhengmai[py2neo]'") from error

__all__ = ["Policy", "Target", "Task", "Theme", "Unit", "UnitGroup", "connect"]

# The server's answer names the reason by a code; it may hold the user's name, which no message of ours does.
_REFUSED = ("Security.", "authentication")


def connect(address: str) -> Any:  # noqa: ANN401 - py2neo carries no types
    """Return py2neo's graph of the server at an address; credentials come from NEO4J_USERNAME and NEO4J_PASSWORD.

    Raises:
        StoreError: no server answers, or it refuses the credentials.
    """
    parts = BoltAddress.read(address)
    user, password = os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD")
    given = {"auth": (user, password)} if password else {}
    try:
        graph = Graph(parts.uri, name=parts.database, **given)
        graph.run("RETURN 1").evaluate()
    except (ConnectionUnavailable, ClientError, Neo4jError, OSError) as error:
        # Of wrong credentials py2neo says that the connection is gone, and what the server said stands behind it.
        if any(word in f"{error} {error.__context__}" for word in _REFUSED):
            raise StoreError(
                "{shown}: the server refuses these credentials; set NEO4J_USERNAME and NEO4J_PASSWORD",
                shown=parts.shown,
            ) from error
        if isinstance(error, ConnectionUnavailable | OSError):
            raise StoreError("{shown}: no server answers there", shown=parts.shown) from error
        raise StoreError("{shown}: the server failed: {said}", shown=parts.shown, said=one_line(error)) from error
    return graph


class _Kept(GraphObject):  # type: ignore[misc]
    """The properties that every node has."""

    __primarykey__ = "key"

    key = Property()
    name = Property()


class Policy(_Kept):
    """A policy with its tasks, those that it carries out (`implements`) and those that carry it out."""

    title = Property()
    doc_number = Property()
    genre = Property()
    level = Property()
    issued = Property()
    period_start = Property()
    period_end = Property()
    held = Property()

    tasks = RelatedTo("Task", "HAS_TASK")
    implements = RelatedTo("Policy", "IMPLEMENTS")
    implemented_by = RelatedFrom("Policy", "IMPLEMENTS")
    issuers = RelatedTo("Unit", "ISSUED_BY")


class Task(_Kept):
    """A task with its units, theme and targets, the tasks that it derives from and those that derive from it."""

    document = Property()
    kind = Property()
    title = Property()
    text = Property()
    path = Property()
    deadline_raw = Property()
    deadline_kind = Property()
    deadline_start = Property()
    deadline_end = Property()

    policies = RelatedFrom("Policy", "HAS_TASK")
    units = RelatedTo("Unit", "ASSIGNED_TO")
    themes = RelatedTo("Theme", "IN_THEME")
    targets = RelatedTo("Target", "HAS_TARGET")
    derives_from = RelatedTo("Task", "DERIVES_FROM")
    derived = RelatedFrom("Task", "DERIVES_FROM")


class Unit(_Kept):
    """A unit with its tasks and its counterparts above (`counterparts`) and below."""

    function = Property()
    form = Property()

    tasks = RelatedFrom("Task", "ASSIGNED_TO")
    counterparts = RelatedTo("Unit", "COUNTERPART_OF")
    counterparts_below = RelatedFrom("Unit", "COUNTERPART_OF")


class UnitGroup(_Kept):
    """Several units under one name, such as all towns."""

    stands_for = Property()

    tasks = RelatedFrom("Task", "ASSIGNED_TO")


class Theme(_Kept):
    """A theme of a family with its tasks."""

    family = Property()

    tasks = RelatedFrom("Task", "IN_THEME")


class Target(_Kept):
    """A number that a task sets."""

    text = Property()
    quantity = Property()
    comparator = Property()
    value = Property()
    unit = Property()
    end = Property()
