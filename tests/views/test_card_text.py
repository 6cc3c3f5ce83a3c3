import pytest
from hypothesis import given
from hypothesis import strategies as st

from views.card_text import NO_END, NO_START, listed, one_line, width, wrap

WORDS = st.text(alphabet="推进政务服务一网通办（）《》“”、，。；：！？〔〕()[]2027年12.5%APP—…· \n", max_size=60)


@pytest.mark.parametrize(
    ("text", "ems", "lines"),
    [
        ("建设便民服务中心", 4, ["建设便民", "服务中心"]),
        ("建设便民服务，中心", 6, ["建设便民服", "务，中心"]),
        ("按照（省级标准）办理", 3.5, ["按照", "（省级", "标准）", "办理"]),
        ("到2027年底", 3, ["到", "2027", "年底"]),
        ("落实《电子证照办法》", 5, ["落实《电子", "证照办法》"]),
        ("分步推进——逐年", 5, ["分步推", "进——逐年"]),
        ("", 5, []),
        ("　\n", 5, []),
        ("，。、", 1, ["，。、"]),
    ],
)
def test_lines(text: str, ems: float, lines: list[str]) -> None:
    assert wrap(text, ems) == lines


@given(WORDS, st.floats(2, 20), st.sampled_from([None, 1, 2, 3]))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(
    text: str, ems: float, most: int | None
) -> None:
    lines = wrap(text, ems, most)
    assert all(line[0] not in NO_START for line in lines[1:])
    assert all(line.rstrip()[-1] not in NO_END for line in lines[:-1])
    assert most is None or len(lines) <= most
    if most is None:
        assert "".join("".join(lines).split()) == "".join(one_line(text).split())


@given(WORDS, st.floats(4, 20))
def test_lines_are_as_wide_as_they_may_be(text: str, ems: float) -> None:
    """A line is wider than it may be only where there was no place to break it."""
    for line in wrap(text, ems):
        if width(line) > ems + 0.001:
            assert len(wrap(line, ems)) == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("市政\r\n务办", "市政务办"),
        ("建设 APP 平台", "建设 APP 平台"),
        ("⚠ 未见承接", "⚠ 未见承接"),
        ("转\u202e向\u200b的\x00字", "转向的字"),
        (None, ""),
    ],
)
def test_one_line(text: str | None, line: str) -> None:
    assert one_line(text) == line


def test_a_list_says_how_many_it_leaves_out() -> None:
    names = [f"市第{number}局" for number in range(40)]
    lines = listed("责任：", names, 18, 2, "等{count}个单位")
    assert len(lines) == 2
    assert "".join(lines).endswith("等40个单位")
    assert listed("责任：", names[:2], 18, 2, "等{count}个单位") == ["责任：市第0局、市第1局"]
    assert listed("责任：", ["很长的名字" * 20], 10, 2, "等{count}个单位")[-1].endswith("…")
    assert listed("责任：", [], 10, 2, "等{count}个单位") == ["责任："]
