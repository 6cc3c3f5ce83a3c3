"""Changes of a document that change nothing for a reader, and how much of its reading outlives them.

Every disturbance takes the text, whether it is Markdown, and a source of chance; `kept` compares two readings by what
a reader takes from them: tasks, units, dates.
"""

import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from pathlib import Path

from opencc import OpenCC

from graph.model import Reading
from graph.text import squeeze
from loaders.read.registry import read
from loaders.read.text.text_reader import TextReader
from loaders.reading.document_reading import read_document
from loaders.structure.furniture import mark

Disturbance = Callable[[str, bool, random.Random], str]

_WIDE = {code: code + 0xFEE0 for code in (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B), *b"(),:;.%")}
_NARROW = {ord(wide): narrow for wide, narrow in zip("（），：；．％", "(),:;.%", strict=True)}
# Marks of Markdown: these lines, and the labels of a fenced block at the top, are no text to disturb.
_MARKUP = re.compile(r"\s{0,3}(?:[#|>*]|-{3,}|- )|[A-Za-z_]+:|.*\]\(|.*https?:")
_SIGN = re.compile(r"[一二三四五六七八九十]{1,3}[、.]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d)")
_TEAR = re.compile(r"(?<=.).(?=.)")
_CN = "[一二三四五六七八九十]{1,3}"
_DUTY = re.compile(
    r"[\[【〔(（]((?:[^\[\]【】〔〕()（）\n]{0,4})(?:单位|部门)[^\[\]【】〔〕()（）\n]{0,200})[\]】〕)）]"
)
_HEAD_LINES = ("首页 > 政务公开 > 政策文件", "索 引 号：00-0000/2026-00001", "字体：【大 中 小】", "打印本页")
_FOOT_LINES = (
    "【打印本页】 【关闭窗口】",
    "相关阅读",
    "扫一扫在手机打开当前页",
    "主办单位：某某网站管理中心",
    "网站地图 | 联系我们 | 隐私声明",
)


def _by_line(text: str, markdown: bool, change: Callable[[str], str]) -> str:
    lines = re.split(r"(\r\n|\n|\r)", text)
    return "".join(
        one if number % 2 or (markdown and _MARKUP.match(one)) else change(one) for number, one in enumerate(lines)
    )


def _joining(text: str, markdown: bool, joint: str, chosen: Callable[[str, str], bool]) -> str:
    """Take out the breaks between lines (white space beside them too) where `chosen` says so of the two."""
    made: list[str] = []
    for line in text.splitlines():
        above = made[-1] if made else ""
        markup = markdown and (_MARKUP.match(line) or _MARKUP.match(above))
        if made and not markup and "\t" not in line and "\t" not in above and chosen(above, line):
            made[-1] = above.rstrip() + joint + line.strip()
        else:
            made.append(line)
    return "\n".join(made)


def _without_empty(text: str, markdown: bool) -> str:
    """Return the text without empty lines; those beside the marks of Markdown are needed."""
    return text if markdown else "\n".join(line for line in text.splitlines() if line.strip())


def full_width(text: str, markdown: bool, chance: random.Random) -> str:
    """Digits, letters and signs are printed wide."""
    return _by_line(text, markdown, lambda line: line.translate(_WIDE))


def half_width(text: str, markdown: bool, chance: random.Random) -> str:
    """Wide signs and digits are printed narrow."""
    narrow = {**_NARROW, **{wide: code for code, wide in _WIDE.items()}}
    return _by_line(text, markdown, lambda line: line.translate(narrow))


def traditional(text: str, markdown: bool, chance: random.Random) -> str:
    """The whole text is converted to traditional script."""
    converted: str = OpenCC("s2t").convert(text)
    return converted


def doubled_breaks(text: str, markdown: bool, chance: random.Random) -> str:
    """Some lines are followed by empty lines."""
    kept = text.splitlines()
    wide = [not (markdown and ("|" in line or number < 30)) for number, line in enumerate(kept)]
    return "".join(
        line + "\n" * (chance.choice((1, 2, 3)) if more else 1) for line, more in zip(kept, wide, strict=True)
    )


def lost_breaks(text: str, markdown: bool, chance: random.Random) -> str:
    """Half of the breaks between a finished sentence and a numbered item are gone: items run together on a line."""
    return _joining(
        text,
        markdown,
        "",
        lambda above, line: (
            above.rstrip()[-1:] in ("。", "；", "）", ")", "]", "】", "〕")
            and "。" in above
            and bool(_SIGN.match(line.strip()))
            and chance.random() < 0.5
        ),
    )


def one_line(text: str, markdown: bool, chance: random.Random) -> str:
    """All breaks are lost, the two blanks that indent a paragraph are kept."""
    return _joining(_without_empty(text, markdown), markdown, "\u3000\u3000", lambda above, line: True)


def one_line_blank(text: str, markdown: bool, chance: random.Random) -> str:
    """All breaks are lost, one blank stands for each."""
    return _joining(_without_empty(text, markdown), markdown, " ", lambda above, line: True)


def one_line_bare(text: str, markdown: bool, chance: random.Random) -> str:
    """All breaks are lost and nothing stands for them."""
    return _joining(_without_empty(text, markdown), markdown, "", lambda above, line: True)


def wrapped(text: str, markdown: bool, chance: random.Random) -> str:
    """Every line is broken at one width, as mail and print do."""
    width = chance.choice((28, 34, 40))

    def cut(line: str) -> str:
        return "\n".join(line[at : at + width] for at in range(0, len(line), width)) if "\t" not in line else line

    return _by_line(text, markdown, cut)


def torn(text: str, markdown: bool, chance: random.Random) -> str:
    """Paragraphs are broken at one width and torn at random places, as justified lines out of a PDF are.

    Nothing is indented; what is shorter than a line (headings, cells) stays whole, and so does a line of many paragraphs.
    """
    width = chance.choice((34, 40))

    def cut(line: str) -> str:
        line = line.strip()
        if "\t" in line or "\u3000\u3000" in line or len(line) <= width:
            return line
        printed = [line[at : at + width] for at in range(0, len(line), width)]
        return "\n".join(_TEAR.sub(lambda sign: _torn_at(sign[0], chance), one) for one in printed)

    return _by_line(text, markdown, cut)


def _torn_at(sign: str, chance: random.Random) -> str:
    """Return a place of a line, torn now and then: often at a sign, seldom inside a word."""
    if sign in "《（(〔":
        return f"\n{sign}" if chance.random() < 0.3 else sign
    return f"{sign}\n" if chance.random() < (0.4 if sign in "，、；。）》" else 0.01) else sign


def furniture(text: str, markdown: bool, chance: random.Random) -> str:
    """The lines of a web page stand above and below the text."""
    if markdown:
        return text.rstrip() + "\n\n" + "\n\n".join(_FOOT_LINES) + "\n"
    return "\n".join((*_HEAD_LINES, text.strip("\n"), *_FOOT_LINES)) + "\n"


def indented(text: str, markdown: bool, chance: random.Random) -> str:
    """Paragraphs are indented by two wide blanks, lines end with blanks, breaks are those of Windows."""
    changed = _by_line(text, markdown, lambda line: f"\u3000\u3000{line.strip()} " if line.strip() else line)
    return changed.replace("\r\n", "\n").replace("\n", "\r\n")


def _signs(form: str, change: str) -> Disturbance:
    sign = re.compile(rf"^(\s{{0,8}}){form}")

    def disturb(text: str, markdown: bool, chance: random.Random) -> str:
        return _by_line(text, markdown, lambda line: sign.sub(change, line))

    return disturb


def _duty_brackets(left: str, right: str) -> Disturbance:
    def disturb(text: str, markdown: bool, chance: random.Random) -> str:
        return _by_line(text, markdown, lambda line: _DUTY.sub(rf"{left}\1{right}", line))

    return disturb


DISTURBANCES: Mapping[str, Disturbance] = {
    "full width": full_width,
    "half width": half_width,
    "traditional script": traditional,
    "doubled breaks": doubled_breaks,
    "lost breaks between items": lost_breaks,
    "wrapped at a width": wrapped,
    "broken anywhere": torn,
    "indented, CRLF": indented,
    "page furniture around": furniture,
    "signs: （一）": _signs(rf"[(（]({_CN})[)）]", r"\1（\2）"),
    "signs: 一)": _signs(rf"[(（]({_CN})[)）]", r"\1\2)"),
    "signs: 〔一〕": _signs(rf"[(（]({_CN})[)）]", r"\1〔\2〕"),
    "signs: 一.": _signs(rf"({_CN})、", r"\1\2."),
    "signs: 1、": _signs(r"(\d{1,2})[.．](?!\d)", r"\1\2、"),
    "signs: 1．": _signs(r"(\d{1,2})[.、](?!\d)", r"\1\2．"),
    "signs: 1)": _signs(r"[(（](\d{1,2})[)）]", r"\1\2)"),
    "duties in []": _duty_brackets("[", "]"),
    "duties in 【】": _duty_brackets("【", "】"),
    "duties in 〔〕": _duty_brackets("〔", "〕"),
    "duties in （）": _duty_brackets("（", "）"),
    "all on one line, indents kept": one_line,
    "all on one line, blanks kept": one_line_blank,
    "all on one line, nothing kept": one_line_bare,
}


def _strewn(signs: str) -> Disturbance:
    def disturb(text: str, markdown: bool, chance: random.Random) -> str:
        return "".join(
            char + (chance.choice(signs) if char not in "\r\n\t|" and chance.random() < 0.05 else "") for char in text
        )

    return disturb


def _replaced(pattern: str, change: str) -> Disturbance:
    return lambda text, markdown, chance: re.sub(pattern, change, text)


def _radicals(text: str, markdown: bool, chance: random.Random) -> str:
    """Every sign that has a radical or a compatibility form is printed as that."""
    return text.translate(_FORMS)


def _mixed_scripts(text: str, markdown: bool, chance: random.Random) -> str:
    """Every second clause is in traditional script."""
    clauses = re.split(r"(?<=[。，；\n])", text)
    return "".join(OpenCC("s2t").convert(one) if at % 2 else one for at, one in enumerate(clauses))


def _as_latin(data: bytes) -> str:
    """Return bytes as a program of Windows shows them."""
    return "".join(bytes([one]).decode("cp1252") if one not in _LACKING else chr(one) for one in data)


_LACKING = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
_FORMS = {
    ord(unicodedata.normalize("NFKC", char)): char
    for first, last in ((0xF900, 0xFAFF), (0x2E80, 0x2FDF))
    for char in map(chr, range(first, last + 1))
    if len(unicodedata.normalize("NFKC", char)) == 1 and unicodedata.normalize("NFKC", char) != char
}
DAMAGES: Mapping[str, tuple[Disturbance, str | None]] = {
    "soft hyphens": (_strewn("\u00ad"), "unseen-signs"),
    "signs of no width": (_strewn("\u200b\u200d\u2060\ufeff"), "unseen-signs"),
    "marks of direction, selectors of forms": (_strewn("\u200e\u202c\ufe00"), "unseen-signs"),
    "bullets of a font": (_replaced(r"(?m)^(?=\S)", "\uf06c "), "private-sign"),
    "radicals and compatibility forms": (_radicals, None),
    "digits of formulas": (
        lambda t, m, c: t.translate({at + n: 0x1D7CE + n for at in (0x30, 0xFF10) for n in range(10)}),
        None,
    ),
    "mixed scripts": (_mixed_scripts, None),
    "pinyin in brackets": (_replaced("([市县局委厅办区])(?=[\u4e00-\u9fff])", r"\1（qū）"), "pinyin"),
    "blanks written out": (_replaced(r"(?m)^(?=\S)", "&nbsp;&emsp;"), "written-out"),
    "blanks written out twice": (_replaced(r"(?m)^(?=\S)", "&amp;nbsp;&amp;emsp;"), "written-out"),
    "signs written out": (lambda t, m, c: t.replace("、", "&#12289;").replace("：", "&#xFF1A;"), "written-out"),
    "codes written out": (_replaced(r"(?m)^(?=\S)", r"\\u3000\\u3000"), "written-out"),
    "breaks written out": (_replaced("\n", r"\\n"), "written-out"),
    "breaks of a page written out": (_replaced("\n", "<br/>"), "written-out"),
    "UTF-8 read as Latin": (lambda t, m, c: t.encode().decode("latin-1"), "garbled-repaired"),
    "UTF-8 read as the set of Windows": (lambda t, m, c: _as_latin(t.encode()), "garbled-repaired"),
    "GBK read as Latin": (lambda t, m, c: t.encode("gb18030").decode("latin-1"), "garbled-repaired"),
    "GBK read as the set of Windows": (lambda t, m, c: _as_latin(t.encode("gb18030")), "garbled-repaired"),
}
"""What copies and programs do to the signs of a plain text, and the issue that says so (None: nothing is to be said)."""


def plain(path: Path) -> tuple[str, bool]:
    """Return a document's text as it is disturbed, and whether it is Markdown; of a page only its text."""
    document = read(path)
    return document.text, document.media_type == "text/markdown"


def without_furniture(text: str, markdown: bool) -> str:
    """Return a text without the lines that are none of it: on one line with them nobody would tell them apart."""
    document = TextReader().read(text.encode(), name="document", where="document", suffix=_suffix(markdown))
    parts, at = [], 0
    for span, _ in mark(document):
        parts.append(text[at : span.start])
        at = span.end
    return "".join([*parts, text[at:]])


def _suffix(markdown: bool) -> str:
    return ".md" if markdown else ".txt"


def reading(text: str, markdown: bool) -> Reading:
    """Return the reading of a text."""
    return read_document(TextReader().read(text.encode(), name="document", where="document", suffix=_suffix(markdown)))


_FOLDED = str.maketrans("〔[【〕]】", "((()))")


def _same(words: str) -> str:
    return squeeze(words).translate(_FOLDED)


def facts(found: Reading, rows: bool = True) -> Counter[Hashable]:
    """Return what a reader takes from a document: policies with their roles, tasks, units and dates.

    Without the rows of lists if told so.
    """
    made: Counter[Hashable] = Counter(
        ("policy", _same(policy.doc_number or policy.title or ""), policy.role) for policy in found.policies
    )
    for task in found.tasks:
        if task.kind == "checklist" and not rows:
            continue
        made["task", task.path, task.kind, _same(task.title)[:12]] += 1
        made.update(("unit", task.path, _same(unit.surface), unit.role) for unit in task.units)
        if task.deadline:
            made["deadline", task.path, task.deadline.kind, task.deadline.start, task.deadline.end] += 1
    return made


def kept(before: Reading, after: Reading, rows: bool = True) -> tuple[int, int]:
    """Return how many facts two readings share, and how many the one that has more of them has."""
    one, other = facts(before, rows), facts(after, rows)
    return (one & other).total(), max(one.total(), other.total())


def changed(name: str, text: str, markdown: bool, seed: int = 0) -> str:
    """Return a text after the disturbance `name`; the same seed gives the same text."""
    return DISTURBANCES[name](text, markdown, random.Random(seed))


def disturbed(name: str, text: str, markdown: bool, seed: int = 0) -> Reading:
    """Return the reading of a text after the disturbance `name`."""
    return reading(changed(name, text, markdown, seed), markdown)


def measure(name: str, text: str, markdown: bool, before: Reading, seed: int = 0) -> tuple[int, int]:
    """Return (facts kept, facts) of one document under one disturbance.

    What is put on one line has no page furniture; and a list of tasks that is all on one line is no list any more: its
    rows are left out there.
    """
    if not name.startswith("all on one line"):
        return kept(before, disturbed(name, text, markdown, seed))
    text = without_furniture(text, markdown)
    return kept(reading(text, markdown), disturbed(name, text, markdown, seed), rows=False)
