"""RDF files of a snapshot: Turtle, JSON-LD, N-Quads (graph/schema/rdf.toml says how the vocabulary stands there)."""

from pathlib import Path
from typing import TYPE_CHECKING

from graph.export.formats import Exported
from graph.rdf.rdf_write import write

if TYPE_CHECKING:
    from graph.snapshot.snapshot import Snapshot


def write_turtle(snapshot: "Snapshot", target: Path, *, store_id: str) -> Exported:
    """Write one Turtle file; `rows` counts statements."""
    return _write(snapshot, target, "turtle")


def write_jsonld(snapshot: "Snapshot", target: Path, *, store_id: str) -> Exported:
    """Write one JSON-LD file with its context inside; `rows` counts statements."""
    return _write(snapshot, target, "jsonld")


def write_nquads(snapshot: "Snapshot", target: Path, *, store_id: str) -> Exported:
    """Write one N-Quads file, in a named graph what one document said; `rows` counts statements."""
    return _write(snapshot, target, "nquads")


def write_shapes(snapshot: "Snapshot", target: Path, *, store_id: str) -> Exported:
    """Write the SHACL shapes of the vocabulary as Turtle, the same for every graph; `rows` counts statements."""
    from graph.rdf.shapes import shapes

    found = shapes()
    found.serialize(target, format="longturtle", encoding="utf-8")
    return Exported(files=1, rows=len(found))


def _write(snapshot: "Snapshot", target: Path, form: str) -> Exported:
    with target.open("w", encoding="utf-8", newline="\n") as file:
        return Exported(files=1, rows=write(snapshot, form, file))
