import pytest

from graph.store.protocol import Store
from queries.answer import Answer
from queries.changes.fact_changes import date, moved_targets, numbers
from queries.changes.text_changes import without_duty, words
from queries.run import run
from tests.factories import TEXTS


def lines(answer: Answer) -> list[tuple[object, ...]]:
    return [(one["root"], one["hops"], one["task"] or one["policy"], one["answer"]) for one in answer]


def test_the_tree_of_a_province_plan(summary_store: Store) -> None:
    answer = run("cascade", summary_store, of="澜政发（2024）1号")
    tree = lines(answer)
    assert tree[:8] == [
        ("lan/1.1", 0, "lan/1.1", None),
        ("lan/1.1", 1, "chuan/1", "taken_up"),
        ("lan/1.1", 1, "cheng/1.1", "adapted"),
        ("lan/1.1", 2, "yun/1.1", "partial"),
        ("lan/1.1", 1, "shi/1.1", "taken_up"),
        ("lan/1.1", 1, "朔政发〔2024〕4号", "cannot_say"),
        ("lan/1.2", 0, "lan/1.2", None),
        ("lan/1.2", 1, "cheng/1.2", "taken_up"),
    ], "a link that a longer way makes needless is left out; what is not held cannot be said"


def test_not_taken_up_is_said_only_of_what_is_held_in_full(summary_store: Store) -> None:
    answers = {(root, who): said for root, _, who, said in lines(run("cascade", summary_store, of="lan"))}
    assert answers["lan/2.1", "岚政发〔2024〕3号"] == "cannot_say"
    assert answers["lan/2.2", "澄政发〔2024〕2号"] == "not_found", "a rejected link is no link"
    assert answers["lan/2.1", "云政发〔2024〕5号"] == "not_found"
    assert answers["lan/2.1", "石政发〔2024〕6号"] == "not_found", "links run through a policy that is only cited"


def test_a_link_past_a_held_level_says_so(summary_store: Store) -> None:
    tree = lines(run("cascade", summary_store, of="lan"))
    assert ("lan/2.2", 1, "yun/1.2", "skips_level") in tree
    assert ("lan/1.1", 1, "shi/1.1", "skips_level") not in tree, "what stands between is not held"


def test_what_was_added_needs_all_that_is_above(summary_store: Store) -> None:
    tree = lines(run("cascade", summary_store, of="lan"))
    assert (None, 0, "cheng/2.9", "added") in tree
    assert (None, 0, "yun/1.3", "added") in tree
    assert (None, 0, "shi/1.2", "cannot_say") in tree, "the plan above is only cited"


def test_a_cascade_says_what_it_read_and_what_is_not_held(summary_store: Store) -> None:
    notes = {note.code: note.values for note in run("cascade", summary_store, of="lan").notes}
    assert notes["other_tellings"]["others"] == "lan-news"
    assert notes["held_summary"] == {"policy": "岚政发〔2024〕3号"}
    assert notes["held_cited"] == {"policy": "朔政发〔2024〕4号"}


def test_a_telling_that_is_named_is_read(summary_store: Store) -> None:
    answer = run("cascade", summary_store, of="lan-news")
    assert answer.rows[0]["task"] == "lan-news/1"


def test_a_theme_narrows_the_tree(summary_store: Store) -> None:
    answer = run("cascade", summary_store, of="lan", theme="助餐")
    assert {one["root"] for one in answer} == {"lan/2.1", "lan/2.2"}


def test_a_task_alone_has_no_added_rows(store: Store) -> None:
    answer = run("cascade", store, of="lanjiang/1.1")
    assert {one["root"] for one in answer} == {"lanjiang/1.1"}
    assert answer.rows[1]["quote"] == "划定水源保护区"
    start, stop = (int(str(answer.rows[1][name])) for name in ("text_start", "text_stop"))
    whole = TEXTS["chengzhou"][start:stop]
    assert whole.startswith("划定水源保护区。2022年6月底前")
    assert whole.endswith("（责任单位：市水利局）")


def test_lineage_goes_up_to_the_root(summary_store: Store) -> None:
    answer = run("lineage", summary_store, of="yun/1.1")
    assert [(one["task"], one["hops"]) for one in answer] == [("yun/1.1", 0), ("cheng/1.1", 1), ("lan/1.1", 2)]
    assert run("lineage", summary_store, of="yun/1.3").rows[0]["answer"] == "added"
    assert run("lineage", summary_store, of="shi/1.2").rows[0]["answer"] == "cannot_say"
    assert run("lineage", summary_store, of="lan/1.1").rows[0]["answer"] is None


def test_coverage_has_a_word_for_every_theme_and_place(summary_store: Store) -> None:
    answer = run("coverage", summary_store, of="lan")
    said = {(one["theme_name"], one["place"]): one["answer"] for one in answer}
    assert said == {
        ("托育", "澄州市"): "adapted",
        ("托育", "岚川市"): "partial",
        ("托育", "朔原市"): "cannot_say",
        ("托育", "云溪区"): "partial",
        ("托育", "石浦县"): "partial",
        ("助餐", "澄州市"): "partial",
        ("助餐", "岚川市"): "cannot_say",
        ("助餐", "朔原市"): "cannot_say",
        ("助餐", "云溪区"): "partial",
        ("助餐", "石浦县"): "not_found",
    }
    for one in answer:
        counted = sum(int(one[word] or 0) for word in ("taken_up", "adapted", "partial", "not_found", "cannot_say"))
        assert counted == one["tasks"]


def test_a_policy_with_nothing_below_says_so(store: Store) -> None:
    answer = run("coverage", store, of="yunxi")
    assert not answer.rows
    assert answer.notes[0].code == "nothing_below"


def test_the_correlation_table(store: Store) -> None:
    answer = run("correlation", store, parent="lanjiang", children=["chengzhou", "yunxi"])
    first = answer.rows[0]
    assert (first["parent"], first["task"], first["answer"]) == ("lanjiang/1.1", "chengzhou/1.1", "adapted")
    assert first["units_dropped"] == "省生态环境厅"
    assert first["date_change"] == "tightened"
    assert first["number_change"] == "水源保护区: 120处 → 15处"
    pairs = [(one["parent"], one["document"], one["task"], one["answer"]) for one in answer]
    assert ("lanjiang/1.2", "chengzhou", None, "not_found") in pairs
    assert ("lanjiang/2.3", "yunxi", "yunxi/2.2", "doubtful") in pairs, "through the city, as sure as both links are"
    assert ("lanjiang/2.3", "yunxi", "partial") in [
        (one["parent"], one["document"], one["relation"]) for one in answer
    ], "by the loosest step"
    assert (None, "yunxi", "yunxi/2.3", "cannot_say") in pairs, "it also carries out a plan that is not held"


def test_a_summary_above_adds_nothing_for_certain(summary_store: Store) -> None:
    answer = run("correlation", summary_store, parent="chuan", children=["cheng"])
    assert {one["answer"] for one in answer if one["parent"] is None} == {"cannot_say"}


@pytest.mark.parametrize(
    ("parent", "child", "change"),
    [
        ("建设园区。（责任单位：省水利厅）", "建设园区。（责任单位：市水利局）", (None, None)),
        ("推进全省数据平台建设", "推进全市数据平台建设和开放", ("全省", "全市…和开放")),
        ("开设窗口", "开设窗口", (None, None)),
        ("开设 39 个窗口", "开设39个窗口", (None, None)),
        ("完善渡口巡查、水位预警制度", "完善水位预警、渡口巡查制度", (None, None)),
        ("開設窗口，（試行）", "开设窗口,(试行)", (None, None)),
        ("完善渡口巡查制度。", "完善渡口巡查制度，明确频次。", (None, "明确频次")),
        ("推广 Open Data 平台", "推广Open Data平台", (None, None)),
        ("建成渡口120处", "建成渡口15处", ("120处", "15处")),
        ("在集镇和产业园区布设网点", "在产业园区、老旧小区布设网点", ("集镇和", "老旧小区")),
        ("实行错时开放，提供快递代收服务", "实行错时开放，组织老年人体检", ("提供快递代收服务", "组织老年人体检")),
        ("新建项目允许占用岸线", "新建项目不允许占用岸线", (None, "不允许")),
        ("", "开设窗口", (None, "开设窗口")),
    ],
)
def test_words_that_changed(parent: str, child: str, change: tuple[str | None, str | None]) -> None:
    assert words(parent, child) == change


def test_a_bracket_that_names_nobody_stays() -> None:
    assert without_duty("建设驿站（含流动驿站）") == "建设驿站（含流动驿站）"
    assert without_duty("建设驿站。（责任单位：市住建局〔市房管局〕，各县（市、区）政府）") == "建设驿站。"


@pytest.mark.parametrize(
    ("above", "below", "word"),
    [
        ((None, None), (None, None), None),
        (("年底前", "2025-12-31"), (None, None), "dropped"),
        ((None, None), ("年底前", "2025-12-31"), "set"),
        (("年底前", "2025-12-31"), ("长期", None), "no_day"),
        (("长期", None), ("年底前", "2025-12-31"), "day_set"),
        (("年底前", "2025-12-31"), ("12月底前", "2025-12-31"), "kept"),
        (("年底前", "2025-12-31"), ("明年底前", "2026-12-31"), "relaxed"),
    ],
)
def test_dates_that_changed(
    above: tuple[str | None, str | None], below: tuple[str | None, str | None], word: str | None
) -> None:
    sides = [dict(zip(("deadline", "end"), side, strict=True)) for side in (above, below)]
    assert date(*sides) == word


def test_numbers_are_compared_by_what_they_count() -> None:
    def target(quantity: str, value: float, unit: str) -> dict[str, str | int | float | bool | None]:
        return {"quantity": quantity, "value": value, "unit": unit, "text": quantity}

    above = [target("驿站", 100.0, "个"), target("管网", 3000.0, "公里")]
    below = [target("驿站", 20.0, "个"), target("专员", 5.0, "名")]
    assert numbers(above, below) == "驿站: 100个 → 20个; 管网: 3000公里 → –; 专员: – → 5名"
    assert numbers(above, above) is None


def counted(
    quantity: str | None, value: float | None, unit: str | None, text: str | None = None, end: str | None = None
) -> dict[str, str | int | float | bool | None]:
    return {"quantity": quantity, "value": value, "unit": unit, "text": text or quantity, "end": end}


def test_a_name_cut_more_shortly_is_the_same() -> None:
    above = [counted("渡口、码头和航道服务满意率", 98.0, "%")]
    assert numbers(above, [counted("航道服务满意率", 98.0, "%")]) is None
    assert numbers(above, [counted("航道服务满意率", 95.0, "%")]) == "渡口、码头和航道服务满意率: 98% → 95%"


def test_a_number_without_a_name_is_that_of_its_clause() -> None:
    above = [counted("按照", 5.0, "%", "灯船检验费按照5%收取")]
    other = [counted("按照", 15.0, "%", "渡口配套用房面积比例按照15%控制")]
    assert numbers(above, other) == ("灯船检验费按照5%收取: 5% → –; 渡口配套用房面积比例按照15%控制: – → 15%"), (
        "of one object and of another"
    )
    assert numbers(above, [counted(None, 3.0, "%", "灯船检验费按照3%收取")]) == "灯船检验费按照5%收取: 5% → 3%"


def test_which_of_several_of_one_name_changed_is_not_known() -> None:
    above = [counted("最高补助", 20.0, "万元"), counted("最高补助", 30.0, "万元")]
    below = [counted("最高补助", 30.0, "万元"), counted("最高补助", 40.0, "万元")]
    assert numbers(above, below) == "最高补助: 20万元 → –; 最高补助: – → 40万元"


def test_where_a_part_is_shared_what_one_side_alone_counts_is_no_change() -> None:
    above = [counted("驿站", 100.0, "个"), counted("管网", 3000.0, "公里")]
    below = [counted("驿站", 20.0, "个"), counted("专员", 5.0, "名")]
    assert numbers(above, below, part=True) == "驿站: 100个 → 20个"


def test_dates_of_clauses_about_different_things_are_no_change() -> None:
    above = [counted(None, None, None, "2023年底前，各渡口公布班次并动态更新", "2023-12-31")]
    below = [counted(None, None, None, "8月底前完成灯船船员体检", "2023-08-31")]
    assert not moved_targets(above, below)
    shorter = [counted(None, None, None, "11月底前动态更新", "2023-11-30")]
    assert [other["end"] for _, other in moved_targets(above, shorter)] == ["2023-11-30"], "the end of the other clause"
    same = [counted(None, None, None, "2023年10月底前，各渡口公布班次", "2023-10-31")]
    assert [(one["end"], other["end"]) for one, other in moved_targets(above, same)] == [("2023-12-31", "2023-10-31")]


def test_one_number_of_nearly_the_same_is_no_change() -> None:
    def target(quantity: str, value: float, unit: str) -> dict[str, str | int | float | bool | None]:
        return {"quantity": quantity, "value": value, "unit": unit, "text": quantity}

    above, below = [target("基本完成全市渡口改造", 4.0, "年")], [target("完成全县渡口改造", 4.0, "年")]
    assert numbers(above, below) is None
    assert numbers(above, [target("疏浚河道", 4.0, "年")]) == "基本完成全市渡口改造: 4年 → –; 疏浚河道: – → 4年"
    assert numbers(above, [target("完成全县渡口改造", 3.0, "年")]) == (
        "基本完成全市渡口改造: 4年 → –; 完成全县渡口改造: – → 3年"
    )
