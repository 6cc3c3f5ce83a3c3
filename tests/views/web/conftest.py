"""The explorer over two graphs: the sample, and a province and a city whose texts try to be more than text."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from loaders.ingest.graph_build import build
from tests.shared import ROOT
from views.web.explorer import explorer
from views.web.held_graph import HeldGraph

BASE = "http://127.0.0.1:8765"
SAME = {"sec-fetch-site": "same-origin"}
EVIL = "<script>document.title='fired'</script><img src=x onerror=\"document.title='fired'\">"
PROVINCE = f"""澜江省人民政府关于印发澜江省渡口整修行动计划的通知
澜政发〔2025〕88号

各市人民政府：
现将《澜江省渡口整修行动计划》印发给你们，请认真贯彻执行。

澜江省人民政府
2025年3月18日

澜江省渡口整修行动计划

一、整修渡口
（一）整修“老渡口”{EVIL}。逐个整修老渡口的栈桥和候船亭，2026年底前整修120处。（责任单位：省交通运输厅、省水利厅）
（二）配齐救生设备。为渡口配齐救生圈和求救电话{EVIL}，每季度检查一次。（责任单位：=HYPERLINK("http://elsewhere.example")、省应急管理厅）
二、开行渡船
（一）更换老旧渡船。更换使用满十五年的渡船，优先更换木质渡船，2027年6月底前完成。（责任单位：省交通运输厅、省财政厅）
"""
CITY = f"""澄州市人民政府关于印发澄州市渡口整修行动实施方案的通知
澄政发〔2025〕99号

各县（市、区）人民政府：
现将《澄州市渡口整修行动实施方案》印发给你们，请认真贯彻执行。

澄州市人民政府
2025年5月6日

澄州市渡口整修行动实施方案

根据《澜江省人民政府关于印发澜江省渡口整修行动计划的通知》（澜政发〔2025〕88号）要求，制定本方案。
一、整修渡口
（一）整修“老渡口”{EVIL}。逐个整修江心洲老渡口的栈桥和候船亭，2026年10月底前整修12处。（责任单位：市交通运输局、市水利局）
（二）配齐救生设备。为渡口配齐救生圈和求救电话，每月检查一次。（责任单位：市应急管理局）
二、开行渡船
（一）更换老旧渡船。更换使用满十二年的渡船，2026年底前完成。（责任单位：市交通运输局、市财政局）
"""


@pytest.fixture(scope="session")
def hostile_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "province.txt").write_text(PROVINCE, encoding="utf-8")
    (folder / "city.txt").write_text(CITY, encoding="utf-8")
    build([folder / "province.txt", folder / "city.txt"], folder / "store", jobs=1)
    return folder / "store"


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sample") / "store"
    build([ROOT / "samples" / "lanjiang"], root, jobs=1)
    return root


@pytest.fixture(scope="session")
def sample(sample_store: Path) -> Iterator[TestClient]:
    with TestClient(explorer(HeldGraph(str(sample_store))), base_url=BASE) as client:
        yield client


@pytest.fixture(scope="session")
def hostile(hostile_store: Path) -> Iterator[TestClient]:
    with TestClient(explorer(HeldGraph(str(hostile_store))), base_url=BASE) as client:
        yield client


@pytest.fixture
def decided(tmp_path: Path) -> Callable[[], tuple[TestClient, HeldGraph]]:
    """Return what opens the explorer over a graph of this test's own, to be decided on."""

    def opened() -> tuple[TestClient, HeldGraph]:
        (tmp_path / "province.txt").write_text(PROVINCE, encoding="utf-8")
        (tmp_path / "city.txt").write_text(CITY, encoding="utf-8")
        build([tmp_path / "province.txt", tmp_path / "city.txt"], tmp_path / "store", jobs=1)
        graph = HeldGraph(str(tmp_path / "store"))
        return TestClient(explorer(graph), base_url=BASE, follow_redirects=False), graph

    return opened
