"""Scores of places and units by a definition, ranked with ties; and every case that made them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from graph.store.protocol import AnswerRow, Scalar, Store
from queries.answer import Answer, Note, shaped
from queries.answer_rows import sort_value
from queries.cascades.verdicts import named
from queries.catalog import Query, find
from queries.question_rows import ParameterValue
from queries.scores.definition import Criterion, definition
from queries.scores.score_cases import FoundCases, ScoreCase, score_cases


def scores(store: Store, query: Query, **params: ParameterValue) -> Answer:
    """Return a row for each place (or unit) with its score by the definition of this software, the best first."""
    return scores_of(store, str(params["of"]), str(params["today"]), by=str(params["by"]))


def cases(store: Store, query: Query, **params: ParameterValue) -> Answer:
    """Return a row for each case that the scores by the definition of this software are made of."""
    return cases_of(store, str(params["of"]), str(params["today"]), by=str(params["by"]))


def scores_of(store: Store, of: str, today: str, *, by: str = "place", path: Path | None = None) -> Answer:
    """Return the scores of a policy's places, or with `by` `unit` of units, in percent of what could be reached.

    Those of one level are ranked among each other, units among those of one place; equal scores share a rank, and the next
    rank is left free. A score that no case counts for is None and without a rank.

    Raises:
        UnknownNameError: nothing is named so, or it holds no task.
        SeveralNamesError: several things are.
        UsageError: the definition cannot be read.
    """
    query, criteria = find("scores"), definition(path)
    found = score_cases(store, of, today)
    totals = _totals(found, criteria, by)
    rows = _ranked((one, _row(one, found, by)) for one in totals.values())
    return Answer(
        name=query.name, columns=query.names, rows=shaped(query.names, rows), notes=_notes(found, totals.values())
    )


def cases_of(store: Store, of: str, today: str, *, by: str = "place", path: Path | None = None) -> Answer:
    """Return the cases behind the scores, each with its points, or `counted` false where nobody can say.

    Raises:
        UnknownNameError: nothing is named so, or it holds no task.
        SeveralNamesError: several things are.
        UsageError: the definition cannot be read.
    """
    query, criteria = find("score_cases"), definition(path)
    found = score_cases(store, of, today)
    rows = [
        _case_row(case, criterion, found, key)
        for key, total in _totals(found, criteria, by).items()
        for case, criterion in total.cases
    ]
    return Answer(name=query.name, columns=query.names, rows=shaped(query.names, rows))


@dataclass(slots=True)
class _Total:
    """What is counted of one place or unit."""

    key: str
    points: Fraction = Fraction(0)
    full: Fraction = Fraction(0)
    counted: int = 0
    unsaid: int = 0
    cases: list[tuple[ScoreCase, Criterion]] = field(default_factory=list)

    def add(self, case: ScoreCase, criterion: Criterion) -> None:
        """Count a case; one whose value has no points is only listed."""
        self.cases.append((case, criterion))
        points = criterion.points.get(case.value)
        if points is None:
            self.unsaid += 1
            return
        self.counted += 1
        self.points += Fraction(str(points))
        self.full += Fraction(str(criterion.full))

    @property
    def share(self) -> Fraction | None:
        """The points of all that could be reached, in percent; None where nothing counts."""
        return 100 * self.points / self.full if self.full else None


def _totals(found: FoundCases, criteria: Sequence[Criterion], by: str) -> Mapping[str, _Total]:
    known = {one.name: one for one in criteria}
    totals: dict[str, _Total] = {} if by == "unit" else {place.key: _Total(place.key) for place in found.places}
    for case in found.cases:
        criterion = known.get(case.criterion)
        if criterion is None or (by == "unit" and not criterion.units):
            continue
        for key in case.units if by == "unit" else (case.place,):
            totals.setdefault(key, _Total(key)).add(case, criterion)
    return totals


def _row(total: _Total, found: FoundCases, by: str) -> AnswerRow:
    place = {case.place for case, _ in total.cases}
    scored = next((one for one in found.places if one.key == (total.key if by == "place" else next(iter(place)))), None)
    name = found.units[total.key]["name"] if by == "unit" else scored.name if scored else total.key
    return {
        "key": total.key,
        "name": name,
        "level": scored.level if scored else None,
        "place": scored.name if scored else None,
        "score": None if total.share is None else round(float(total.share), 2),
        "points": float(total.points),
        "full": float(total.full),
        "counted": total.counted,
        "unsaid": total.unsaid,
        "among": None if by == "place" or scored is None else scored.key,
    }


def _ranked(scored: Iterable[tuple[_Total, AnswerRow]]) -> list[AnswerRow]:
    """Return the rows with ranks, group by group (level, and place of units): equal shares have one rank."""
    groups: dict[tuple[Scalar, Scalar], list[tuple[_Total, AnswerRow]]] = {}
    for total, row in scored:
        groups.setdefault((row["level"], row["among"]), []).append((total, row))
    rows: list[AnswerRow] = []
    for group in sorted(groups, key=lambda one: (sort_value("level", one[0]), str(one[1]))):
        counted = sorted(
            (one for one in groups[group] if one[0].share is not None),
            key=lambda one: (-(one[0].share or 0), sort_value("key", one[0].key)),
        )
        shares = [total.share for total, _ in counted]
        rows += [row | {"rank": 1 + shares.index(total.share)} for total, row in counted]
        rows += [row for total, row in groups[group] if total.share is None]
    return rows


def _case_row(case: ScoreCase, criterion: Criterion, found: FoundCases, key: str) -> AnswerRow:
    points = criterion.points.get(case.value)
    fact = found.facts.get(case.task or str(case.parent), {})
    upper = found.facts.get(str(case.parent), {})
    return {
        "key": key,
        "criterion": criterion.name,
        "parent": case.parent,
        "parent_title": upper.get("title"),
        "task": case.task,
        "title": fact.get("title") if case.task else None,
        "document": case.document,
        "said": case.value,
        "reason": case.reason,
        "points": None if points is None else float(points),
        "full": float(criterion.full),
        "counted": points is not None,
        "start": fact.get("text_start"),
        "stop": fact.get("text_stop"),
        "evidence": document_place(case),
    }


def document_place(case: ScoreCase) -> str | None:
    """Return the document in which the words of a case stand: that of the lower task, or of the upper one without any."""
    task = case.task or case.parent
    return task.rpartition("/")[0] if task else None


def _notes(found: FoundCases, totals: Iterable[_Total]) -> tuple[Note, ...]:
    notes = []
    unsaid = sum(one.unsaid for one in totals)
    if unsaid:
        notes.append(Note(code="scores_unsaid", values={"count": unsaid}))
    if found.left_out:
        listed = "、".join(named(one) for one in found.left_out)
        notes.append(Note(code="scores_left_out", values={"policies": listed}))
    return tuple(notes)
