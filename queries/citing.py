"""Where a policy that is only cited is named: which documents carry it out, and which cite it."""

from graph.store.base import Store
from queries.answer import Note
from queries.catalog import find
from queries.policies import Family, Known
from queries.run import ask

_WAYS = {"IMPLEMENTS": "carried_out_in", "CITES": "cited_in"}


def citing(store: Store, family: Family, known: Known) -> list[Note]:
    """Return a note for each way in which documents name a policy: `carried_out_in`, then `cited_in`."""
    named: dict[str, dict[str, None]] = {code: {} for code in _WAYS.values()}
    for row in ask(find("neighbours"), store, {"keys": list(known.keys)}):
        code = _WAYS.get(str(row["kind"]))
        if code and not row["forward"]:
            for one in family.know([str(row["there"])]):
                named[code].setdefault(one.read or one.doc_number or one.title or one.key)
    policy = known.doc_number or known.title or known.key
    return [
        Note(code=code, values={"policy": policy, "documents": "、".join(sorted(documents))})
        for code, documents in named.items()
        if documents
    ]
