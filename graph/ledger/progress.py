"""Progress of tasks as people record it: status, share, words, who, when and what shows it; nothing is ever removed.

One line of JSON an entry, in the order in which they were made. An entry says all that holds from then on; the last one of
a task counts, those before are its history. It keeps the task's words, by which its task is found again after a rebuild
(`graph.ledger.task_words`).
"""

import hashlib
import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, Self, get_args
from urllib.parse import urlsplit

from graph.errors import InputError, RecordError, StoreError, UsageError, one_line
from graph.identity import TaskKey
from graph.ledger.kept_lines import append_made_lines, kept_lines, this_moment
from graph.ledger.task_words import TaskWords

ProgressStatus = Literal["not_begun", "going_on", "done", "delayed", "cancelled"]
STATUSES: tuple[ProgressStatus, ...] = get_args(ProgressStatus)
LONGEST_WORDS = 5_000
_LONGEST_NAME = 200
_FIELDS = frozenset({"task", "title", "text", "policy", "status", "share", "words", "by", "when", "files", "addresses"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofFile:
    """A file that shows progress: its name and the SHA-256 of its bytes; the file itself is not kept."""

    name: str
    sha256: str

    @classmethod
    def of(cls, path: Path) -> Self:
        """Return the name and hash of a file.

        Raises:
            InputError: it cannot be read.
        """
        try:
            with path.open("rb") as file:
                return cls(name=path.name, sha256=hashlib.file_digest(file, "sha256").hexdigest())
        except OSError as error:
            raise InputError(
                "{path}: cannot be read ({reason}); check the name and the rights",
                path=path,
                reason=error.strerror or error,
            ) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressEntry:
    """What one person recorded of one task at one moment; `share` is a percentage from 0 to 100, None where not said.

    Raises:
        UsageError: the status is of no list, the share out of range, the words too long, an address none of the web.
    """

    task: TaskWords
    status: ProgressStatus
    share: float | None = None
    words: str | None = None
    by: str | None = None
    when: str | None = None
    files: tuple[ProofFile, ...] = ()
    addresses: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what nobody could have meant."""
        if self.status not in STATUSES:
            raise UsageError("{status!r} is no status; there are {known}", status=self.status, known=" ".join(STATUSES))
        if self.share is not None and not (math.isfinite(self.share) and 0 <= self.share <= 100):
            raise UsageError("{share} is no share; it is a percentage from 0 to 100", share=self.share)
        for text, most in ((self.words, LONGEST_WORDS), (self.by, _LONGEST_NAME)):
            if text is not None and len(text) > most:
                raise UsageError("{count} characters are too many; write {most} at most", count=len(text), most=most)
        for one in self.addresses:
            if urlsplit(one).scheme not in ("http", "https") or len(one) > LONGEST_WORDS:
                raise UsageError("{address!r} is no address; it begins with https:// or http://", address=one[:80])

    @property
    def said(self) -> dict[str, Any]:
        """The entry as its line holds it: what was not said is not there."""
        told: dict[str, Any] = {
            "task": self.task.key,
            "title": self.task.title,
            "text": self.task.text,
            "policy": self.task.policy,
            "status": self.status,
            "share": self.share,
            "words": self.words,
            "by": self.by,
            "when": self.when,
            "files": [{"name": one.name, "sha256": one.sha256} for one in self.files],
            "addresses": list(self.addresses),
        }
        return {name: one for name, one in told.items() if one not in (None, [], "")}

    @property
    def key(self) -> str:
        """A digest of all that the entry says, by which a filled sheet tells what it was made of."""
        return hashlib.sha256(json.dumps(self.said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]

    @property
    def stated(self) -> tuple[ProgressStatus, float | None, str | None]:
        """What it says of the task, by which two entries are compared: status, share and words."""
        return self.status, None if self.share is None else round(self.share, 2), self.words

    @classmethod
    def of_line(cls, said: Mapping[str, Any]) -> Self:
        """Return the entry of a line.

        Raises:
            ValueError, TypeError, KeyError, RecordError, UsageError: it is none.
        """
        if unknown := said.keys() - _FIELDS:
            raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
        texts = {name: said.get(name) for name in ("title", "text", "policy", "words", "by", "when")}
        if wrong := [name for name, one in texts.items() if not isinstance(one, str | None)]:
            raise TypeError(f"{wrong[0]} is no text")
        share = said.get("share")
        if isinstance(share, bool) or not isinstance(share, int | float | None):
            raise TypeError("share is no number")
        key = str(TaskKey.parse(said["task"]))
        words = TaskWords(key=key, title=texts["title"] or "", text=texts["text"] or "", policy=texts["policy"])
        return cls(
            task=words,
            status=said["status"],
            share=share,
            words=texts["words"],
            by=texts["by"],
            when=texts["when"],
            files=tuple(ProofFile(name=str(one["name"]), sha256=str(one["sha256"])) for one in said.get("files", ())),
            addresses=tuple(str(one) for one in said.get("addresses", ())),
        )


def cleaned(text: str | None) -> str | None:
    r"""Return what a person typed as it is kept: line ends of one kind, no other control characters, None where empty.

    >>> cleaned(" 已完成\r\n初验\x07 "), cleaned("  ")
    ('已完成\n初验', None)
    """
    if text is None:
        return None
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign in "\n\t" or sign.isprintable() or sign == "\u3000").strip() or None


def read_progress(path: Path) -> list[ProgressEntry]:
    """Return the entries of a file in the order in which they were made; none where there is no file.

    Raises:
        InputError: a line is no entry; the message says which line.
        StoreError: the file cannot be read.
    """
    entries = []
    for number, line in kept_lines(path):
        try:
            said = json.loads(line)
            json.dumps(said, ensure_ascii=False).encode()
            entries.append(ProgressEntry.of_line(said))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, RecordError, UsageError) as error:
            raise InputError(
                "{where}: no entry of progress ({error}); mend the line or take it out",
                where=f"{path}, line {number}",
                error=one_line(error),
            ) from error
    return entries


Recording = Callable[[Sequence[ProgressEntry]], Iterable[ProgressEntry]]
"""Returns the new entries, from all that stand: nobody else writes between its look and the writing."""


def record(path: Path, recording: Recording) -> list[ProgressEntry]:
    """Write new entries behind the others, all of them or none, with the present moment; return them.

    Raises:
        StoreError: the file cannot be read or written.
        UsageError: an entry holds what is no text in UTF-8.
    """
    made: list[ProgressEntry] = []

    def lines() -> list[dict[str, Any]]:
        now = this_moment()
        made[:] = [replace(one, when=now) for one in recording(read_progress(path))]
        return [one.said for one in made]

    try:
        append_made_lines(path, lines)
    except OSError as error:
        raise StoreError(
            "{path}: the progress was not kept, as the file cannot be written ({reason})",
            path=path,
            reason=error.strerror or type(error).__name__,
        ) from error
    return made
