"""Recording the progress of a task that is named, in a graph's folder."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.errors import InputError, UsageError
from graph.ledger.kept_lines import PROGRESS_FILE
from graph.ledger.progress import ProgressEntry, ProgressStatus, ProofFile, cleaned, record
from graph.ledger.task_words import TaskWords
from graph.store.protocol import Store
from queries.names import resolve
from queries.things.followed_progress import followed, task_words


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidProgress:
    """What a person says of a task; a status that is not said is the one that stands, and so is its share then."""

    status: ProgressStatus | None = None
    share: float | None = None
    words: str | None = None
    by: str | None = None
    files: tuple[ProofFile, ...] = ()
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedProgress:
    """What was recorded of a task, and what stood before.

    `made` is None where nothing was: what stood said the same already, or (`late`) was not what the person had seen.
    """

    task: str
    made: ProgressEntry | None
    before: ProgressEntry | None
    late: bool = False


def progress_path(store: Store) -> Path:
    """Return the file that progress is recorded in.

    Raises:
        UsageError: the graph is on a server.
    """
    if store.graph_folder is None:
        raise UsageError("progress is kept in the graph's folder; a server only answers questions")
    return store.graph_folder / PROGRESS_FILE


def record_progress(store: Store, name: str, said: SaidProgress, seen: str | None = None) -> RecordedProgress:
    """Record what a person says of the task that a name means; return it with what stood before.

    `seen` is the key of the entry that the person had before them, empty where there was none: nothing is recorded where
    another stands by now.

    Raises:
        NotFoundError: no task is named so, or several are.
        UsageError: nothing says how far it is, or what is said cannot be, or the graph is on a server.
        InputError: a line of the file is no entry.
    """
    path = progress_path(store)
    [task] = task_words(store, [resolve(store, "task", name)[0]])
    found: list[ProgressEntry | None] = []

    def recording(entries: Sequence[ProgressEntry]) -> list[ProgressEntry]:
        told = followed(store, entries).last.get(task.key)
        before = told.entry if told else None
        found.append(before)
        if seen is not None and seen != (before.key if before else ""):
            return []
        made = _entry(task, said, before)
        return [] if before and _same(made, before) else [made]

    made = record(path, recording)
    [before] = found
    late = seen is not None and seen != (before.key if before else "")
    return RecordedProgress(task=task.key, made=made[0] if made else None, before=before, late=late)


def _entry(task: TaskWords, said: SaidProgress, before: ProgressEntry | None) -> ProgressEntry:
    status = said.status or (before.status if before else None)
    if status is None:
        raise UsageError("nothing was recorded of {task} yet; say how far it is with --status", task=task.key)
    stands = before is not None and status == before.status
    share = said.share if said.share is not None or not (before and stands) else before.share
    return ProgressEntry(
        task=task,
        status=status,
        share=share,
        words=cleaned(said.words),
        by=cleaned(said.by),
        files=said.files,
        addresses=said.addresses,
    )


def _same(made: ProgressEntry, before: ProgressEntry) -> bool:
    return made.said == {name: one for name, one in before.said.items() if name != "when"} | {
        name: made.said[name] for name in ("task", "title", "text", "policy") if name in made.said
    }


def share_of(text: str) -> float:
    """Return the percentage that a person writes: 60, 60%, ６０％.

    Raises:
        UsageError: it is none from 0 to 100.

    >>> share_of("60%"), share_of("33.333")
    (60.0, 33.33)
    """
    from unicodedata import normalize

    plain = normalize("NFKC", text).strip().removesuffix("%").strip()
    try:
        share = float(plain)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 100:
        raise UsageError("{share} is no share; it is a percentage from 0 to 100", share=text)
    return round(share, 2)


def proofs(paths: Sequence[Path]) -> tuple[ProofFile, ...]:
    """Return the names and hashes of files that show progress.

    Raises:
        InputError: one cannot be read, or is no file.
    """
    for path in paths:
        if path.exists() and not path.is_file():
            raise InputError("{path}: is no plain file (a folder, pipe, device or socket); it was not read", path=path)
    return tuple(ProofFile.of(path) for path in paths)
