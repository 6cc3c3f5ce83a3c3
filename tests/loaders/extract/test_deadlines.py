"""Deadlines: every printed form to its kind, its days and its EDTF; the examples of the patterns; round trips."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Deadline, Span
from graph.text import fold
from loaders.extract.deadlines.deadline_kinds import read_kind, time_share
from loaders.extract.deadlines.find import (
    find_closing_deadline,
    find_labelled,
    is_time_column,
    read_deadline,
    read_phase_date,
)
from loaders.extract.deadlines.times import find_times
from loaders.extract.deadlines.years import Years
from loaders.patterns.pattern_files import Pattern, load_patterns, load_table
from loaders.read.document import Document

YEARS = Years(title=2021)
_DATE = r"\d{4}(?:-(?:0[1-9]|1[0-2]|3[3-6]|4[01])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
_EDTF = re.compile(rf"{_DATE}|\.\./{_DATE}|{_DATE}/\.\.|{_DATE}/{_DATE}")


def text_document(text: str) -> Document:
    """A document of any text, also of one that a reader refuses."""
    return Document(
        name="doc", text=text, sha256="", text_sha256="", media_type="text/plain", charset="utf-8", lines=()
    )


def cell(text: str, years: Years = YEARS) -> Deadline | None:
    document = text_document(text)
    return read_deadline(document, Span(0, len(document.text)), years=years)


def closing(text: str, years: Years = YEARS) -> Deadline | None:
    document = text_document(text)
    return find_closing_deadline(document, Span(0, len(document.text)), years=years)


def said(deadline: Deadline | None) -> str:
    """Print a deadline as `kind start/end`, `..` for what is open or not told."""
    if deadline is None:
        return "none"
    if deadline.start is None and deadline.end is None:
        return deadline.kind
    return f"{deadline.kind} {deadline.start or '..'}/{deadline.end or '..'}"


def _named(value: Pattern | str) -> str:
    """The name of a test's pattern, or its text."""
    return value if isinstance(value, str) else value.name


def _examples(of: str) -> list[tuple[str, str, str]]:
    """Every example of one sort of pattern: the pattern's name, the words, what is read from them."""
    return [
        (entry["name"], text, meaning)
        for entry in load_table("deadlines")["pattern"]
        if entry["of"] == of
        for examples in (entry, *entry.get("also", ()))
        for text, meaning in examples["finds"].items()
    ]


@pytest.mark.parametrize(("name", "text", "days"), _examples("date"))
def test_what_a_pattern_of_dates_finds(name: str, text: str, days: str) -> None:
    folded = fold(text)
    (time,) = find_times(folded, 0, len(folded), YEARS)
    start = ".." if time.bound == "by" else str(time.start)
    assert (time.rule, f"{start}/{time.end}") == (name, days)


@pytest.mark.parametrize(("name", "text", "kind"), _examples("kind"))
def test_what_a_pattern_of_kinds_finds(name: str, text: str, kind: str) -> None:
    folded = fold(text)
    meaning = read_kind(folded, 0, len(folded), YEARS)
    assert meaning is not None
    assert (meaning.kind, meaning.start, meaning.end) == (kind, None, None)


def test_all_year_is_the_year_of_the_plan_and_goes_on_where_that_is_not_known() -> None:
    for words in ("全年", "全年推进"):
        known, unknown = read_kind(words, 0, len(words), YEARS), read_kind(words, 0, len(words), Years())
        assert known is not None
        assert unknown is not None
        assert (known.kind, str(known.start), str(known.end)) == ("range", "2021-01-01", "2021-12-31")
        assert (unknown.kind, unknown.start, unknown.end) == ("ongoing", None, None)


@pytest.mark.parametrize(("words", "kind"), [("9月取得初步成效", "interim"), ("9月底前取得明显成效", "by")])
def test_a_first_result_by_a_day_is_interim(words: str, kind: str) -> None:
    meaning = read_kind(words, 0, len(words), YEARS)
    assert meaning is not None
    assert (meaning.kind, meaning.start, str(meaning.end)) == (kind, None, "2021-09-30")


_BESIDE = [one for one in load_patterns("deadlines") if one.data["of"] == "beside"] + [
    *load_patterns("deadline_places")
]


@pytest.mark.parametrize(("pattern", "text"), [(one, text) for one in _BESIDE for text in one.finds], ids=_named)
def test_what_stands_beside_a_deadline_is_found(pattern: Pattern, text: str) -> None:
    assert pattern.regex.search(fold(text))


@pytest.mark.parametrize(
    ("pattern", "text"),
    [(one, text) for stem in ("deadlines", "deadline_places") for one in load_patterns(stem) for text in one.skips],
    ids=_named,
)
def test_what_a_pattern_skips(pattern: Pattern, text: str) -> None:
    assert not pattern.regex.search(fold(text))


@pytest.mark.parametrize(
    ("pattern", "text"),
    [(one, text) for one in load_patterns("deadlines") for text in one.data.get("left_to", {})],
    ids=_named,
)
def test_what_a_pattern_leaves_to_others(pattern: Pattern, text: str) -> None:
    deadline = cell(text)
    assert deadline is not None
    assert deadline.rule != f"deadline/{pattern.name}"
    assert said(deadline) == pattern.data["left_to"][text]


@pytest.mark.parametrize("pattern", [p for p in load_patterns("deadlines") if "needs" in p.data], ids=lambda p: p.name)
def test_the_cheap_look_hides_no_example(pattern: Pattern) -> None:
    assert all(re.search(pattern.data["needs"], fold(text)) for text in pattern.finds)


CELLS = {
    "2018年12月底前": "by ../2018-12-31",
    "2018年年底前完成": "by ../2018-12-31",
    "到2022年": "by ../2022-12-31",
    "2020年2月底前完成": "by ../2020-02-29",
    "2019 年12月底前": "by ../2019-12-31",
    "2021年\n9 月底前": "by ../2021-09-30",
    "２０２２年６月底前": "by ../2022-06-30",
    "二〇二二年十二月底前": "by ../2022-12-31",
    "2025年前": "by ../2025-12-31",
    "2019年3月": "by ../2019-03-31",
    "2021": "by ../2021-12-31",
    "2021年第三、四季度": "by ../2021-12-31",
    "3月中旬前": "by ../2021-03-20",
    "11下旬": "by ../2021-11-30",
    "年底前": "by ../2021-12-31",
    "次年3月底前": "by ../2022-03-31",
    "2021年6月底前启动，12月底前完成": "by ../2021-12-31",
    "按照省统一部署，2021年底前完成": "by ../2021-12-31",
    "持续推进，2021年底前取得明显成效": "by ../2021-12-31",
    "“十四五”末": "by ../2025-12-31",
    "三年内完成": "by",
    "汛期前完成": "by",
    "2018-2020年": "range 2018-01-01/2020-12-31",
    "2021年1月—6月": "range 2021-01-01/2021-06-30",
    "2021年9月—2022年3月": "range 2021-09-01/2022-03-31",
    "11月—次年2月": "range 2021-11-01/2022-02-28",
    "2021年11月-2月": "range 2021-11-01/2022-02-28",
    "2021年5月1日至10日": "range 2021-05-01/2021-05-10",
    "2021年1月起实施，2022年底前完成": "range 2021-01-01/2022-12-31",
    "2021年持续推进": "range 2021-01-01/2021-12-31",
    "“十四五”期间持续推进": "period 2021-01-01/2025-12-31",
    "每年12月底前": "annual",
    "2021年起每年开展": "annual 2021-01-01/..",
    "2018年起": "ongoing 2018-01-01/..",
    "长期坚持": "ongoing",
    "即日起长期坚持": "ongoing",
    "6月底取得阶段性成效并持续推进": "interim ../2021-06-30",
    "2021年6月底前出台方案，长期推进": "interim ../2021-06-30",
    "2021年底前建成,每年更新": "interim ../2021-12-31",
    "逐年推进": "progressive",
    "分年度实施": "progressive",
    "按照国家统一部署": "as_deployed",
    "执行上级党委决策部署": "as_deployed",
    "按需要举办": "on_demand",
    "根据工作需要适时召开": "on_demand",
    "适时完成": "when_appropriate",
    "/": "none",
    "无": "none",
    "市财政局": "none",
}


@pytest.mark.parametrize(("text", "meaning"), CELLS.items())
def test_cells_of_a_time_column(text: str, meaning: str) -> None:
    assert said(cell(text)) == meaning


@pytest.mark.parametrize("text", [text for text, meaning in CELLS.items() if meaning not in ("none", "by")])
def test_edtf_is_valid_and_given_where_a_day_is_known(text: str) -> None:
    deadline = cell(text)
    assert deadline is not None
    assert (deadline.edtf is not None) == (deadline.start is not None or deadline.end is not None)
    assert deadline.edtf is None or _EDTF.fullmatch(deadline.edtf)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("2018年12月底前", "../2018-12-31"),
        ("2018-2020年", "2018/2020"),
        ("2021年第四季度", "2021-36"),
        ("2021年上半年", "2021-40"),
        ("2021年3月", "2021-03"),
        ("“十四五”期间", "2021/2025"),
        ("2018年起", "2018/.."),
        ("3月上旬", "2021-03-01/2021-03-10"),
    ],
)
def test_edtf(text: str, printed: str) -> None:
    deadline = cell(text)
    assert deadline is not None
    assert deadline.edtf == printed


@pytest.mark.parametrize(
    ("years", "end"),
    [
        (Years(title=2021), date(2021, 6, 30)),
        (Years(period=(2020, 2020)), date(2020, 6, 30)),
        (Years(period=(2018, 2022)), None),
        (Years(title=2021, period=(2021, 2023)), None),
        (Years(issued=date(2021, 3, 1)), None),
        (Years(), None),
    ],
)
def test_a_year_is_filled_in_only_where_one_is_possible(years: Years, end: date | None) -> None:
    deadline = cell("6月底完成", years)
    assert deadline is not None
    assert (deadline.kind, deadline.end, deadline.start) == ("by", end, None)
    assert (deadline.edtf is None) == (end is None)


def test_a_printed_year_holds_for_the_months_behind_it() -> None:
    assert said(cell("2022年3月、6月、9月", Years())) == "by ../2022-09-30"


def test_a_day_that_the_calendar_lacks_is_no_day() -> None:
    assert cell("2月30日") is None


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("6月底完成，牵头考核单位：市委办", "6月底完成"),
        ("完成时限：2021年12月底前。", "2021年12月底前"),
        (" 2021年底前全覆盖 ", "2021年底前全覆盖"),
        ("2021年6月底前出台方案，长期推进", "2021年6月底前出台方案，长期推进"),
    ],
)
def test_raw_is_what_is_printed(text: str, raw: str) -> None:
    deadline = cell(text)
    assert deadline is not None
    assert deadline.raw == raw == deadline.span.of(text)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("完善制度，健全机制。此项工作要求在6月下旬完成。", "by ../2021-06-30"),
        ("承诺要在网站公布，要求在6月下旬完成。", "by ../2021-06-30"),
        ("抓好归档。2021年10月底前完成。", "by ../2021-10-31"),
        ("集中整治。（自2021年5月1日起至9月30日）", "range 2021-05-01/2021-09-30"),
        ("开展检查。此项工作贯穿活动全过程。", "ongoing"),
        ("本项工作适时开展。", "when_appropriate"),
        ("市里于2021年11月底前完成检查，结果通报。2022年起，每年2月底前完成上述工作。", "annual"),
        ("建设平台。(责任单位：市数据局；完成时限：2021年12月底前)", "by ../2021-12-31"),
        ("建设平台。（2021年12月底前完成）（责任单位：市数据局）", "by ../2021-12-31"),
        ("建设平台。（市数据局牵头，2021年12月底前完成）", "by ../2021-12-31"),
        ("建设平台。（责任单位：市数据局）（长期坚持）", "ongoing"),
        ("建设平台。\n责任单位：市数据局\n完成时限：2022年6月底", "by ../2022-06-30"),
        ("健全机制。【完成时限】2021年10月【责任单位】市数据局", "by ../2021-10-31"),
        ("建设平台。时间要求：持续推进。责任单位：市数据局", "ongoing"),
    ],
)
def test_a_closing_deadline(text: str, meaning: str) -> None:
    assert said(closing(text)) == meaning


@pytest.mark.parametrize(
    "text",
    [
        "推进建设，2021年底前实现全覆盖。",
        "开展整治，于2022年12月20日前完成。",
        "实施提升行动计划（2018-2022年）。",
        "推进平台建设（见附件2）。",
        "落实管理制度（试行）。",
        "2021年底前，建成平台。健全机制。",
        "",
    ],
)
def test_a_date_in_the_running_text_is_no_deadline(text: str) -> None:
    assert closing(text) is None


def test_a_labelled_deadline_is_found_before_its_units() -> None:
    document = text_document("2.建设平台。\n完成时限：2021年底前，责任单位：市数据局、市财政局")
    deadline = find_labelled(document, Span(0, len(document.text)), years=YEARS)
    assert deadline is not None
    assert (deadline.raw, deadline.end) == ("2021年底前", date(2021, 12, 31))


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("（一）动员部署阶段（2021年3月—11月）", "range 2021-03-01/2021-11-30"),
        ("(二)自查阶段(1月1日至2月底)", "range 2021-01-01/2021-02-28"),
        ("第一阶段：动员部署（2021年8月）", "range 2021-08-01/2021-08-31"),
        ("（三）总结提升阶段（12月底前）", "by ../2021-12-31"),
        ("(一)2014年11月-2015年6月底目标(基础建设)", "range 2014-11-01/2015-06-30"),
        ("第二阶段（2021年第二季度）", "range 2021-04-01/2021-06-30"),
        ("总结提升阶段", "none"),
        ("2021年工作安排", "none"),
    ],
)
def test_the_date_of_a_phase(text: str, meaning: str) -> None:
    document = text_document(text)
    assert said(read_phase_date(document, Span(0, len(document.text)), years=YEARS)) == meaning


@pytest.mark.parametrize("header", ["时间要求", "完成时限", "完成时间", "时间节点", "时限", "进度安排", "工 作 进 度"])
def test_a_time_column(header: str) -> None:
    assert is_time_column(header)


@pytest.mark.parametrize("header", ["责任单位", "重点任务", "备注", "发布时间", "序号", ""])
def test_another_column(header: str) -> None:
    assert not is_time_column(header)


@pytest.mark.parametrize(
    "text", ["2018年底前全覆盖", "按中央和省委部署推进", "每年推进", "6月底取得阶段性成效并持续推进"]
)
def test_a_time_is_told_by_its_share(text: str) -> None:
    assert time_share(fold(text), 0, len(text), YEARS) > 0.9


@pytest.mark.parametrize("text", ["持续推进营商环境优化", "每年确定10个重点课题", "定期清理文件", "落实机构改革方案"])
def test_a_title_that_names_a_time_is_told_by_its_share(text: str) -> None:
    assert time_share(fold(text), 0, len(text), YEARS) < 0.5


_DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2089, 12, 31))


@given(_DAYS)
def test_every_day_reads_back(day: date) -> None:
    deadline = cell(f"{day.year}年{day.month}月{day.day}日前", Years())
    assert deadline is not None
    assert (deadline.kind, deadline.end, deadline.edtf) == ("by", day, f"../{day.isoformat()}")


@given(_DAYS, st.sampled_from(["{}.{}.{}", "{}-{:02}-{:02}", "{}/{}/{}", "{} 年 {} 月 {} 日"]))
def test_every_day_reads_back_in_other_forms(day: date, form: str) -> None:
    deadline = cell(form.format(day.year, day.month, day.day), Years())
    assert deadline is not None
    assert deadline.end == day


@given(_DAYS, st.integers(min_value=0, max_value=3000))
def test_every_stretch_of_days_reads_back(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    text = "至".join(f"{day.year}年{day.month}月{day.day}日" for day in (first, last))
    deadline = cell(text, Years())
    assert deadline is not None
    assert (deadline.kind, deadline.start, deadline.end) == ("range", first, last)
    assert _EDTF.fullmatch(deadline.edtf or "")


@given(st.integers(min_value=1950, max_value=2098), st.integers(min_value=1, max_value=12))
def test_the_end_of_a_month_is_its_last_day(year: int, month: int) -> None:
    deadline = cell(f"{year}年{month}月底前", Years())
    assert deadline is not None
    assert deadline.end is not None
    assert (deadline.end + timedelta(days=1)).day == 1
    assert (deadline.end.year, deadline.end.month) == (year, month)


@given(st.text(alphabet="20189年月日底前至-—，。()（）每季度长期按部署一二十〇 \n", max_size=30))
def test_any_words_give_a_deadline_that_slices_to_its_raw_or_none(text: str) -> None:
    document = text_document(text)
    whole = Span(0, len(document.text))
    for deadline in (
        read_deadline(document, whole, years=YEARS),
        find_closing_deadline(document, whole, years=YEARS),
        read_phase_date(document, whole, years=YEARS),
    ):
        if deadline is not None:
            assert deadline.span.of(document.text) == deadline.raw
            assert deadline.edtf is None or _EDTF.fullmatch(deadline.edtf)


def test_a_cell_is_read_by_itself_whatever_stands_in_the_next_one() -> None:
    text = "2019年3月\n\n2\n\n推进面上工作"
    document = text_document(text)
    found = read_deadline(document, Span(0, 7), years=Years())
    assert found is not None
    assert (found.kind, found.end) == ("by", date(2019, 3, 31))
