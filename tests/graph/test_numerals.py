"""Numerals: every way of printing a number reads back; what is no numeral is None."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.numerals import chinese_integer, to_number

_DIGITS = "零一二三四五六七八九"


def _section(value: int) -> str:
    words, gap = "", False
    for scale, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, scale)
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + sign
            gap = False
        else:
            gap = True
    return words


def print_number(value: int) -> str:
    """Print `value` below 10**12 in Chinese, with places."""
    words = ""
    for scale, sign in ((10**8, "亿"), (10**4, "万"), (1, "")):
        high, value = divmod(value, scale)
        if high:
            words += ("零" if words and high < 1000 else "") + _section(high) + sign
    return words


@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_every_number_printed_with_places_reads_back(value: int) -> None:
    assert chinese_integer(print_number(value)) == value


@given(st.integers(min_value=1000, max_value=9999))
def test_a_year_printed_digit_by_digit_reads_back(year: int) -> None:
    assert chinese_integer("".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))) == year


@given(st.integers(min_value=0, max_value=10**9))
def test_arabic_digits_read_back_in_every_width(value: int) -> None:
    wide = str(value).translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
    assert to_number(str(value)) == to_number(wide) == to_number(f"{value:,}") == value


@given(st.text(max_size=12))
def test_any_text_is_a_number_or_none(text: str) -> None:
    assert to_number(text) is None or isinstance(to_number(text), (int, float))


_PRINTED = {
    "十": 10,
    "十二": 12,
    "二十": 20,
    "一百十": 110,
    "两百": 200,
    "三万二千": 32000,
    "二十五万": 250000,
    "壹佰": 100,
    "1.5": 1.5,
    "98.0": 98,
    "3万": 30000,
    "1.3万亿": 1.3e12,
    "１２．５": 12.5,
    "兩千": 2000,
}
_NO_NUMERAL = (
    *("", "万", "百", "百五", "一百五", "三万五", "十零", "一千五十", "两两", "十千"),
    *("3个", "1,20", "5G", "第三", "一 二", "1.2.3"),
)


@pytest.mark.parametrize(("printed", "value"), _PRINTED.items())
def test_printed_numbers(printed: str, value: float) -> None:
    assert to_number(printed) == value


@pytest.mark.parametrize("text", _NO_NUMERAL)
def test_what_is_no_numeral_is_none(text: str) -> None:
    assert to_number(text) is None
