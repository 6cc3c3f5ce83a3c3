from pathlib import Path

import pytest

from graph.numerals import typed_number
from graph.snapshot.snapshot import Snapshot
from graph.store import open_store
from graph.store.protocol import Store
from queries.faults import SeveralNamesError, UnknownNameError
from queries.names import resolve, subject
from tests.made import make_store
from tests.queries.summary import with_summary

PROVINCE_PLAN = "澜政发〔2021〕8号"


@pytest.mark.parametrize(
    "printed",
    [
        "澜政发〔2021〕8号",
        "澜政发[2021]8号",
        "澜政发（2021） 8 号",
        "澜政发【2021】8号",
        "澜政发﹝2021﹞8号",
        "澜政发[2021〕8号",
        "澜政发〔2021〕第8号",
        "澜政发20218号",
    ],
)
def test_a_number_in_any_brackets_is_one_number(printed: str) -> None:
    assert typed_number(printed) == PROVINCE_PLAN


@pytest.mark.parametrize("printed", ["", "8号", "放心用水", "2021年第8号", "lanjiang/1.1"])
def test_what_is_no_number_is_none(printed: str) -> None:
    assert typed_number(printed) is None


@pytest.mark.parametrize(
    "name",
    [
        PROVINCE_PLAN,
        "澜政发[2021]8号",
        "lanjiang",
        "澜江省人民政府关于印发",
        "《澜江省人民政府关于印发放心用水行动计划的通知》",
        "澜江省人民政府關於印發",
    ],
)
def test_a_policy_by_any_of_its_names(name: str, store: Store) -> None:
    assert resolve(store, "policy", name) == [PROVINCE_PLAN]
    assert resolve(store, "document", name) == ["lanjiang"]


def test_several_matches_are_listed(store: Store) -> None:
    with pytest.raises(SeveralNamesError, match="names 3 things") as caught:
        resolve(store, "policy", "放心用水行动")
    assert caught.value.exit_code == 3
    assert {row["key"] for row in caught.value.matches} >= {PROVINCE_PLAN, "澄政发〔2021〕15号"}


def test_a_near_name_is_guessed(store: Store) -> None:
    with pytest.raises(UnknownNameError, match="did you mean lanjiang"):
        subject(store, "lanjaing")
    with pytest.raises(UnknownNameError) as caught:
        resolve(store, "task", "lanjiang/9.9")
    assert caught.value.exit_code == 3


@pytest.mark.parametrize(
    ("kind", "name", "key"),
    [
        ("task", "yunxi/2.3", "yunxi/2.3"),
        ("task", "设立用水", "yunxi/2.3"),
        ("unit", "区水利局", "990102:水利局"),
        ("unit", "区住建局", "990102:住房城乡建设局"),
        ("unit", "990102:各镇（街道）", "990102:各镇（街道）"),
        ("theme", "守护水源", "澜政发〔2021〕8号:守护水源"),
        ("place", "云溪", "990102"),
        ("place", "990100", "990100"),
        ("any", "区水利局", "990102:水利局"),
        ("any", "设立用水管家", "yunxi/2.3"),
    ],
)
def test_other_things_by_name(kind: str, name: str, key: str, store: Store) -> None:
    assert resolve(store, kind, name) == [key]


@pytest.mark.parametrize("name", ["大数据局", "水利局"])
def test_a_unit_of_several_places_is_not_chosen(name: str, store: Store) -> None:
    with pytest.raises(SeveralNamesError, match=name) as caught:
        resolve(store, "unit", name)
    assert caught.value.exit_code == 3


def test_a_name_without_its_place_means_every_unit_of_that_name(store: Store) -> None:
    with pytest.raises(SeveralNamesError, match="990100:水利局"):
        resolve(store, "unit", "水利局")
    assert resolve(store, "unit", "水利厅") == ["990000:水利厅"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("lanjiang", "document"), ("yunxi/2.3", "task"), (PROVINCE_PLAN, "policy"), ("设立用水", "task")],
)
def test_what_a_cascade_is_asked_of(name: str, kind: str, store: Store) -> None:
    assert subject(store, name).kind == kind


def test_a_name_that_fits_a_loaded_and_a_cited_policy_means_the_loaded_one(tmp_path: Path) -> None:
    rows = with_summary()
    title = "便民服务设施提升三年行动计划"
    for row in rows["Policy"]:
        if row["key"] in ("澄政发〔2024〕2号", "朔政发〔2024〕4号"):
            row["title"] = row["name"] = title
    with open_store(make_store(tmp_path / "store", Snapshot.of_rows(rows, rules="test"))) as store:
        assert resolve(store, "policy", title) == ["澄政发〔2024〕2号"]
        assert subject(store, title).policies == ("澄政发〔2024〕2号",)
