"""Faults of a whole graph, as rows: broken rules of its vocabulary, and broken shapes of its RDF."""

from graph.rdf.shacl_check import check as check_shapes
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.validate import validate
from graph.store.protocol import AnswerRow
from queries.answer import Answer, shaped
from queries.catalog import columns

COLUMNS = columns("where rule count:integer cases")


def faults(snapshot: Snapshot, *, shacl: bool = False) -> Answer:
    """Return every rule that a graph breaks, with how often and the first few cases; no row for a sound one.

    Raises:
        UsageError: `shacl` is wanted and pySHACL is not installed.
    """
    found = validate(snapshot) + (check_shapes(snapshot) if shacl else [])
    rows: list[AnswerRow] = [
        {"where": fault.where, "rule": fault.rule, "count": fault.count, "cases": "; ".join(fault.cases)}
        for fault in found
    ]
    names = tuple(column.name for column in COLUMNS)
    return Answer(name="check", columns=names, rows=shaped(names, rows), typed=COLUMNS)
