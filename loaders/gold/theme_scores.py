"""Scores of the themes that tasks share across the documents of a family, against gold (the ids of gold are labels only)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

from graph.link.themes import Heading, ScoredPair, themes
from graph.model import Reading
from loaders.gold.gold_form import GoldRow
from loaders.gold.scores import Score


def families(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Return the documents of `names` that pairs connect, each group and all groups in order."""
    group = {name: {name} for name in names}
    for one, other in pairs:
        if one in group and other in group and group[one] is not group[other]:
            joined = group[one] | group[other]
            for name in joined:
                group[name] = joined
    return sorted({tuple(sorted(members)): sorted(members) for members in group.values()}.values())


def score_themes(
    gold: Mapping[str, Sequence[GoldRow]],
    reading: Callable[[str], Reading | None],
    pairs: Mapping[tuple[str, str], Sequence[ScoredPair]],
) -> list[Score]:
    """Return a score for each family of several documents: pairs of tasks, of two documents, that are of one theme.

    `gold` maps a document to its rows; only tasks with a theme there and found by path take part. `pairs` holds the
    links found between documents: they too say which headings belong together.
    """
    scores = []
    themed = {name: {row["path"]: row["theme"] for row in rows if row.get("theme")} for name, rows in gold.items()}
    for members in families([name for name, paths in themed.items() if paths], pairs):
        readings = [one for name in members if (one := reading(name))]
        if len(readings) < 2:
            continue
        links = [link for pair, found in pairs.items() if set(pair) <= set(members) for link in found]
        found = _theme_of(readings, links)
        wanted = {f"{name}/{path}": theme for name in members for path, theme in themed[name].items()}
        both = sorted(set(wanted) & set(found))
        score = Score(" ".join(members), "theme pairs")
        score.compare("share", _pairs(both, wanted), _pairs(both, found))
        scores.append(score)
    return scores


def _theme_of(readings: Sequence[Reading], links: Sequence[ScoredPair]) -> dict[str, str | None]:
    headings: list[Heading] = []
    for one in readings:
        below: dict[str, list[str]] = defaultdict(list)
        for task in one.tasks:
            if task.theme_heading and task.kind == "measure":
                below[task.theme_heading].append(f"{one.name}/{task.path}")
        headings += [Heading(one.name, printed, tuple(keys)) for printed, keys in below.items()]
    measures = {key for heading in headings for key in heading.tasks}
    named = themes(headings, [link for link in links if link[0] in measures and link[1] in measures])
    return {key: name for heading, name in zip(headings, named, strict=True) for key in heading.tasks}


def _pairs(keys: Sequence[str], theme: Mapping[str, str | None]) -> list[tuple[str, str]]:
    return [
        (one, other)
        for one, other in combinations(keys, 2)
        if one.rpartition("/")[0] != other.rpartition("/")[0] and theme[one] and theme[one] == theme[other]
    ]
