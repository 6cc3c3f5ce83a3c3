"""Folding of text: width and script, one character for one, so that a span marks the same words in both."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

# Characters that mean one thing and are printed in many ways. Every entry maps one code point to one.
_SAME = str.maketrans(
    {
        "﹝": "〔",
        "﹞": "〕",
        "［": "[",
        "］": "]",
        "（": "(",
        "）": ")",
        "﹙": "(",
        "﹚": ")",
        "，": ",",
        "；": ";",
        "：": ":",
        "．": ".",
        "﹒": ".",
        "︰": ":",
        "｡": "。",
        "､": "、",
        "　": " ",
        "\u00a0": " ",
        "\u2002": " ",
        "\u2003": " ",
        "\u2009": " ",
        "\u202f": " ",
        "—": "-",
        "–": "-",
        "－": "-",
        "―": "-",
        "─": "-",
        "‐": "-",
        "‑": "-",
        "−": "-",
        "～": "~",
        "〜": "~",
        "“": '"',
        "”": '"',
        "„": '"',
        "＂": '"',
        "「": '"',
        "」": '"',
        "『": '"',
        "』": '"',
        "‘": "'",
        "’": "'",
        "〈": "《",
        "〉": "》",
        "＜": "<",
        "＞": ">",
        "○": "〇",
        "臵": "置",
        "・": "·",
        "•": "·",
        "％": "%",
        "﹪": "%",
    }
)


# The characters of GB 2312, the set of simplified script, that OpenCC changes, alone or in some words (批覆, 深沈).
_IN_BOTH = re.compile("[么乾吒哩坏夥後徵拚捱摺於榘沈菸薹藉袷覆醣麴麽]")


@cache
def _converter() -> "OpenCC":
    # A text in simplified script never needs it: most do, and what compares a few names would wait for it to start.
    from opencc import OpenCC

    return OpenCC("t2s")


# Radicals for which Unicode names no character: printers of PDF files put them in place of the simplified ones.
_RADICALS = dict(
    zip(
        "⺠⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻤⻥⻦⻨⻩⻬⻮⻰⺮⻁⻄⺝⺬",
        "民见角贝车长门青韦页风飞食马鬼鱼鸟麦黄齐齿龙竹虎西月示",
        strict=True,
    )
)
# The radicals (⼯, ⺟) and the compatibility forms (U+F900) of Han characters with the characters that they are.
_COMPATIBLE = {
    char: one
    for first, last in ((0x2E80, 0x2FDF), (0xF900, 0xFAFF))
    for char in map(chr, range(first, last + 1))
    if (one := unicodedata.normalize("NFKC", char)) != char and len(one) == 1
}
# Digits in the type of formulas (𝟏), five forms of each.
_DIGITS = {chr(0x1D7CE + at): str(at % 10) for at in range(50)}
# The full-width letters, digits and signs, and over them the table above.
_FOLD = {
    **_RADICALS,
    **_DIGITS,
    **_COMPATIBLE,
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **{chr(code): one for code, one in _SAME.items()},
}


_BLANKS = re.compile(r"[\s\u200b-\u200d\u2060\ufeff]+")
_NOT_DRY = re.compile(
    r"(?<![饼餅烘晒曬风風吹擦烤晾葡笋筍豆肉牙])乾(?![燥旱净淨洗枯粮糧涸脆货貨杯冰湿濕热熱咳果菜电電酪酵草裂])"
)


def to_simplified(text: str) -> str:
    """Return `text` in simplified script, of the same length (OpenCC t2s, character by character)."""
    if _is_simplified(text):
        return text
    converted: str = _converter().convert(text)
    if len(converted) != len(text):
        converted = "".join(one if len(one := _converter().convert(char)) == 1 else char for char in text)
    if "乾" in text:
        # 乾 is 干 where it means dry; in names (乾安县, 乾隆) it is itself in both scripts.
        keep = {match.start() for match in _NOT_DRY.finditer(text)}
        return "".join("乾" if at in keep else char for at, char in enumerate(converted))
    return converted


def _is_simplified(text: str) -> bool:
    """Tell whether a text holds nothing that the converter of scripts would change; False where that is not certain."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return not _IN_BOTH.search(text)


def fold(text: str) -> str:
    """Return `text` with width, brackets, dashes, quotes, radicals and script made one; always of the same length.

    Brackets of document numbers stay 〔〕; typographic quotes become `"`; every blank but a line break a space.

    >>> fold("（一）推進“網上辦”２０１８—2022年")
    '(一)推进"网上办"2018-2022年'
    >>> fold("⼈⺠政府⼯信局")
    '人民政府工信局'
    """
    return _folded_words(text) if len(text) <= _SHORT else _folded(text)


def _folded(text: str) -> str:
    if text.isascii():
        return text
    # A text has few of the characters that change: a replacement of each is faster than str.translate, or one call a place.
    for char in _FOLD.keys() & set(text):
        text = text.replace(char, _FOLD[char])
    return to_simplified(text)


def squeeze(text: str) -> str:
    """Return `fold(text)` without any white space or control character: for comparing, never for spans.

    >>> squeeze("2019 年12月 底前")
    '2019年12月底前'
    """
    return _squeezed_words(text) if len(text) <= _SHORT else _squeezed(text)


def without_blanks(text: str) -> str:
    r"""Return `text` without white space and characters of no width.

    >>> without_blanks("附 件\u200b1\n")
    '附件1'
    """
    # Of all white space only the space is printable, and nothing of no width is.
    return text.replace(" ", "") if text.isprintable() else _BLANKS.sub("", text)


def _squeezed(text: str) -> str:
    folded = fold(text)
    if folded.isprintable():
        # Of all white space and control characters only the space is printable.
        return folded.replace(" ", "")
    return "".join(char for char in folded if not char.isspace() and unicodedata.category(char) not in {"Cf", "Cc"})


# Names and heads are asked for again and again; paragraphs are not.
_SHORT = 40
_folded_words = lru_cache(maxsize=1 << 14)(_folded)
_squeezed_words = lru_cache(maxsize=1 << 14)(_squeezed)


def bare(text: str) -> str:
    """Return `squeeze(text)` without punctuation and symbols: letters, digits and Han characters only.

    >>> bare("《关于“两强三提高”的意见》（试行）")
    '关于两强三提高的意见试行'
    """
    return "".join(filter(str.isalnum, squeeze(text)))


_MARKS = re.compile(r"\*\*|__")
_BREAK = re.compile(r"[ \t\u3000]*[\r\n]+[ \t\u3000]*")


def running(text: str) -> str:
    r"""Return the words of a passage as one reads them: without emphasis marks and breaks in mid-sentence.

    A break behind a finished sentence stays one line break. Its places are no longer those of the text.

    >>> running("**修渡口。** 年内修好全县老\r\n旧渡口。\n一是勘察。")
    '修渡口。 年内修好全县老旧渡口。\n一是勘察。'
    """
    text = _MARKS.sub("", text)
    parts, at = [], 0
    for match in _BREAK.finditer(text):
        before, after = text[: match.start()][-1:], text[match.end() : match.end() + 1]
        joint = "\n" if before in "。;；:：!！?？" else " " if before.isascii() and after.isascii() else ""
        parts += [text[at : match.start()], joint]
        at = match.end()
    return "".join([*parts, text[at:]]).strip()


_NO_WIDTH = "\ufeff\u200b\u200c\u200d\u2060"


def trim(text: str, start: int, end: int, extra: str = "") -> tuple[int, int]:
    """Return the span [start, end) without white space, zero-width characters and `extra` at either end."""
    # What stands at an end is mostly a letter, which is no blank: one look less.
    while start < end and (
        (char := text[start]) in extra or (not char.isalnum() and (char.isspace() or char in _NO_WIDTH))
    ):
        start += 1
    while end > start and (
        (char := text[end - 1]) in extra or (not char.isalnum() and (char.isspace() or char in _NO_WIDTH))
    ):
        end -= 1
    return start, end
