"""One document's reading in the shape of the annotations (docs/annotation.md): plain dictionaries for JSON."""

from collections.abc import Iterable, Mapping
from typing import Any

from graph.model import Deadline, PolicyMention, Reading, Task

GoldRow = dict[str, Any]


def gold_form(reading: Reading, themes: Mapping[str, str] | None = None) -> dict[str, list[GoldRow]]:
    """Return `{"policies": […], "tasks": […]}` of a reading; `themes` maps a task's path to its theme's key."""
    return {
        "policies": [policy_row(policy) for policy in reading.policies],
        "tasks": [task_row(task, (themes or {}).get(task.path)) for task in reading.tasks],
    }


def policy_row(policy: PolicyMention) -> GoldRow:
    """Return one line of policies.jsonl."""
    return {
        "title": policy.title,
        "doc_number": policy.doc_number,
        "issuer": "、".join(policy.issuers) or None,
        "level": policy.level,
        "issued": policy.issued.isoformat() if policy.issued else None,
        "role": policy.role,
    }


def task_row(task: Task, theme: str | None = None) -> GoldRow:
    """Return one line of tasks.jsonl; `details` stands on checklist rows only."""
    row: GoldRow = {
        "path": task.path,
        "kind": task.kind,
        "number": task.number,
        "title": task.title,
        "theme_heading": task.theme_heading,
        "theme": theme,
        "units": _units(task),
        "actors": _actors(task),
        "deadline": _deadline(task.deadline),
        "targets": _targets(task),
    }
    if task.kind == "checklist":
        row["details"] = [detail.measure for detail in task.details]
    return row


def _units(task: Task) -> list[GoldRow]:
    return [
        {"surface": unit.surface, "collective": unit.collective, "role": unit.role, "alias": unit.alias}
        for unit in task.units
    ]


def _actors(task: Task) -> list[GoldRow]:
    return [{"surface": one.surface, "collective": one.collective, "role": one.role} for one in task.actors]


def _deadline(deadline: Deadline | None) -> GoldRow | None:
    if deadline is None:
        return None
    return {
        "raw": deadline.raw,
        "kind": deadline.kind,
        "start": deadline.start.isoformat() if deadline.start else None,
        "end": deadline.end.isoformat() if deadline.end else None,
    }


def _targets(task: Task) -> list[GoldRow]:
    return [
        {
            "text": target.text,
            "value": int(target.value)
            if target.value is not None and target.value == int(target.value)
            else target.value,
            "unit": target.unit,
            "end": target.end.isoformat() if target.end else None,
        }
        for target in task.targets
    ]


def paths(rows: Iterable[GoldRow]) -> list[str]:
    """Return the paths of rows in their order."""
    return [row["path"] for row in rows]
