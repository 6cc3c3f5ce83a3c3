"""A plan that does not name the one it carries out: proposed by build and cascade, and linked once a person said so."""

from pathlib import Path

import pytest

from graph.link.decisions import Decision
from graph.store import open_store
from graph.store.protocol import Store
from graph.store.store_address import StoreAddress
from loaders.ingest.decided_build import decide_and_build
from loaders.ingest.graph_build import build
from loaders.ingest.kept_readings import KeptReadings
from queries.names import resolve
from queries.run import run

TASKS = """（一）更新渡船救生设备。年底前，为全部渡船换装救生衣、救生圈和灭火器。
（二）整修渡口候船亭。对破损的候船亭更换顶棚、座椅，加装照明。
（三）培训渡工驾驶技能。每季度组织渡工学习避让规则，考核合格后上岗。
（四）清理航道沉石。对浅滩航段测量水深，打捞沉石和沉树。
"""
UPPER = f"""浙江省人民政府办公厅关于印发渡口安全提升行动计划的通知
浙政办发〔2024〕77号
各市人民政府：
渡口安全提升行动计划
一、主要任务
{TASKS}
浙江省人民政府办公厅
2024年1月5日
"""
LOWER = f"""宁波市人民政府办公室关于印发渡口安全提升工作方案的通知
甬政办发〔2024〕88号
各县（市）区人民政府：
渡口安全提升工作方案
为方便群众出行，制定本方案。
一、工作任务
{TASKS}
宁波市人民政府办公室
2024年3月1日
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "upper.txt").write_text(UPPER, encoding="utf-8")
    (tmp_path / "lower plan.txt").write_text(LOWER, encoding="utf-8")
    return tmp_path / "store"


def notes(store: Store, of: str) -> dict[str, object]:
    return {note.code: dict(note.values) for note in run("cascade", store, of=of).notes}


def test_a_probable_relation_is_told_with_its_command_and_colours_nothing(root: Path) -> None:
    report = build([root.parent / "upper.txt", root.parent / "lower plan.txt"], root, jobs=1)
    assert [(one.child, one.parent, one.alike) for one in report.probable] == [("lower plan", "upper", 4)]
    assert report.links == 0
    with open_store(root) as store:
        said = notes(store, "upper")
        assert said["probable"] == {
            "child": "lower plan",
            "parent": "upper",
            "alike": 4,
            "tasks": 4,
            "command": "zhengmai decide 'lower plan' upper yes",
        }
        assert "carried_out_by_none" in said
        assert all(row["answer"] is None for row in run("cascade", store, of="upper") if row["root"])
        keys = [resolve(store, "policy", name)[0] for name in ("lower plan", "upper")]
    decision = Decision(kind="policies", child=keys[0], parent=keys[1], judgement="confirmed")
    assert decide_and_build(root, decision).links == 4
    with open_store(root) as store:
        assert "probable" not in notes(store, "upper")
        assert {row["answer"] for row in run("cascade", store, of="upper") if row["hops"] == 1} == {"taken_up"}


def test_a_build_proposes_only_what_is_new(root: Path) -> None:
    build([root.parent / "upper.txt"], root, jobs=1)
    assert build([root.parent / "lower plan.txt"], root, jobs=1).probable
    assert not build([root.parent / "lower plan.txt"], root, jobs=1).probable


def test_two_documents_named_side_by_side_are_held_to_be_related(root: Path) -> None:
    """Titles that have nothing in common keep two plans apart, until a person sets them side by side."""
    one, other = root.parent / "one.txt", root.parent / "other.txt"
    one.write_text(UPPER.replace("渡口安全提升行动计划", "乡村客运发展纲要"), encoding="utf-8")
    changed = LOWER.replace("渡口安全提升工作方案", "水上平安三年打算").replace(
        "换装救生衣、救生圈和灭火器", "检修发动机"
    )
    other.write_text(changed, encoding="utf-8")
    build([one, other], root, jobs=1)
    kept = KeptReadings(StoreAddress.of(root))
    plain = {(link.child, link.parent): link.score for link in kept.links("other", "one")}
    named = {(link.child, link.parent): link.score for link in kept.links_between("other", "one", lambda name: name)}
    assert plain.keys() <= named.keys()
    assert len(named) >= 3
