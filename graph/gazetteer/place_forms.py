"""The level of a place that no list holds, and whether it is a zone, told from the form of its name."""

import re
from collections.abc import Iterator

from graph.model import Level

# Zones are printed long and short; the short form stands in their names.
ZONE_KINDS = {
    "经济技术开发区": "经开区",
    "经开区": "经开区",
    "高新技术产业开发区": "高新区",
    "高新技术开发区": "高新区",
    "高新技术产业园区": "高新区",
    "高新区": "高新区",
    "综合保税区": "综保区",
    "综保区": "综保区",
    "保税港区": "保税港区",
    "保税区": "保税区",
    "自由贸易试验区": "自贸试验区",
    "自贸试验区": "自贸试验区",
    "自贸区": "自贸试验区",
    "综合实验区": "综合实验区",
    "经济开发区": "经济开发区",
    "旅游度假区": "旅游度假区",
    "风景名胜区": "风景名胜区",
    "城乡一体化示范区": "示范区",
    "工业园区": "工业园区",
    "产业园区": "产业园区",
    "产业集聚区": "产业集聚区",
    "合作区": "合作区",
    "示范区": "示范区",
    "管理区": "管理区",
    "开发区": "开发区",
    "新区": "新区",
}
_KINDS = "|".join(sorted(ZONE_KINDS, key=len, reverse=True))
ZONE = re.compile(rf"(?P<own>[^省市县区、,;]{{0,8}}?)(?:国家级?)?(?P<kind>{_KINDS})")
# What a short name may not stand before: 宁波镇… is no 宁波市.
PLACE_ENDS = frozenset("省市县区州盟旗镇乡村")
# The forms, longest first, with the level that the form alone tells.
FORMS: tuple[tuple[str, Level], ...] = (
    ("特别行政区", "province"),
    ("自治区", "province"),
    ("自治州", "city"),
    ("自治县", "county"),
    ("自治旗", "county"),
    ("街道", "town"),
    ("地区", "city"),
    ("林区", "county"),
    ("省", "province"),
    ("市", "city"),
    ("盟", "city"),
    ("县", "county"),
    ("区", "county"),
    ("旗", "county"),
    ("镇", "town"),
    ("乡", "town"),
)
_SEGMENT = re.compile(
    r"(?P<own>[\u4e00-\u9fff]{2,6}?)(?P<form>自治区|自治州|自治县|自治旗|街道|镇|(?<!城)乡"
    r"|(?<![一二两三四五六七八九十几多城都本全我该各])(?:省|市|盟|县|旗)"
    r"|(?<![一二两三四五六七八九十几多库社校园景灾矿林牧片湖海流街商港厂军疫老城郊市地全各本住居育学])区)"
    r"(?![场容区县级辖政划域内外乡镇])"
)
# 开发区, 城乡 … read like places by their last character and are none.
_NO_NAME = re.compile(
    r"(?:国家|全国|中央|自治|特别|行政|开发|高新|经开|保税|示范|省辖|设区|县级|地级|贫困|试点|园|景|社|城|住房|各|本|全|我"
    r"|该|有关|相关|所属|实验|试验|度假|管理|合作|集聚|特|林|灾|辖|中共|中国|人行|国网|农发行|国开行|转发|印发|关于"
    r"|[省市县区州旗](?!..?街道))(?:.{0,6})?$"
    r"|[省市县区州镇乡].*|.*(?:人民|委员|政府|发展|管理|办公|局|厅|委|银行|公司|大学|等)"
)
# Words of what policies speak of: with one of them a name before 市 or 区 is an area, an aim or a deed, and no place.
_NO_JURISDICTION = re.compile(
    "住房|城市|建设|项目|调整|加强|推进|推动|夯实|能源|智慧|居住|产业|经济|重点|农村|社会|公共|环境|生态|工业|商业|服务|交通|教育|卫生|健康"
    "|安全|信息|科技|创新|促进|提升|优化|深化|加快|支持|鼓励|引导|规范|强化|严格|坚持|统筹|培育|打造|改善|提高|保障|做好|完善|实施|开展|落实"
    "|特色|美丽|文明|平安|法治|数字|绿色|低碳|海绵|宜居|韧性|超大|特大|中小|中心|试验|示范|整个|整治|治理|规划|监管|贯彻|建立|健全|扩大|消费"
)
TOWN_FORMS = ("街道", "镇", "乡")
# What the name of a town goes on with where no place above it is printed.
TOWN_BODY = re.compile("人民政府|政府|党|办事处|街道办|委|管理|工作|社区|.{1,6}[村路街]")


def segments(text: str, at: int, strict: bool) -> Iterator[tuple[str, int]]:
    """Yield names of places by form alone from `at` on, with their ends; `strict` refuses common words."""
    while match := _SEGMENT.match(text, at):
        if strict and not may_be_name(match[0]):
            return
        at = match.end()
        yield match[0], at


def may_be_name(name: str) -> bool:
    """Tell whether a name that ends on the form of a place may be one, by its words.

    >>> may_be_name("澄州市"), may_be_name("城市居住区"), may_be_name("人行澄州市"), may_be_name("建设街道")
    (True, False, False, True)
    """
    form = next((form for form, _ in FORMS if name.endswith(form)), "")
    own = name.removesuffix(form)
    return len(own) > 1 and not _NO_NAME.match(own) and (form in TOWN_FORMS or not _NO_JURISDICTION.search(own))


def level_by_form(name: str, above: Level | None) -> Level:
    """Return the level that the last word of a name tells; a 市 in a 市 is of county level, and so is a zone.

    >>> level_by_form("澄州市", "province"), level_by_form("澄州市", "city"), level_by_form("澜江新区", None)
    ('city', 'county', 'county')
    """
    if ZONE.fullmatch(name):
        return "county"
    for form, level in FORMS:
        if name.endswith(form):
            return "county" if form == "市" and above in ("city", "county") else level
    return "county"


def short_name(name: str) -> str | None:
    """Return a name without its form, where two characters remain; zones have none."""
    short = next((name.removesuffix(form) for form, _ in FORMS if name.endswith(form)), name)
    return short if len(short) > 1 and short != name and not ZONE.fullmatch(name) else None
