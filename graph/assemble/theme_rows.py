"""From the headings of one family's plans to its themes, and which task is in which."""

from collections import defaultdict
from collections.abc import Container, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from graph.assemble.policy_rows import Policies
from graph.identity import link_key
from graph.link.themes import Heading, ScoredPair, themes
from graph.snapshot.arrow_columns import table_of
from graph.snapshot.tables import SnapshotRow


def join_themes(tasks: pa.Table, links: pa.Table, policies: Policies) -> tuple[list[SnapshotRow], pa.Table]:
    """Return the rows of Theme and the table IN_THEME of all families.

    `tasks` and `links` hold some columns of Task and DERIVES_FROM. A link has a voice where it joins two measures and
    was not rejected: that a safeguard is met by a measure does not make the measure's theme its own.
    """
    below: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    measures: set[str] = set()
    columns = (tasks[name].to_pylist() for name in ("key", "document", "policy_key", "theme_heading", "kind"))
    for key, document, policy, heading, kind in zip(*columns, strict=True):
        if kind == "measure":
            measures.add(key)
        if policy is not None and heading:
            below[policies.family[policies.of(policy, document)], document, heading].append(key)
    families: dict[str, list[Heading]] = defaultdict(list)
    for (family, document, printed), keys in sorted(below.items()):
        families[family].append(Heading(document, printed, tuple(sorted(keys))))
    inside = _by_family(families, links, measures)
    named: list[SnapshotRow] = []
    joined: list[SnapshotRow] = []
    for family, headings in families.items():
        _family(named, joined, family, headings, themes(headings, inside[family]))
    return named, table_of("IN_THEME", joined)


def _by_family(
    families: dict[str, list[Heading]], links: pa.Table, measures: Container[str]
) -> dict[str, list[ScoredPair]]:
    """Return the correspondences of two measures that nobody rejected by the family of their tasks, in order."""
    family_of = {
        task: family for family, headings in families.items() for heading in headings for task in heading.tasks
    }
    kept = links.filter(pc.not_equal(links["judgement"], "rejected"))
    inside: dict[str, list[ScoredPair]] = defaultdict(list)
    columns = (kept[name].to_pylist() for name in ("source", "target", "score"))
    for link in sorted(zip(*columns, strict=True)):
        if link[0] in family_of and link[0] in measures and link[1] in measures:
            inside[family_of[link[0]]].append(link)
    return inside


def _family(
    named: list[SnapshotRow],
    joined: list[SnapshotRow],
    family: str,
    headings: Sequence[Heading],
    names: Sequence[str | None],
) -> None:
    printed: dict[str, set[str]] = defaultdict(set)
    for heading, name in zip(headings, names, strict=True):
        if name is None:
            continue
        key = f"{family}:{name}"
        printed[name].add(heading.printed)
        for task in heading.tasks:
            joined.append(
                {
                    "key": link_key("IN_THEME", task, key),
                    "source": task,
                    "target": key,
                    "printed_heading": heading.printed,
                    "owner": heading.document,
                }
            )
    for name, words in printed.items():
        named.append(
            {
                "key": f"{family}:{name}",
                "name": name,
                "family": family,
                "printed_headings": sorted(words),
            }
        )
