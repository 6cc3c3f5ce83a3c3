"""A ledger that people filled and gave back: what it changes is recorded, what contradicts the store is shown."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.errors import UsageError
from graph.ledger.progress import ProgressEntry, ProgressStatus, cleaned, record
from graph.ledger.task_words import TaskFinder, TaskWords
from graph.store.protocol import AnswerRow, Scalar, Store
from graph.text import bare
from queries.answer import Answer, Note, shaped
from queries.catalog import columns
from queries.things.followed_progress import FollowedProgress, followed, task_words
from queries.things.recording import progress_path

COLUMNS = columns(
    "row:integer cell task title outcome fault was_progress was_share:number was_by progress share:number words by"
)
OUTCOMES = ("recorded", "conflict", "broken")


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledRow:
    """A row of a filled sheet; `mark` and `entry` are what it was made of, `faults` the cells that cannot be read."""

    row: int
    task: str
    title: str
    mark: str | None = None
    entry: str | None = None
    status: ProgressStatus | None = None
    share: float | None = None
    words: str | None = None
    by: str | None = None
    faults: tuple[tuple[str, str], ...] = ()

    @property
    def stated(self) -> tuple[ProgressStatus | None, float | None, str | None]:
        """What it says of its task."""
        return self.status, None if self.share is None else round(self.share, 2), cleaned(self.words)


def take_filled(store: Store, rows: Sequence[FilledRow], by: str | None = None) -> Answer:
    """Record what filled rows change, and return a row for each change, conflict and broken cell; others are untouched.

    `by` fills in who where the sheet does not say another than it was made with. A row whose task changed in the store
    since the sheet was made is a conflict and records nothing, unless both say the same.

    Raises:
        UsageError: the graph is on a server.
        InputError: a line of the file is no entry.
    """
    path = progress_path(store)
    finder = TaskFinder(task_words(store))
    told: list[AnswerRow] = []

    def recording(entries: Sequence[ProgressEntry]) -> Iterable[ProgressEntry]:
        taken = _Taking(
            finder=finder,
            progress=followed(store, entries),
            known={one.key: one for one in entries},
            by=cleaned(by),
            twice=_twice(rows),
        )
        made = [entry for row in rows if (entry := taken.entry_of(row))]
        told[:] = taken.told
        return made

    record(path, recording)
    names = tuple(column.name for column in COLUMNS)
    counts = {one: sum(row["outcome"] == one for row in told) for one in OUTCOMES}
    notes = (Note(code="ledger_read", values={"rows": len(rows), **counts}),)
    return Answer(name="ledger_read", columns=names, rows=shaped(names, told), notes=notes, typed=COLUMNS)


def _twice(rows: Sequence[FilledRow]) -> set[str]:
    """Return the tasks that several rows speak of, and not with the same words."""
    said: defaultdict[str, set[object]] = defaultdict(set)
    for row in rows:
        said[row.task].add((row.stated, row.faults))
    return {task for task, all_said in said.items() if len(all_said) > 1}


@dataclass(slots=True, kw_only=True)
class _Taking:
    """Takes the rows of one sheet over, against the entries that stand while nobody else writes."""

    finder: TaskFinder
    progress: FollowedProgress
    known: dict[str, ProgressEntry]
    by: str | None
    twice: set[str]
    told: list[AnswerRow] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)

    def entry_of(self, row: FilledRow) -> ProgressEntry | None:
        """Return the entry that a row makes, None where it changes nothing or must not; say what became of it."""
        if row.faults:
            for cell, fault in row.faults:
                self._tell(row, "broken", cell=cell, fault=fault)
            return None
        base = self.known.get(row.entry or "")
        if row.stated == ((None,) * 3 if base is None else base.stated) and (base or not row.entry):
            return None
        task = self._task(row)
        if task is None:
            self._tell(row, "broken", fault="task_unknown")
        elif row.task in self.twice:
            self._tell(row, "broken", fault="named_twice")
        elif task.key not in self._seen:
            self._seen.add(task.key)
            return self._against_store(row, task, base)
        return None

    def _against_store(self, row: FilledRow, task: TaskWords, base: ProgressEntry | None) -> ProgressEntry | None:
        followed_entry = self.progress.last.get(task.key)
        theirs = followed_entry.entry if followed_entry else None
        if theirs is not None and row.stated == theirs.stated:
            return None
        if row.status is None:
            self._tell(row, "broken", theirs, fault="no_status")
            return None
        if (theirs.key if theirs else None) != row.entry:
            self._tell(row, "conflict", theirs, fault="changed_since")
            return None
        who = cleaned(row.by)
        unchanged = who == (base.by if base else None)
        try:
            entry = ProgressEntry(
                task=task,
                status=row.status,
                share=row.stated[1],
                words=row.stated[2],
                by=(self.by or who) if unchanged else who,
            )
        except UsageError:
            self._tell(row, "broken", theirs, fault="too_long")
            return None
        self._tell(row, "recorded", theirs, by=entry.by)
        return entry

    def _task(self, row: FilledRow) -> TaskWords | None:
        """Return the task of a row: of its key where the words are those of the sheet, else of its words elsewhere."""
        here = self.finder.at(row.task)
        if here is not None and here.mark == row.mark:
            return here
        near = TaskWords(key=row.task, title=row.title, text="", policy=here.policy if here else None)
        moved = self.finder.of_mark(row.mark, near) if row.mark else None
        if moved is None and here is not None and bare(here.title) == bare(row.title):
            return here
        return moved

    def _tell(self, row: FilledRow, outcome: str, theirs: ProgressEntry | None = None, **more: Scalar) -> None:
        was: AnswerRow = {}
        if theirs is not None:
            was = {"was_progress": theirs.status, "was_share": theirs.share, "was_by": theirs.by}
        said: AnswerRow = {
            "row": row.row,
            "task": row.task,
            "title": row.title,
            "outcome": outcome,
            "progress": row.status,
            "share": row.share,
            "words": row.words,
            "by": row.by,
        }
        self.told.append(said | was | more)
