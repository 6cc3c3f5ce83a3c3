"""The decisions of several people brought together: another person's file into one's own, offline, nothing lost."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from graph.errors import InputError
from graph.link.decisions import SaidLine, append_lines, decision_lines, said_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two people said different things of one pair: what stood here, what came, and whether what came holds now."""

    ours: SaidLine
    theirs: SaidLine
    theirs_holds: bool

    @property
    def judgement_held(self) -> str:
        """The judgement that holds."""
        return (self.theirs if self.theirs_holds else self.ours).judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedDecisions:
    """What came of a merge: how many lines were new and how many known, and where the two files differ."""

    added: int
    known: int
    conflicts: tuple[Conflict, ...]


def merge_decisions(own: Path, other: Path) -> MergedDecisions:
    """Write every line of another file of decisions that is new behind those of one's own; return what came of it.

    Who, when and why stay with each line. Where the two say different things of a pair, the later word holds, and
    one's own where either does not tell when it was said: it is written once more, so that it is the last. To merge the
    same file again changes nothing.

    Raises:
        InputError: there is no such file, or a line of either is not a decision; then nothing was written.
        StoreError: a file cannot be read or written.
    """
    if not other.exists():
        raise InputError("{path}: there is no such file of decisions", path=other)
    mine, others = decision_lines(own), decision_lines(other)
    ours, theirs = _last(mine), _last(others)
    known = {_form(line) for line, _ in mine}
    new = [form for line, _ in others if (form := _form(line)) not in known]
    conflicts, again = [], []
    last = ours | _last([(line, "") for line in new])
    for pair, (line, said) in theirs.items():
        held = ours.get(pair)
        differs = held is not None and held[1].judgement != said.judgement
        holds = held is None or (differs and _later(said, held[1]))
        if held and differs and _form(line) not in known:
            conflicts.append(Conflict(ours=held[1], theirs=said, theirs_holds=holds))
        winner = (line, said) if held is None or holds else held
        if last[pair][1].judgement != winner[1].judgement:
            again.append(_form(winner[0]))
    if new:
        append_lines(own, b"".join(line + b"\n" for line in (*new, *again)))
    return MergedDecisions(added=len(new), known=len(others) - len(new), conflicts=tuple(conflicts))


def _last(lines: Iterable[tuple[bytes, str]]) -> dict[tuple[str, str, str], tuple[bytes, SaidLine]]:
    """Return the last word on each pair, also one that takes another back, with its line."""
    last: dict[tuple[str, str, str], tuple[bytes, SaidLine]] = {}
    for line, where in lines:
        said = said_in(line, where)
        last[said.kind, *said.pair] = (line, said)
    return last


def _form(line: bytes) -> bytes:
    """Return a line in one form, by which equal ones are known: keys in order, as decisions are written."""
    return json.dumps(json.loads(line), ensure_ascii=False, sort_keys=True).encode()


def _later(theirs: SaidLine, ours: SaidLine) -> bool:
    """Tell whether what came was said after what stands here; not where either does not tell when."""
    days = [_moment(one.word.when) for one in (theirs, ours)]
    return days[0] is not None and days[1] is not None and days[0] > days[1]


def _moment(when: str | None) -> datetime | None:
    """Return the moment that a line tells, in UTC where it tells no zone; None where it tells none."""
    try:
        moment = datetime.fromisoformat(when or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
