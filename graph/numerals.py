"""Numerals as printed, Chinese and Arabic, to numbers, and document numbers to their normal form; strict.

What is not wholly one is None.
"""

import re
import unicodedata
from functools import lru_cache

DIGITS = {
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    **dict(zip("零壹贰叁肆伍陆柒捌玖", range(10), strict=True)),
    **{"〇": 0, "○": 0, "两": 2, "兩": 2, "貳": 2, "參": 3, "陸": 6},
}
SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
SECTIONS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
# One section up to 9999: each place at most once, in falling order; the digit before 十 may be left out.
_SECTION = re.compile(
    r"(?:(?P<thousands>\d)t)?(?P<gap1>z)?(?:(?P<hundreds>\d)h)?(?P<gap2>z)?(?:(?P<tens>\d)?(?P<ten>x))?(?P<gap3>z)?(?P<ones>\d)?"
)
_ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_LETTERS = {10: "x", 100: "h", 1000: "t"}


@lru_cache(maxsize=1024)
def chinese_integer(text: str) -> int | None:
    """Return the whole number that a Chinese numeral prints, or None where `text` is not wholly one.

    Both ways of writing are read: with places (二百三十, 一千零五, 三万二千) and digit by digit (二〇二二).

    >>> chinese_integer("二十一"), chinese_integer("二〇二二"), chinese_integer("一百五")
    (21, 2022, None)
    """
    if not text:
        return None
    if all(char in DIGITS for char in text):
        # 两 stands before a measure word only, and 零一 is a row of digits such as a code.
        if len(text) > 1 and (set(text) & {"两", "兩"}):
            return None
        return int("".join(str(DIGITS[char]) for char in text))
    for sign in ("亿", "億", "万", "萬"):
        head, found, tail = text.rpartition(sign)
        if found:
            return _joined(head, SECTIONS[sign], tail)
    return _section(text)


def _joined(head: str, scale: int, tail: str) -> int | None:
    """The number of `head` times `scale`, and the smaller `tail` behind it, which may begin with 零."""
    high = chinese_integer(head)
    if not high or (len(head) > 1 and all(char in DIGITS for char in head)):
        return None
    if not tail:
        return high * scale
    gap = tail[0] in "零〇"
    low = chinese_integer(tail[1:] if gap else tail)
    if low is None or not 0 < low < scale:
        return None
    # 三万五 is short for 35,000 in speech and no numeral: a place below the next one is announced by 零.
    if not gap and low < scale // 10:
        return None
    return high * scale + low


def _section(text: str) -> int | None:
    shape = "".join(map(_shape, text))
    if not (match := _SECTION.fullmatch(shape)):
        return None
    thousands, hundreds, ones = (int(match[name] or 0) for name in ("thousands", "hundreds", "ones"))
    tens = int(match["tens"] or 1) if match["ten"] else 0
    value = thousands * 1000 + hundreds * 100 + tens * 10 + ones
    return value if _gaps_right(match, thousands, hundreds, tens, ones) else None


def _shape(char: str) -> str:
    """The sign of one character in the pattern of a section: a digit, a place, `z` for 零."""
    if char in "零〇":
        return "z"
    return str(DIGITS[char]) if char in DIGITS else _LETTERS.get(SCALES.get(char, 0), "?")


def _gaps_right(match: re.Match[str], thousands: int, hundreds: int, tens: int, ones: int) -> bool:
    """Tell whether 零 stands where a place is left out, and nowhere else."""
    before_hundreds, before_tens, before_ones = (bool(match[name]) for name in ("gap1", "gap2", "gap3"))
    skipped_tens = bool(tens) and not hundreds and bool(thousands)
    skipped_ones = bool(ones) and not tens and bool(hundreds or thousands)
    gaps = before_hundreds + before_tens + before_ones
    return gaps == int(skipped_tens or skipped_ones) and not (hundreds and before_hundreds)


_MOST_DIGITS = 9


def plain_integer(text: str) -> int | None:
    """Return the number that `text` prints in digits 0-9, None where it is anything else or has more than nine.

    >>> plain_integer("12"), plain_integer("①"), plain_integer("1" * 6000)
    (12, None, None)
    """
    return int(text) if len(text) <= _MOST_DIGITS and text.isascii() and text.isdigit() else None


def to_number(text: str) -> int | float | None:
    """Return the number that `text` prints, Arabic (also full-width, with commas) or Chinese; else None.

    万 and 亿 behind Arabic digits multiply.

    >>> to_number("１，２００"), to_number("1.5万"), to_number("三百"), to_number("3个")
    (1200, 15000, 300, None)
    """
    plain = unicodedata.normalize("NFKC", text)
    scale = 1
    while plain and plain[-1] in SECTIONS and plain[0].isdigit():
        scale *= SECTIONS[plain[-1]]
        plain = plain[:-1]
    if _ARABIC.fullmatch(plain):
        value = float(plain.replace(",", ""))
        value = round(value * scale, 6)
        return int(value) if value.is_integer() else value
    return chinese_integer(plain) if scale == 1 else None


# The form of a document number (发文字号): agency word, year in brackets, running number, 号. It stands here once: as
# documents print it, as people type it, and as keys hold it. Nothing here folds the script, which takes a library to start.
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_RUNNING = r"第?(?P<number>\d{1,5})"
# Brackets of any kind, also mixed.
_PRINTED = re.compile(rf"^(?P<agency>.{{1,40}}?)[〔\[(【{{<]?{_YEAR}[〕\])】}}>]?{_RUNNING}号$")
_OPEN = "〔[(【{<"
# A person may leave out the brackets and 号.
_TYPED = re.compile(rf"^(?P<agency>[^〔〕\d]{{1,40}})〔?{_YEAR}〕?{_RUNNING}号?$")
_BRACKETS = str.maketrans("﹝﹞[]()【】{}<>〈〉號", "〔〕" * 7 + "号")


def printed_number(squeezed: str) -> str | None:
    """Return the number that folded text without blanks prints, in its normal form; None where it is none.

    >>> printed_number("浙政发[2018]16号"), printed_number("国令第706号")
    ('浙政发〔2018〕16号', None)
    """
    match = _PRINTED.match(squeezed)
    return _normal(match["agency"].rstrip(_OPEN), match) if match else None


def typed_number(text: str) -> str | None:
    """Return the number that a person typed, in its normal form, whatever brackets and blanks it has; None if it is none.

    >>> typed_number("澜政发[2019] 16号"), typed_number("澜政发2019 16"), typed_number("2019年工作要点")
    ('澜政发〔2019〕16号', '澜政发〔2019〕16号', None)
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split()).translate(_BRACKETS)
    match = _TYPED.match(plain)
    return _normal(match["agency"], match) if match else None


def _normal(agency: str, match: re.Match[str]) -> str | None:
    return f"{agency}〔{match['year']}〕{int(match['number'])}号" if agency else None
