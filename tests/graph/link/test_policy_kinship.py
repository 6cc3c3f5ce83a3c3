"""How surely two policies are of one family, from what they print of themselves."""

from pathlib import Path

import pytest

from graph.link.policies.policy_kinship import NOWHERE, PolicyStanding, kin, standings_of
from loaders.reading.document_reading import read_file

PROVINCE = """
澜江省人民政府关于印发《澜江省内河渡运安全提升行动计划（2025—2027年）》的通知
澜政发〔2025〕19号
各市、县（区）人民政府：
现将行动计划印发给你们，请认真贯彻执行。
一、主要任务
（一）更新渡船。淘汰木质渡船。
（二）培训渡工。每年考核一次。
"""
CITY = """
澄州市人民政府关于印发澄州市水上客运专项治理实施方案的通知
澄政发〔2025〕31号
各县（区）人民政府：
为贯彻落实《澜江省内河渡运安全提升行动计划（2025—2027年）》（澜政发〔2025〕19号）精神，制定本方案。
一、主要任务
（一）更新渡船。淘汰木质渡船。
（二）培训渡工。每季度考核一次。
"""
SAME_MATTER = """
岚川市人民政府关于印发《岚川市内河渡运安全提升工作方案》的通知
岚政发〔2025〕7号
各县（区）人民政府：
一、主要任务
（一）更新渡船。淘汰木质渡船。
（二）培训渡工。每半年考核一次。
"""
STRANGE = """
朔原省人民政府关于印发《朔原省古树名木保护办法》的通知
朔政发〔2024〕3号
各市人民政府：
一、主要任务
（一）普查登记。逐株建档。
（二）划定保护范围。设置围栏。
"""


@pytest.fixture
def standing(tmp_path: Path) -> dict[str, PolicyStanding]:
    texts = {"province": PROVINCE, "city": CITY, "same": SAME_MATTER, "strange": STRANGE}
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return {name: standings_of(read_file(tmp_path / f"{name}.txt"))[0] for name in texts}


def test_one_that_says_so_carries_the_other_out(standing: dict[str, PolicyStanding]) -> None:
    assert kin(standing["city"], standing["province"]) == 1
    assert kin(standing["province"], standing["city"]) < 1


def test_titles_tell_the_matter_apart(standing: dict[str, PolicyStanding]) -> None:
    assert kin(standing["same"], standing["province"]) > 0.8
    assert kin(standing["strange"], standing["province"]) < 0.1
    # 保护办法 and 行动计划 are kinds of documents, not their matter.
    assert kin(standing["strange"], standing["city"]) < 0.1


def test_of_an_unknown_policy_nothing_is_said(standing: dict[str, PolicyStanding]) -> None:
    assert kin(NOWHERE, standing["province"]) == kin(standing["city"], NOWHERE) == 0
