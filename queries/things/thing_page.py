"""All that is known of one thing: its properties, its links, and the words in documents that prove each."""

from collections.abc import Iterator

from graph.gazetteer.functions import central_function, function_of
from graph.gazetteer.places import CENTRE
from graph.gazetteer.renamings import renamings
from graph.store.protocol import AnswerRow, Scalar, Store
from queries.answer import Answer, shaped
from queries.catalog import Query, find
from queries.question_rows import ParameterValue, ask
from queries.things.followed_progress import progress_of

# A person said it, and no document.
_DECIDED = frozenset({"other_keys", "other_names"})
# Said once by the head of the page; or of the key itself.
_KNOWN = frozenset({"key", "name", "document", "path", "sha256", "text_sha256"})

_PROOF = ("document", "start", "end", "page", "box", "sheet", "cell", "confidence", "quote", "rule")


def _former_names(key: str) -> Iterator[AnswerRow]:
    """Yield the names that a unit had before a reform of the state's institutions, with the plan that says so."""
    place, _, name = key.partition(":")
    for one in renamings():
        body = central_function(one.now) or function_of(one.now)
        if body and body.name == name and (one.reach == "all" or place == CENTRE):
            value = f"{one.before} (-{one.since.isoformat()})"
            yield {"part": "property", "name": "former_name", "value": value, "rule": one.source}


def _progress(store: Store, task: str) -> Iterator[AnswerRow]:
    """Yield what was last recorded of the progress of a task, a row for each thing that was said."""
    if (told := progress_of(store).last.get(task)) is None:
        return
    entry = told.entry
    said = {
        "progress": entry.status,
        "share": None if entry.share is None else f"{entry.share:g}%",
        "words": entry.words,
        "by": entry.by,
        "when": entry.when,
        "proof": told.proof,
    }
    for name, value in said.items():
        if value is not None:
            yield {"part": "property", "name": name, "value": value, "rule": "recorded by a person"}


def about(store: Store, query: Query, **params: ParameterValue) -> Answer:
    """Return the properties of a thing, then its links, then every piece of evidence for either."""
    key = str(params["key"])
    rows: list[AnswerRow] = []
    links: list[tuple[AnswerRow, Scalar]] = []
    label: Scalar = None
    for row in ask(find("properties_of"), store, {"key": key}):
        label = row["label"]
        if row["property"] not in _KNOWN and row["value"] is not None:
            rule = "decided by a person" if row["property"] in _DECIDED else None
            rows.append({"part": "property", "name": row["property"], "value": str(row["value"]), "rule": rule})
    if label == "Unit":
        rows += _former_names(key)
    if label == "Task":
        rows += _progress(store, key)
    subjects = {key: ""}
    for row in ask(find("neighbours"), store, {"keys": [key]}):
        told: AnswerRow = {
            "part": "link",
            "name": row["kind"],
            "forward": row["forward"],
            "value": row["name"] or row["there"],
            "other": row["there"],
            "role": row["role"],
            "scope": row["scope"],
            # What nobody has decided of says nothing.
            "judgement": None if row["judgement"] == "none" else row["judgement"],
        }
        links.append((told, row["link"]))
        rows.append(told)
        subjects[str(row["link"])] = str(row["kind"])
        if row["label"] == "Target":
            subjects[str(row["there"])] = str(row["kind"])
    proofs = ask(find("evidence_of"), store, {"subjects": list(subjects)})
    proven = {row["subject"] for row in proofs}
    for row, link in links:
        if row["name"] == "IMPLEMENTS" and link not in proven:
            # No document prints it: it is there because a person said so.
            row["rule"] = "decided by a person"
    for row in proofs:
        kind = subjects.get(str(row["subject"]), "")
        proof: AnswerRow = {name: row[name] for name in _PROOF}
        if row["table_name"] is not None:
            said = f"{row['table_name']}, row {row['table_row']}, column {row['table_column']}"
            proof["rule"] = f"not read from the text: {said}"
        rows.append(proof | {"part": "evidence", "name": kind or row["property"], "value": row["property"]})
    head: AnswerRow = {"key": key, "label": label}
    return Answer(name=query.name, columns=query.names, rows=shaped(query.names, (head | row for row in rows)))
