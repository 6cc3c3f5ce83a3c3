"""The patterns of bodies and duties, compiled from `patterns/units.toml`."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPattern:
    """One pattern with the examples that prove it: `finds` hold a match, `skips` none."""

    name: str
    pattern: re.Pattern[str]
    finds: tuple[str, ...]
    skips: tuple[str, ...]


@cache
def unit_patterns() -> dict[str, UnitPattern]:
    """Return every pattern of the file by its name."""
    data = tomllib.loads(files("loaders.patterns").joinpath("units.toml").read_text(encoding="utf-8"))
    return {
        one["name"]: UnitPattern(
            name=one["name"],
            pattern=re.compile(one["pattern"], re.VERBOSE),
            finds=tuple(one["finds"]),
            skips=tuple(one["skips"]),
        )
        for one in data["pattern"]
    }


def pattern(name: str) -> re.Pattern[str]:
    """Return one compiled pattern; a name that is not in the file is a fault of ours."""
    return unit_patterns()[name].pattern
