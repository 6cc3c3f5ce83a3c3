"""The form by which a person records how far a task is: what was typed, and what of it cannot be."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from graph.errors import PolicyGraphError, UsageError
from graph.ledger.progress import LONGEST_WORDS, STATUSES, ProgressStatus, ProofFile, cleaned
from graph.store.protocol import AnswerRow, Store
from queries.things.recording import RecordedProgress, SaidProgress, record_progress, share_of
from views.web.page_words import PageWords

_TYPED = ("status", "share", "words", "by", "files", "addresses")
_HASH = re.compile(r"(?P<hash>[0-9a-fA-F]{64})\s+\*?(?P<name>\S.*)")
_LONGEST_NAME, _MOST_PROOFS = 200, 50


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedProgress:
    """A form as it came in: the words of each field, and the line that says what is wrong with it, by field."""

    typed: Mapping[str, str]
    problems: Mapping[str, str]


def recorded(store: Store, form: Mapping[str, str], words: PageWords) -> RecordedProgress | TypedProgress:
    """Record what a form says of a task, or return the form with what is wrong; nothing of it is lost then.

    Raises:
        NotFoundError: no task is named so.
        StoreError: it cannot be kept.
    """
    typed = {name: form.get(name, "").strip() for name in _TYPED}
    problems: dict[str, str] = {}
    share = _read(problems, "share", words, lambda: share_of(typed["share"]) if typed["share"] else None)
    files = _read(problems, "files", words, lambda: tuple(map(_proof, _lines(typed["files"]))))
    addresses = tuple(_lines(typed["addresses"]))
    if typed["status"] not in STATUSES:
        problems["status"] = words("progress.wrong.status")
    if len(cleaned(typed["words"]) or "") > LONGEST_WORDS:
        problems["words"] = words("progress.wrong.long", most=LONGEST_WORDS)
    if len(cleaned(typed["by"]) or "") > _LONGEST_NAME:
        problems["by"] = words("progress.wrong.long", most=_LONGEST_NAME)
    if len(addresses) > _MOST_PROOFS or len(_lines(typed["files"])) > _MOST_PROOFS:
        problems["files"] = words("progress.wrong.many", most=_MOST_PROOFS)
    if problems:
        return TypedProgress(typed=typed, problems=problems)
    try:
        said = SaidProgress(
            status=cast(ProgressStatus, typed["status"]),
            share=share,
            words=typed["words"],
            by=typed["by"],
            files=files or (),
            addresses=addresses,
        )
        made = record_progress(store, form.get("task", ""), said, form.get("seen", ""))
    except UsageError as error:
        # Only of an address is it not known before whether it is one.
        return TypedProgress(typed=typed, problems={"addresses": words.error(error)})
    if made.late:
        told = made.before
        line = words.told(told.by, told.when, told.words) if told else ""
        return TypedProgress(typed=typed, problems={"": words("progress.late", said=line)})
    return made


def prefilled(row: AnswerRow | None) -> dict[str, str]:
    """Return the form that says again what a row of the history says (not by whom, and what shows it); an empty one for None."""
    empty = dict.fromkeys(_TYPED, "")
    if row is None:
        return empty
    share = row.get("share")
    return empty | {
        "status": str(row["progress"]),
        "share": "" if share is None else f"{float(share):g}",
        "words": str(row["words"] or ""),
    }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _proof(line: str) -> ProofFile:
    """Return the file that a line names, as `sha256sum` prints it: the hash, blanks, the name; the file is not looked for."""
    found = _HASH.fullmatch(line)
    name = cleaned(re.split(r"[/\\]", found["name"])[-1]) if found else None
    if found is None or name is None or len(name) > _LONGEST_NAME:
        raise UsageError(
            "{line!r}: a file is told by its SHA-256 and its name, as sha256sum prints them", line=line[:80]
        )
    return ProofFile(name=name, sha256=found["hash"].lower())


def _read(problems: dict[str, str], name: str, words: PageWords, make: Any) -> Any:  # noqa: ANN401 - what `make` makes
    try:
        return make()
    except PolicyGraphError as error:
        problems[name] = words.error(error)
        return None
