"""Themes by places: how far each theme of a policy is taken up in each place below it."""

from graph.schema.vocabulary import order_of
from graph.store.protocol import AnswerRow, Scalar, Store
from queries.answer import Answer, Note, shaped
from queries.cascades.cascade import scope
from queries.cascades.chains import ANSWERS, Chains
from queries.cascades.citing import unseen
from queries.cascades.known_policies import Known
from queries.cascades.verdicts import Verdicts, of_task
from queries.catalog import Query
from queries.question_rows import ParameterValue

WORDS = ("taken_up", "adapted", "partial", "cannot_say", "not_found")
"""The answers for one task in one place, the best first; `not_found` needs every policy of the place."""


def coverage(store: Store, query: Query, **params: ParameterValue) -> Answer:
    """Return one row for each theme of a policy and each place that carries the policy out."""
    scoped = scope(store, str(params["of"]))
    below = scoped.family.descend(scoped.own)
    chains = Chains(store)
    chains.grow(scoped.roots)
    chains.keep(scoped.family)
    places: dict[str, list[Known]] = {}
    for known in below:
        places.setdefault(known.place or known.key, []).append(known)
    themes: dict[tuple[Scalar, Scalar], list[str]] = {}
    for root in scoped.roots:
        fact = chains.facts.get(root, {})
        themes.setdefault(scoped.themes.get(root, (None, fact.get("theme"))), []).append(root)
    verdicts = Verdicts(scoped.family)
    rows = []
    for (theme, name), roots in themes.items():
        for policies in places.values():
            words = [_word(verdicts, scoped.own, chains, root, policies) for root in roots]
            rows.append(_row(theme, name, policies, words))
    notes = [] if below else [Note(code="nothing_below", values={"name": str(params["of"])})]
    pairs = ((one, known) for one in scoped.own for known in below)
    notes += [note for pair in pairs if (note := verdicts.silent(*pair))]
    notes += unseen(scoped.family, scoped.own, below)
    return Answer(name=query.name, columns=query.names, rows=shaped(query.names, rows), notes=tuple(notes))


def _word(verdicts: Verdicts, tops: list[Known], chains: Chains, task: str, policies: list[Known]) -> str:
    """Return the best answer that the policies of one place give for one task."""
    keys = {key for known in policies for key in known.keys}
    relations = [name for far, name in chains.reach(task).items() if chains.facts.get(far, {}).get("policy") in keys]
    if relations:
        return ANSWERS[min(relations, key=order_of("relation").__getitem__)]
    pairs = [(top, known) for known in policies for top in tops if verdicts.related(top, known)]
    said = [of_task(verdicts.taken(*pair), chains.facts.get(task, {})).answer for pair in pairs]
    return "not_found" if said and all(one == "not_found" for one in said) else "cannot_say"


def _row(theme: Scalar, name: Scalar, policies: list[Known], words: list[str]) -> AnswerRow:
    counts = {word: words.count(word) for word in WORDS}
    first = policies[0]
    return {
        "theme": theme,
        "theme_name": name,
        "level": first.level,
        "place": first.place_name,
        "policy": "、".join(known.doc_number or known.title or known.key for known in policies),
        "answer": _whole(counts, len(words)),
        "tasks": len(words),
        **counts,
    }


def _whole(counts: dict[str, int], tasks: int) -> str:
    """Return one word for a theme: what holds of all its tasks, `partial` where only some are taken up."""
    up = counts["taken_up"] + counts["adapted"] + counts["partial"]
    if up == 0:
        return "not_found" if counts["not_found"] == tasks else "cannot_say"
    if up < tasks or counts["partial"]:
        # Where the rest cannot be said, the counts beside this word say so.
        return "partial"
    return "taken_up" if counts["taken_up"] == tasks else "adapted"
