"""Units as printed in lists and columns, and what is none."""

import re

import pytest

from loaders.extract.units.unit_names import is_collective, is_unit_name, may_be_unit
from loaders.extract.units.unit_roles import column_role, is_person_column
from tests.loaders.extract.unit_texts import a_list, names

UNITS = [
    "市财政局",
    "区编委办",
    "各镇(街道)",
    "区政府各部门党委(党组)",
    "有关部门",
    "省发展改革委",
    "市公安局和平分局",
    "团市委",
    "市妇联",
    "云溪海关",
    "网信办",
    "属地政府",
    "区各镇",
    "石浦县供电公司",
    "各有关银行机构",
    "省社科院",
    "县法院",
    "县人武部",
    "市消防救援支队",
    "人行澄州市中心支行",
    "澜江大学",
    "临澜新区管委会",
    "市委、市政府有关部门",
    "省推进数字经济工作领导小组",
    "市第一人民医院",
    "各县(市、区)政府党组",
    "国务院其他有关部门",
    "市直各有关单位",
    "和县教育局",
    "将乐县政府",
    "市自由贸易办",
    "各开发区管委会",
    "三大运营商",
    "市属国企",
    "省级人民政府",
    "市“一网通办”办公室",
]
NO_UNITS = [
    "建设“便民站”",
    "格局",
    "社会",
    "街道",
    "党工委",
    "部门",
    "单位",
    "试行",
    "2018-2022年",
    "共二十项",
    "市长",
    "分管副市长",
    "以下简称市发改委",
    "见附件",
    "含开发区",
    "国家级贫困县",
    "试点县",
    "全市",
    "我区",
    "6月底完成",
    "持续推进",
    "0.5分",
    "加强市场监管",
    "党员干部",
    "政务服务平台",
    "应用系统建设",
    "由市财政局",
    "市财政局负责",
    "张三",
    "智慧城市",
    "本科",
]


@pytest.mark.parametrize("name", [one.replace("、", "") for one in UNITS])
def test_name_of_a_body_is_told_by_its_form(name: str) -> None:
    assert is_unit_name(name)


@pytest.mark.parametrize("words", NO_UNITS)
def test_other_words_are_no_name(words: str) -> None:
    assert not is_unit_name(words)


@pytest.mark.parametrize("words", ["6月底完成", "张三", "分管领导", "有关", "加强协调配合", "市财政局的意见"])
def test_not_every_word_in_a_unit_column_is_a_unit(words: str) -> None:
    assert not may_be_unit(words)


@pytest.mark.parametrize(
    "name",
    ["各镇(街道)", "市级有关部门", "成员单位", "县直部门", "镇(街道)", "区各镇", "地方人民政府", "科研院所", "各村居"],
)
def test_groups_are_known(name: str) -> None:
    assert is_collective(name)


@pytest.mark.parametrize("name", ["区政府办", "市委组织部", "市总工会", "临澜镇", "区政府"])
def test_units_are_no_groups(name: str) -> None:
    assert not is_collective(name)


LISTS = [
    ("县统计局、县气象局等有关部门,各镇(街道)", "县统计局:r 县气象局:r 有关部门*:r 各镇(街道)*:r"),
    ("区政府办、法制办", "区政府办:r 法制办:r"),
    ("区编委办和其他有关部门", "区编委办:r 其他有关部门*:r"),
    ("市教育局；市科技局;市民政局。", "市教育局:r 市科技局:r 市民政局:r"),
    ("市教育局 市科技局\n市民政局", "市教育局:r 市科技局:r 市民政局:r"),
    ("市政府\n办公室、市住房城乡 建设局", "市政府\n办公室:r 市住房城乡 建设局:r"),
    ("县住房和城乡建设局、县文化和旅游局", "县住房和城乡建设局:r 县文化和旅游局:r"),
    ("县卫生和计划生育委员会、县海洋与渔业局", "县卫生和计划生育委员会:r 县海洋与渔业局:r"),
    ("市残联和市妇联及各县（市、区）政府", "市残联:r 市妇联:r 各县（市、区）政府*:r"),
    ("市教育局以及市科技局与市民政局", "市教育局:r 市科技局:r 市民政局:r"),
    ("市教育局和县教育局", "市教育局:r 县教育局:r"),
    ("市公安局和平分局、和县教育局", "市公安局和平分局:r 和县教育局:r"),
    ("市委、市政府有关部门，省委、省政府督查室", "市委、市政府有关部门*:r 省委、省政府督查室:r"),
    ("市委、市政府，市教育局", "市委:r 市政府:r 市教育局:r"),
    ("市委办公室、市政府办公室", "市委办公室:r 市政府办公室:r"),
    ("各县、市、区人民政府，市教育局", "各县、市、区人民政府*:r 市教育局:r"),
    ("各区、县（市）人民政府", "各区、县（市）人民政府*:r"),
    ("各省、自治区、直辖市人民政府，国家林草局", "各省、自治区、直辖市人民政府*:r 国家林草局:r"),
    ("各盟行政公署、市人民政府，在澄高校、科研院所", "各盟行政公署、市人民政府*:r 在澄高校*:r 科研院所*:r"),
    ("中央、省驻澄单位，市、县有关部门", "中央、省驻澄单位*:r 市、县有关部门*:r"),
    ("各乡镇人民政府、街道办事处", "各乡镇人民政府*:r 街道办事处*:r"),
    ("各村、社区，市民政局", "各村*:r 社区*:r 市民政局:r"),
    ("区政府办(电子政务办)、区级各部门", "区政府办=电子政务办:r 区级各部门*:r"),
    ("市委政研室〔市政府发展研究中心〕、市咨询委", "市委政研室=市政府发展研究中心:r 市咨询委:r"),
    ("区委宣传部（区文明办、区委网信办）、区妇联", "区委宣传部=区文明办、区委网信办:r 区妇联:r"),
    ("区政府部门党委(党组),各镇(街道)党委(党工委)", "区政府部门党委(党组)*:r 各镇(街道)党委(党工委)*:r"),
    ("临澜新区等相关区政府、市科委", "临澜新区:r 相关区政府*:r 市科委:r"),
    ("省高等法院、县中等职业学校、市属各高等院校", "省高等法院:r 县中等职业学校:r 市属各高等院校*:r"),
    ("市财政局等9个部门", "市财政局:r"),
    ("1.市科委 2.市教委", "市科委:r 市教委:r"),
    ("公安、交通、城管等部门", "公安:r 交通:r 城管:r"),
    ("市營商局、各縣市人民政府", "市營商局:r 各縣市人民政府*:r"),
    ("澄經(jīng)開區(qū)管委會、市教育局", "澄經(jīng)開區(qū)管委會:r 市教育局:r"),
    ("市营商局牵头,各相关单位分工负责", "市营商局:l 各相关单位*:r"),
    ("市教育局牵头，市科技局、市民政局等配合", "市教育局:l 市科技局:s 市民政局:s"),
    ("市教育局、市科技局分别牵头", "市教育局:l 市科技局:l"),
    ("市教育局牵头市财政局配合", "市教育局:l 市财政局:s"),
    ("市教育局牵头制定方案、市财政局负责资金保障", "市教育局:l 市财政局:r"),
    ("市教育局会同市财政局", "市教育局:r 市财政局:r"),
    ("市科委(牵头)、市教委（配合）、市财政局", "市科委:l 市教委:s 市财政局:r"),
    ("牵头单位：市教育局；配合单位：市科技局、市民政局", "市教育局:l 市科技局:s 市民政局:s"),
    ("牵头单位:市教育局、市财政局 参加单位:市科技局", "市教育局:l 市财政局:l 市科技局:s"),
    ("牵头单位市教育局，配合单位市财政局", "市教育局:l 市财政局:s"),
    ("责任单位：市科委牵头，市教委配合", "市科委:l 市教委:s"),
    ("牵头：市教育局；协办：市财政局", "市教育局:l 市财政局:s"),
    ("责任领导：张三、李四；责任单位：市科委；完成时限：2025年12月底前", "市科委:r"),
    ("市长、分管副市长、市教育局", "市教育局:r"),
    ("牵头单位：市教育局，市财政局、市人社局配合", "市教育局:l 市财政局:s 市人社局:s"),
    ("市教育局，市财政局配合", "市教育局:r 市财政局:s"),
    ("市教育局牵头，市科技局，市财政局配合", "市教育局:l 市科技局:s 市财政局:s"),
    (
        "国家发展改革委牵头，财政部等部门参加，各省（区、市）负责",
        "国家发展改革委:l 财政部:s 各省（区、市）*:r",
    ),
    ("市级责任单位：市教育局；县级责任单位：各县教育局", "市教育局:r 各县教育局*:r"),
    ("责任单位（人）：市教育局，长期坚持", "市教育局:r"),
    ("/", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), LISTS, ids=[text for text, _ in LISTS])
def test_list_is_cut_as_a_reader_would(text: str, expected: str) -> None:
    found, log = a_list(text)
    assert names(found) == [name for name in re.split(r"(?<=:[lrsa]) ", expected) if name]
    assert [unit.order for unit in found] == list(range(1, len(found) + 1))
    assert all(text[unit.span.start : unit.span.end] == unit.surface for unit in found)
    assert not list(log)


@pytest.mark.parametrize("text", ["市教育局、张三", "市教育局、加强协调", "市教育局；见《云溪区方案》"])
def test_what_is_not_read_in_a_list_is_an_issue(text: str) -> None:
    found, log = a_list(text)
    assert names(found) == ["市教育局:r"]
    assert [issue.code for issue in log] == ["unit-rest"]


COLUMNS = [
    ("责任单位", "responsible", False),
    ("责 任 单 位", "responsible", False),
    ("牵头单位", "lead", False),
    ("责任（牵头）单位", "responsible", True),
    ("牵头部门", "lead", False),
    ("配合单位", "support", False),
    ("协同部门", "support", False),
    ("参与单位", "support", False),
    ("主要责任单位", "responsible", False),
    ("推进单位", "responsible", False),
    ("责任主体", "responsible", False),
    ("主管部门", "responsible", False),
    ("实施单位", "responsible", False),
    ("牵头单位及责任人", "lead", False),
    ("责任单位（列第一位的为牵头单位）", "responsible", True),
    ("牵头、配合单位", "support", True),
    ("牵头考核单位", "assess", False),
]


@pytest.mark.parametrize(("header", "role", "first_leads"), COLUMNS)
def test_column_says_what_its_units_do(header: str, role: str, first_leads: bool) -> None:
    said = column_role(header)
    assert said is not None
    assert (said.role, said.first_leads) == (role, first_leads)


@pytest.mark.parametrize("header", ["序号", "重点任务", "时间要求", "备注", "单位", "工作职责", "完成时限", "组织机构"])
def test_other_columns_say_nothing(header: str) -> None:
    assert column_role(header) is None
    assert not is_person_column(header)


@pytest.mark.parametrize("header", ["责任人", "责任领导", "牵头领导", "联系人", "分管领导", "负责同志"])
def test_columns_of_people_are_known_as_such(header: str) -> None:
    assert is_person_column(header)
    assert column_role(header) is None


@pytest.mark.parametrize(
    ("header", "roles"),
    [
        ("责任单位", [("responsible", True), ("responsible", True)]),
        ("牵头单位", [("lead", True), ("lead", True)]),
        ("责任(牵头)单位", [("lead", False), ("responsible", True)]),
        ("配合单位", [("support", True), ("support", True)]),
    ],
)
def test_role_is_stated_where_it_is_printed(header: str, roles: list[tuple[str, bool]]) -> None:
    found, _ = a_list("市教育局、市财政局", header)
    assert [(unit.role, unit.stated) for unit in found] == roles
