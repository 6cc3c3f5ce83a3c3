"""Indicators: the quantities that targets set, and one of them down the chain, each value beside the one above it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph.schema.vocabulary import order_of
from graph.store.protocol import AnswerRow, Scalar, Store
from queries.answer import Answer, shaped
from queries.answer_rows import sort_rows
from queries.catalog import Query, find
from queries.changes.fact_changes import date, paired
from queries.question_rows import ParameterValue, ask
from queries.run import run

_HOPS = 4
"""A chain is followed so many steps up and down: from the centre to a township."""
_Targets = dict[str, list[AnswerRow]]


def indicators(store: Store, query: Query, **params: ParameterValue) -> Answer:
    """Return one row for each quantity with a number and its unit of measure."""
    found: dict[tuple[str, Scalar], list[AnswerRow]] = {}
    for row in run("targets", store, **params).rows:
        if row["quantity"] is not None and row["value"] is not None:
            found.setdefault((str(row["quantity"]), row["unit"]), []).append(row)
    rows = [_summed(quantity, unit, targets) for (quantity, unit), targets in found.items()]
    return Answer(name=query.name, columns=query.names, rows=shaped(query.names, sort_rows(rows, query.sort)))


def _summed(quantity: str, unit: Scalar, targets: Sequence[AnswerRow]) -> AnswerRow:
    def several(name: str) -> set[str]:
        return {str(row[name]) for row in targets if row[name] is not None}

    values = [float(row["value"]) for row in targets if row["value"] is not None]
    ends, levels = sorted(several("end")), several("level")
    return {
        "quantity": quantity,
        "unit": unit,
        "targets": len(targets),
        "tasks": len(several("task")),
        "documents": len({task.rpartition("/")[0] for task in several("task")}),
        "levels": "、".join(level for level in order_of("level") if level in levels) or None,
        "places": len(several("place")),
        "least": min(values),
        "most": max(values),
        "from": ends[0] if ends else None,
        "to": ends[-1] if ends else None,
    }


def indicator(store: Store, query: Query, **params: ParameterValue) -> Answer:
    """Return the values of one quantity, chain by chain: each target followed by those of lower tasks that carry it.

    A chain begins at the uppermost target. What counts the same above and below in other words belongs to it too.
    """
    wanted = {name: params[name] for name in ("level", "place")}
    own = [
        row
        for row in run("targets", store, text=params["of"], **wanted).rows
        if row["quantity"] == params["of"] and params["measure"] in (None, row["unit"])
    ]
    chains = _Chains(store, [str(row["task"]) for row in own])
    rows = chains.below_each({str(row["target"]): row for row in own})
    return Answer(name=query.name, columns=query.names, rows=shaped(query.names, rows))


class _Chains:
    """The tasks that some tasks are linked with, up and down, and their targets."""

    def __init__(self, store: Store, tasks: Iterable[str]) -> None:
        """Follow the links from `tasks`."""
        self.parents: dict[str, list[str]] = {}
        known = list(dict.fromkeys(tasks))
        for question, near, far in (("derives_from", "task", "parent"), ("derived_from", "parent", "task")):
            edge = list(dict.fromkeys(tasks)) if near == "task" else list(known)
            for _ in range(_HOPS):
                linked = ask(find(question), store, {"tasks": edge}) if edge else []
                edge = [one for one in dict.fromkeys(str(row[far]) for row in linked) if one not in known]
                known += edge
                for row in linked:
                    above = self.parents.setdefault(str(row["task"]), [])
                    above += [str(row["parent"])] if str(row["parent"]) not in above else []
        self.targets: _Targets = {}
        for row in ask(find("targets_of_tasks"), store, {"tasks": known}) if known else ():
            self.targets.setdefault(str(row["task"]), []).append(row)
        self.by_key = {str(row["target"]): row for rows in self.targets.values() for row in rows}
        facts = ask(find("task_details"), store, {"tasks": list(self.targets)}) if self.targets else []
        self.facts = {str(row["task"]): row for row in facts}

    def below_each(self, own: Mapping[str, AnswerRow]) -> list[AnswerRow]:
        """Return the rows of all chains that hold one of `own`."""
        above = self._pairs()
        below: dict[str, list[str]] = {}
        for child, parents in above.items():
            for parent in parents:
                below.setdefault(parent, []).append(child)
        rows: list[AnswerRow] = []
        told: set[str] = set()
        for number, root in enumerate(self._roots(own, above), 1):
            rows += self._under(root, None, number, below, told)
        return rows

    def _pairs(self) -> dict[str, list[str]]:
        """Return the targets above each target."""
        found: dict[str, list[str]] = {}
        for child, parents in self.parents.items():
            for parent in parents:
                for upper, lower in paired(self.targets.get(parent, ()), self.targets.get(child, ())):
                    if lower is not None:
                        found.setdefault(str(lower["target"]), []).append(str(upper["target"]))
        return found

    def _roots(self, own: Iterable[str], above: Mapping[str, Sequence[str]]) -> list[str]:
        roots: dict[str, None] = {}
        for target in own:
            edge, seen = [target], {target}
            while edge:
                here = edge.pop()
                upper = [one for one in above.get(here, ()) if one not in seen]
                seen.update(upper)
                edge += upper
                if not above.get(here):
                    roots.setdefault(here)
        return list(roots)

    def _under(
        self, target: str, parent: AnswerRow | None, chain: int, below: Mapping[str, Sequence[str]], told: set[str]
    ) -> list[AnswerRow]:
        """Return a target's row and those of the targets below it; what two chains share stands in the first."""
        if target in told:
            return []
        told.add(target)
        row = self._row(target, parent) | {"chain": chain, "hops": int(parent["hops"] or 0) + 1 if parent else 0}
        rows = [row]
        for one in below.get(target, ()):
            rows += self._under(one, row, chain, below, told)
        return rows

    def _row(self, target: str, parent: AnswerRow | None) -> AnswerRow:
        own = self.by_key[target]
        fact = self.facts.get(str(own["task"]), {})
        row: dict[str, Any] = {**own, **{name: fact.get(name) for name in ("level", "place", "title")}}
        if parent is not None:
            row["parent_target"] = parent["target"]
            row["value_change"] = _change(parent["value"], own["value"])
            row["date_change"] = date(*({"deadline": one["end"], "end": one["end"]} for one in (parent, own)))
        return row


def _change(above: Scalar, below: Scalar) -> str | None:
    if above is None or below is None:
        return None
    first, second = float(above), float(below)
    return "same" if first == second else "less" if second < first else "more"
