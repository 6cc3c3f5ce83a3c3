"""What tells when a rule applies, or what it only allows: numbers and days in it are no commitments.

A clause is a case where it ends in 的, 时 or 后 (面积小于90平方米的,), opens with 若 or 凡, goes on to such a clause
(…,且单程不超过20分钟的,), or names whom a rule is for and gives nothing itself (对增长10%以上的企业,).
"""

from graph.model import Span
from loaders.extract.targets.clauses import Clauses
from loaders.patterns.pattern_files import by_name

_WORDS = by_name("target_conditions")
# So many clauses a case may run on for.
_CHAIN = 4
# So far behind a sum a punishment is named.
_NEAR = 12
_COMPARED = ("gt", "lt")


def in_case(clauses: Clauses, start: int, end: int) -> bool:
    """Tell whether [start, end) stands in a clause, or in a bracket of one, that says to whom or when a rule applies."""
    left, right = clauses.at(start)
    if _is_case(clauses, left, right, start, end):
        return True
    bracketed = clauses.folded[left - 1 : left] == "(" and left > clauses.start
    if not bracketed:
        return False
    outer = clauses.at(left - 1)
    return _ends_case(clauses.folded[outer[0] : outer[1]]) or _runs_on(clauses, outer[1])


def dates_whom(clauses: Clauses, start: int, end: int) -> bool:
    """Tell whether a time at [start, end) says which ones are meant: 2023年度评为甲类的渡船企业, 6月30日前已经出让的用地."""
    right = clauses.at(start)[1]
    said = clauses.folded[end:right]
    whom = _WORDS["dated_whom"].match(said)
    return whom is not None and not _WORDS["brings_about"].search(whom[0])


def is_restricted(clauses: Clauses, start: int, end: int, sign: str) -> bool:
    """Tell whether the words around a number in its clause make it a threshold, a permission, a base or a standard.

    `sign` is how the number is compared (`gt`, `lt`, …).
    """
    left, right = clauses.at(start)
    before, after = clauses.folded[left:start], clauses.folded[end:right]
    if _WORDS["based_on"].match(after) or _WORDS["falls_short"].search(before) or _WORDS["punishes"].search(before):
        return True
    if _WORDS["fine"].search(after[:_NEAR]):
        return True
    if clauses.folded.startswith("次", end - 1) and _WORDS["times_whose"].match(after):
        return True
    if _WORDS["may"].search(before):
        had = _WORDS["may_have"].search(before + clauses.folded[start:end])
        return not (had or _WORDS["given"].fullmatch(clauses.folded, left, right))
    if (_WORDS["design"].search(before) and not _WORDS["gives"].search(before)) or _WORDS["enables"].fullmatch(
        clauses.folded, left, right
    ):
        return True
    if _WORDS["such_things"].match(after) and _WORDS["is_so"].search(before):
        return not _WORDS["pays"].search(before)
    strives = _WORDS["strives"].search(before)
    return sign in _COMPARED and not strives and bool(_WORDS["such_things"].match(after))


def is_term(clauses: Clauses, start: int, end: int) -> bool:
    """Tell whether a length of time or a number of times is how long or how often one has something."""
    left, right = clauses.at(start)
    before, after = clauses.folded[left:start], clauses.folded[end:right]
    return bool(_WORDS["terms"].search(before) or _WORDS["free_use"].match(after))


def is_period(folded: str, lead: int, span: Span, spread: bool, low: int) -> bool:
    """Tell whether a time is the stretch of days in which a measure holds: 发布之日起至2025年6月30日, 5月1日至10日期间."""
    if _WORDS["holds_from"].search(folded, max(low, lead - 16), lead):
        return True
    return spread and bool(folded[span.end - 1] == "日" or _WORDS["holds_until"].match(folded, span.end))


def sets_behind(text: str, at: int) -> bool:
    """Tell whether words behind `at` set something (按, 给予) and do not say that it was set (已下调)."""
    return bool(_WORDS["sets"].search(text, at)) and not _WORDS["was_set"].search(text, at)


def does_something(folded: str, start: int, end: int) -> bool:
    """Tell whether folded[start:end] says what a measure does (免收, 予以)."""
    return bool(_WORDS["does"].search(folded, start, end))


def _is_case(clauses: Clauses, left: int, right: int, start: int, end: int) -> bool:
    folded = clauses.folded
    clause, before = folded[left:right], folded[left:start]
    if _ends_case(clause):
        return not _WORDS["gives"].search(before.rpartition("的")[2])
    if _WORDS["sets"].search(before):
        return False
    if _WORDS["opens_size"].fullmatch(clause) or (_WORDS["opens_who"].match(clause) and _names_whom(folded[end:right])):
        return True
    opens = _WORDS["opens_for"].match(clause)
    if _runs_on(clauses, right, any_clause=bool(opens)):
        return True
    if _WORDS["opens_case"].match(clause):
        return right < clauses.end
    given = _WORDS["whom_given"].match(folded, end, right) and _WORDS["threshold"].search(before)
    return bool(opens and (given or _names_whom(folded[end:right])))


def _names_whom(after: str) -> bool:
    return bool(_WORDS["for_whom"].search(after) and not _WORDS["sets"].search(after))


def _ends_case(clause: str) -> bool:
    """Tell whether a clause ends as a case does (的, 时, 后), a bracket behind them passed over."""
    text = clause.rstrip()
    if text.endswith(")") and (opened := text.rfind("(")) > 0:
        text = text[:opened]
    return bool(_WORDS["closes_case"].search(text))


def _runs_on(clauses: Clauses, right: int, any_clause: bool = False) -> bool:
    """Tell whether the clauses behind `right` go on with a case up to one that ends it.

    They begin with 且 and the like, or anyhow (`any_clause`) behind one that opens with 对.
    """
    for _ in range(_CHAIN):
        if right >= clauses.end or clauses.folded[right] != ",":
            return False
        left, right = clauses.at(right + 1)
        clause = clauses.folded[left:right]
        if not any_clause and not _WORDS["joins_case"].match(clause):
            return False
        if _WORDS["sets"].search(clause):
            return False
        if _ends_case(clause):
            return True
    return False
