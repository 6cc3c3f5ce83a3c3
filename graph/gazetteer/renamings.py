"""What bodies were called before a reform of the state's institutions: the dated names of one body.

`renamings.tsv` holds what the published plans of reform say themselves, a row for each former name of a body of the centre, and of
the systems that run down to the counties (`reach` is `all`). What became of the bodies of one place is told by its own
documents and stands nowhere here.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

Change = Literal["renamed", "merged"]


@dataclass(frozen=True, slots=True)
class Renaming:
    """A name that a body had until the day before `since`: `short` are shorter forms of it, `source` says where it stands.

    `change` is `merged` where others went into the same body.
    """

    now: str
    before: str
    short: tuple[str, ...]
    since: date
    change: Change
    reach: Literal["centre", "all"]
    source: str


@cache
def renamings() -> tuple[Renaming, ...]:
    """Return every former name that is known, in the order of the table."""
    text = files("graph.gazetteer").joinpath("renamings.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return tuple(
        Renaming(
            now=now,
            before=before,
            short=tuple(filter(None, short.split("|"))),
            since=date.fromisoformat(since),
            change="merged" if change == "merged" else "renamed",
            reach="all" if reach == "all" else "centre",
            source=source,
        )
        for now, before, short, since, change, reach, source in rows
    )


def now_called(name: str) -> str | None:
    """Return what a body of the centre is called since a reform, None where the name is none of before one.

    >>> now_called("国家旅游局"), now_called("银监会"), now_called("财政部")
    ('文化和旅游部', '国家金融监督管理总局', None)
    """
    told = (one for one in renamings() if one.reach == "centre")
    return next((one.now for one in told if name == one.before or name in one.short), None)
