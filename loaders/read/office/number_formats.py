"""The signs of automatic numbers, by the names that office formats have for their kinds (ECMA-376, ST_NumberFormat)."""

from collections.abc import Callable, Mapping

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_FORMAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"


def sign_of(kind: str, value: int) -> str:
    """Return how a number of a kind is printed; a kind that is not known prints digits.

    >>> [sign_of("chineseCountingThousand", n) for n in (3, 10, 12, 20, 105)]
    ['三', '十', '十二', '二十', '一百〇五']
    >>> sign_of("decimalEnclosedCircle", 3), sign_of("upperRoman", 4), sign_of("lowerLetter", 27), sign_of("none", 2)
    ('③', 'IV', 'aa', '')
    """
    if value < 0:
        return str(value)
    return _KINDS.get(kind, str)(value)


def _chinese(value: int) -> str:
    """Return 十二, 二十 …; a number of more than four digits is printed in digits."""
    return _counted(value, _DIGITS, "十百千", leading=False)


def _counted(value: int, digits: str, units: str, *, leading: bool) -> str:
    if value == 0 or value > 9999:
        return digits[0] if value == 0 else str(value)
    printed, gap = "", False
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if digit:
            printed += digits[0] * gap + digits[digit] + (units[place - 1] if place else "")
            gap = False
        else:
            gap = bool(printed)
    one_ten = digits[1] + units[0]
    return printed[1:] if not leading and printed.startswith(one_ten) else printed


def _formal(digits: str) -> Callable[[int], str]:
    return lambda value: _counted(value, digits, "拾佰仟", leading=True)


def _by_digits(value: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(value))


def _of_row(first: str, count: int) -> Callable[[int], str]:
    """Return what prints the signs of one row of Unicode; digits behind its last."""
    return lambda value: chr(ord(first) + value - 1) if 1 <= value <= count else str(value)


def _cycled(signs: str) -> Callable[[int], str]:
    return lambda value: signs[(value - 1) % len(signs)] if value else "0"


def _circled(value: int) -> str:
    for first, last, start in ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")):
        if first <= value <= last:
            return chr(ord(start) + value - first)
    return str(value)


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    printed = ""
    for size, sign in _ROMAN:
        printed += sign * (value // size)
        value %= size
    return printed


def _letters(value: int) -> str:
    """Return a … z, aa, bb …: the letter is repeated once the alphabet is used up."""
    if not 0 < value <= 780:
        return str(value)
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _full_width(value: int) -> str:
    return "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in str(value))


_KINDS: Mapping[str, Callable[[int], str]] = {
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
            "japaneseCounting",
            "koreanCounting",
        ),
        _chinese,
    ),
    **dict.fromkeys(("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"), _by_digits),
    "chineseLegalSimplified": _formal(_FORMAL),
    "ideographLegalTraditional": _formal(_FORMAL_TRADITIONAL),
    "ideographTraditional": _cycled(_STEMS),
    "ideographZodiac": _cycled(_BRANCHES),
    "ideographEnclosedCircle": _of_row("㊀", 10),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _of_row("⑴", 20),
    "decimalEnclosedFullstop": _of_row("⒈", 20),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalZero": lambda value: f"{value:02}",
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerLetter": _letters,
    "bullet": lambda value: "",
    "none": lambda value: "",
}
