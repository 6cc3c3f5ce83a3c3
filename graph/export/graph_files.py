"""GraphML and GEXF of a graph, for Gephi, yEd, Cytoscape, igraph and networkx: written row by row, equal graphs to equal bytes.

networkx's own writers hold the whole graph in memory, and its writer of GEXF notes the day and takes `type` and `end`
for words of the format.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING

from graph.export.formats import Exported
from graph.snapshot.tables import LINK, NODE, names_of, tables
from graph.store.network import Flat, of_snapshot
from graph.store.protocol import Scalar

if TYPE_CHECKING:
    from graph.snapshot.snapshot import Snapshot

_TYPES = {"integer": "long", "number": "double", "boolean": "boolean"}
# What XML 1.0 cannot say at all becomes the sign for a character that could not be read.
_UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
_ESCAPED = re.compile('[&<>"\r\n\t]')


def write_graphml(snapshot: "Snapshot", target: Path, *, store_id: str) -> Exported:
    """Write one GraphML file; `rows` counts nodes and links."""
    return _write(target, _graphml(of_snapshot(snapshot)))


def write_gexf(snapshot: "Snapshot", target: Path, *, store_id: str) -> Exported:
    """Write one GEXF file; `rows` counts nodes and links. Its `label` is what viewers show: the name of a thing.

    The kind of a thing stands in `type`, as that of a link does.
    """
    return _write(target, _gexf(of_snapshot(snapshot)))


def _write(target: Path, lines: Iterator[str]) -> Exported:
    rows = 0
    with target.open("w", encoding="utf-8", newline="\n") as file:
        for line in lines:
            rows += _put(file, line)
    return Exported(files=1, rows=rows)


def _put(file: IO[str], line: str) -> int:
    file.write(line + "\n")
    return line.startswith(("<node ", "<edge "))


def _columns(group: str, first: str) -> dict[str, str]:
    """Return the attributes that things (or links) may have, with their types; no two kinds differ in one."""
    found = {first: "string"}
    for name in names_of(group):
        spec = tables()[name]
        found |= {one: _TYPES.get(spec.columns[one], "string") for one in spec.public}
    return {name: kind for name, kind in found.items() if name not in ("key", "source", "target")}


def _xml(value: Scalar) -> str:
    """Return a value as it stands in XML, in an attribute too."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    return _ESCAPED.sub(lambda one: _ESCAPES[one[0]], _UNSAYABLE.sub("\ufffd", str(value)))


def _graphml(flat: Flat) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for group, what, first in ((NODE, "node", "label"), (LINK, "edge", "type")):
        for name, kind in _columns(group, first).items():
            yield f'<key id="{what}.{name}" for="{what}" attr.name="{name}" attr.type="{kind}"/>'
    yield '<graph edgedefault="directed">'
    for key, own in flat.nodes():
        yield f'<node id="{_xml(key)}">{_data("node", own)}</node>'
    for source, target, key, own in flat.links():
        yield f'<edge id="{_xml(key)}" source="{_xml(source)}" target="{_xml(target)}">{_data("edge", own)}</edge>'
    yield "</graph>"
    yield "</graphml>"


def _data(what: str, own: Mapping[str, Scalar]) -> str:
    return "".join(f'<data key="{what}.{name}">{_xml(value)}</data>' for name, value in own.items())


def _gexf(flat: Flat) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">'
    yield "<meta><creator>zhengmai</creator></meta>"
    yield '<graph mode="static" defaultedgetype="directed">'
    for group, what in ((NODE, "node"), (LINK, "edge")):
        yield f'<attributes class="{what}" mode="static">'
        for name, kind in _columns(group, "type").items():
            yield f'<attribute id="{what}.{name}" title="{name}" type="{kind}"/>'
        yield "</attributes>"
    yield "<nodes>"
    for key, own in flat.nodes():
        said = {"type": own["label"]} | {name: value for name, value in own.items() if name != "label"}
        shown = own.get("name", key)
        yield f'<node id="{_xml(key)}" label="{_xml(shown)}">{_values("node", said)}</node>'
    yield "</nodes>"
    yield "<edges>"
    for source, target, key, own in flat.links():
        ends = f'source="{_xml(source)}" target="{_xml(target)}" label="{_xml(own["type"])}"'
        yield f'<edge id="{_xml(key)}" {ends}>{_values("edge", own)}</edge>'
    yield "</edges>"
    yield "</graph>"
    yield "</gexf>"


def _values(what: str, own: Mapping[str, Scalar]) -> str:
    said = (f'<attvalue for="{what}.{name}" value="{_xml(value)}"/>' for name, value in own.items())
    return f"<attvalues>{''.join(said)}</attvalues>"
