"""Faults of a whole graph, as rows: broken rules of its vocabulary, and broken shapes of its RDF."""

from pathlib import Path

from graph.errors import DamagedError, StoreError
from graph.rdf.shacl_check import check as check_shapes
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.validate import Fault, validate
from graph.store.opening import other_counts
from graph.store.protocol import AnswerRow
from queries.answer import Answer, shaped
from queries.catalog import columns

COLUMNS = columns("where rule count:integer cases")


def faults(snapshot: Snapshot, *, shacl: bool = False, folder: Path | None = None) -> Answer:
    """Return every rule that a graph breaks, with how often and the first few cases; no row for a sound one.

    Every byte of its tables is looked at first: rules are tried only where they are as they were written. The embedded
    store in the graph's `folder` is held against them.

    Raises:
        UsageError: `shacl` is wanted and pySHACL is not installed.
    """
    found = [_lost(path) for path in snapshot.damaged(whole=True)]
    if not found:
        found = validate(snapshot) + (check_shapes(snapshot) if shacl else [])
        found += _of_store(snapshot, folder) if folder is not None else []
    rows: list[AnswerRow] = [
        {"where": fault.where, "rule": fault.rule, "count": fault.count, "cases": "; ".join(fault.cases)}
        for fault in found
    ]
    names = tuple(column.name for column in COLUMNS)
    return Answer(name="check", columns=names, rows=shaped(names, rows), typed=COLUMNS)


def _of_store(snapshot: Snapshot, folder: Path) -> list[Fault]:
    try:
        held = other_counts(folder, snapshot)
    except DamagedError as error:
        return [_lost(Path(str(error.values["path"])))]
    except StoreError as error:
        return [Fault("arcade", "cannot be opened; rebuild with zhengmai build:", (str(error),), 1)]
    rule = "is in the embedded store another number of times; rebuild with zhengmai build:"
    return [Fault(name, rule, (f"{count} / {rows}",), abs(count - rows)) for name, (count, rows) in held.items()]


def _lost(path: Path) -> Fault:
    return Fault(path.name, "is damaged or lost; rebuild with zhengmai build:", (str(path),), 1)
