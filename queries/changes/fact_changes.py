"""Changes from a parent task to its child: units, date and numbers, each as short printed text."""

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from graph.store.protocol import AnswerRow, Scalar
from graph.text import squeeze

_ALIKE = 0.5
"""Of two quantities that share so much of their words, an equal number is the same number."""
_ONE_CLAUSE = 0.6
"""Two clauses that share so much of their words beside dates and numbers are about one thing."""
_SHORTEST = 4
"""A name of so many characters at the end of another says the same thing more shortly: 服务满意率."""
# Words that only say that a number follows: 按照5%征收 counts what its clause is about.
_NO_NAME = re.compile(
    r"(?:按照?|减按|给予|最高|最低|不低于|不超过|分别|不含|含|由|为|至|到|可|其中|一次性|原则上|各|每|单|[^\w])*"
)
_FIGURE = re.compile(r"\d+(?:\.\d+)?\s*(?:年|月|日|%|[万亿]?元)?(?:底|末)?(?:以?前)?")


def units(parent: Sequence[AnswerRow], child: Sequence[AnswerRow]) -> tuple[str | None, str | None]:
    """Return the units of the parent without a counterpart in the child, and the child's without one in the parent.

    Units are the same where they have the same function (counterparts at two levels), groups where they stand for
    the same.
    """
    above, below = {_function(row) for row in parent}, {_function(row) for row in child}
    dropped = dict.fromkeys(str(row["surface"]) for row in parent if _function(row) not in below)
    added = dict.fromkeys(str(row["surface"]) for row in child if _function(row) not in above)
    return "、".join(dropped) or None, "、".join(added) or None


def leads(parent: Sequence[AnswerRow], child: Sequence[AnswerRow]) -> str | None:
    """Return how the lead below stands to the lead above: `counterpart` (of one function), `other`, or who lacks one.

    None where the text of neither names a lead.
    """
    above, below = ({_function(row) for row in side if row["role"] == "lead"} for side in (parent, child))
    if not above or not below:
        return "no_lead_below" if above else "no_lead_above" if below else None
    return "counterpart" if above & below else "other"


def _function(row: AnswerRow) -> tuple[Scalar, Scalar]:
    return (row["kind"], row["function"] or row["name"])


def date(parent: Mapping[str, Scalar], child: Mapping[str, Scalar]) -> str | None:
    """Return the change of the date: one of `date_changed`'s words, `kept`, or None where neither has one.

    >>> date({"deadline": "2022年底前", "end": "2022-12-31"}, {"deadline": "6月底前", "end": "2022-06-30"})
    'tightened'
    """
    above, below = parent.get("deadline"), child.get("deadline")
    if above is None or below is None:
        return None if above == below else "dropped" if below is None else "set"
    first, last = parent.get("end"), child.get("end")
    if first is None or last is None:
        return "kept" if first == last else "no_day" if last is None else "day_set"
    return "kept" if first == last else "tightened" if str(last) < str(first) else "relaxed"


def numbers(parent: Sequence[AnswerRow], child: Sequence[AnswerRow], *, part: bool = False) -> str | None:
    """Return the targets that differ, as `quantity: 120处 → 15处`; `–` stands for a side that has none.

    Where only a part of one is found in the other (`part`), what only one side has belongs to another part: it is left out.
    """
    pairs = paired(parent, child)
    matched = [id(match) for _, match in pairs]
    left = [one for one in child if one["value"] is not None and id(one) not in matched]
    changes = []
    for target, match in pairs:
        same = None if match else next((one for one in left if _same(target, one)), None)
        if same is not None:
            left = [one for one in left if one is not same]
            continue
        if match is None and part:
            continue
        if match is None or _amount(match) != _amount(target):
            changes.append(f"{_counted(target)}: {_amount(target)} → {_amount(match) if match else '–'}")
    changes += [] if part else [f"{_counted(one)}: – → {_amount(one)}" for one in left]
    return "; ".join(dict.fromkeys(changes)) or None


def target_dates(parent: Sequence[AnswerRow], child: Sequence[AnswerRow]) -> str | None:
    """Return the dates by which targets are to be met that differ, as `驿站: 2025-06-30 → 2025-09-30`."""
    moved = moved_targets(parent, child)
    found = [f"{_counted(one)}: {one['end'] or '–'} → {match['end'] or '–'}" for one, match in moved]
    return "; ".join(found) or None


def moved_targets(parent: Sequence[AnswerRow], child: Sequence[AnswerRow]) -> list[tuple[AnswerRow, AnswerRow]]:
    """Return each target of the parent beside the same of the child, where they are to be met by different dates.

    Targets are compared that count the same, where neither side has several that do: which would be which is not known.
    Of those that count nothing, one with a date on each side, where both clauses are about one thing.
    """
    pairs = [(one, match) for one, match in paired(parent, child) if match]
    plain = [[one for one in side if one["value"] is None and one["end"]] for side in (parent, child)]
    if all(len(side) == 1 for side in plain) and _one_clause(plain[0][0], plain[1][0]):
        pairs.append((plain[0][0], plain[1][0]))
    return [(one, match) for one, match in pairs if one["end"] != match["end"]]


def paired(parent: Sequence[AnswerRow], child: Sequence[AnswerRow]) -> list[tuple[AnswerRow, AnswerRow | None]]:
    """Return each target of the parent that has a number, with the one of the child that counts the same.

    Where a side has several that do, only equal numbers are paired.
    """
    counted = [[one for one in side if one["value"] is not None] for side in (parent, child)]
    left = list(counted[1])
    pairs: list[tuple[AnswerRow, AnswerRow | None]] = []
    for target in counted[0]:
        alike = [one for one in left if _alike(target, one)]
        match = next((one for one in alike if _amount(one) == _amount(target)), None)
        if match is None and all(sum(_alike(target, one) for one in side) == 1 for side in counted):
            match = next(iter(alike), None)
        left = [one for one in left if one is not match]
        pairs.append((target, match))
    return pairs


def _counted(target: AnswerRow) -> Scalar:
    """Return what a target counts, its clause where that has no name of its own."""
    return _name(target) or target["text"]


def _name(target: AnswerRow) -> str:
    quantity = str(target["quantity"] or "")
    return "" if _NO_NAME.fullmatch(quantity) else quantity


def _alike(one: AnswerRow, other: AnswerRow) -> bool:
    """Tell whether two targets count the same: one name, or one at the end of the other; without a name, by their clauses."""
    if other["value"] is None or one["unit"] != other["unit"]:
        return False
    names = sorted((squeeze(_name(one)), squeeze(_name(other))), key=len)
    if names[0]:
        return names[0] == names[1] or (len(names[0]) >= _SHORTEST and names[1].endswith(names[0]))
    return _one_clause(one, other)


def _one_clause(one: AnswerRow, other: AnswerRow) -> bool:
    """Tell whether the clauses of two targets are about one thing, dates and numbers apart."""
    return _ratio(str(one["text"] or ""), str(other["text"] or "")) >= _ONE_CLAUSE


@lru_cache(maxsize=4096)
def _ratio(one: str, other: str) -> float:
    above, below = sorted((_FIGURE.sub("", squeeze(text)) for text in (one, other)), key=len)
    if len(above) >= _SHORTEST and below.endswith(above):
        return 1.0
    return SequenceMatcher(None, above, below, autojunk=False).ratio() if above and below else 0.0


def _same(one: AnswerRow, other: AnswerRow) -> bool:
    """Tell whether two targets say one number of what is nearly the same: `完成全市整治`, `基本完成全镇整治`."""
    if _amount(one) != _amount(other):
        return False
    return SequenceMatcher(None, str(_counted(one)), str(_counted(other)), autojunk=False).ratio() >= _ALIKE


def _amount(target: AnswerRow) -> str:
    value = target["value"]
    shown = f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else f"{value:.0f}"
    return f"{shown}{target['unit'] or ''}"
