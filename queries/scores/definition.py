"""What counts how much: a definition of scores, the one of this software or a file of the office's own."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from graph.errors import UsageError

VALUES: Mapping[str, tuple[str, ...]] = {
    "taken_up": ("taken_up", "split", "merged", "adapted", "partial", "doubtful", "not_found", "cannot_say"),
    "date": ("kept", "tightened", "day_set", "no_day", "relaxed", "dropped"),
    "lead": ("lead", "sole", "several", "nobody", "cannot_say"),
    "dated": ("dated", "undated", "cannot_say"),
    "progress": ("done", "overdue", "unrecorded"),
}
"""The kinds of cases that are found, and the values that a case of each may have."""
_KEYS = {"name", "zh", "en", "points", "units"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One thing that counts: points by value, and whether its cases count for units too."""

    name: str
    zh: str
    en: str
    points: Mapping[str, float]
    units: bool = False

    @property
    def full(self) -> float:
        """The points that a case brings at best."""
        return max(self.points.values())


def default_text() -> str:
    """Return the definition of this software as the file that it is."""
    return files("queries.scores").joinpath("default.toml").read_text(encoding="utf-8")


def definition(path: Path | None = None) -> tuple[Criterion, ...]:
    """Return the criteria of a definition, in its order; those of this software where no file is given.

    Raises:
        UsageError: the file cannot be read, or says what no definition may.
    """
    try:
        text = default_text() if path is None else path.read_text(encoding="utf-8-sig")
        entries = tomllib.loads(text).get("criterion")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(
            "{path}: the definition cannot be read ({why}); see docs/scores.md", path=path, why=error
        ) from error
    if not isinstance(entries, list) or not entries or not all(isinstance(one, dict) for one in entries):
        raise UsageError("{path}: the definition has no [[criterion]]; see docs/scores.md", path=path)
    found = tuple(_criterion(one, path) for one in entries)
    names = [one.name for one in found]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise UsageError("{path}: the criterion {name} stands there twice", path=path, name=twice)
    return found


def _criterion(entry: dict[str, Any], path: Path | None) -> Criterion:
    name = str(entry.get("name"))
    if name not in VALUES:
        raise UsageError(
            "{path}: no criterion is named {name}; there are {known}", path=path, name=name, known=" ".join(VALUES)
        )
    if unknown := sorted(set(entry) - _KEYS):
        raise UsageError("{path}: criterion {name} has no {key}", path=path, name=name, key=unknown[0])
    points = entry.get("points")
    if not isinstance(points, dict) or not points:
        raise UsageError("{path}: criterion {name} has no points", path=path, name=name)
    for value, number in points.items():
        if value not in VALUES[name]:
            known = " ".join(VALUES[name])
            raise UsageError(
                "{path}: {name} has no value {value}; it has {known}", path=path, name=name, value=value, known=known
            )
        if isinstance(number, bool) or not isinstance(number, (int, float)) or not 0 <= number <= 1000:
            raise UsageError(
                "{path}: the points of {name}.{value} are no number from 0 to 1000", path=path, name=name, value=value
            )
    if max(points.values()) == 0:
        raise UsageError("{path}: no value of {name} brings a point", path=path, name=name)
    return Criterion(
        name=name,
        zh=str(entry.get("zh") or name),
        en=str(entry.get("en") or name),
        points=points,
        units=entry.get("units") is True,
    )
