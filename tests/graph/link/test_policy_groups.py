"""Policies: which mentions are one, which never, what stays open; measured on real titles where they stand beside."""

import csv
import re
from collections.abc import Iterator
from datetime import date

import pytest
from rapidfuzz import fuzz

from graph.gazetteer.places import by_key, coin
from graph.identity import policy_key
from graph.link.policies.policy_groups import Resolution, families, resolve
from graph.link.policies.policy_mentions import Mention, mention_of
from graph.link.policies.titles import parts, slots_agree, small_change
from graph.model import Held, Level, PolicyMention, PolicyRole
from graph.text import bare
from tests.shared import SHARED

PROVINCE, CITY, DISTRICT = (coin(one).code for one in ("澜江省", "澜江省澄州市", "澜江省澄州市云溪区"))
NOTICE = "澜江省人民政府关于印发政府“两网三清单”建设行动计划(2021—2025年)的通知"


def mention(
    document: str,
    title: str | None,
    number: str | None = None,
    place: str | None = None,
    role: PolicyRole = "cites",
    held: Held = "cited",
    issuers: tuple[str, ...] = (),
    region: str | None = None,
    level: Level | None = None,
    issued: date | None = None,
) -> Mention:
    return Mention(
        document=document,
        key=policy_key(number, place, title, document),
        doc_number=number,
        title=title,
        place_key=place,
        issuers=issuers,
        level=level,
        held=held,
        role=role,
        region=region,
        issued=issued,
    )


def test_a_press_summary_is_the_plan_that_the_notice_issues() -> None:
    rows = resolve(
        [
            mention("press", "政府“两网三清单”建设行动计划(2021-2025年)", None, PROVINCE, "reports_on", "summary"),
            mention("district", NOTICE, "澜政发〔2021〕16号", PROVINCE, "implements"),
            mention("district", NOTICE.replace("澜江省", "澄州市"), "澄政发〔2021〕56号", CITY, "implements"),
            mention(
                "district",
                "区政府“两网三清单”建设行动计划(2021—2025年)实施方案",
                None,
                DISTRICT,
                "self",
                "full",
            ),
        ]
    )
    assert rows == [
        Resolution(
            key=f"{PROVINCE}:政府两网三清单建设行动计划20212025年",
            canonical="澜政发〔2021〕16号",
            rule="title",
        )
    ]


@pytest.mark.parametrize(
    ("title", "rule"),
    [
        ("澜江省数字乡村建设行动计划(2021-2023年)", "title"),
        ("数字乡村建设行动计划(2021—2023年)", "title"),
        ("澜江省人民政府办公厅关于印发澜江省数字乡村建设行动计划(2021—2023年)的通知", "title"),
        ("澜江省数字乡村建设行动计划", "title-without-period"),
        ("澜江省推进数字乡村建设行动计划(2021-2023年)", None),
        ("云溪区数字乡村建设行动计划(2021-2023年)", None),
        ("澜江省数字乡村建设行动计划(2024-2026年)", None),
        ("澜江省数字乡村建设实施方案(2021-2023年)", None),
        ("澜江省数字乡村建设行动计划(2021-2023年)修订", None),
        ("澜江省数字城市建设行动计划(2021-2023年)", None),
    ],
)
def test_titles_of_one_place(title: str, rule: str | None) -> None:
    whole = "澜江省人民政府关于印发《澜江省数字乡村建设行动计划(2021—2023年)》的通知"
    rows = resolve(
        [
            mention("a", whole, "澜政发〔2021〕3号", PROVINCE, "self", "full"),
            mention("b", title, None, PROVINCE),
        ]
    )
    assert [one.rule for one in rows] == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("关于推荐第三批省级示范园区的通知", "关于公布第三批省级示范园区的通知"),
        ("关于申报第三批省级示范园区的通知", "关于申报第四批省级示范园区的通知"),
        ("关于做好2021年园区考核工作的通知", "关于做好2023年园区考核工作的通知"),
        ("关于加强园区管理的意见", "关于转发《关于加强园区管理的意见》的通知"),
        ("园区管理办法", "园区管理办法(2021修订)"),
        ("“十三五”园区发展规划", "“十四五”园区发展规划"),
    ],
)
def test_slots_speak_before_likeness(one: str, two: str) -> None:
    assert not slots_agree(parts(one), parts(two))


@pytest.mark.parametrize(
    ("one", "two", "like"),
    [
        ("大力推进园区提质增效的实施意见", "推进园区提质增效实施意见", True),
        # 进一步 tells a later text from an earlier one.
        ("进一步推进园区提质增效的实施意见", "推进园区提质增效实施意见", False),
        ("市发展和改革委员会园区目录管理办法", "市发改委园区目录管理办法", True),
        ("澄州园区提质增效管理办法", "岚川园区提质增效管理办法", False),
        ("工业园区提质增效管理办法", "旅游园区提质增效管理办法", False),
        ("园区绿色发展管理办法", "园区绿色发展资金监督管理办法", False),
    ],
)
def test_small_changes(one: str, two: str, like: bool) -> None:
    assert small_change(one, two) is like


def test_two_numbers_are_two_policies() -> None:
    title = "关于加强园区管理的意见"
    one = mention("a", title, "澜政发〔2020〕1号", PROVINCE, "self", "full")
    two = mention("b", title, "澜政发〔2021〕1号", PROVINCE, "self", "full")
    assert resolve([one, two]) == []
    assert resolve([one, two, mention("c", title, None, PROVINCE)]) == []  # either could be meant


def test_the_same_title_of_two_places_is_two_policies() -> None:
    title = "数字经济发展三年行动计划"
    rows = resolve(
        [
            mention("a", title, "澄政发〔2021〕7号", CITY, "self", "full"),
            mention("b", title, None, coin("岚川市").code, "self", "full"),
        ]
    )
    assert rows == []


def test_a_title_without_a_place_is_sought_on_the_line_of_its_document() -> None:
    title = "数字经济发展三年行动计划"
    city = mention("a", title, "澄政发〔2021〕7号", CITY, "self", "full")
    near = [mention("d", "云溪区实施方案", None, DISTRICT, "self", "full"), mention("d", title)]
    far = [
        mention("e", "石浦县实施方案", None, coin("岚川市石浦县").code, "self", "full"),
        mention("e", title),
    ]
    assert [one.canonical for one in resolve([city, *near])] == ["澄政发〔2021〕7号"]
    assert resolve([city, *far]) == []


def test_other_issuers_are_other_policies() -> None:
    title = "关于加强园区管理的指导意见"
    one = mention("a", title, "澜民发〔2021〕1号", PROVINCE, "self", "full", ("澜江省民政厅",))
    assert resolve([one, mention("b", title, None, PROVINCE, issuers=("澜江省财政厅",))]) == []
    assert len(resolve([one, mention("b", title, None, PROVINCE, issuers=("省民政厅",))])) == 1


def test_the_order_of_loading_does_not_matter() -> None:
    both = [
        mention("a", NOTICE, "澜政发〔2021〕16号", PROVINCE),
        mention("b", "政府“两网三清单”建设行动计划(2021-2025年)", None, PROVINCE),
        mention("c", "政府“两网三清单”建设行动计划", None, PROVINCE),
    ]
    assert resolve(both) == resolve(both[::-1])
    assert {one.canonical for one in resolve(both)} == {"澜政发〔2021〕16号"}


def test_mentions_get_the_place_that_is_printed() -> None:
    own = coin("澜江省澄州市云溪区")

    def place_of(**fields: object) -> str | None:
        one = PolicyMention(role="cites", rule="t", **{"title": None, **fields})  # type: ignore[arg-type]
        return mention_of("d", one, own).place_key

    assert place_of(issuers=("澜江省人民政府",)) == PROVINCE
    assert place_of(issuers=("省人民政府",)) == PROVINCE
    assert place_of(issuers=("市政府",)) == CITY
    assert place_of(issuers=("国务院",)) == "100000"
    assert place_of(title="宁波市加快园区发展的意见") == "330200"
    assert place_of(title="财政部关于园区资金的通知") == "100000"
    assert place_of(title="省财政厅关于园区资金的通知") == PROVINCE
    assert place_of(title="加快园区发展的意见") is None
    self_policy = PolicyMention(role="self", rule="t", title="加快园区发展的意见")
    assert mention_of("d", self_policy, own).place_key == DISTRICT


def test_families_are_named_by_their_topmost_policy() -> None:
    edges = [("district", "city"), ("city", "province"), ("other", "province"), ("x", "y")]
    found = families(edges)
    assert found == families(edges[::-1])
    assert {found[one] for one in ("district", "city", "other", "province")} == {"province"}
    assert found["x"] == "y"
    two_tops = [("city", "plan"), ("city", "law")]
    assert families(two_tops, {"law": "central", "plan": "province"})["city"] == "law"


CORPUS = SHARED / "corpus"


def quoted(title: str) -> Iterator[str]:
    """The outermost titles in 《》, else what a forwarding notice forwards."""
    depth = start = 0
    found = False
    for at, char in enumerate(title):
        if char == "《":
            depth += 1
            start = at if depth == 1 else start
        elif char == "》" and depth:
            depth -= 1
            if not depth:
                found = True
                yield title[start + 1 : at]
    if not found and (match := re.search(r"转发(.{10,}?)(?:的通知)?$", title)):
        yield match[1]


@pytest.mark.skipif(not (CORPUS / "titles.csv").exists(), reason="real titles stand beside the checkout only")
def test_quoted_titles_of_real_documents() -> None:
    with (CORPUS / "titles.csv").open(encoding="utf-8") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    own: dict[str, Mention] = {}
    for name, row in rows.items():
        number = row["doc_number"] if "号" in row["doc_number"] else None
        issuers = (row["issuer"],) if row["issuer"] else ()
        own[name] = mention_of(
            name,
            PolicyMention(role="self", rule="t", title=row["title"], doc_number=number, issuers=issuers, held="full"),
            None,
        )
    queries: dict[tuple[str, str], Mention] = {}
    with (CORPUS / "citations.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            ends = (row["citing"], row["cited"]) if row["relation"] == "引用" else (row["cited"], row["citing"])
            if row["relation"] == "相似于" or not set(ends) <= rows.keys() or "转发" in rows[ends[1]]["title"]:
                continue
            for title in quoted(rows[ends[0]]["title"]):
                # The edges are noisy: only an edge to a title near the quoted one says which is meant.
                if fuzz.ratio(bare(title), bare(rows[ends[1]]["title"])) >= 85:
                    here = own[ends[0]].place_key
                    cited = PolicyMention(role="cites", rule="t", title=title)
                    queries[ends] = mention_of(ends[0], cited, by_key(here) if here else None)
    canonical = {one.key: one.canonical for one in resolve([*own.values(), *queries.values()])}
    known = {one.key for one in own.values()}
    right = wrong = 0
    for (_, cited_document), query in queries.items():
        gold = canonical.get(own[cited_document].key, own[cited_document].key)
        found = canonical.get(query.key, query.key if query.key in known else None)
        right += found == gold
        wrong += found is not None and found != gold
    assert len(queries) > 80
    assert right / (right + wrong) >= 0.96
    assert right / len(queries) >= 0.85


TITLE = "关于进一步整修渡口方便群众出行的通知"
NUMBER = "澄交发〔2023〕9号"


def texts(*documents: tuple[str, date | None, str | None]) -> list[Mention]:
    """Return the own mentions of documents of one title: name, day of issue, place (else a city of the province)."""
    return [
        mention(name, TITLE, None, place, "self", "full", region=PROVINCE, level="city", issued=day)
        for name, day, place in documents
    ]


def cited_by(document: str, day: date | None) -> list[Mention]:
    own = mention(document, "区整修渡口方案", None, DISTRICT, "self", "full", issued=day)
    return [own, mention(document, TITLE, NUMBER, CITY, "implements", level="city")]


@pytest.mark.parametrize(
    ("held", "found"),
    [
        ([("a", date(2023, 5, 1), None)], "a"),
        ([("a", date(2023, 5, 1), CITY)], "a"),
        # Of another year than the number, or made known after it was cited.
        ([("a", date(2021, 5, 1), None)], None),
        ([("a", date(2023, 12, 1), CITY)], None),
        # Of two with the title nobody knows which is meant, unless one is of that place.
        ([("a", date(2023, 5, 1), None), ("b", date(2023, 6, 1), None)], None),
        ([("a", date(2023, 5, 1), CITY), ("b", date(2023, 6, 1), None)], "a"),
        ([("a", date(2023, 5, 1), "990200")], None),
    ],
)
def test_place_year_and_day_agree_before_a_title_does(
    held: list[tuple[str, date | None, str | None]], found: str | None
) -> None:
    rows = resolve([*texts(*held), *cited_by("district", date(2023, 8, 1))])
    keys = {one.key: one.document for one in texts(*held)}
    assert [keys[row.key] for row in rows if row.canonical == NUMBER] == ([found] if found else [])
    assert all(row.canonical == NUMBER for row in rows)


def test_two_texts_of_a_province_with_one_title_stay_two() -> None:
    assert resolve(texts(("a", date(2023, 5, 1), None), ("b", date(2023, 5, 2), CITY))) == []


def test_a_notice_that_issues_two_plans_is_known_by_either() -> None:
    notice = "澄州市人民政府关于印发《澄州市渡口整修工作方案》和《澄州市船员培训工作方案》的通知"
    rows = resolve(
        [
            mention("notice", notice, "澄政发〔2023〕9号", CITY, "self", "full"),
            mention("district", "澄州市渡口整修工作方案", None, CITY),
            mention("other", "澄州市船员培训工作方案", None, CITY),
            mention("third", "澄州市桥梁整修工作方案", None, CITY),
        ]
    )
    assert {(row.key, row.canonical) for row in rows} == {
        (f"{CITY}:澄州市渡口整修工作方案", "澄政发〔2023〕9号"),
        (f"{CITY}:澄州市船员培训工作方案", "澄政发〔2023〕9号"),
    }
