"""Whether words are the name of a body, by their form: `市财政局` is one, `格局` is none."""

import re
from functools import lru_cache

from loaders.extract.deadlines.deadline_kinds import holds_a_time
from loaders.extract.units.unit_patterns import pattern

_FORM = pattern("form")
_NO_FORM = pattern("no_form")
_NO_NAME = pattern("no_name")
_COLLECTIVE = pattern("collective")
_BARE = pattern("bare")
_MEASURE = pattern("measure")
_GROUP = re.compile(r"\([^()\n]{0,40}\)|\[[^\[\]\n]{0,40}\]|〔[^〔〕\n]{0,40}〕|【[^【】\n]{0,40}】")
_BLANK = re.compile(r"\s+")
# 市"一网通办"办公室: quotes inside the name of an office; 建设"便民站" is none.
_QUOTED = re.compile(r"[\"“]([^\"“”]{1,12})[\"”](?=(?:工作)?(?:办公室|办$|专班|领导小组|指挥部))")
_CHARACTERS = re.compile(r"[\u3400-\u9fffA-Za-z0-9·\-]{2,32}")
# Words that stand in a list of units and name nobody.
_NOBODY = re.compile(
    r"(?:部门|单位|有关|相关|其他|其它|全部|所有|无|暂无|同上|以上|属地|上述|责任|牵头|配合|负责|[省市县区])"
)
# A group is told by 各 or the like and by one of these at its end.
_GROUP_END = re.compile(
    r"(?:[市县区州盟旗镇乡村委办局厅院党级地方所站]|部门|单位|机关|街道|社区|园区|机构|企业|公司|银行|团体|组织|高校|学校|院校|医院|专班|小组"
    r"|政府|公署|办事处|成员|科室|处室|股室|支部|党组|景区|商会|协会|大学|党校|中心|委会?|居|[组队校]|国企|央企|民企|院所|运营商|海关|党派|[小中]学|幼儿园)$"
)
_TITLE = re.compile(
    r"领导(?!小组)|书记|(?<!科)[省市县区州镇乡局部处科主组院校所站行]长|主任|主席|负责人|责任人|负责同志|同志|联系人|总监|总经理"
)
# Words for a kind of body (重点企业, 第三方机构) are a group of units only with one of these.
_GROUP_SIGN = re.compile(
    r"各|有关|相关|其他|其它|涉及|属地|成员|所在|所属|全体|级以上|^(?:[省市县区州旗镇乡村街]|地方|基层|盟|设区|三大|[在驻]|科研|行业|国家|中央|社区|园区|金融)"
)
# The commonest surnames: two or three characters that begin so may be a person.
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)


@lru_cache(maxsize=8192)
def without_groups(name: str) -> str:
    """Return `name` without white space, quotes before an office and what stands in brackets, however they are nested.

    >>> without_groups("各县(市、区) 政府")
    '各县政府'
    """
    name = _QUOTED.sub(r"\1", _BLANK.sub("", name))
    for _ in range(3):
        shorter = _GROUP.sub("", name)
        if shorter == name:
            break
        name = shorter
    return name


@lru_cache(maxsize=8192)
def is_collective(folded_text: str) -> bool:
    """Tell whether the name is that of a group: `各镇(街道)`, `有关部门`, `市直部门`.

    >>> is_collective("各镇(街道)"), is_collective("区政府办")
    (True, False)
    """
    return bool(_COLLECTIVE.search(_BLANK.sub("", folded_text)))


@lru_cache(maxsize=8192)
def is_bare(folded_text: str) -> bool:
    """Tell whether this is only the generic end of a name: `办公室`, `街道`, `党工委`."""
    return bool(_BARE.match(_BLANK.sub("", folded_text)))


@lru_cache(maxsize=8192)
def is_unit_name(folded_text: str) -> bool:
    """Tell whether folded words look like the name of a body or of a group of bodies, by their form alone.

    >>> [is_unit_name(one) for one in ("市财政局", "各镇(街道)", "格局", "街道", "2018-2022年")]
    [True, True, False, False, False]
    """
    base = without_groups(folded_text)
    if not _CHARACTERS.fullmatch(base) or (is_bare(base) and base == folded_text):
        return False
    if _NO_NAME.search(base) or _NOBODY.fullmatch(base):
        return False
    if is_collective(folded_text):
        return bool(_GROUP_END.search(base) and _GROUP_SIGN.search(base))
    return not is_bare(base) and bool(_FORM.search(base)) and not _NO_FORM.search(base)


@lru_cache(maxsize=8192)
def may_be_unit(folded_text: str) -> bool:
    """Tell whether words in a place that is kept for units may be one: any short name that is no time and no person."""
    base = without_groups(folded_text)
    if not _CHARACTERS.fullmatch(base) or _NOBODY.fullmatch(base):
        return False
    return not (
        _NO_NAME.search(base) or is_measure(base) or may_be_person(base) or is_person_title(base)
    )


@lru_cache(maxsize=8192)
def is_measure(folded_text: str) -> bool:
    """Tell whether words among names of units say when, how far or how many points, and name nobody.

    >>> is_measure("6月底完成"), is_measure("0.5分"), is_measure("市财政局")
    (True, True, False)
    """
    return _MEASURE.search(folded_text) is not None or holds_a_time(folded_text)


def may_be_person(folded_text: str) -> bool:
    """Tell whether two or three characters may be a person's name."""
    name = _BLANK.sub("", folded_text)
    return 2 <= len(name) <= 3 and name[0] in _SURNAMES and not _FORM.search(name)


def is_person_title(folded_text: str) -> bool:
    """Tell whether words are the office of a person, with or without a name: `分管副市长`, `市长某某`.

    >>> is_person_title("分管副市长"), is_person_title("市长热线办")
    (True, False)
    """
    name = without_groups(folded_text)
    found = [one.end() for one in _TITLE.finditer(name)]
    return bool(found) and (found[-1] == len(name) or may_be_person(name[found[-1] :]))
