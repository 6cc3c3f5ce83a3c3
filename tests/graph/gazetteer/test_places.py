"""Places: the gazetteer, chains of names, number prefixes, and places that no list holds."""

import pytest

from graph.errors import RecordError
from graph.gazetteer import places
from graph.gazetteer.place_table import gazetteer
from graph.gazetteer.places import by_key, by_prefix, chain, coin, find, leading, level_of, resolve


@pytest.mark.parametrize(
    ("name", "within", "code"),
    [
        ("宁波市", None, "330200"),
        ("宁波", None, "330200"),
        ("宁波市镇海区", None, "330211"),
        ("镇海区", "330200", "330211"),
        ("镇海", None, "330211"),
        ("浙江省宁波市镇海区", None, "330211"),
        ("阿坝州", None, "513200"),
        ("阿坝藏族羌族自治州", None, "513200"),
        ("阿坝自治州", None, "513200"),
        ("湘西自治州吉首市", None, "433101"),
        ("景宁县", None, "331127"),
        ("吉林", None, "220000"),
        ("海南", None, "460000"),
        ("朝阳区", None, None),
        ("朝阳区", "110000", "110105"),
        ("北京市朝阳区", None, "110105"),
        ("鼓楼区", None, None),
        ("镇海区", "320000", None),
        ("云溪县", None, None),
        ("平潭综合实验区", None, "350000.平潭综合实验区"),
        ("南京江北新区", None, "320100.江北新区"),
        ("浦东新区", None, "310115"),
        ("两江新区", None, "500157"),
        ("襄樊市", None, "420600"),
    ],
)
def test_resolves_what_is_certain_only(name: str, within: str | None, code: str | None) -> None:
    place = resolve(name, within)
    assert (place.code if place else None) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("临平区", "330113"),
        ("钱塘区", "330114"),
        ("偃师区", "410307"),
        ("白杨市", "659012"),
        ("和安县", "653229"),
        ("和康县", "653228"),
    ],
)
def test_the_list_is_new(name: str, code: str) -> None:
    assert [one.code for one in find(name)] == [code]


@pytest.mark.parametrize(("name", "code", "until"), [("江东区", "330204", 2016), ("闸北区", "310108", 2015)])
def test_former_places_are_known_with_their_end(name: str, code: str, until: int) -> None:
    assert (code, until) in [(one.code, one.valid_until) for one in find(name)]


def test_an_ambiguous_name_stays_open() -> None:
    assert len(find("朝阳区")) > 1
    assert leading("朝阳区教育局") is None


@pytest.mark.parametrize(
    ("text", "code", "printed"),
    [
        ("宁波市镇海区人民政府办公室", "330211", "宁波市镇海区"),
        ("广西壮族自治区科学技术厅", "450000", "广西壮族自治区"),
        ("广西高新技术企业认定", "450000", "广西"),
        ("上海市浦东新区人民政府", "310115", "上海市浦东新区"),
        ("郑州高新技术产业开发区管理委员会", "410100.郑州高新区", "郑州高新技术产业开发区"),
        ("吉林省吉林市人民政府", "220200", "吉林省吉林市"),
    ],
)
def test_the_chain_at_the_start(text: str, code: str, printed: str) -> None:
    found = leading(text)
    assert found is not None
    assert (found[0].code, text[: found[1]]) == (code, printed)


@pytest.mark.parametrize(
    "text",
    ["国家市场监督管理总局", "城市管理局", "住房城乡建设局", "开发区管委会", "市生态环境局", "自治区党委"],
)
def test_no_place_is_read_into_the_name_of_a_unit(text: str) -> None:
    assert chain(text) is None


@pytest.mark.parametrize(
    ("agency", "within", "name"),
    [
        ("浙政发", None, "浙江省"),
        ("甬政发", None, "宁波市"),
        ("皖政", None, "安徽省"),
        ("沪府发", None, "上海市"),
        ("沪崇府办发", None, "崇明区"),
        ("晋市政发", None, "晋城市"),
        ("国发", None, "中国"),
        ("宁政发", None, None),
        ("镇政发", None, None),
        ("镇政发", "330211", "镇海区"),
        ("嘉政发", "330411", "嘉兴市"),
        ("澜政发", None, None),
    ],
)
def test_number_prefixes(agency: str, within: str | None, name: str | None) -> None:
    found = by_prefix(agency, within)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("printed", "key", "level"),
    [
        ("澜江省", "100000.澜江省", "province"),
        ("澜江省澄州市", "100000.澜江省.澄州市", "city"),
        ("澜江省澄州市云溪区", "100000.澜江省.澄州市.云溪区", "county"),
        ("澄州市云溪区", "澄州市.云溪区", "county"),
        ("岚川市石浦县", "岚川市.石浦县", "county"),
        ("宁波市临澜区", "330200.临澜区", "county"),
        ("宁波市镇海区", "330211", "county"),
    ],
)
def test_coined_keys_parse_and_print(printed: str, key: str, level: str) -> None:
    place = coin(printed)
    assert (place.code, place.key, place.level) == (key, key, level)
    assert by_key(place.key) == place


def test_a_name_is_sought_near_the_document_first() -> None:
    city = coin("澜江省澄州市")
    district = coin("云溪区", city)  # a listed place of another province has this name
    assert district.code == "100000.澜江省.澄州市.云溪区"
    assert coin("澄州市", district) == city
    assert coin("澄州市云溪区", district) == district
    assert [one.name for one in places.ancestors(district)] == ["澄州市", "澜江省", "中国"]


def test_the_longer_chain_is_told() -> None:
    known = ["澄州市", "澄州市.云溪区", "100000.澜江省.澄州市", "100000.澜江省.澄州市.云溪区", "330211"]
    assert places.fuller(known) == {
        "澄州市": "100000.澜江省.澄州市",
        "澄州市.云溪区": "100000.澜江省.澄州市.云溪区",
    }
    assert places.fuller(["澄州市", "甲省.澄州市", "乙省.澄州市"]) == {}


def test_a_place_without_a_name_is_refused() -> None:
    with pytest.raises(RecordError, match="without a name"):
        coin("")


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("义乌市", "county"),
        ("宁波市", "city"),
        ("重庆市", "province"),
        ("雄安新区", "city"),
        ("澄州市", "city"),
        ("石浦县", "county"),
        ("澜江省", "province"),
        ("云溪镇", "town"),
        ("中国", "central"),
    ],
)
def test_levels(name: str, level: str) -> None:
    assert level_of(name) == level


def test_the_tables_are_whole() -> None:
    gazetteer.cache_clear()
    known = gazetteer()
    assert len(known.by_key) > 3600
    assert all(one.parent in known.by_key for one in known.by_key.values() if one.parent)
    assert sum(one.level == "province" and not one.zone for one in known.by_key.values()) == 34
    assert all(one.name and "\t" not in one.name for one in known.by_key.values())


@pytest.mark.parametrize(
    "text",
    [
        "住房城乡建设部",
        "市住房城乡建设委",
        "人行澜江省分行",
        "人行河南省分行",
        "人行景德镇市分行",
        "国网山西省电力公司",
        "国网萍乡供电公司",
        "长株潭三市",
        "城市居住区规划设计标准",
        "新能源城市公交车",
        "重点产业园区",
        "夯实市场监管",
        "调整本市住房公积金政策",
        "建设项目市级审批",
        "智慧住区评价标准",
        "中共澄州市委员会",
        "临空经济区管委会",
        "青溪镇域经济",
    ],
)
def test_what_stands_before_the_word_of_a_form_by_chance_is_no_place(text: str) -> None:
    assert chain(text) is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("澄州市水利局", "澄州市"),
        ("澜江省澄州市水利局", "100000.澜江省.澄州市"),
        ("青溪镇人民政府", "青溪镇"),
        ("东莞市长安镇", "441900.长安镇"),
        ("嘉兴市长水街道办事处", "330400.长水街道"),
        ("镇海区建设街道办事处", "330211.建设街道"),
        ("温州地区", "330300"),
        ("郑州市郑东新区管委会", "410100.郑东新区"),
    ],
)
def test_a_place_is_listed_or_has_its_form_and_what_is_above_it(text: str, key: str) -> None:
    found = chain(text)
    assert found is not None
    assert coin(text[: found[1]]).code == found[0].code == key


def test_the_word_of_a_form_behind_a_place_is_no_place_in_it() -> None:
    assert coin("温州地区").code == "330300"
