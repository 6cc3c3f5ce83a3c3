"""The rows of a document's own task lists tied to the measures that they itemise."""

from collections import defaultdict
from dataclasses import replace

from graph.link.tasks.details import tie
from graph.link.tasks.task_view import LinkTask, from_reading
from graph.model import Reading


def with_details(reading: Reading) -> Reading:
    """Return the reading with `details` filled in on its checklist rows; measures and rows of one policy only."""
    if not any(task.kind == "checklist" for task in reading.tasks):
        return reading
    by_policy: dict[int, list[LinkTask]] = defaultdict(list)
    for task, seen in zip(reading.tasks, from_reading(reading), strict=True):
        by_policy[task.policy].append(seen)
    details = {path: tied for tasks in by_policy.values() for path, tied in tie(tasks).items()}
    tasks = (replace(one, details=details[one.path]) if one.path in details else one for one in reading.tasks)
    return replace(reading, tasks=tuple(tasks))
