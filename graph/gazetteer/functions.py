"""The functions of public bodies: every name that means one body of a jurisdiction, and its one canonical name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from graph.gazetteer.renamings import Renaming, renamings


@dataclass(frozen=True, slots=True)
class Function:
    """One body that a jurisdiction has: `name` is canonical (编委办), `function` what it does (编制).

    `central` are the names that mean the centre's body without any word of place (财政部).
    """

    name: str
    function: str
    central: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Functions:
    by_name: dict[str, Function]
    by_central: dict[str, Function]
    longest: int


@cache
def _functions() -> _Functions:
    by_name: dict[str, Function] = {}
    by_central: dict[str, Function] = {}
    before = {r.now: [one for one in renamings() if one.now == r.now] for r in renamings() if r.reach == "centre"}
    text = files("graph.gazetteer").joinpath("functions.tsv").read_text("utf-8")
    for line in text.splitlines()[1:]:
        name, function, stems, forms, aliases, central = line.split("\t")
        body = Function(name, function, _at_the_centre(tuple(filter(None, central.split("|"))), before))
        by_name.setdefault(name, body)
        for alias in filter(None, aliases.split("|")):
            by_name.setdefault(alias, body)
        for stem in filter(None, stems.split("|")):
            for form in forms.split("|"):
                by_name.setdefault(stem + form, body)
        for word in body.central:
            by_central[word] = body
    for renaming in renamings():
        if renaming.reach == "all":
            gone, now = by_name[renaming.before], by_name[renaming.now]
            by_name.update({word: now for word, body in by_name.items() if body == gone})
    return _Functions(by_name, by_central, max(map(len, (*by_name, *by_central))))


def _at_the_centre(names: tuple[str, ...], before: Mapping[str, Sequence[Renaming]]) -> tuple[str, ...]:
    """Return the names of a body of the centre with those that it had before a reform, without those that others have now."""
    gone = {word: now for now, told in before.items() for one in told for word in (one.before, *one.short)}
    own = [name for name in names if gone.get(name, name) in names]
    had = [word for word, now in gone.items() if now in names]
    return tuple(dict.fromkeys([*own, *had]))


def function_of(name: str) -> Function | None:
    """Return the function that a unit's name without its place means, or None.

    >>> function_of("机构编制委员会办公室").name, function_of("发改局").function, function_of("某某办")
    ('编委办', '发展改革', None)
    """
    return _functions().by_name.get(name)


def central_function(name: str) -> Function | None:
    """Return the function of a body of the centre that is named without a place, or None.

    >>> central_function("财政部").function
    '财政'
    """
    return _functions().by_central.get(name)


def starts(text: str) -> Iterator[tuple[Function, int]]:
    """Yield every function of which a name stands at the start of `text`, with that name's length, the longest first."""
    known = _functions()
    for end in range(min(len(text), known.longest), 1, -1):
        if found := known.by_central.get(text[:end]) or known.by_name.get(text[:end]):
            yield found, end


def longest_start(text: str) -> tuple[Function, int] | None:
    """Return the function whose name is the longest at the start of `text`, and that name's length; or None."""
    return next(starts(text), None)


def central_start(text: str) -> bool:
    """Tell whether `text` begins with the name of a body of the centre (财政部办公厅)."""
    known = _functions().by_central
    return any(text[:end] in known for end in range(min(len(text), 20), 2, -1))
