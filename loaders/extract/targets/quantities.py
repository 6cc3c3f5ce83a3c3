"""Numbers with their units in a plan's text, without those that name, order or describe what exists."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.model import Comparator
from graph.numerals import DIGITS, chinese_integer, to_number
from loaders.extract.targets.clauses import Clauses
from loaders.extract.targets.conditions import in_case, is_restricted, is_term, sets_behind
from loaders.patterns.pattern_files import by_name, load_patterns

_PATTERNS = tuple(
    (order, one, re.compile(one.data["needs"]))
    for order, one in enumerate(load_patterns("targets"))
    if "needs" in one.data
)
_NUMBERS = tuple((order, one.name, needs, one.regex) for order, one, needs in _PATTERNS if one.data["of"] == "number")
_MASKS = tuple((needs, one.regex) for _, one, needs in _PATTERNS if one.data["of"] == "mask")
_WORDS = by_name("targets")
_QUOTED = re.compile(r"“[^”\n]{0,40}”|「[^」\n]{0,40}」|\"[^\"\n]{1,30}\"|”[^“”\n]{1,12}“(?![\u4e00-\u9fff])")
_QUOTES = '"“”'
# 由“最低4%”下调至“最低3.8%”: the value alone stands in quotes.
_QUOTED_VALUE = re.compile(
    r"[^\d\u4e00-\u9fff](?:[最不][低高超少多][于过]?)?\d[\d.]*(?:%|万?元|个百分点)[^\d\u4e00-\u9fff]"
)
_DURATION = _WORDS["duration"]
_MONEY = _WORDS["money"]
_INSIDE = _WORDS["inside"]
_MODIFIES = _WORDS["modifies"]
_WHICH = _WORDS["which"]
_NAMES_WORKS = _WORDS["names_works"]
_WORKS = _WORDS["works_unit"]
_SUM = _WORDS["sum"]
_ENSURES = _WORDS["ensures"]
_WHOSE = _WORDS["whose"]
_ALSO = _WORDS["also"]
_THING = _WORDS["thing_unit"]
_SIZE = _WORDS["size_unit"]
_CONDITION = _WORDS["condition"]
_MAKES = _WORDS["makes"]
_FROM = _WORDS["from"]
_CHANGES = _WORDS["changes"]
_CHANGED = _WORDS["changed"]
_CHANGED_LIST = _WORDS["changed_list"]
_LIST_BEHIND = re.compile(r"[^,;。()]{0,20}\(([^()]{2,200})\)")
_EACH_OF = _WORDS["each_of"]
_ASIDE = re.compile(r"\([^()]{0,40}\)")
_JOINTS = (re.compile(r"、"), _WORDS["joint"])
_ODD = _WORDS["odd"]
_OPEN = _WORDS["open"]
_CASE = _WORDS["case"]
_AGAINST = _WORDS["against"]
_MAKING = _WORDS["making"]
# What is told of today before what will be: 将目前2%的费率降低至1%.
_TODAY = ("目前", "现有", "原有")
_SHARES = {"百": "%", "千": "‰"}
_DOING = _WORDS["doing"]
_RULE_FOR = _WORDS["rule_for"]
_QUALITY_OF = _WORDS["quality_of"]
_FROM_THEN_ON = _WORDS["from_then_on"]
_DIGIT = re.compile(r"\d")
_BEFORE_OBJECT = _WORDS["before_object"]
_NEW_VALUE = _WORDS["new_value"]
_POINTS_GIVEN = _WORDS["points_given"]
_SCORED = _WORDS["scored"]
_POINTS_REACHED = _WORDS["points_reached"]
_COUNTED_FROM = _WORDS["counted_from"]
_AT_LEAST = _WORDS["at_least"]
_COMPARATORS: tuple[tuple[re.Pattern[str], Comparator], ...] = tuple(
    (one.regex, one.data["sign"]) for one in load_patterns("targets") if one.data["of"] == "comparator"
)
PrintedNumber = tuple[re.Match[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number at [start, end) of the folded text: `value` in `unit` (万 亿 % stay in the unit), as compared."""

    start: int
    end: int
    value: float
    unit: str | None
    comparator: Comparator
    rule: str


def masks(text: str, folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the places in [start, end) whose numbers count nothing: names in quotes, titles, codes, ordinals."""
    quoted = _QUOTED.finditer(text, start, end)
    found = [match.span() for match in quoted if not _QUOTED_VALUE.fullmatch(folded, *match.span())]
    for needs, regex in _MASKS:
        if needs.search(folded, start, end):
            found += [match.span() for match in regex.finditer(folded, start, end)]
    return found


def printed_numbers(folded: str, start: int, end: int) -> list[PrintedNumber]:
    """Return what the patterns find in [start, end), in printed order, each with the name of its pattern."""
    candidates = [
        (match.start("number" if match["number"] else "number_one"), order, match, name)
        for order, name, needs, regex in _NUMBERS
        if needs.search(folded, start, end)
        for match in regex.finditer(folded, start, end)
    ]
    return [(match, name) for _, _, match, name in sorted(candidates, key=lambda candidate: candidate[:2])]


def find_quantities(
    clauses: Clauses, printed: Sequence[PrintedNumber], hidden: Sequence[tuple[int, int]]
) -> list[Quantity]:
    """Return those of the numbers `printed` in a sentence that a commitment may state, in printed order.

    `hidden` are places that are passed over (masks, dates). Of a range (2—3个) the lower number is the value.
    """
    committed: list[Quantity] = []
    modifiers: list[Quantity] = []
    margin = 0
    for match, rule in printed:
        number = match.span("number" if match["number"] else "number_one")
        # 65岁 tells whom a service is for, but 预期寿命80岁 what is reached.
        if rule != "lifespan" and any(left < number[1] and number[0] < right for left, right in hidden):
            continue
        if number[0] < margin or (committed and number[0] < committed[-1].end):
            continue
        if rule == "margin":
            margin = match.end()
        if not (quantity := _quantity(match, rule)) or not _commits(clauses, match, quantity):
            continue
        if not _modifies(clauses, quantity):
            committed.append(quantity)
            continue
        modifiers.append(quantity)
        while committed and _also(clauses.folded, committed[-1], quantity):
            quantity = committed.pop()
    committed = [one for one in committed if one.rule != "term" or _only(clauses, one, committed)]
    # 设立规模20亿元的基金 commits to the size; in 培育产值10亿元的企业20家 the size only tells which.
    alone = [one for one in modifiers if _promised(clauses, one, committed)]
    return sorted([*committed, *alone], key=lambda one: one.start) if alone else committed


def _quantity(match: re.Match[str], rule: str) -> Quantity | None:
    groups, start = match.groupdict(), match.start("number")
    if groups["number"] is None:
        start = match.start("number_one")
        groups |= {"number": groups["number_one"], "unit": groups["unit_one"], "whole": groups.get("whole_one")}
    printed = groups["number"]
    if len(printed) > 1 and all(char in DIGITS for char in printed):
        return None  # 二三家 is two or three
    value: float | None = (
        {"百": 100, "千": 1000, "万": 10000}[printed] if rule in ("bandwidth", "hundred") else to_number(printed)
    )
    if value is None and rule == "margin":
        value = -(to_number(printed.removeprefix("-")) or 0)
    if value is None:
        value = chinese_integer(printed)
    if value is None or (rule in ("chinese_large", "chinese_behind") and value < 10):
        return None
    surface = "".join((groups.get("unit") or "").split())
    if rule == "tenths":
        value *= 10
    if rule == "fraction":
        value = round(100 * value / (chinese_integer(groups["whole"]) or 100), 2)
    unit = (
        "%"
        if rule in ("tenths", "fraction")
        else _SHARES.get(groups.get("whole") or "") or _ODD.sub("", surface) or None
    )
    said = "".join(groups.get(name) or "" for name in ("pre", "post", "some", "more")) + surface[1:]
    comparator: Comparator = next((sign for pattern, sign in _COMPARATORS if said and pattern.search(said)), "eq")
    ends = ("number", "number_one", "unit", "post", "more", "unit_one")
    end = max(match.end(name) for name in ends if name in match.re.groupindex)
    return Quantity(start=start, end=end, value=float(value), unit=unit, comparator=comparator, rule=rule)


def _commits(clauses: Clauses, match: re.Match[str], quantity: Quantity) -> bool:
    """Tell whether the words beside the number make it a commitment, not a name, a part or a condition."""
    if quantity.rule in ("frequency", "each_time", "from_issue"):
        return not is_term(clauses, quantity.start, quantity.end)
    if _excepted(clauses, quantity):
        return False
    clause, folded = clauses.at(quantity.start), clauses.folded
    before, after = folded[clause[0] : quantity.start], folded[quantity.end : clause[1]]
    if _exists(before, quantity) or _compared(clauses, clause) or _OPEN.match(after) or _CASE.fullmatch(after):
        return False
    if _SCORED.match(after):
        return False
    before = before.removesuffix(match.groupdict().get("pre") or "")
    if _scoped(before, quantity) or (_aside(folded, clause) and not (before + after).strip() and _tells(quantity)):
        return False
    if _WORDS["listed"].match(folded, quantity.end, clauses.end) and quantity.rule in (
        "arabic",
        "chinese",
        "chinese_large",
        "chinese_behind",
    ):
        return False
    unit = quantity.unit or ""
    if unit == "兆" and _QUALITY_OF.match(after):
        return False
    if unit == "分" and (_POINTS_GIVEN.search(before) or not _POINTS_REACHED.search(before + match[0])):
        return False
    if _was(before, after) or _counts_list(before, after, quantity, match):
        return False
    if _CONDITION.fullmatch(before + match[0] + after):
        return False
    if unit == "%" or quantity.rule in ("bare", "term"):
        return True
    return _lasts(before, after, match[0], unit) if _DURATION.search(unit) else True


def _was(before: str, after: str) -> bool:
    """Tell whether a number is what is changed, alone or in a list: 由5元提高至10元, 由5元、6元分别提高至10元、12元."""
    if _FROM.search(before) and _CHANGES.match(after.lstrip(_QUOTES)):
        return True
    return bool(_CHANGED.search(before) and _CHANGED_LIST.match(after))


def _excepted(clauses: Clauses, quantity: Quantity) -> bool:
    """Tell whether a number stands in a case, is only allowed, or is the term of something."""
    if in_case(clauses, quantity.start, quantity.end):
        return True
    if is_restricted(clauses, quantity.start, quantity.end, quantity.comparator):
        return True
    timed = _DURATION.search(quantity.unit or "") or quantity.unit == "次"
    return bool(timed and is_term(clauses, quantity.start, quantity.end))


def _also(folded: str, before: Quantity, modifier: Quantity) -> bool:
    """Tell whether a size printed before one that tells which thing is meant tells it too."""
    return bool(_SIZE.search(before.unit or "") and _ALSO.fullmatch(folded, before.end, modifier.start))


def _exists(before: str, quantity: Quantity) -> bool:
    """Tell whether the words before the number tell what is there, and do not promise a growth (确保同比增长8%以上)."""
    existing = _WORDS["existing"].search(before)
    # 对原有住房按成交价的1%补助: what is there is given a rate.
    rated = quantity.unit == "%" or _MONEY.search(quantity.unit or "")
    if existing and rated and sets_behind(before, existing.end()):
        return False
    if existing and existing[0] in _TODAY and _NEW_VALUE.search(before, existing.end()):
        return False
    compared = existing and (existing[0] == "同比" or before[max(existing.start() - 1, 0)] in "比较")
    return bool(existing and not (compared and (quantity.comparator == "ge" or _ENSURES.search(before))))


def _compared(clauses: Clauses, clause: tuple[int, int]) -> bool:
    """Tell whether a clause goes on telling what is there: 目前已有渡口120处,较2020年减少15%."""
    said = _WORDS["existing"].search(clauses.folded, clauses.start, clause[0])
    return bool(said and _AGAINST.match(clauses.folded, clause[0], clause[1]))


def _only(clauses: Clauses, term: Quantity, found: Sequence[Quantity]) -> bool:
    """Tell whether nothing but the term (用3年时间) is counted in its clause."""
    left, right = clauses.at(term.start)
    return not any(left <= one.start < right for one in found if one is not term)


def _scoped(before: str, quantity: Quantity) -> bool:
    """Tell whether the words before it make the number one of what is there, not one that is promised."""
    scope = _WORDS["scope"].search(before)
    if not scope or quantity.rule == "position":
        return False
    if scope[0].strip() == "等" and _DURATION.search(quantity.unit or ""):
        return False
    bound = quantity.comparator not in ("eq", "about")
    # 硕士以上3万元: the sum is theirs, not one of those above.
    if scope[0].strip() == "以上" and _MONEY.search(quantity.unit or ""):
        return False
    if scope[0].startswith(("面积", "以", "上限")):
        return not bound
    # 推进甲、乙等17个渡口改造 promises all of them, of which two are named.
    if scope[0].strip() == "等" and _DOING.match(before) and quantity.value > before.count("、") + 1:
        return False
    # 建设仓库、中心等10家以上 promises a number, 推动甲、乙等5个园区扩区 counts them.
    return not (scope[0].strip() == "等" and bound and _MAKING.search(before))


def _aside(folded: str, clause: tuple[int, int]) -> bool:
    return folded[clause[0] - 1 : clause[0]] == "(" and folded[clause[1] : clause[1] + 1] == ")"


def _tells(quantity: Quantity) -> bool:
    """Tell whether a number alone in a bracket only says which thing is meant: 垃圾桶(240升), 初期(3个月)."""
    return bool(_THING.search(quantity.unit or "") or _DURATION.search(quantity.unit or ""))


def _counts_list(before: str, after: str, quantity: Quantity, match: re.Match[str]) -> bool:
    """Tell whether the number counts what is listed beside it: 甲、乙、丙3个区, 2个项目(一期、二期)."""
    ranges = match.groupdict().get("high")
    if ranges or quantity.comparator != "eq" or not 2 <= quantity.value <= 30 or _SIZE.search(quantity.unit or "元"):
        return False
    bracket = _LIST_BEHIND.match(after)
    lists = [_ASIDE.sub("", before), bracket[1] if bracket else ""]
    if _EACH_OF.search(before):
        return False
    listed = [one for one in lists if "、" in one and not _DIGIT.search(one)]
    return any(len(joint.split(one)) == quantity.value for one in listed for joint in _JOINTS)


def _modifies(clauses: Clauses, quantity: Quantity) -> bool:
    """Tell whether a size only says which thing is meant (产值10亿元以上的企业, 千人规模的)."""
    if quantity.rule == "chinese_bound" and _WHOSE.match(clauses.folded, quantity.end, clauses.end):
        return True
    if not _SIZE.search(quantity.unit or ""):
        return False
    left, _ = clauses.at(quantity.start)
    if _RULE_FOR.match(clauses.folded, quantity.end, clauses.end) and not _SUM.match(
        clauses.folded, quantity.end, clauses.end
    ):
        return True
    verb = _BEFORE_OBJECT.search(clauses.folded, left, quantity.start)
    if verb and verb[0].startswith("达") and _WHICH.match(clauses.folded, quantity.end, clauses.end):
        return True
    if _WORKS.search(quantity.unit or "") and _NAMES_WORKS.match(clauses.folded, quantity.end, clauses.end):
        return not (verb or _MAKING.search(clauses.folded, left, quantity.start))
    if not _MODIFIES.match(clauses.folded, quantity.end, clauses.end):
        return False
    if _SUM.match(clauses.folded, quantity.end, clauses.end):
        return False
    return not verb


def _promised(clauses: Clauses, modifier: Quantity, found: Sequence[Quantity]) -> bool:
    left, right = clauses.at(modifier.start)
    if any(left <= one.start < right for one in found) or not _MAKES.match(clauses.folded, left, modifier.start):
        return False
    return not clauses.folded.startswith("级", modifier.end)


def _lasts(before: str, after: str, printed: str, unit: str) -> bool:
    """Tell whether a length of time is promised: a limit for a service, a length that is raised or cut."""
    if _COUNTED_FROM.search(before) and not _NEW_VALUE.search(before):
        return False
    if not after.strip() and unit != "年" and _FROM_THEN_ON.search(before) and _INSIDE.search(printed):
        return True
    if _WORDS["lasting"].search(before + printed[: printed.find(unit)]):
        return not unit.endswith("年") or bool(_AT_LEAST.search(before + printed))
    within = _INSIDE.search(printed) or before.endswith(("最长", "最多"))
    return unit != "年" and bool(within and _is_served(before, after))


def _is_served(before: str, after: str) -> bool:
    """Tell whether a body serves somebody within a length of time: 3个工作日内办结, 1个工作日内核发证件.

    Acts that rules of procedure set count only where the length counts from no act before them (自受理之日起5日内公示).
    """
    if _WORDS["served"].match(after):
        return True
    return bool(_WORDS["acts"].match(after)) and not _WORDS["from_act"].search(before)


def is_benefit(clauses: Clauses, quantity: Quantity) -> bool:
    """Tell whether a length of time is how long a benefit lasts, which is no target."""
    if not _DURATION.search(quantity.unit or ""):
        return False
    clause, folded = clauses.at(quantity.start), clauses.folded
    before = folded[clause[0] : quantity.start]
    kind = _WORDS["benefit"]
    if quantity.unit != "年" and _WORDS["served"].match(folded, quantity.end, clause[1]):
        return False
    if kind.search(before):
        return not _WORDS["growth"].search(before)
    near = folded[max(clauses.start, clause[0] - 40) : min(clauses.end, clause[1] + 24)]
    if not kind.search(near):
        return False
    return not _WORDS["growth"].search(before) and not _WORDS["provided"].search(before)
