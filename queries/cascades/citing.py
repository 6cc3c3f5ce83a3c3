"""Where a policy that is only cited is named: which documents carry it out, and which cite it."""

from collections.abc import Sequence

from graph.store.protocol import Store
from queries.answer import Note
from queries.cascades.known_policies import Family, Known
from queries.cascades.verdicts import named
from queries.catalog import find
from queries.question_rows import ask

_WAYS = {"IMPLEMENTS": "carried_out_in", "CITES": "cited_in"}


def citing(store: Store, family: Family, known: Known) -> list[Note]:
    """Return a note for each way in which documents name a policy: `carried_out_in`, then `cited_in`."""
    listed: dict[str, dict[str, None]] = {code: {} for code in _WAYS.values()}
    for row in ask(find("neighbours"), store, {"keys": list(known.keys)}):
        code = _WAYS.get(str(row["kind"]))
        if code and not row["forward"]:
            for one in family.know([str(row["there"])]):
                listed[code].setdefault(one.read or named(one))
    return [
        Note(code=code, values={"policy": named(known), "documents": "、".join(sorted(documents))})
        for code, documents in listed.items()
        if documents
    ]


def unseen(family: Family, tops: Sequence[Known], below: Sequence[Known]) -> list[Note]:
    """Return a note for each policy in between that is only cited: no task can be followed through it."""
    return [
        Note(code="between_cited", values={"policy": named(one), "child": named(lower)})
        for one, lower in family.unseen(tops, below)
    ]
