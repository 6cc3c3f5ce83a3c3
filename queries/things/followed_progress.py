"""What was recorded of progress, brought to the tasks of the graph as it is now."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.ledger.kept_lines import PROGRESS_FILE
from graph.store.protocol import Store
from queries.catalog import find
from queries.question_rows import ask

# Folding words takes a library to start: a graph of which nothing was recorded is asked without it.
if TYPE_CHECKING:
    from graph.ledger.progress import ProgressEntry
    from graph.ledger.task_words import FoundAgain, TaskWords


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedEntry:
    """An entry with the key of its task in the graph, None where no one task could be told to be it."""

    entry: "ProgressEntry"
    task: str | None
    found: "FoundAgain"

    @property
    def proof(self) -> str | None:
        """Files by name and hash, and addresses, in one text; None where there are none."""
        files = [f"{one.name} (sha256 {one.sha256[:16]})" for one in self.entry.files]
        return "、".join([*files, *self.entry.addresses]) or None


@dataclass(slots=True)
class FollowedProgress:
    """All entries of a graph in order; `last` holds the one that counts of each task, `lost` those of no task any more."""

    entries: list[FollowedEntry] = field(default_factory=list)
    last: dict[str, FollowedEntry] = field(default_factory=dict)
    lost: dict[str, FollowedEntry] = field(default_factory=dict)

    def status(self, task: str) -> str | None:
        """Return the status of a task, None where nothing was recorded."""
        return self.last[task].entry.status if task in self.last else None


def progress_of(store: Store) -> FollowedProgress:
    """Return what was recorded beside the graph of a store; nothing of one on a server.

    Raises:
        InputError: a line of the file is no entry.
    """
    if store.graph_folder is None or not (store.graph_folder / PROGRESS_FILE).exists():
        return FollowedProgress()
    from graph.ledger.progress import read_progress

    return followed(store, read_progress(store.graph_folder / PROGRESS_FILE))


def followed(store: Store, entries: "Sequence[ProgressEntry]") -> FollowedProgress:
    """Return entries with the tasks that they are of now."""
    from graph.ledger.task_words import TaskFinder

    made = FollowedProgress()
    where: dict[TaskWords, tuple[TaskWords | None, FoundAgain]] = {}
    asked = {one.task for one in entries}
    near = TaskFinder(task_words(store, sorted({one.key for one in asked}))) if asked else TaskFinder([])
    whole: TaskFinder | None = None
    for wanted in asked:
        here = near.at(wanted.key)
        if here is not None and here.mark == wanted.mark:
            where[wanted] = here, "here"
        else:
            whole = whole or TaskFinder(task_words(store))
            where[wanted] = whole.find(wanted)
    for entry in entries:
        task, found = where[entry.task]
        told = FollowedEntry(entry=entry, task=task.key if task else None, found=found)
        made.entries.append(told)
        if task is not None:
            made.last[task.key] = told
        else:
            made.lost[entry.task.key] = told
    # Of a task whose words changed twice the later ones are found: then the older ones are not lost.
    known = {one.entry.task.key for one in made.last.values()}
    made.lost = {key: one for key, one in made.lost.items() if key not in known}
    return made


def task_words(store: Store, keys: Sequence[str] | None = None) -> "list[TaskWords]":
    """Return the words of tasks by their keys, or of all tasks of the graph."""
    from graph.ledger.task_words import TaskWords

    if keys is not None and not keys:
        return []
    made: dict[str, TaskWords] = {}
    for row in ask(find("task_words"), store, {"tasks": list(keys) if keys is not None else None}):
        key = str(row["task"])
        words = TaskWords(
            key=key, title=str(row["title"] or ""), text=str(row["text"] or ""), policy=str(row["policy"])
        )
        made.setdefault(key, words)
    return list(made.values())
