"""Checking a graph against the shapes: with pySHACL (the extra `rdf`), as any other user of the RDF would."""

import warnings
from typing import TYPE_CHECKING

from graph.errors import UsageError
from graph.rdf.rdf_write import triples
from graph.rdf.statements import things

if TYPE_CHECKING:
    from graph.snapshot.snapshot import Snapshot
    from graph.snapshot.validate import Fault


def check(snapshot: "Snapshot") -> "list[Fault]":
    """Return every shape that the snapshot's RDF breaks, with the first few things that do; none for a sound one.

    Raises:
        UsageError: pySHACL is not installed.
    """
    return check_text("".join(triples(things(snapshot))))


def check_text(text: str) -> "list[Fault]":
    """Return every shape that N-Triples break."""
    try:
        import pyshacl
    except ImportError as error:
        raise UsageError("SHACL is not installed: pip install 'zhengmai[rdf]'") from error
    from rdflib import RDF, SH, Graph

    from graph.rdf.shapes import shapes
    from graph.snapshot.validate import Fault

    with warnings.catch_warnings():
        # Both libraries warn of rdflib's own old names.
        warnings.simplefilter("ignore")
        data = Graph().parse(data=text, format="nt")
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes(), inference="none", advanced=False)
    if not isinstance(report, Graph):
        raise UsageError("the shapes cannot be checked: {found}", found=report)
    cases: dict[tuple[str, str], list[str]] = {}
    for result in report.subjects(RDF.type, SH.ValidationResult):
        source = str(report.value(result, SH.sourceShape)).rpartition("shape:")[2].replace("/", ".")
        rule = str(report.value(result, SH.sourceConstraintComponent)).rpartition("#")[2]
        cases.setdefault((source, rule.removesuffix("ConstraintComponent")), []).append(
            str(report.value(result, SH.focusNode))
        )
    return [Fault(where, rule, tuple(sorted(keys)[:5]), len(keys)) for (where, rule), keys in sorted(cases.items())]
