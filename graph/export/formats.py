"""Writing a snapshot for other programs: one function a format, all named in one table."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from graph.errors import UsageError

if TYPE_CHECKING:
    from graph.snapshot.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """The result of an export: the files written, and the number of rows, triples or other things that the format counts.

    `line` is what to type next, in the folder that was written.
    """

    files: int
    rows: int
    line: str | None = None


class Exporter(Protocol):
    """Writes a snapshot to `target`: a new file, or a new folder where the format is one of several files."""

    def __call__(self, snapshot: "Snapshot", target: Path, *, store_id: str) -> Exported:
        """Write it; `store_id` is the id of the graph, by which a server tells whose nodes are whose."""
        ...


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One format: where its function stands (`module:function`), the suffix of its file, whether it is a folder."""

    function: str
    suffix: str = ""
    folder: bool = False


EXPORTERS: Mapping[str, ExportFormat] = {
    "neo4j-csv": ExportFormat("graph.export.neo4j_files:write_csv", folder=True),
    "neo4j-parquet": ExportFormat("graph.export.neo4j_files:write_parquet", folder=True),
    "turtle": ExportFormat("graph.export.rdf_files:write_turtle", suffix=".ttl"),
    "jsonld": ExportFormat("graph.export.rdf_files:write_jsonld", suffix=".jsonld"),
    "nquads": ExportFormat("graph.export.rdf_files:write_nquads", suffix=".nq"),
    "shacl": ExportFormat("graph.export.rdf_files:write_shapes", suffix=".ttl"),
    "graphml": ExportFormat("graph.export.graph_files:write_graphml", suffix=".graphml"),
    "gexf": ExportFormat("graph.export.graph_files:write_gexf", suffix=".gexf"),
}
"""Every format that a graph can be written in."""


def exporter(name: str) -> Exporter:
    """Return the function of a format.

    Raises:
        UsageError: there is no such format.
    """
    if name not in EXPORTERS:
        raise UsageError("there is no format {name!r}; there is {known}", name=name, known=" ".join(EXPORTERS))
    module, _, function = EXPORTERS[name].function.partition(":")
    return cast(Exporter, getattr(import_module(module), function))
