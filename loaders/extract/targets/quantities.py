"""Numbers with their units in a plan's text, without those that name, order or describe what exists."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.model import Comparator
from graph.numerals import DIGITS, chinese_integer, to_number
from loaders.extract.targets.clauses import Clauses
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
# 300万元/年 is a sum, 1万小时 of service a count.
_DURATION = re.compile(r"^[^/万亿]*(?:个?工作日|个?自然日|个月|年|天|周|小时|分钟|秒|人日)$")
_MONEY = re.compile(r"元")
# A share of something is a rate: 按市场价的70%执行. Where it is what is paid (按购置额的10%补助) it is promised.
_RATE = re.compile(r"(?:按照?|依照?|以)[^,;。]{0,40}(?:的|不超过)\s{0,2}$")
_INSIDE = re.compile(r"内$")
_MODIFIES = re.compile(r"\s{0,2}(?:\(不?含\))?(?:及?以上|及?以下|以内|左右)?(?:/[年月])?(?:的|规模的|级)")
# 投入达到1亿元的企业: which of them.
_WHICH = re.compile(r"(?:及?以上)?的(?:[\u4e00-\u9fff]{0,4}(?:企业|单位|机构|个人|家庭|人员|园区|平台|主体))")
# 60万吨乙烯项目: the size is part of a name.
_NAMES_WORKS = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:项目|工程|装置|机组|生产线)")
_WORKS = re.compile(r"吨|千瓦|兆瓦|米$|公里")
# 最高800万元的资助: the sum is the thing itself.
_SUM = re.compile(r"\s{0,2}(?:以内|以下)?的?[^,;。、的\d]{0,6}(?:奖|补助|补贴|资助|支持|经费|资金)")
_ENSURES = re.compile(r"确保|力争|争取|预期|目标")
# 赡养一位以上老人的支出
_WHOSE = re.compile(r"[\u4e00-\u9fff]{1,10}的")
# 井深超过800米、人数超过30人的矿山: both sizes tell which.
_ALSO = re.compile(r"\s{0,2}(?:\(不?含\))?(?:[、和且]\s{0,2}[^,;。、\d]{0,10}|[至到])")
_THING = re.compile(r"升|米$|寸|千克|公斤")
_SIZE = re.compile(r"^[万亿]$|元|人|米|亩|公顷|公里|吨|户|千瓦|兆瓦|[年月天周时]$|工作日|兆")
# 对…3家以上企业联合申报的: a condition.
_CONDITION = re.compile(r"\s{0,3}(?:对|凡|如|若|经|当|在)[^。]{1,120}(?:的|时|者|下)\s{0,3}")
_MAKES = re.compile(
    r"\s{0,3}(?:力争|争取|推动|支持|加快|重点)?(?:设立|组建|建设|建成|新建|打造|培育|引进|创建|形成|开工)"
)
# 由5元提高至10元: the first number is what is.
_FROM = re.compile(r"[由从自][^,;。]{0,14}$")
_CHANGES = re.compile(
    r"\s{0,2}(?:提高|提升|增加|增长|扩大|压缩|缩短|压减|降低|减少|调整|上升|下降|精简|升|增|降|减)[到至为]?"
)
_LIST_BEHIND = re.compile(r"[^,;。()]{0,20}\(([^()]{2,200})\)")
_JOINTS = (re.compile(r"、"), re.compile(r"[、和及]"))
# 1.7万余个: the odd ones belong to the number, not to the unit.
_ODD = re.compile(r"(?<=[十百千万亿])[余多]")
# 1处或者多处, 2个或3个: what is left open is no number.
_OPEN = re.compile(r"\s{0,2}(?:或者?|至)(?:多|数|若干|更多)")
# 入围企业为2家的, 3家及以上的: a case, not a promise.
_CASE = re.compile(r"\s{0,2}(?:及?以上|及?以下)?(?:[\u4e00-\u9fff]{0,6})?(?:的|时)\s{0,2}$")
# 有条件的可建设2个以上: what is only allowed (docs/annotation.md).
_ALLOWED = re.compile(r"(?<![认许不])可(?:以|再|适当|酌情)?(?:设立?|建设?|选|配|增设|保留)[^,;。]{0,6}$")
_AGAINST = re.compile(r"\s{0,2}(?:分别)?(?:较|比|同比|占|环比)")
_MAKING = re.compile(
    r"建|培育|引进|打造|创|新增|招引|选|扶持|发展|认定|形成|布局|支持|组织|举办|开展|推出|推广|完成|实施"
)
_DIGIT = re.compile(r"\d")
_BEFORE_OBJECT = re.compile(
    r"(?:新建|建成|建设|建立|培育|引进|打造|新增|完成|实现|创建|配备|配足|招引|选派|组建|达到?|至少)(?:不少于|不低于|至少)?$"
)
_COMPARATORS: tuple[tuple[re.Pattern[str], Comparator], ...] = (
    (re.compile(r"不少于|不低于|不小于|不得少于|不得低于|至少|最低"), "ge"),
    (re.compile(r"不得高于|不得超过|不超过|不高于|不多于|不大于|不得多于|至多|最多"), "le"),
    (re.compile(r"以上"), "ge"),
    (re.compile(r"以下|内"), "le"),
    (re.compile(r"超|突破|高于|多于|大于"), "gt"),
    (re.compile(r"低于|少于|小于"), "lt"),
    (re.compile(r"约|近|左右|上下|多|余|来"), "about"),
)


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
    found = [match.span() for match in _QUOTED.finditer(text, start, end)]
    for needs, regex in _MASKS:
        if needs.search(folded, start, end):
            found += [match.span() for match in regex.finditer(folded, start, end)]
    return found


def find_quantities(clauses: Clauses, hidden: Sequence[tuple[int, int]]) -> list[Quantity]:
    """Return the numbers in a sentence that a commitment may state, in printed order.

    `hidden` are places that are passed over (masks, dates). Of a range (2—3个) the lower number is the value.
    """
    found: list[Quantity] = []
    modifiers: list[Quantity] = []
    for match, rule in _candidates(clauses.folded, clauses.start, clauses.end):
        number = match.span("number" if match["number"] else "number_one")
        # 65岁 tells whom a service is for, but 预期寿命80岁 what is reached.
        if rule != "lifespan" and any(left < number[1] and number[0] < right for left, right in hidden):
            continue
        if found and number[0] < found[-1].end:
            continue
        if not (quantity := _quantity(match, rule)) or not _commits(clauses, match, quantity):
            continue
        if not _modifies(clauses, quantity):
            found.append(quantity)
            continue
        modifiers.append(quantity)
        while found and _also(clauses.folded, found[-1], quantity):
            quantity = found.pop()
    found = [one for one in found if one.rule != "term" or _only(clauses, one, found)]
    # 设立规模20亿元的基金 commits to the size; in 培育产值10亿元的企业20家 the size only tells which.
    alone = [one for one in modifiers if _promised(clauses, one, found)]
    return sorted([*found, *alone], key=lambda one: one.start) if alone else found


def _candidates(folded: str, start: int, end: int) -> Iterator[tuple[re.Match[str], str]]:
    found = [
        (match.start("number" if match["number"] else "number_one"), order, match, name)
        for order, name, needs, regex in _NUMBERS
        if needs.search(folded, start, end)
        for match in regex.finditer(folded, start, end)
    ]
    for _, _, match, name in sorted(found, key=lambda one: one[:2]):
        yield match, name


def _quantity(match: re.Match[str], rule: str) -> Quantity | None:
    groups, start = match.groupdict(), match.start("number")
    if groups["number"] is None:
        start = match.start("number_one")
        groups |= {"number": groups["number_one"], "unit": groups["unit_one"]}
    printed = groups["number"]
    if len(printed) > 1 and all(char in DIGITS for char in printed):
        return None  # 二三家 is two or three
    value: float | None = {"百": 100, "千": 1000, "万": 10000}[printed] if rule == "bandwidth" else to_number(printed)
    if value is None:
        value = chinese_integer(printed)
    if value is None or (rule == "chinese_large" and value < 10):
        return None
    surface = "".join((groups.get("unit") or "").split())
    unit = "%" if rule == "share" else _ODD.sub("", surface) or None
    said = "".join(groups.get(name) or "" for name in ("pre", "post", "some", "more")) + surface[1:]
    comparator: Comparator = next((sign for pattern, sign in _COMPARATORS if said and pattern.search(said)), "eq")
    end = max(match.end(name) for name in ("number", "unit", "post", "more", "unit_one") if name in groups)
    return Quantity(start=start, end=end, value=float(value), unit=unit, comparator=comparator, rule=rule)


def _commits(clauses: Clauses, match: re.Match[str], quantity: Quantity) -> bool:
    """Tell whether the words beside the number make it a commitment, not a name, a part or a condition."""
    if quantity.rule in ("frequency", "each_time"):
        return True
    clause, folded = clauses.at(quantity.start), clauses.folded
    before, after = folded[clause[0] : quantity.start], folded[quantity.end : clause[1]]
    if _ALLOWED.search(before) or _exists(before, quantity) or _compared(clauses, clause) or _OPEN.match(after) or _CASE.fullmatch(after):
        return False
    before = before.removesuffix(match.groupdict().get("pre") or "")
    if _scoped(before, quantity) or (_aside(folded, clause) and not (before + after).strip() and _tells(quantity)):
        return False
    if _WORDS["listed"].match(folded, quantity.end, clauses.end) and quantity.rule in (
        "arabic",
        "chinese",
        "chinese_large",
    ):
        return False
    unit = quantity.unit or ""
    if unit == "分" and not re.search(r"达|以上|不低于", before + match[0]):
        return False
    if (_FROM.search(before) and _CHANGES.match(after)) or _counts_list(before, after, quantity):
        return False
    if _CONDITION.fullmatch(before + match[0] + after):
        return False
    if unit == "%" and _RATE.search(before) and not _WORDS["benefit"].search(folded[quantity.end : clause[1] + 8]):
        return False
    if unit == "%" or quantity.rule in ("bare", "term"):
        return True
    return _lasts(before, after, match[0], unit) if _DURATION.search(unit) else True


def _also(folded: str, before: Quantity, modifier: Quantity) -> bool:
    """Tell whether a size printed before one that tells which thing is meant tells it too."""
    return bool(_SIZE.search(before.unit or "") and _ALSO.fullmatch(folded, before.end, modifier.start))


def _exists(before: str, quantity: Quantity) -> bool:
    """Tell whether the words before the number tell what is there, and do not promise a growth (确保同比增长8%以上)."""
    existing = _WORDS["existing"].search(before)
    return bool(existing and not (existing[0] == "同比" and (quantity.comparator == "ge" or _ENSURES.search(before))))


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
    bound = quantity.comparator not in ("eq", "about")
    if scope[0].startswith(("面积", "以")):
        return not bound
    # 建设仓库、中心等10家以上 promises a number, 推动甲、乙等5个园区扩区 counts them.
    return not (scope[0].strip() == "等" and bound and _MAKING.search(before))


def _aside(folded: str, clause: tuple[int, int]) -> bool:
    return folded[clause[0] - 1 : clause[0]] == "(" and folded[clause[1] : clause[1] + 1] == ")"


def _tells(quantity: Quantity) -> bool:
    """Tell whether a number alone in a bracket only says which thing is meant: 垃圾桶(240升), 初期(3个月)."""
    return bool(_THING.search(quantity.unit or "") or _DURATION.search(quantity.unit or ""))


def _counts_list(before: str, after: str, quantity: Quantity) -> bool:
    """Tell whether the number counts what is listed beside it: 甲、乙、丙3个区, 2个项目(一期、二期)."""
    if quantity.comparator != "eq" or not 2 <= quantity.value <= 30 or _SIZE.search(quantity.unit or "元"):
        return False
    bracket = _LIST_BEHIND.match(after)
    lists = [before, bracket[1] if bracket else ""]
    listed = [one for one in lists if "、" in one and not _DIGIT.search(one)]
    return any(len(joint.split(one)) == quantity.value for one in listed for joint in _JOINTS)


def _modifies(clauses: Clauses, quantity: Quantity) -> bool:
    """Tell whether a size only says which thing is meant (产值10亿元以上的企业, 千人规模的)."""
    if quantity.rule == "chinese_bound" and _WHOSE.match(clauses.folded, quantity.end, clauses.end):
        return True
    if not _SIZE.search(quantity.unit or ""):
        return False
    left, _ = clauses.at(quantity.start)
    made = _BEFORE_OBJECT.search(clauses.folded, left, quantity.start)
    if made and made[0].startswith("达") and _WHICH.match(clauses.folded, quantity.end, clauses.end):
        return True
    if _WORKS.search(quantity.unit or "") and _NAMES_WORKS.match(clauses.folded, quantity.end, clauses.end):
        return not (made or _MAKING.search(clauses.folded, left, quantity.start))
    if not _MODIFIES.match(clauses.folded, quantity.end, clauses.end):
        return False
    if _SUM.match(clauses.folded, quantity.end, clauses.end):
        return False
    return not made


def _promised(clauses: Clauses, modifier: Quantity, found: Sequence[Quantity]) -> bool:
    left, right = clauses.at(modifier.start)
    if any(left <= one.start < right for one in found) or not _MAKES.match(clauses.folded, left, modifier.start):
        return False
    return not clauses.folded.startswith("级", modifier.end)


def _lasts(before: str, after: str, printed: str, unit: str) -> bool:
    """Tell whether a length of time is promised: a limit for a service, a length that is raised or cut."""
    if re.search(r"之日|连续|公示|[收接受]到|起$", before):
        return False
    if _WORDS["lasting"].search(before + printed[: printed.find(unit)]):
        return not unit.endswith("年") or bool(re.search(r"不少于|不低于|至少", before + printed))
    return unit != "年" and bool(_INSIDE.search(printed) and _WORDS["served"].match(after))


def is_benefit(clauses: Clauses, quantity: Quantity) -> bool:
    """Tell whether a sum or a share is what is charged, or a term is that of a benefit: neither is a target.

    What a plan promises to pay (给予最高50万元奖励) is one.
    """
    unit = quantity.unit or ""
    if not (_MONEY.search(unit) or unit in ("%", "倍") or _DURATION.search(unit)):
        return False
    clause, folded = clauses.at(quantity.start), clauses.folded
    before = folded[clause[0] : quantity.start]
    kind = _WORDS["benefit" if _DURATION.search(unit) else "charge"]
    if kind.search(before):
        return not _WORDS["growth"].search(before)
    near = folded[max(clauses.start, clause[0] - 40) : min(clauses.end, clause[1] + 24)]
    if not kind.search(near):
        return False
    return not _WORDS["growth"].search(before) and not _WORDS["provided"].search(before)
