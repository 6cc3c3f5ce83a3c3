"""Which policies carry out a policy as a whole, and which only rest on it for one matter."""

import re

from graph.link.tasks.link_thresholds import ONE_SUBJECT
from queries.cascades.known_policies import Family, Known
from queries.catalog import find
from queries.question_rows import ask

# The words by which a sentence of purpose says that the document carries the other out; 根据 and 按照 only rest on it.
_CARRIES_OUT = re.compile("贯彻|落实|实施|执行|推进|细化")


def wide(family: Family) -> dict[str, set[str]]:
    """Return, for each policy that was looked up, those straight below it that carry it out as a whole.

    Of a link without printed words, and of a policy whose title is not known, nothing else can be said.
    """
    uppers = list(dict.fromkeys(family.by_key[key] for key in family.below))
    keys = [key for known in uppers for key in known.keys]
    rows = ask(find("carried_how"), family.store, {"policies": keys}) if keys else []
    family.know(dict.fromkeys(str(row["policy"]) for row in rows))
    links = list(dict.fromkeys(str(row["link"]) for row in rows))
    proofs = ask(find("evidence_of"), family.store, {"subjects": links}) if links else []
    printed: dict[str, list[str]] = {}
    for proof in proofs:
        printed.setdefault(str(proof["subject"]), []).append(str(proof["rule"]))
    found: dict[str, set[str]] = {}
    for row in rows:
        upper, lower = family.by_key[str(row["parent"])], family.by_key[str(row["policy"])]
        said = printed.get(str(row["link"]), [])
        rests = bool(said) and not any(_CARRIES_OUT.search(rule.partition(":")[2]) for rule in said)
        if row["judgement"] == "confirmed" or not rests or _one_subject(upper, lower):
            found.setdefault(upper.key, set()).add(lower.key)
    return found


def _one_subject(upper: Known, lower: Known) -> bool:
    """Tell whether the titles of two policies name one subject; also where a title is not known."""
    if not upper.title or not lower.title:
        return True
    from graph.link.policies.policy_kinship import subjects_alike

    return subjects_alike(upper.title, lower.title) >= ONE_SUBJECT
