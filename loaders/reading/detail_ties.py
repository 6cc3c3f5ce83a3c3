"""The rows of a document's own task lists tied to the measures that they itemise."""

from collections import defaultdict
from dataclasses import replace

from graph.link.tasks import details
from graph.link.tasks.task_view import from_reading
from graph.model import Reading


def with_details(reading: Reading) -> Reading:
    """Return the reading with `details` filled in on its checklist rows; measures and rows of one policy only."""
    if not any(task.kind == "checklist" for task in reading.tasks):
        return reading
    tasks = dict(zip((task.path for task in reading.tasks), from_reading(reading), strict=True))
    measures: dict[str, list[str]] = defaultdict(list)
    for policy in {task.policy for task in reading.tasks}:
        own = [tasks[task.path] for task in reading.tasks if task.policy == policy]
        for tie in details.tie(own, own):
            measures[tie.row].append(tie.measure)
    return replace(
        reading,
        tasks=tuple(replace(task, details=tuple(measures.get(task.path, ()))) for task in reading.tasks),
    )
