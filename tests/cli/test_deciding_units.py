"""A person says of two units that they are one body or are not: it holds in every build, is told, and can be taken back."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

import zhengmai as library
from cli.words.messages import choose
from graph.link.decisions import Decisions
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.validate import validate
from graph.store.home import Home
from loaders.ingest.graph_build import build
from tests.loaders.built import snapshot_bytes

pytestmark = pytest.mark.slow

Invoke = Callable[..., Result]

_PLAN = """{issuer}关于印发《{title}》的通知

{number}

各有关单位：

现将《{title}》印发给你们，请认真组织实施。

{issuer}
2024年{month}月5日

{title}

一、重点任务

（一）改造老旧泵站。完成三十座老旧泵站改造。责任单位：{first}

（二）疏浚乡村河道。每年疏浚河道一百公里。责任单位：{second}

（三）清点用水户。完成全部用水户清点。责任单位：各镇（街道）
"""
PLANS = {
    "city": {
        "issuer": "澜江省澄州市人民政府",
        "title": "澄州市水网提升行动方案",
        "number": "澄政发〔2031〕5号",
        "month": 3,
        "first": "市水利局",
        "second": "市河道管理处",
    },
    "county": {
        "issuer": "澜江省澄州市云溪区人民政府",
        "title": "云溪区水网提升实施方案",
        "number": "云溪政发〔2031〕9号",
        "month": 6,
        "first": "区水利局、区水务处",
        "second": "区河道管理处",
    },
}
CITY = "100000.澜江省.澄州市"
WATER, AFFAIRS, RIVERS = (f"{CITY}.云溪区:{name}" for name in ("水利局", "水务处", "河道管理处"))
UPPER = f"{CITY}:水利局"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("deciding")
    for name, said in PLANS.items():
        (folder / f"{name}.txt").write_text(_PLAN.format(**said), encoding="utf-8")
    build(sorted(folder.glob("*.txt")), folder / "graph", jobs=1)
    return folder / "graph"


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "graph"))


def units(zhengmai: Invoke, store: Path) -> dict[str, dict[str, object]]:
    rows = json.loads(zhengmai("units", "--json", store=store).stdout)
    return {row["unit"]: row for row in rows if row["kind"] == "unit"}


def counterparts(store: Path) -> set[tuple[str, str]]:
    rows = Snapshot.open(Home(store).snapshot()).rows("COUNTERPART_OF")
    return {(row["source"], row["target"]) for row in rows}


def test_two_units_become_one_that_answers_to_either_name_and_two_again(zhengmai: Invoke, store: Path) -> None:
    before, listed = snapshot_bytes(store), units(zhengmai, store)
    assert {WATER, AFFAIRS, RIVERS, UPPER} <= set(listed)
    result = zhengmai("decide", "区水务处", "云溪区水利局", "yes", "--by", "王磊", "--why", "2030 年合并", store=store)
    assert result.exit_code == 0, result.stderr
    assert f"{AFFAIRS} and {WATER} are one unit" in result.stderr
    now = units(zhengmai, store)
    assert set(listed) - set(now) == {AFFAIRS}
    assert validate(Snapshot.open(Home(store).snapshot())) == []
    assert zhengmai("check", "--shacl", store=store).exit_code == 0
    for name in (AFFAIRS, "云溪区水务处", "区水务处", WATER, "区水利局"):
        page = zhengmai("show", name, store=store)
        assert page.stdout.splitlines()[0].endswith(WATER), name
        assert zhengmai("units", name, store=store).exit_code == 0
    assert 'other_names: ["云溪区水务处"] [decided by a person]' in page.stdout
    told = re.search(rf"a person said that {WATER} and {AFFAIRS} are one unit: 王磊 · (\S+) · 2030 年合并", page.stderr)
    assert told is not None, page.stderr
    assert told[1].startswith("20")
    assert told[1].endswith("+00:00")
    with library.open(store) as graph:
        [note] = graph.show(AFFAIRS).attrs["notes"]
    assert (note["code"], note["by"], note["why"]) == ("unit_same_told", "王磊", "2030 年合并")
    choose("zh")
    assert f"由人判定 {WATER} 与 {AFFAIRS} 是同一单位：王磊" in zhengmai("show", WATER, store=store).stderr
    choose("en")
    # The words that said yes take it back, though both names mean one unit now.
    again = zhengmai("decide", "区水务处", "云溪区水利局", "undo", store=store)
    assert again.exit_code == 0, again.stderr
    assert units(zhengmai, store) == listed
    assert {name: data for name, data in snapshot_bytes(store).items() if name.endswith("parquet")} == {
        name: data for name, data in before.items() if name.endswith("parquet")
    }
    assert "person" not in zhengmai("show", WATER, store=store).stderr


def test_a_word_on_counterparts_takes_them_apart(zhengmai: Invoke, store: Path) -> None:
    assert (WATER, UPPER) in counterparts(store)
    result = zhengmai("decide", WATER, UPPER, "no", "--why", "职能不同", store=store)
    assert f"{WATER} and {UPPER} are not one unit" in result.stderr
    assert "nothing new" not in result.stderr
    assert (WATER, UPPER) not in counterparts(store)
    assert f"a person said that {WATER} and {UPPER} are not one unit: 20" in zhengmai("show", UPPER, store=store).stderr
    assert zhengmai("decide", UPPER, WATER, "undo", store=store).exit_code == 0
    assert (WATER, UPPER) in counterparts(store)


def test_a_chain_is_one_and_what_contradicts_it_is_refused_in_one_line(zhengmai: Invoke, store: Path) -> None:
    assert zhengmai("decide", WATER, AFFAIRS, "yes", store=store).exit_code == 0
    assert zhengmai("decide", RIVERS, AFFAIRS, "yes", store=store).exit_code == 0
    assert units(zhengmai, store)[WATER]["tasks"] == 2
    said = Home(store).decisions.read_text(encoding="utf-8")
    refused = zhengmai("decide", RIVERS, WATER, "no", store=store)
    assert (refused.exit_code, len(refused.stderr.splitlines())) == (2, 1)
    assert f"{WATER} = {AFFAIRS} = {RIVERS}" in refused.stderr
    assert Home(store).decisions.read_text(encoding="utf-8") == said
    choose("zh")
    assert "请先撤回其中一项" in zhengmai("decide", RIVERS, WATER, "no", store=store).stderr
    choose("en")
    shown = zhengmai("decide", RIVERS, WATER, "yes", store=store)
    assert "nothing new: other decisions make" in shown.stderr
    left = zhengmai("decide", RIVERS, WATER, "undo", store=store)
    assert f"one still by other decisions: {RIVERS} = {AFFAIRS} = {WATER}" in left.stderr
    assert zhengmai("decide", RIVERS, AFFAIRS, "no", store=store).exit_code == 0
    assert {WATER, RIVERS} <= set(units(zhengmai, store))
    assert zhengmai("decide", WATER, RIVERS, "yes", store=store).exit_code == 2


def test_what_shows_nothing_says_so(zhengmai: Invoke, store: Path) -> None:
    assert "nothing new" in zhengmai("decide", AFFAIRS, RIVERS, "no", store=store).stderr
    said = Home(store).decisions.read_text(encoding="utf-8")
    result = zhengmai("decide", AFFAIRS, WATER, "undo", store=store)
    assert (result.exit_code, "nothing to take back" in result.stderr) == (0, True)
    assert Home(store).decisions.read_text(encoding="utf-8") == said


def test_a_word_on_a_unit_that_is_gone_is_passed_over_and_can_be_taken_back(zhengmai: Invoke, store: Path) -> None:
    assert zhengmai("decide", AFFAIRS, UPPER, "yes", store=store).exit_code == 0
    assert AFFAIRS not in units(zhengmai, store)
    assert zhengmai("remove", "county", store=store).exit_code == 0
    assert units(zhengmai, store)[UPPER]["tasks"] == 1
    assert "other_keys" not in zhengmai("show", UPPER, store=store).stdout
    assert zhengmai("decide", AFFAIRS, UPPER, "undo", store=store).exit_code == 0
    assert Decisions.read(Home(store).decisions).units == {}


@pytest.mark.parametrize(
    ("one", "other", "code", "said"),
    [
        (WATER, "county/1.1", 2, "county/1.1 is none; name two units, two tasks or two policies"),
        ("city", "市水利局", 2, "市水利局 is a unit and city is none"),
        (WATER, "区水利局", 2, f"both mean {WATER}"),
        (WATER, f"{CITY}:各镇(街道)", 2, "is a group of units"),
        (WATER, "区没有的局", 3, "no unit is named"),
        ("河道管理处", WATER, 3, "names 2 things"),
    ],
)
def test_what_cannot_be_decided_of_units_is_refused_in_one_line(
    zhengmai: Invoke, built: Path, one: str, other: str, code: int, said: str
) -> None:
    result = zhengmai("decide", one, other, "yes", store=built)
    assert (result.exit_code, len(result.stderr.splitlines())) == (code, 1), result.stderr
    assert said in result.stderr
    assert not Home(built).decisions.exists()


def test_who_decided_of_tasks_and_policies_is_kept_and_told(zhengmai: Invoke, store: Path) -> None:
    assert zhengmai("decide", "county", "city", "yes", "--by", "李敏", store=store).exit_code == 0
    [word] = Decisions.read(Home(store).decisions).words.values()
    assert (word.by, word.why) == ("李敏", None)
    page = zhengmai("show", "云溪政发〔2031〕9号", store=store)
    assert "云溪政发〔2031〕9号 and 澄政发〔2031〕5号: confirmed (李敏 · 20" in page.stderr
