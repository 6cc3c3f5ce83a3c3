"""What a lower document makes of a task: taken up, split, merged, doubtful; one answer whichever way it is asked for."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from graph.identity import link_key
from graph.snapshot.snapshot import Snapshot
from graph.store import open_store
from graph.store.protocol import Store
from queries.answer import Answer
from queries.cascades.addressed_places import AddressedPlaces
from queries.cascades.known_policies import Family
from queries.run import run
from tests.made import make_store
from tests.queries.summary import Rows, with_summary
from views.cascade_payload import read

Changed = Callable[[Rows], None]


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Changed], Store]]:
    stores: dict[Changed, Store] = {}

    def made(change: Changed) -> Store:
        if change not in stores:
            rows = with_summary()
            change(rows)
            root = tmp_path_factory.mktemp("answers") / "store"
            stores[change] = open_store(make_store(root, Snapshot.of_rows(rows, rules="test")))
        return stores[change]

    yield made
    for store in stores.values():
        store.close()


def task(rows: Rows, key: str) -> dict[str, Any]:
    return next(row for row in rows["Task"] if row["key"] == key)


def link(rows: Rows, child: str, parent: str, relation: str = "partial", score: float = 0.9) -> None:
    unlink(rows, child, parent)
    row: dict[str, Any] = {"key": link_key("DERIVES_FROM", child, parent), "source": child, "target": parent}
    row |= {"signals": "[]", "relation": relation, "score": score, "judgement": "none", "rule_version": "test"}
    rows["DERIVES_FROM"].append(row)


def unlink(rows: Rows, child: str, parent: str) -> None:
    key = link_key("DERIVES_FROM", child, parent)
    rows["DERIVES_FROM"] = [row for row in rows["DERIVES_FROM"] if row["key"] != key]


def near(rows: Rows, child: str, parent: str, score: float, words: str) -> None:
    key = link_key("RESEMBLES", child, parent)
    row: dict[str, Any] = {"key": key, "source": child, "target": parent, "score": score}
    row |= {"signals": "{}", "rule_version": "test"}
    rows.setdefault("RESEMBLES", []).append(row)
    proof: dict[str, Any] = {
        "subject": key,
        "property": "child",
        "document": child.partition("/")[0],
        "start": 0,
        "end": len(words),
    }
    rows.setdefault("Evidence", []).append(proof | {"quote": words, "rule": "test: sentence", "owner": "x"})


def five_things(rows: Rows) -> None:
    """Three things that one task names are three tasks of the city's plan."""
    task(rows, "lan/1.1")["text"] = "建设托育园、培训托育员、评选助餐能手。"
    for child in ("cheng/1.1", "cheng/1.2", "cheng/2.9"):
        link(rows, child, "lan/1.1")
    unlink(rows, "cheng/1.2", "lan/1.2")


def two_in_one(rows: Rows) -> None:
    """One task of the city's plan carries two of the province's."""
    task(rows, "cheng/2.10")["text"] = "开设助餐点，发放助餐券。"
    link(rows, "cheng/2.10", "lan/2.1")
    link(rows, "cheng/2.10", "lan/2.2")


def weak_way(rows: Rows) -> None:
    """The district's task derives from the city's, and that from the province's; neither surely."""
    unlink(rows, "yun/1.1", "lan/1.1")
    link(rows, "cheng/1.1", "lan/1.1", "adapted", 0.73)
    link(rows, "yun/1.1", "cheng/1.1", "partial", 0.65)


def comes_near(rows: Rows) -> None:
    near(rows, "cheng/2.9", "lan/2.2", 0.39, "评选助餐能手")


def words(answer: Answer, of: str, document: str) -> set[tuple[Any, Any]]:
    """The answers of a table, with their reasons, for one task in one document."""
    rows = (row for row in answer if row["parent"] == of and row["document"] == document and not row.get("details"))
    return {(row["answer"], row["reason"]) for row in rows}


def cell(store: Store, place: str, theme: str) -> dict[str, Any]:
    return next(
        dict(row) for row in run("coverage", store, of="lan") if (row["place"], row["theme_name"]) == (place, theme)
    )


def test_what_several_tasks_carry_in_full_is_split(changed: Callable[[Changed], Store]) -> None:
    store = changed(five_things)
    table = run("correlation", store, parent="lan", children=["cheng"])
    assert words(table, "lan/1.1", "cheng") == {("split", None)}
    assert words(run("cascade", store, of="lan"), "lan/1.1", "cheng") == {("split", None)}
    assert cell(store, "澄州市", "托育") | {"split": 1, "partial": 0} == cell(store, "澄州市", "托育")


def test_what_several_tasks_carry_only_a_part_of_is_partly_taken_up(changed: Callable[[Changed], Store]) -> None:
    def of_more(rows: Rows) -> None:
        five_things(rows)
        task(rows, "lan/1.1")["text"] = (
            "建设托育园、发布星级名录、设置公益岗位、改造消防通道、投放智能手环、开通夜间热线。"
        )

    store = changed(of_more)
    table = run("correlation", store, parent="lan", children=["cheng"])
    assert words(table, "lan/1.1", "cheng") == {("partial", None)}
    told = cell(store, "澄州市", "托育")
    assert 0 < told["carried"] < told["parts"]
    assert told["answer"] == "partial"


def test_several_tasks_carried_by_one_are_merged(changed: Callable[[Changed], Store]) -> None:
    store = changed(two_in_one)
    for asked in ("lan/2.1", "lan/2.2"):
        table = run("correlation", store, parent="lan", children=["cheng"])
        assert words(table, asked, "cheng") == {("merged", None)}
        assert words(run("cascade", store, of="lan"), asked, "cheng") == {("merged", None)}
        assert words(run("cascade", store, of=asked), asked, "cheng") == {("merged", None)}, "asked of one task alone"
    assert cell(store, "澄州市", "助餐")["answer"] == "merged"


def test_a_way_of_doubtful_links_is_doubtful_and_says_so(changed: Callable[[Changed], Store]) -> None:
    store = changed(weak_way)
    table = run("correlation", store, parent="lan", children=["yun"])
    assert words(table, "lan/1.1", "yun") == {("doubtful", "chain")}
    deep = [row for row in run("cascade", store, of="lan") if (row["root"], row["task"]) == ("lan/1.1", "yun/1.1")]
    assert [(row["answer"], row["reason"], row["relation"]) for row in deep] == [("doubtful", "chain", "partial")]
    above = [row for row in run("lineage", store, of="yun/1.1") if row["task"] == "lan/1.1"]
    assert [(row["answer"], row["reason"]) for row in above] == [("doubtful", "chain")]
    assert cell(store, "云溪区", "托育")["doubtful"] == 1
    assert words(run("correlation", store, parent="lan", children=["cheng"]), "lan/1.1", "cheng") == {("adapted", None)}


def weak_link(rows: Rows) -> None:
    """A task of the city's plan is linked to one of the province's, not much more likely than not."""
    link(rows, "cheng/2.9", "lan/2.2", "adapted", 0.52)
    key = link_key("DERIVES_FROM", "cheng/2.9", "lan/2.2")
    proof: dict[str, Any] = {"subject": key, "property": "child", "document": "cheng", "start": 0, "end": 6}
    rows.setdefault("Evidence", []).append(proof | {"quote": "评选助餐能手", "rule": "cascade: sentence", "owner": "x"})


def test_a_weak_link_is_doubtful_with_its_task_and_words(changed: Callable[[Changed], Store]) -> None:
    store = changed(weak_link)
    for answer in (run("cascade", store, of="lan"), run("correlation", store, parent="lan", children=["cheng"])):
        rows = [row for row in answer if (row["parent"], row["document"]) == ("lan/2.2", "cheng")]
        told = [(row["answer"], row["reason"], row["near"], row["near_score"], row["near_words"]) for row in rows]
        assert told == [("doubtful", "chain", "cheng/2.9", 0.52, "评选助餐能手")]
    above = [row for row in run("lineage", store, of="cheng/2.9") if row["task"] == "lan/2.2"]
    assert [(row["answer"], row["reason"]) for row in above] == [("doubtful", "chain")]
    counts = cell(store, "澄州市", "助餐")
    assert (counts["doubtful"], counts["not_found"]) == (1, 0)


def weak_beside_sure(rows: Rows) -> None:
    """One of two tasks that carry the province's is not surely meant so."""
    link(rows, "cheng/1.1", "lan/1.1", "adapted", 0.95)
    link(rows, "cheng/2.9", "lan/1.1", "partial", 0.45)


def test_a_weak_link_beside_a_sure_one_is_doubtful_by_itself(changed: Callable[[Changed], Store]) -> None:
    store = changed(weak_beside_sure)
    for answer in (run("cascade", store, of="lan"), run("correlation", store, parent="lan", children=["cheng"])):
        rows = {
            row["task"]: row["answer"] for row in answer if (row["parent"], row["document"]) == ("lan/1.1", "cheng")
        }
        assert rows == {"cheng/1.1": "adapted", "cheng/2.9": "doubtful"}
    assert cell(store, "澄州市", "托育")["doubtful"] == 0, "the task itself is taken up"


def clause_dropped(rows: Rows) -> None:
    """The city's task says one of the two clauses of the province's; who does it stands in a bracket and is none."""
    task(rows, "lan/1.1")["text"] = (
        "提升托育服务。在老城区建设普惠托育园。给每所托育园配备家庭育儿指导顾问。（责任单位：省机关事务管理局）"
    )
    task(rows, "lan/1.1")["title"] = "提升托育服务"
    task(rows, "cheng/1.1")["text"] = "办好托育。在老城区和新区建设普惠托育园。"
    link(rows, "cheng/1.1", "lan/1.1", "adapted", 0.95)


def test_an_adapted_task_without_one_of_its_clauses_is_taken_up_in_part(changed: Callable[[Changed], Store]) -> None:
    store = changed(clause_dropped)
    for answer in (run("cascade", store, of="lan"), run("correlation", store, parent="lan", children=["cheng"])):
        rows = [row for row in answer if (row["parent"], row["task"]) == ("lan/1.1", "cheng/1.1")]
        told = [(row["answer"], row["relation"], row["clauses_dropped"]) for row in rows]
        assert told == [("partial", "adapted", "给每所托育园配备家庭育儿指导顾问")]
    counts = cell(store, "澄州市", "托育")
    assert (counts["partial"], counts["adapted"]) == (1, 0)
    assert counts["carried"] < counts["parts"]


def itemised(rows: Rows) -> None:
    clause_dropped(rows)
    task(rows, "cheng/2.9")["kind"] = "checklist"
    task(rows, "cheng/2.9")["text"] = "每所托育园配备一名家庭育儿指导顾问"
    key = link_key("DETAILS", "cheng/2.9", "cheng/1.1")
    rows["DETAILS"] = [{"key": key, "source": "cheng/2.9", "target": "cheng/1.1", "score": 0.7, "signals": "{}"}]


def test_a_clause_in_a_row_that_itemises_the_counterpart_is_not_dropped(changed: Callable[[Changed], Store]) -> None:
    store = changed(itemised)
    for answer in (run("cascade", store, of="lan"), run("correlation", store, parent="lan", children=["cheng"])):
        rows = [row for row in answer if (row["parent"], row["task"]) == ("lan/1.1", "cheng/1.1")]
        assert [(row["answer"], row["clauses_dropped"]) for row in rows] == [("adapted", None)]


def test_what_nearly_was_a_link_is_doubtful_with_its_words(
    changed: Callable[[Changed], Store], summary_store: Store
) -> None:
    assert words(run("cascade", summary_store, of="lan"), "lan/2.2", "cheng") == {("not_found", None)}
    store = changed(comes_near)
    for answer in (run("cascade", store, of="lan"), run("correlation", store, parent="lan", children=["cheng"])):
        rows = [row for row in answer if (row["parent"], row["document"]) == ("lan/2.2", "cheng")]
        told = [(row["answer"], row["reason"], row["near"], row["near_title"], row["near_words"]) for row in rows]
        assert told == [("doubtful", "near", "cheng/2.9", "评选助餐能手", "评选助餐能手")]
        assert [row["near_score"] for row in rows] == [0.39]
        added = [row for row in answer if row["task"] == "cheng/2.9"]
        assert [(row["answer"], row["near"]) for row in added] == [("doubtful", "lan/2.2")], "nor is it surely added"
    assert cell(store, "澄州市", "助餐")["doubtful"] == 1
    card = read(store, "lan").cards["lan/2.2"]
    assert (card.doubtful, "澄州市" in card.missing) == ([("澄州市", "评选助餐能手")], False)


def test_rows_of_a_list_stand_below_the_counterpart_that_they_itemise(changed: Callable[[Changed], Store]) -> None:
    def listed(rows: Rows) -> None:
        task(rows, "cheng/2.9")["kind"] = "checklist"
        key = link_key("DETAILS", "cheng/2.9", "cheng/2.10")
        row = {"key": key, "source": "cheng/2.9", "target": "cheng/2.10", "score": 0.7, "signals": "{}"}
        rows["DETAILS"] = [row]

    store = changed(listed)
    rows = [row for row in run("cascade", store, of="lan") if row["details"]]
    assert [(row["root"], row["parent"], row["task"], row["hops"]) for row in rows] == [
        ("lan/2.1", "cheng/2.10", "cheng/2.9", 2)
    ]
    assert rows[0]["answer"] is None, "a row of a list is no answer"
    drawn = read(store, "lan")
    assert "cheng/2.9" in drawn.cards
    assert [(one.parent, one.weak) for one in drawn.links if one.relation == "details"] == [("cheng/2.10", False)]


def one_matter(rows: Rows) -> None:
    """The city's plan is about one matter and only rests on the province's."""
    for row in rows["Policy"]:
        if row["key"] == "澄政发〔2024〕2号":
            row["title"] = row["name"] = "澄州市渡船检修资金管理办法"
    _printed(rows, "澄政发〔2024〕2号", "根据")


def _printed(rows: Rows, child: str, said: str) -> None:
    key = link_key("IMPLEMENTS", child, "澜政发〔2024〕1号")
    proof: dict[str, Any] = {"subject": key, "property": "itself", "document": "cheng", "start": 0, "end": 2}
    rows.setdefault("Evidence", []).append(proof | {"quote": "方案", "rule": f"carries-out:{said}", "owner": "cheng"})


def test_a_document_on_one_matter_is_not_asked_for_all_the_rest(changed: Callable[[Changed], Store]) -> None:
    store = changed(one_matter)
    for answer in (run("cascade", store, of="lan"), run("correlation", store, parent="lan", children=["cheng"])):
        assert words(answer, "lan/2.2", "cheng") == {("cannot_say", "narrow")}
        assert words(answer, "lan/1.2", "cheng") == {("taken_up", None)}, "what it does take up stands"
    rows = [row for row in run("coverage", store, of="lan") if row["place"] == "澄州市"]
    assert {row["whole_place"] for row in rows} == {False}
    assert {row["not_found"] for row in rows} == {0}


@pytest.mark.parametrize("way", ["says so", "same subject", "a person's word"])
def test_a_plan_of_the_place_is_asked_for_everything(way: str, changed: Callable[[Changed], Store]) -> None:
    def wide(rows: Rows) -> None:
        one_matter(rows)
        if way == "says so":
            _printed(rows, "澄政发〔2024〕2号", "贯彻落实")
        elif way == "same subject":
            next(row for row in rows["Policy"] if row["key"] == "澄政发〔2024〕2号")["title"] = "澜江省便民服务实施细则"
        else:
            key = link_key("IMPLEMENTS", "澄政发〔2024〕2号", "澜政发〔2024〕1号")
            next(row for row in rows["IMPLEMENTS"] if row["key"] == key)["judgement"] = "confirmed"

    store = changed(wide)
    assert words(run("cascade", store, of="lan"), "lan/2.2", "cheng") == {("not_found", None)}
    assert {row["whole_place"] for row in run("coverage", store, of="lan") if row["place"] == "澄州市"} == {True}


def titled(title: str) -> Changed:
    """Return what gives the province's task that the city does not take up a title."""

    def change(rows: Rows) -> None:
        task(rows, "lan/2.2")["title"] = title
        task(rows, "lan/2.2")["text"] = f"{title}。安排专门经费。"

    return change


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("支持岚川市建设助餐券印制基地", ("cannot_say", "elsewhere", "岚川市")),
        ("支持岚川市、朔原市先行发放助餐券", ("cannot_say", "elsewhere", "岚川市、朔原市")),
        ("支持岚川市和澄州市先行发放助餐券", ("not_found", None, None)),
        ("支持岚川市等地先行发放助餐券", ("not_found", None, None)),
        ("推动岚川市发放助餐券做法的复制", ("not_found", None, None)),
        ("发放助餐券，支持岚川市建设印制基地", ("not_found", None, None)),
    ],
)
def test_what_is_addressed_to_another_place_is_not_asked_of_this_one(
    title: str, told: tuple[Any, ...], changed: Callable[[Changed], Store]
) -> None:
    store = changed(titled(title))
    for answer in (run("cascade", store, of="lan"), run("correlation", store, parent="lan", children=["cheng"])):
        rows = [row for row in answer if (row["parent"], row["document"]) == ("lan/2.2", "cheng") and not row["task"]]
        assert [(row["answer"], row["reason"], row["addressed"]) for row in rows] == [told]
    assert cell(store, "澄州市", "助餐")["not_found"] == (told[0] == "not_found")


def test_a_district_of_the_place_that_is_named_is_meant_too(summary_store: Store) -> None:
    family = Family(summary_store)
    upper, lower = family.know(["澜政发〔2024〕1号"])[0], family.know(["云政发〔2024〕5号"])[0]
    listed = AddressedPlaces(summary_store)
    zhejiang, ningbo = replace(upper, place="330000"), replace(lower, place="330200")
    district, elsewhere = replace(lower, place="330200.东钱湖区"), replace(lower, place="330100")
    title = "支持宁波建设灯船基地"
    assert listed.elsewhere(title, zhejiang, elsewhere) == "宁波"
    assert listed.elsewhere(title, zhejiang, ningbo) is None
    assert listed.elsewhere(title, zhejiang, district) is None
    assert listed.elsewhere("支持建设灯船基地", zhejiang, elsewhere) is None


def meaning(rows: Rows) -> None:
    """One of the province's tasks only says what a word means, one of the city's names its grounds."""
    task(rows, "lan/2.2")["text"] = "本方案所称助餐券，是指老年人凭以用餐的凭证，包括纸质的和电子的。"
    task(rows, "cheng/2.9")["text"] = "政策依据：《助餐服务管理办法》（2023年修订）第三条、《养老条例》。"


def test_what_sets_no_duty_is_neither_asked_for_nor_counted(changed: Callable[[Changed], Store]) -> None:
    def alone(rows: Rows) -> None:
        meaning(rows)
        unlink(rows, "yun/1.2", "lan/2.2")

    store = changed(alone)
    for answer in (run("cascade", store, of="lan"), run("correlation", store, parent="lan", children=["cheng"])):
        assert words(answer, "lan/2.2", "cheng") == {("cannot_say", "explains")}
        own = [row for row in answer if row["task"] == "cheng/2.9"]
        assert [(row["answer"], row["reason"]) for row in own] == [("cannot_say", "explains")]
    told = cell(store, "澄州市", "助餐")
    assert (told["tasks"], told["answer"]) == (1, "adapted"), "the theme is what its other task comes to"


@pytest.mark.parametrize("way", ["repealed", "valid_to"])
@pytest.mark.parametrize("policy", ["澜政发〔2024〕1号", "澄政发〔2024〕2号"])
def test_what_is_in_force_no_more_says_so_in_place_of_not_taken_up(
    way: str, policy: str, changed: Callable[[Changed], Store]
) -> None:
    def ended(rows: Rows) -> None:
        row = next(row for row in rows["Policy"] if row["key"] == policy)
        if way == "repealed":
            row["status"] = "repealed"
        else:
            row["valid_to"] = date(2025, 6, 30)

    store = changed(ended)
    code = "ended_repealed" if way == "repealed" else "ended_until"
    asked: list[tuple[str, dict[str, Any]]] = [
        ("cascade", {"of": "lan"}),
        ("correlation", {"parent": "lan", "children": ["cheng"]}),
        ("coverage", {"of": "lan"}),
    ]
    for name, given in asked:
        answer = run(name, store, today="2025-07-01", **given)
        notes = [note.values for note in answer.notes if note.code == code]
        assert [note["policy"] for note in notes] == [policy]
        assert [note.get("until") for note in notes] == [None if way == "repealed" else "2025-06-30"]
        if name != "coverage":
            assert words(answer, "lan/2.2", "cheng") == {("cannot_say", "not_in_force")}
        if way == "valid_to":
            before = run(name, store, today="2025-06-30", **given)
            assert not [note for note in before.notes if note.code == code], "its last day is one in force"
            if name != "coverage":
                assert words(before, "lan/2.2", "cheng") == {("not_found", None)}
