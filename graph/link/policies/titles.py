"""A policy's title taken apart: what tells two titles apart is place, numbers, verb and edition, never spelling.

`parts` finds the slots of a title, `agree` compares two titles by them; only where every slot agrees is the likeness
of the words believed.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel

from graph.gazetteer.functions import central_start
from graph.gazetteer.places import CENTRE, Place, by_key, chain, leading
from graph.text import squeeze

# A notice that only brings a plan into force is that plan: its verb says nothing.
_ISSUE_VERBS = "印发|发布|颁布|颁发|下发"
_ISSUES = re.compile(rf"(?:{_ISSUE_VERBS})《")
_QUOTED = re.compile(r"《([^《》]{4,100})》")
_NOTICE = "通知|公告|通告|决定|函"
_WRAPPED = re.compile(
    rf"^(?:关于)?(?:{_ISSUE_VERBS})(?P<inner>.{{4,200}}?)(?:的)?(?:{_NOTICE})?(?P<tail>[(][^()]{{1,20}}[)])?$"
)
_PLAIN = re.compile(rf"^(?:关于)?(?P<inner>.{{2,200}}?)(?:的(?P<genre>{_NOTICE}))?(?P<tail>[(][^()]{{1,20}}[)])?$")
_ISSUERS = re.compile(
    rf"^(?P<who>[^《》()]{{2,80}}?(?:[厅局委办部署院会府室省组心团法联司社]|等[\u4e00-\u9fff\d]{{1,4}}部门))"
    rf"(?=关于|《"
    rf"|(?:{_ISSUE_VERBS}|转发|公布|组织|开展|征集|举办|启动|推荐))"
)
# 区政府…: the word of place belongs to the issuer, not to the plan.
_RELATIVE = re.compile(r"^[省市区县](?=政府|人民政府|级|直)")
# What a headline says of a text, behind its name: …的意见发布(全文).
_TOLD = re.compile(
    r"(?<=[见案划法则例定施策要知告函点])(?:正式|今日|近日)?(?:发布|印发|出台|公布|下发)?(?:[(]全文[)])?$"
)
_ANNEX = re.compile(r"[(]附(?:件)?[:\d].{0,200}$")
_DIGITS = re.compile(r"\d+")
_ORDINAL = re.compile(r"第[一二三四五六七八九十百〇零\d]{1,5}(?:批|期|届|次|号|轮|个五年|季度|标段|类|部分|阶段)?")
_PLAN_PERIOD = re.compile(r"[\"']?十[一二三四五六]五[\"']?")
_PART = re.compile(r"[上下]半年|上册|下册|[上中下]篇|[甲乙丙丁]类")
_VERBS = re.compile(
    "推荐|公布|公示|征集|申报|转发|下达|拨付|废止|修改|表彰|奖励|举办|召开|命名|撤销|终止|延期|延长|补充|验收|评审|备案|认定"
    "|提名|启动|更正|调整|成立|征求|审批|复核|考核|评估|检查|招标|竣工|变更|取消|注销|恢复|停止|暂停|报送|解读|批复|答复"
)
_REVISED = re.compile(r"修订|修正|修改稿|征求意见稿|送审稿|草案|试点方案|补充")
_TRIAL = re.compile(r"[(](?:试行|暂行|修订版?|修订稿)[)]$")
_PERIOD = re.compile(r"[(](?:19|20)\d\d(?:年?[-至~到](?:(?:19|20)\d\d|\d\d))?年?(?:度)?[)]$")
_GENRES = (
    "实施意见",
    "指导意见",
    "若干意见",
    "意见",
    "实施方案",
    "工作方案",
    "行动方案",
    "总体方案",
    "试点方案",
    "方案",
    "三年行动计划",
    "行动计划",
    "工作计划",
    "计划",
    "行动纲要",
    "纲要",
    "发展规划",
    "规划",
    "实施办法",
    "管理办法",
    "暂行办法",
    "办法",
    "实施细则",
    "细则",
    "条例",
    "规定",
    "规则",
    "规程",
    "规范",
    "标准",
    "若干措施",
    "措施",
    "若干政策",
    "政策",
    "要点",
    "清单",
    "目录",
    "指南",
    "预案",
    "制度",
    "名单",
    "结果",
    "章程",
    "公约",
    "公报",
    "通报",
    "报告",
    "批复",
    "请示",
    "纪要",
    "通知",
    "公告",
    "通告",
    "决定",
    "函",
)
# 进一步 is none: 关于进一步促进… comes a year after 关于促进….
_FILLER = re.compile(
    r"(?:的|关于|有关|做好|开展|组织|工作|通知|公告|印发|发布|年度|年|度|实施|省|市|县|区|自治区|全|我|本|级|中国|和|与|及|等|等的"
    r"|加强|事项|并|中|人民政府|办公厅|办公室|国家|全国|我国|大力|切实|加快|试行|暂行|项目|事宜|本市|本省){0,6}"
)


@dataclass(frozen=True, slots=True)
class TitleParts:
    """A title's slots. `core` is what remains without issuers, place and the words of a notice, folded and bare.

    `plain` is the core without its period in brackets; `numbers` are years, ordinals and plan periods; `place` is the
    place that the title itself prints, None where it prints none.
    """

    core: str
    plain: str
    place: Place | None
    numbers: tuple[str, ...]
    verbs: frozenset[str]
    genre: str | None
    revised: frozenset[str]
    forwards: bool
    issuers: str


def _bare(text: str) -> str:
    """Return the same as `graph.text.bare`, of text that is folded already."""
    return "".join(char for char in text if char.isalnum())


def _without_issuers(text: str) -> tuple[str, str]:
    if text.startswith(("关于", "《")):
        return "", text
    match = _ISSUERS.match(text)
    return (match["who"], text[match.end() :]) if match else ("", text)


def _unquoted(text: str) -> str:
    return text[1:-1] if text.startswith("《") and text.endswith("》") and text.count("《") == 1 else text


@lru_cache(65536)
def parts(title: str, places: tuple[str, ...] = ()) -> TitleParts:
    """Return the slots of a title; `places` are names of its place that may stand before it, longest first.

    >>> one = parts("澜江省人民政府关于印发《澜江省数字乡村建设行动计划(2021-2023年)》的通知")
    >>> one.core, one.numbers, one.genre
    ('数字乡村建设行动计划20212023年', ('2021', '2023'), '行动计划')
    """
    text = _TOLD.sub("", _ANNEX.sub("", _unquoted(squeeze(title).strip("。,;"))))
    issuers, text = _without_issuers(text)
    forwards = text.startswith(("转发", "关于转发", "批转", "关于批转"))
    genre = None
    tail = ""
    if not forwards:
        if match := _WRAPPED.match(text):
            text, tail = _unquoted(match["inner"]), match["tail"] or ""
        elif match := _PLAIN.match(text):
            text, genre, tail = match["inner"], match["genre"], match["tail"] or ""
    inner_issuers, text = _without_issuers(text) if not issuers else ("", text)
    place, text = _own_place(issuers or inner_issuers, text, places)
    text = _RELATIVE.sub("", text)
    text = re.sub(r"^关于", "", text)
    whole = text + tail
    trial = _TRIAL.sub("", whole)
    plain = _PERIOD.sub("", trial)
    if genre in (None, "通知"):
        ending = _bare(plain[-12:])
        genre = next((word for word in _GENRES if ending.endswith(word)), genre)
    return TitleParts(
        core=_bare(trial),
        plain=_bare(plain),
        place=place,
        numbers=_numbers(trial),
        verbs=frozenset(_VERBS.findall(plain)),
        genre=genre,
        revised=frozenset(_REVISED.findall(whole)),
        forwards=forwards,
        issuers=issuers or inner_issuers,
    )


def issued_by(title: str) -> tuple[str, ...]:
    """Return the titles of the texts that a notice issues by its own title, where it names several.

    >>> issued_by("澄州市关于印发《渡口整修方案》和《船员培训方案》的通知"), issued_by("关于印发《渡口整修方案》的通知")
    (('渡口整修方案', '船员培训方案'), ())
    """
    folded = squeeze(title)
    named = tuple(_QUOTED.findall(folded)) if _ISSUES.search(folded) else ()
    return named if len(named) > 1 else ()


def _own_place(issuers: str, text: str, places: tuple[str, ...]) -> tuple[Place | None, str]:
    """The place that a title prints, of its issuers or at its start, and the title without that start."""
    place: Place | None = None
    if issuers:
        start = chain(issuers)
        place = start[0] if start else by_key(CENTRE) if is_central(issuers) else None
    if places:
        text = text.removeprefix(next((one for one in places if text.startswith(one)), ""))
    elif start := leading(text):
        # The place at the start of a plan that others issue is not theirs: 国务院关于浙江省….
        if place is None or start[0].code == place.code:
            place, text = start[0], text[start[1] :]
    elif place and text.startswith(place.name):
        text = text[len(place.name) :]
    return place, text


def is_central(issuers: str) -> bool:
    """Tell whether issuers begin with a body of the centre.

    >>> is_central("科技部办公厅"), is_central("省科技厅")
    (True, False)
    """
    return issuers.startswith(("国务院", "国家", "中央", "中共中央", "全国")) or central_start(issuers)


def _numbers(text: str) -> tuple[str, ...]:
    numbers = [one.lstrip("0") or "0" for one in _DIGITS.findall(text)]
    numbers += _ORDINAL.findall(text) + [one.strip("\"'") for one in _PLAN_PERIOD.findall(text)] + _PART.findall(text)
    return tuple(sorted(numbers))


def slots_agree(one: TitleParts, two: TitleParts) -> bool:
    """Tell whether no slot of two titles speaks against their being one; the place is compared by the caller."""
    if one.forwards != two.forwards or one.numbers != two.numbers or one.verbs != two.verbs:
        return False
    if one.revised != two.revised:
        return False
    return one.genre == two.genre or None in (one.genre, two.genre) or "通知" in (one.genre, two.genre)


def small_change(one: str, two: str, place: Place | None = None) -> bool:
    """Tell whether two cores differ by no more than fillers, a short form or a single character.

    The name of the `place` that issued both may be left out or shortened.

    >>> small_change("加快推进数字乡村建设的实施意见", "推进数字乡村建设实施意见")
    True
    >>> small_change("澄州大学科技园管理办法", "岚川大学科技园管理办法")
    False
    """
    changed = 0
    names = {place.name, place.short_name, place.name.removesuffix("省")} if place else set()
    for a, b, c, d in _blocks(one, two):
        left, right = one[a:b], two[c:d]
        if (left in names and not right) or (right in names and not left):
            continue
        if _FILLER.fullmatch(left) and _FILLER.fullmatch(right):
            continue
        # A short form begins like the long one, so the character before the difference belongs to it.
        short, long = sorted((one[max(a - 1, 0) : b], two[max(c - 1, 0) : d]), key=len)
        single = len(left) <= 1 and len(right) <= 1 and not (left + right).isdigit()
        if not single and not (left and right and _shortened(short, long)):
            return False
        changed += 1
    return changed <= 2


def _blocks(one: str, two: str) -> list[tuple[int, int, int, int]]:
    """The stretches in which two texts differ; a single equal character between two differences joins them."""
    blocks: list[tuple[int, int, int, int]] = []
    for code in Indel.opcodes(one, two):
        if code.tag == "equal":
            continue
        a, b, c, d = code.src_start, code.src_end, code.dest_start, code.dest_end
        if blocks and a - blocks[-1][1] <= 1 and c - blocks[-1][3] <= 1:
            blocks[-1] = (blocks[-1][0], b, blocks[-1][2], d)
        else:
            blocks.append((a, b, c, d))
    return blocks


def _shortened(short: str, long: str) -> bool:
    """Is `short` a short form of `long`: its characters in order, both beginning alike (发改委 of 发展和改革委员会)?"""
    if not 2 <= len(short) < len(long) or short[0] != long[0]:
        return False
    rest = iter(long)
    return all(char in rest for char in short)
