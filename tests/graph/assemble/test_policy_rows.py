"""Policies out of mentions: which are one, what links carry, who holds what, what lies above, families."""

import json
from datetime import date
from typing import Any

import pytest

from graph.assemble.policy_keys_apart import keys_apart
from graph.assemble.policy_rows import Policies, join_policies

Row = dict[str, Any]
EMPTY: Row = dict.fromkeys(
    (
        "title",
        "doc_number",
        "level",
        "place",
        "jurisdiction",
        "genre",
        "issued",
        "printed",
        "valid_from",
        "valid_to",
        "status",
        "region",
        "taken_over",
        "endings",
        "period_start",
        "period_end",
    )
) | {"issuers": [], "issuer_keys": [], "addressees": [], "rule": "test"}


def mention(document: str, order: int, role: str, key: str, held: str = "cited", **more: Any) -> Row:  # noqa: ANN401
    number = key if key.endswith("号") else None
    spans = {"title": [[order, order + 2, "计划"]], "mention": [[order, order + 4, "《计划》"]]}
    if number:
        spans["doc_number"] = [[order, order + 3, number]]
    row = EMPTY | {"document": document, "order": order, "role": role, "key": key, "held": held, "doc_number": number}
    return row | {"spans": json.dumps(spans, ensure_ascii=False)} | more


def join(mentions: list[Row], *same: tuple[str, str, str]) -> Policies:
    documents = {row["document"] for row in mentions}
    sizes = {name: (len(name), 100) for name in documents}
    return join_policies(mentions, same, sizes, {name: name for name in documents})


def keys(made: Policies, table: str) -> list[str]:
    return sorted(row["key"] for row in made.rows[table])


UP, MID, LOW = "澜政发〔2021〕1号", "澄政发〔2021〕2号", "云政发〔2021〕3号"


def test_links_move_to_the_number_and_every_policy_keeps_its_key() -> None:
    made = join(
        [
            mention("news", 0, "reports_on", "990000:用水计划", "summary", title="用水计划", level="province"),
            mention("low", 0, "self", LOW, "full"),
            mention("low", 1, "implements", UP, title="关于印发用水计划的通知"),
        ],
        ("990000:用水计划", UP, "title"),
    )
    assert {row["key"]: row["held"] for row in made.rows["Policy"]} == {
        UP: "summary",
        LOW: "full",
        "990000:用水计划": "summary",
    }
    assert [(row["source"], row["target"], row["rule"]) for row in made.rows["SAME_AS"]] == [
        ("990000:用水计划", UP, "title")
    ]
    assert keys(made, "REPORTS_ON") == [f"REPORTS_ON news -> {UP}"]
    assert keys(made, "IMPLEMENTS") == [f"IMPLEMENTS {LOW} -> {UP}"]
    top = next(row for row in made.rows["Policy"] if row["key"] == UP)
    assert (top["title"], top["level"]) == ("用水计划", "province")
    assert {row["subject"] for row in made.rows["Evidence"] if row["document"] == "news"} >= {UP, "990000:用水计划"}


@pytest.mark.parametrize("turned", [False, True])
def test_of_keys_without_a_number_the_best_held_leads(turned: bool) -> None:
    pair = ("b:计划", "a:计划", "title") if turned else ("a:计划", "b:计划", "title")
    made = join([mention("x", 0, "self", "b:计划", "full"), mention("y", 0, "self", "a:计划", "summary")], pair)
    assert made.of("a:计划") == made.of("b:计划") == "b:计划"


def test_the_way_up_runs_through_what_nobody_holds_and_stops_at_what_somebody_does() -> None:
    made = join(
        [
            mention("top", 0, "self", UP, "full"),
            mention("low", 0, "self", LOW, "full"),
            mention("low", 1, "implements", MID),
            mention("other", 0, "self", MID, "full"),
            mention("other", 1, "implements", UP),
        ]
    )
    assert made.held_above(LOW) == [MID]
    chained = join(
        [
            mention("top", 0, "self", UP, "full"),
            mention("low", 0, "self", LOW, "full"),
            mention("low", 1, "implements", "x:中间计划"),
        ]
    )
    chained.parents["x:中间计划"].append(UP)
    assert chained.held_above(LOW) == [UP]


def test_a_circle_of_plans_ends() -> None:
    made = join(
        [
            mention("low", 0, "self", LOW, "full"),
            mention("low", 1, "implements", MID),
            mention("mid", 0, "self", MID, "full"),
            mention("mid", 1, "implements", LOW),
        ]
    )
    assert made.held_above(LOW) == [MID]
    assert made.family[LOW] == made.family[MID]


def test_a_family_is_named_by_its_topmost_policy() -> None:
    made = join(
        [
            mention("low", 0, "self", LOW, "full", level="county"),
            mention("low", 1, "implements", MID, level="city"),
            mention("low", 2, "implements", UP, level="province"),
            mention("low", 3, "cites", "国发〔2020〕1号", level="central"),
        ]
    )
    assert {made.family[key] for key in (LOW, MID, UP)} == {UP}
    assert made.family["国发〔2020〕1号"] == "国发〔2020〕1号"
    assert [row["surface"] for row in made.rows["CITES"]] == ["《计划》"]


def test_the_fullest_document_of_a_policy_is_said() -> None:
    made = join(
        [
            mention("short", 0, "reports_on", UP, "summary"),
            mention("a", 0, "self", UP, "full"),
            mention("longer", 0, "self", UP, "full"),
        ]
    )
    assert made.documents[UP] == ["longer", "a", "short"]
    fullest = {row["source"]: row["fullest"] for name in ("RECORDS", "REPORTS_ON") for row in made.rows[name]}
    assert fullest == {"longer": True, "a": False, "short": False}


def test_on_a_page_of_several_articles_each_speaks_for_itself() -> None:
    made = join(
        [
            mention("page", 0, "self", "a:一", "full"),
            mention("page", 1, "implements", UP),
            mention("page", 2, "self", "a:二", "full"),
            mention("page", 3, "implements", MID),
        ]
    )
    assert keys(made, "IMPLEMENTS") == sorted([f"IMPLEMENTS a:一 -> {UP}", f"IMPLEMENTS a:二 -> {MID}"])
    assert (made.places["a:一", "page"], made.places["a:二", "page"]) == ([0], [1])


def test_issuers_come_in_order_with_their_proofs() -> None:
    row = mention("x", 0, "self", UP, "full", issuers=["甲", "乙"], issuer_keys=["9:甲", "9:乙"], jurisdiction="9")
    spans = json.loads(row["spans"]) | {"issuers": [[10, 11, "甲"], [12, 13, "乙"]]}
    made = join([row | {"spans": json.dumps(spans, ensure_ascii=False)}])
    assert [(one["target"], one["order"]) for one in made.rows["ISSUED_BY"]] == [("9:甲", 1), ("9:乙", 2)]
    proofs = {one["subject"]: one["quote"] for one in made.rows["Evidence"] if one["subject"].startswith("ISSUED_BY")}
    assert proofs == {f"ISSUED_BY {UP} -> 9:甲": "甲", f"ISSUED_BY {UP} -> 9:乙": "乙"}
    assert keys(made, "APPLIES_IN") == [f"APPLIES_IN {UP} -> 9"]


def held(document: str, title: str | None) -> Row:
    return mention(document, 0, "self", UP, "full", title=title, jurisdiction="330200")


def test_two_documents_of_one_number_are_one_policy_where_title_or_text_agree() -> None:
    texts = {"one": "a", "two": "b", "three": "a"}
    assert keys_apart([held("one", "渡口方案"), held("two", "关于印发渡口方案的通知")], texts) == {}
    assert keys_apart([held("one", "渡口方案"), held("three", None)], texts) == {}


def test_two_documents_that_agree_in_a_number_alone_stay_two() -> None:
    texts = {"one": "a", "two": "b", "three": "c", "four": "d", "five": "e"}
    named = mention("four", 1, "cites", UP, title="灯会方案")
    bare = mention("five", 1, "cites", UP)
    rows = [held("one", "渡口方案"), held("two", "灯会实施方案"), held("three", "灯会方案"), named, bare]
    assert keys_apart(rows, texts) == {
        ("one", UP): "330200:渡口方案",
        ("two", UP): "330200:灯会方案",
        ("three", UP): "330200:灯会方案",
        ("four", UP): "330200:灯会方案",
    }


def test_a_number_without_a_title_beside_another_is_known_by_its_document() -> None:
    rows = [held("one", None), held("two", "灯会方案")]
    assert keys_apart(rows, {"one": "a", "two": "b"})["one", UP] == "document:one"


def test_both_documents_of_a_number_are_told() -> None:
    apart = {("one", UP): "330200:渡口方案", ("two", UP): "330200:灯会方案"}
    rows = [held("one", "渡口方案") | {"key": apart["one", UP]}, held("two", "灯会方案") | {"key": apart["two", UP]}]
    made = join_policies(rows, (), {"one": (1, 9), "two": (1, 9)}, {"one": "a", "two": "b"}, apart=apart)
    assert {(row["code"], row["document"]) for row in made.rows["Issue"]} == {
        ("number-twice", "one"),
        ("number-twice", "two"),
    }
    assert [made.of(UP, name) for name in ("one", "two", "three")] == ["330200:渡口方案", "330200:灯会方案", UP]


def test_a_number_of_another_place_is_told() -> None:
    row = held("one", "渡口方案") | {"key": "330200:渡口方案"}
    made = join_policies([row], (), {"one": (1, 9)}, {"one": "a"})
    assert [(row["code"], row["quote"]) for row in made.rows["Issue"]] == [("number-elsewhere", UP)]


def test_a_draft_carries_out_nothing_and_is_never_carried_out() -> None:
    made = join(
        [
            mention("draft", 0, "self", LOW, "full", status="draft"),
            mention("draft", 1, "implements", UP, taken_over='[["draft/1",1,5,"《计划》"]]'),
            mention("low", 0, "self", MID, "full"),
            mention("low", 1, "implements", LOW, endings='[["repealed",1,5,"《计划》"]]'),
        ]
    )
    assert keys(made, "CITES") == [f"CITES {LOW} -> {UP}", f"CITES {MID} -> {LOW}"]
    assert not {"IMPLEMENTS", "TAKES_OVER", "REPEALS"} & {name for name, rows in made.rows.items() if rows}


def test_an_item_takes_over_a_policy_with_its_words() -> None:
    made = join(
        [
            mention("low", 0, "self", LOW, "full"),
            mention("low", 1, "cites", UP, taken_over='[["low/2.1",40,44,"《计划》"],["low/2.3",60,64,"《计划》"]]'),
        ]
    )
    assert keys(made, "TAKES_OVER") == [f"TAKES_OVER low/2.1 -> {UP}", f"TAKES_OVER low/2.3 -> {UP}"]
    proof = next(row for row in made.rows["Evidence"] if row["subject"] == f"TAKES_OVER low/2.3 -> {UP}")
    assert (proof["start"], proof["end"], proof["quote"]) == (60, 64, "《计划》")


def test_what_another_policy_ends_has_its_status() -> None:
    made = join(
        [
            mention("new", 0, "self", LOW, "full"),
            mention("new", 1, "cites", UP, endings='[["repealed",1,5,"《计划》"]]'),
            mention("new", 2, "cites", MID, endings='[["replaced",1,5,"《计划》"]]'),
        ]
    )
    assert {row["key"]: row["status"] for row in made.rows["Policy"]} == {LOW: None, UP: "repealed", MID: "replaced"}
    assert keys(made, "REPEALS") == [f"REPEALS {LOW} -> {UP}"]
    assert keys(made, "REPLACES") == [f"REPLACES {LOW} -> {MID}"]


@pytest.mark.parametrize(
    ("more", "apart"),
    [
        ({"issued": date(2024, 3, 1)}, True),
        ({"issued": date(2023, 3, 20)}, False),
        ({"issuer_keys": ["990100:水务局"]}, True),
        ({}, False),
    ],
)
def test_two_texts_of_one_place_and_title_are_one_where_issuer_and_day_agree(more: Row, apart: bool) -> None:
    key, title = "990100:渡口整修方案", "渡口整修方案"
    first = {"title": title, "jurisdiction": "990100", "issued": date(2023, 3, 1), "issuer_keys": ["990100:交通局"]}
    rows = [
        mention("one", 0, "self", key, "full", **first),
        mention("two", 0, "self", key, "full", **{"title": title, "jurisdiction": "990100", **more}),
    ]
    found = keys_apart(rows, {"one": "a", "two": "b"})
    assert found == ({("one", key): "document:one", ("two", key): "document:two"} if apart else {})
    assert keys_apart(rows, {"one": "a", "two": "a"}) == {}


def test_of_two_texts_with_one_title_each_is_told_of_the_other() -> None:
    key = "990100:渡口整修方案"
    rows = [
        mention(name, 0, "self", key, "full", title="渡口整修方案", jurisdiction="990100", issued=day)
        for name, day in (("one", date(2022, 3, 1)), ("two", date(2023, 3, 1)))
    ]
    texts = {"one": "a", "two": "b"}
    apart = keys_apart(rows, texts)
    rows = [row | {"key": apart[row["document"], key]} for row in rows]
    made = join_policies(rows, [], dict.fromkeys(texts, (1, 1)), texts, apart=apart)
    assert [(row["document"], row["code"]) for row in made.rows["Issue"]] == [
        ("one", "title-twice"),
        ("two", "title-twice"),
    ]
    assert {row["key"] for row in made.rows["Policy"]} == {"document:one", "document:two"}
