"""Families of policies: what carries out what, named by the topmost policy that is held, with the documents of each."""

from collections.abc import Mapping

from graph.store.protocol import AnswerRow, Scalar, Store
from queries.answer import Answer, shaped
from queries.answer_rows import sort_rows, sort_value
from queries.catalog import Query, find
from queries.question_rows import ParameterValue, ask


def families(store: Store, query: Query, **params: ParameterValue) -> Answer:
    """Return one row for each document and each policy that it tells, family by family, the largest first.

    What is only cited names no family: a law that many plans rest on would make them one. A policy below several stands
    in the family of the highest of them, by level and key; one that carries out nothing held is a family of its own.
    """
    ties = ask(find("policy_ties"), store, {})
    same = _one_of(ties)
    above: dict[str, set[str]] = {}
    for row in ties:
        if row["tie"] == "IMPLEMENTS":
            child, parent = (same.get(str(row[name]), str(row[name])) for name in ("policy", "other"))
            if child != parent:
                above.setdefault(child, set()).add(parent)
    told = ask(find("documents_held"), store, {})
    held = {same.get(str(row["policy"]), str(row["policy"])): row["level"] for row in told if row["policy"]}
    rows: list[AnswerRow] = []
    for row in told:
        policy = str(row["policy"] or row["document"])
        rows.append(row | {"family": _top(same.get(policy, policy), above, held)})
    sizes: dict[str, int] = {}
    for row in rows:
        sizes[str(row["family"])] = sizes.get(str(row["family"]), 0) + 1
    titles = _titles(store, list(sizes))
    rows = [
        row | {"family_title": titles.get(str(row["family"])) or row["title"], "size": sizes[str(row["family"])]}
        for row in rows
    ]
    rows = sort_rows(rows, ("-size", "family", "level", "place", "document"))
    return Answer(name=query.name, columns=query.names, rows=shaped(query.names, rows))


def _one_of(ties: list[AnswerRow]) -> Mapping[str, str]:
    """Return the key that stands for each policy which is told to be the same as another: the least of them."""
    found: dict[str, str] = {}

    def root(key: str) -> str:
        while found.get(key, key) != key:
            key = found[key]
        return key

    for row in ties:
        if row["tie"] == "SAME_AS":
            one, other = sorted(root(str(row[name])) for name in ("policy", "other"))
            found[other] = one
    return {key: root(key) for key in found}


def _top(policy: str, above: Mapping[str, set[str]], held: Mapping[str, Scalar]) -> str:
    """Return the highest held policy at or above one, at any step, also through what is only cited."""
    met, edge = {policy}, {policy}
    while edge:
        edge = {one for here in edge for one in above.get(here, ())} - met
        met |= edge
    tops = [one for one in met if one in held and one != policy and not _held_above(one, above, held)]
    return min(tops, key=lambda one: (sort_value("level", held[one]), one), default=policy)


def _held_above(policy: str, above: Mapping[str, set[str]], held: Mapping[str, Scalar]) -> bool:
    return any(one in held for one in above.get(policy, ()))


def _titles(store: Store, policies: list[str]) -> dict[str, str]:
    """Return the title of each policy, that of another telling of it where its own has none."""
    titles: dict[str, str] = {}
    for row in ask(find("family_policies"), store, {"policies": policies}) if policies else ():
        if row["title"] and (row["policy"] == row["given"] or str(row["given"]) not in titles):
            titles[str(row["given"])] = str(row["title"])
    return titles
