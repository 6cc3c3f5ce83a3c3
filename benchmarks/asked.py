"""Which parameters each question of the catalogue is asked with: those that it needs, from the middle of what there is.

The words for people stand in `benchmarks.measured.layer`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeVar

from graph.schema.vocabulary import schema
from graph.snapshot.snapshot import Snapshot
from queries.catalog import Param, Query
from queries.question_rows import ParameterValue

_T = TypeVar("_T")
SEVERAL = 10
"""So many keys stand where a parameter takes several."""
_WORDS: Mapping[str, ParameterValue] = {"today": "2022-06-30"}


class Given:
    """What a snapshot gives for the parameters of questions; the same snapshot gives the same."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Look up what is needed of the tables."""
        links = sorted((str(row["source"]), str(row["target"])) for row in snapshot.rows("DERIVES_FROM"))
        self.child, self.parent = _middle(links)
        self.children = sorted(
            {_document(source) for source, target in links if _document(target) == _document(self.parent)}
        )
        self.tasks = _spread(sorted({key for pair in links for key in pair}))
        self._keys = {
            label: sorted(snapshot.table(label)["key"].to_pylist()) for label in schema().nodes if label != "Task"
        }
        title = next(row["title"] for row in snapshot.rows("Task") if row["key"] == self.child)
        self.word = str(title)[:2]
        quantities = Counter(row["quantity"] for row in snapshot.rows("Target") if row["quantity"])
        self.quantity = next((name for name, _ in quantities.most_common(1)), "")

    def of(self, query: Query) -> dict[str, ParameterValue]:
        """Return the parameters that a question needs."""
        return {param.name: self._value(query, param) for param in query.params if param.required}

    def middle(self, label: str) -> str:
        """Return the key in the middle of those of a kind."""
        return str(_middle(self._keys[label]))

    def _value(self, query: Query, param: Param) -> ParameterValue:
        if param.name in _WORDS:
            return _WORDS[param.name]
        if query.name == "indicator":
            return self.quantity
        if query.name in ("link_between", "connections"):
            return self.child if param.name in ("child", "start") else self.parent
        if param.name in ("text", "words"):
            return [self.word] if param.type == "texts" else self.word
        if param.name == "children":
            return self.children
        several = self._several(param.names or "task")
        if param.type == "texts":
            return several
        document = _document(self.parent)
        if param.names in ("document", "subject"):
            return document
        return self.child if param.names in (None, "task", "any") else _middle(several)

    def _several(self, kind: str) -> list[str]:
        labels = {"policy": "Policy", "unit": "Unit", "theme": "Theme", "place": "Jurisdiction", "document": "Document"}
        return _spread(self._keys[labels[kind]]) if kind in labels else self.tasks


def _document(task: str) -> str:
    return task.rpartition("/")[0]


def _middle(listed: Sequence[_T]) -> _T:
    return listed[len(listed) // 2]


def _spread(listed: Sequence[str]) -> list[str]:
    return list(listed[:: max(1, len(listed) // SEVERAL)][:SEVERAL])
