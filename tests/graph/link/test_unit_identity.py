"""Units: words of place, functions across reforms, the pairs that never merge, groups, counterparts."""

from collections import defaultdict
from importlib.resources import files

import pytest

from graph.gazetteer.functions import function_of
from graph.gazetteer.places import Place, by_key, coin
from graph.link.units.counterparts import counterparts
from graph.link.units.unit_identity import UnitId, group, resolve_unit, stands_for

DISTRICT = coin("澜江省澄州市云溪区")
CITY = coin("澜江省澄州市")
PROVINCE = coin("澜江省")


def place(code: str) -> Place:
    found = by_key(code)
    assert found is not None
    return found


def key(surface: str, where: Place | None = DISTRICT, alias: str | None = None) -> str:
    return resolve_unit(surface, where, alias).key


@pytest.mark.parametrize(
    ("surface", "end"),
    [
        ("区编委办", "澄州市.云溪区:编委办"),
        ("区委编办", "澄州市.云溪区:编委办"),
        ("区机构编制委员会办公室", "澄州市.云溪区:编委办"),
        ("法制办", "澄州市.云溪区:法制办"),
        ("区法制办", "澄州市.云溪区:法制办"),
        ("市法制办", "澜江省.澄州市:法制办"),
        ("云溪区财政局", "澄州市.云溪区:财政局"),
        ("云溪财政局", "澄州市.云溪区:财政局"),
        ("澄州市财政局", "澜江省.澄州市:财政局"),
        ("省发展改革委", "100000.澜江省:发展改革委"),
        ("区发改局", "澄州市.云溪区:发展改革委"),
        ("区发展和改革局", "澄州市.云溪区:发展改革委"),
        ("区工信局", "澄州市.云溪区:经信局"),
        ("区经济和信息化局", "澄州市.云溪区:经信局"),
        ("区行政审批局", "澄州市.云溪区:审管办"),
        ("区政务服务办", "澄州市.云溪区:审管办"),
        ("区国土分局", "澄州市.云溪区:自然资源局"),
        ("市自然资源和规划局云溪分局", "澄州市.云溪区:自然资源局"),
        ("市市场监管局", "澜江省.澄州市:市场监管局"),
        ("市场监管局", "澄州市.云溪区:市场监管局"),
        ("市政府办公厅", "澜江省.澄州市:政府办"),
        ("区委办公室", "澄州市.云溪区:党委办"),
        ("中共云溪区委", "澄州市.云溪区:党委"),
        ("团市委", "澜江省.澄州市:团委"),
        ("市直机关工委", "澜江省.澄州市:机关工委"),
        ("财政部", "100000:财政局"),
        ("国家发展改革委", "100000:发展改革委"),
        ("中央网信办", "100000:网信办"),
        ("国家税务总局澄州市税务局", "澜江省.澄州市:税务局"),
        ("人民银行澄州市中心支行", "澜江省.澄州市:人民银行"),
        ("区财政局党组", "澄州市.云溪区:财政局党组"),
        ("区临港产业办", "澄州市.云溪区:临港产业办"),
    ],
)
def test_one_unit_for_every_printed_name(surface: str, end: str) -> None:
    assert key(surface).endswith(end)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("国家知识产权局", "省知识产权局"),
        ("省民政厅", "省财政厅"),
        ("水务厅", "商务厅"),
        ("市法制办", "区法制办"),
        ("区法制办", "区司法局"),
        ("区市场监管局", "区工商局"),
        ("区市场监管局", "区质监局"),
        ("区编委办", "区编委"),
        ("区安委会", "区安委办"),
        ("区应急管理局", "区安监局"),
        ("区科技局", "区科协"),
        ("区工商局", "区工商联"),
        ("区规划分局", "区国土分局"),
        ("区财政局", "区财政局党组"),
        ("区文化局", "区旅游局"),
        ("区政府办", "区委办"),
        ("区银监办", "区保监办"),
        ("驻京办", "驻沪办"),
    ],
)
def test_these_are_never_one(one: str, two: str) -> None:
    assert key(one) != key(two)


def test_the_word_of_place_is_relative_to_the_document() -> None:
    assert key("市教育局", place("330782")) == "330782:教育局"  # a county-level city is its own 市
    assert key("市教委", place("310115")) == "310000:教育局"
    assert key("区教育局", place("310115")) == "310115:教育局"
    assert key("自治区财政厅", place("450100")) == "450000:财政局"
    assert key("州发改委", place("513221")) == "513200:发展改革委"


def test_what_is_not_known_is_not_guessed() -> None:
    bare = resolve_unit("省财政厅", coin("澄州市云溪区"))
    assert (bare.jurisdiction, bare.key) == (None, "澄州市.云溪区:省财政厅")
    lower = resolve_unit("县财政局", CITY)
    assert (lower.jurisdiction, lower.key) == (None, f"{CITY.code}:县财政局")
    nowhere = resolve_unit("财政局", None, document="one")
    assert (nowhere.key, nowhere.jurisdiction) == ("one:财政局", None)
    assert resolve_unit("朝阳区教育局", DISTRICT).jurisdiction not in ("110105", "211302", "220104")
    assert resolve_unit("区临港产业办", DISTRICT).function is None


def test_a_second_name_tells_the_function_only_in_the_same_place() -> None:
    assert resolve_unit("区数改专班", DISTRICT, "区大数据局").function == "大数据"
    assert resolve_unit("区数改专班", DISTRICT, "市大数据局").function is None


def test_a_place_alone_is_a_unit_of_that_place() -> None:
    unit = resolve_unit("云溪区", CITY)
    assert (unit.key, unit.name, unit.function) == (f"{DISTRICT.code}:云溪区", "云溪区", None)


def test_fields() -> None:
    unit = resolve_unit("区编委办", DISTRICT)
    assert unit == UnitId("100000.澜江省.澄州市.云溪区:编委办", "云溪区编委办", DISTRICT.code, "编制", "办")
    assert resolve_unit("省财政厅", DISTRICT).name == "澜江省财政厅"
    assert resolve_unit("区财政局党组", DISTRICT).form == "党组"


def test_the_gazetteer_of_functions_is_large_and_has_no_collision() -> None:
    functions = []
    owners: dict[str, set[str]] = defaultdict(set)
    text = files("graph.gazetteer").joinpath("functions.tsv").read_text("utf-8")
    for line in text.splitlines()[1:]:
        name, function, stems, forms, aliases, central = line.split("\t")
        functions.append(function)
        for word in {name, *aliases.split("|")} | {s + f for s in stems.split("|") if s for f in forms.split("|")}:
            owners[word].add(name)
        for word in filter(None, central.split("|")):
            owners["central " + word].add(name)
    assert {word: own for word, own in owners.items() if word and len(own) > 1} == {}
    assert len(set(functions)) == len(functions) >= 150
    assert sum(not word.startswith("central ") for word in owners) >= 1000


def test_groups_stay_as_printed() -> None:
    assert group("各镇(街道)", DISTRICT).key == f"{DISTRICT.code}:各镇(街道)"
    assert group("市级有关部门", DISTRICT).jurisdiction == CITY.code
    assert group("区政府各部门", DISTRICT).key != key("区政府")
    assert [stands_for(one) for one in ("各镇(街道)", "区政府各部门", "有关部门", "各县(市、区)政府")] == [
        "all towns",
        "all departments",
        "the units concerned",
        "all counties and cities below",
    ]


def test_counterparts_stand_at_the_nearest_level_above() -> None:
    units = [
        resolve_unit("区法制办", DISTRICT),
        resolve_unit("市法制办", DISTRICT),
        resolve_unit("省法制办", DISTRICT),
        resolve_unit("区财政局", DISTRICT),
        resolve_unit("省财政厅", DISTRICT),
        resolve_unit("省民政厅", DISTRICT),
        resolve_unit("区临港产业办", DISTRICT),
        resolve_unit("市临港产业办", DISTRICT),
    ]
    low, middle, high = DISTRICT.code, CITY.code, PROVINCE.code
    assert counterparts(units) == sorted(
        [
            (f"{low}:法制办", f"{middle}:法制办"),
            (f"{middle}:法制办", f"{high}:法制办"),
            (f"{low}:财政局", f"{high}:财政局"),
        ]
    )


def test_counterparts_never_cross_provinces() -> None:
    units = [resolve_unit("区财政局", place("330211")), resolve_unit("省财政厅", place("340000"))]
    assert counterparts(units) == []


@pytest.mark.parametrize("name", ["某某专班", "", "领导"])
def test_an_unknown_name_has_no_function(name: str) -> None:
    assert function_of(name) is None
