"""Several bodies without a sign between them are taken apart at the ends of known names, and one body never is."""

import pytest

from graph.gazetteer.branches import branch_of, branch_place
from graph.gazetteer.joint_names import bodies


@pytest.mark.parametrize(
    "names",
    [
        ("财政部", "人力资源社会保障部", "人民银行"),
        ("澄州市水利局", "澄州市应急管理局"),
        ("澜江省生态环境厅", "澜江省交通运输厅", "澜江省公安厅"),
        ("市财政局", "市民政局"),
        ("中共澄州市委", "澄州市人民政府"),
        ("中共澜江省委办公厅", "澜江省人民政府办公厅"),
        ("中共中央办公厅", "国务院办公厅"),
        ("教育部办公厅", "农业农村部办公厅"),
        ("澄州市住房公积金管理中心", "国家税务总局澄州市税务局"),
        ("中国人民银行宁波市中心支行", "国家外汇管理局宁波市分局"),
        ("宁波市文化广电旅游局", "宁波市教育局", "宁波海事局"),
    ],
)
def test_names_without_a_sign_between_them_are_parted(names: tuple[str, ...]) -> None:
    assert bodies("".join(names)) == names


@pytest.mark.parametrize(
    "name",
    [
        "国家税务总局宁波市税务局",
        "国家税务总局澄州市税务局",
        "国家金融监督管理总局宁波监管局",
        "中国人民银行宁波市中心支行",
        "市文化广电和旅游局",
        "教育和体育局",
        "市公安局交通警察支队",
        "国家卫生健康委员会办公厅",
        "澄州市人民代表大会常务委员会",
        "澄州市人民政府办公室",
        "区委组织部",
        "澄州市水利局某某处",
        "澄州市河道保洁集团公司澄州市水利局",
    ],
)
def test_one_name_and_what_is_not_all_known_stay_whole(name: str) -> None:
    assert bodies(name) == (name,)


def test_a_joining_word_between_two_names_belongs_to_neither() -> None:
    assert bodies("澄州市水利局和澄州市应急管理局") == ("澄州市水利局", "澄州市应急管理局")


def test_a_long_row_of_names_is_parted_in_one_pass() -> None:
    assert len(bodies("澄州市水利局" * 20)) == 20
    assert bodies("澄州市水利局" * 500) == ("澄州市水利局" * 500,)


@pytest.mark.parametrize(
    ("name", "body", "place"),
    [
        ("国家税务总局宁波市镇海区税务局", "税务局", "330211"),
        ("国家税务总局澄州市税务局", "税务局", "澄州市"),
        ("国家金融监督管理总局宁波监管局", "银保监局", "330200"),
        ("人行温州市分行", "人民银行", "330300"),
        ("中国人民银行南昌中心支行", "人民银行", "360100"),
    ],
)
def test_a_branch_is_of_its_place(name: str, body: str, place: str) -> None:
    found = branch_of(name)
    assert found is not None
    assert (found[0].name, found[1].code) == (body, place)


def test_the_place_of_a_branch_is_printed_in_it() -> None:
    name = "国家税务总局澄州市税务局"
    assert name[slice(*(branch_place(name) or (0, 0)))] == "澄州市"
    assert branch_place("澄州市国家税务局") is None
