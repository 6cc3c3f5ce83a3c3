"""Themes by places: how far each theme of a policy is taken up in each place below it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.link.tasks.link_thresholds import WHOLE
from graph.store.protocol import AnswerRow, Scalar, Store
from queries.answer import Answer, Note, shaped
from queries.cascades.cascade import Scope, scope
from queries.cascades.chains import Chains
from queries.cascades.citing import unseen
from queries.cascades.known_policies import Known
from queries.cascades.task_answers import TAKEN, WORDS, TaskAnswer, TaskAnswers
from queries.cascades.verdicts import Verdicts, dutiless
from queries.catalog import Query
from queries.question_rows import ParameterValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Covering:
    """A policy, the policies below it by place, and what they make of its tasks.

    The key of `places` is a place's, and False, or that of a policy about one matter, which stands for itself, and True.
    """

    scoped: Scope
    below: list[Known]
    places: dict[tuple[str, bool], list[Known]]
    chains: Chains
    verdicts: Verdicts
    answers: TaskAnswers

    @property
    def asked(self) -> list[str]:
        """The tasks that places are asked for: those that set a duty, or are linked."""
        facts, links = self.chains.facts, self.chains.links
        return [root for root in self.scoped.roots if links.get(root) or not dutiless(facts.get(root, {}))]

    def said(self, task: str, policies: Sequence[Known]) -> TaskAnswer:
        """Return the best answer that the policies of one place give for one task."""
        return _said(self.answers, self.scoped, task, policies)


def covering(store: Store, of: str, today: ParameterValue = None) -> Covering:
    """Return what places make of the policy, document or task named, on the day `today`.

    Raises:
        UnknownNameError: nothing is named so, or it holds no task.
        SeveralNamesError: several things are.
    """
    scoped = scope(store, of, today=today)
    below = scoped.family.descend(scoped.own)
    chains = Chains(store)
    chains.grow(scoped.roots)
    chains.keep(scoped.family)
    verdicts = Verdicts(scoped.family)
    places: dict[tuple[str, bool], list[Known]] = {}
    for known in below:
        # A document about one matter says nothing of its place: it stands for itself.
        own = known.place is None or all(verdicts.narrow(top, known) for top in scoped.own)
        places.setdefault((known.key if own else str(known.place), own), []).append(known)
    answers = TaskAnswers(verdicts, chains)
    return Covering(scoped=scoped, below=below, places=places, chains=chains, verdicts=verdicts, answers=answers)


def coverage(store: Store, query: Query, **params: ParameterValue) -> Answer:
    """Return one row for each theme of a policy and each place that carries the policy out."""
    covered = covering(store, str(params["of"]), params.get("today"))
    scoped, below, chains, places = covered.scoped, covered.below, covered.chains, covered.places
    themes: dict[tuple[Scalar, Scalar], list[str]] = {}
    for root in covered.asked:
        fact = chains.facts.get(root, {})
        themes.setdefault(scoped.themes.get(root, (None, fact.get("theme"))), []).append(root)
    rows = []
    for (theme, name), roots in themes.items():
        for (_, own), policies in places.items():
            said = [covered.said(root, policies) for root in roots]
            rows.append(_row(theme, name, policies, said) | {"whole_place": not own})
    notes = [] if below else [Note(code="nothing_below", values={"name": str(params["of"])})]
    pairs = ((one, known) for one in scoped.own for known in below)
    notes += [note for pair in pairs if (note := covered.verdicts.silent(*pair))]
    notes += covered.verdicts.ended((*scoped.own, *below))
    notes += unseen(scoped.family, scoped.own, below)
    return Answer(name=query.name, columns=query.names, rows=shaped(query.names, rows), notes=tuple(notes))


def _said(answers: TaskAnswers, scoped: Scope, task: str, policies: Sequence[Known]) -> TaskAnswer:
    """Return the best answer that the policies of one place give for one task."""
    told = scoped.family.by_key.get(str(answers.chains.facts.get(task, {}).get("policy")))
    tops = [told] if told else scoped.own
    return min((answers.best(task, top, policies) for top in tops), key=lambda one: WORDS.index(str(one.answer)))


def _row(theme: Scalar, name: Scalar, policies: Sequence[Known], said: Sequence[TaskAnswer]) -> AnswerRow:
    listed = [one.answer for one in said]
    counts = {word: listed.count(word) for word in WORDS}
    parts, carried = sum(one.parts for one in said), sum(one.carried for one in said)
    first = policies[0]
    return {
        "theme": theme,
        "theme_name": name,
        "level": first.level,
        "place": first.place_name,
        "policy": "、".join(known.doc_number or known.title or known.key for known in policies),
        "answer": _whole(counts, len(said), carried >= WHOLE * parts),
        "tasks": len(said),
        **counts,
        "parts": parts,
        "carried": carried,
    }


def _whole(counts: Mapping[str, int], tasks: int, most: bool) -> str:
    """Return one word for a theme: what holds of all its tasks, `partial` where only some are taken up.

    `most` tells whether most of what the tasks name is carried: then one that is taken up in part changes nothing. What
    is adapted may be told in other words: its parts decide only where another task is taken up in part.
    """
    up = sum(counts[word] for word in TAKEN)
    if up == 0:
        open_ends = counts["doubtful"] + counts["not_found"]
        if open_ends < tasks:
            return "cannot_say"
        return "doubtful" if counts["doubtful"] else "not_found"
    if up < tasks or (counts["partial"] and not most):
        # Where the rest cannot be said, the counts beside this word say so.
        return "partial"
    one = [word for word in TAKEN if counts[word] == tasks]
    return one[0] if one else "adapted"
