"""Places that no list holds and units without a function, by kinds: `python -m benchmarks.odd_names GRAPH [--examples N]`.

GRAPH is a folder of graphs (`--store`) or a snapshot. Whoever looks through the examples finds what a rule took for a
place or a body and a reader would not.
"""

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.differences import Stored, stored
from graph.gazetteer.joint_names import bodies
from graph.gazetteer.place_forms import TOWN_FORMS, ZONE
from graph.gazetteer.place_table import gazetteer
from graph.gazetteer.places import find

__all__ = ["kind_of_place", "kind_of_unit", "listing", "main"]

Row = Mapping[str, Any]

# Kinds of units by how a name ends, the first that fits.
_ENDINGS = (
    ("an enterprise or a bank", re.compile(r"(?:公司|集团|银行|[分支]行|中支|报社|交易所)$")),
    ("a school, a hospital, an association", re.compile(r"(?:学院|大学|学校|医院|协会|商会|学会)$")),
    ("a group that a plan sets up", re.compile(r"(?:领导小组|小组|专班|指挥部|联席会议|委员会)(?:办公室)?$")),
    ("a branch", re.compile(r"(?:[分支]局|监管局|监管组|管理部|分中心|办事处|海关|营业部)$")),
    ("a zone's body", re.compile(r"(?:区|镇|园|中心)(?:管委会|管理委员会)$")),
    ("an office inside a body", re.compile(r"(?:处|科|室|司|办公厅|党委|纪委)$")),
    ("a body of a name that no list holds", re.compile(r"(?:局|委|办|厅|部|院|会|中心|站|队|署|所|府)$")),
)


def kind_of_place(row: Row) -> str | None:
    """Return what kind of place that no list holds a row of Jurisdiction is; None of one that is listed."""
    if row["key"] in gazetteer().by_key:
        return None
    above = "" if "." in row["key"] else ", nothing above it known"
    if ZONE.fullmatch(row["name"]):
        return f"a zone{above}"
    if row["name"].endswith(TOWN_FORMS):
        return f"a town{above}"
    return f"a {row['level']} by its form{above}"


def kind_of_unit(row: Row) -> str | None:
    """Return what kind of unit without a function a row of Unit is; None of one that has a function."""
    if row["function"]:
        return None
    name = row["key"].rpartition(":")[2]
    if len(bodies(name)) > 1 or any(len(bodies(printed)) > 1 for printed in row["printed_names"]):
        return "several bodies without a sign between them"
    if find(name) or (row["jurisdiction"] or "").rpartition(".")[2] == name:
        return "a place alone"
    return next((kind for kind, ending in _ENDINGS if ending.search(name)), "anything else")


def listing(graph: Stored, examples: int = 12) -> list[str]:
    """Return the lines of the listing: every kind with its count and some names, places first."""
    lines = []
    for title, table, kind_of in (
        ("places in no list", "Jurisdiction", kind_of_place),
        ("units without a function", "Unit", kind_of_unit),
    ):
        rows = graph.rows(table, list(graph.tables.get(table, {})))
        kinds: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            if kind := kind_of(row):
                kinds[kind].append(row["key"])
        lines.append(f"{title}: {sum(map(len, kinds.values())):,} of {len(rows):,}")
        for kind, keys in sorted(kinds.items(), key=lambda one: (-len(one[1]), one[0])):
            lines.append(f"  {len(keys):5,}  {kind}: {_shown(keys, examples)}")
    return lines


def _shown(keys: Sequence[str], examples: int) -> str:
    """Return some of the keys, spread over all of them."""
    step = max(1, len(keys) // examples) if examples else len(keys) + 1
    return " ".join(sorted(keys)[::step][:examples])


def main(arguments: Iterable[str] | None = None) -> int:
    """Print the listing of a graph; return 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--examples", type=int, default=12, help="names shown of each kind (default: %(default)s)")
    given = parser.parse_args(None if arguments is None else list(arguments))
    print("\n".join(listing(stored(given.graph), given.examples)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
