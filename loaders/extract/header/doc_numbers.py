"""Document numbers (文号) in all their brackets, and the numbers of orders (令第706号)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.patterns.pattern_files import by_name

# Words of the sentence that run into a number: 按照澜政发〔2018〕16号, 意见澜政发〔2018〕16号.
_WORDS = (
    "根据|按照|依据|依照|遵照|贯彻|落实|执行|参照|对照|详见|参见|印发|转发|废止|关于|以及|通知|意见|办法|方案|计划|规定"
    "|决定|批复|请示|报告|规划|纲要|细则|措施|条例|要点|文号|编号|文件|字号"
)
_BEFORE = re.compile(
    rf"(?:.*(?:{_WORDS}|的函|[的及与见号])|原)和?|和|.*[\u4e00-\u9fff]{{2}}和(?=[\u4e00-\u9fff]{{2}})"
)
# The name of a body may hold 和 and 的 (工业和信息化部公告).
_BEFORE_ORDER = re.compile(rf".*(?:{_WORDS})和?|.*号[和及与]?|[日于由以经]+")


_LABEL = r"[\s\u200b\ufeff(\[*]{0,4}(?:(?:发文字号|文号|文件编号|字号|编号):)?[\s\u200b\ufeff(\[*]{0,4}"
_FORMS = {name: by_name("header")[name].pattern for name in ("number_whole", "order")}
_WHOLE = re.compile(
    rf"{_LABEL}(?P<number>{_FORMS['number_whole']}|{_FORMS['order'].replace('<agency>', '<order>')})[\s\u200b\ufeff)\]*]{{0,4}}"
)


LONGEST_AGENCY = 48


@dataclass(frozen=True, slots=True)
class Number:
    """A document number at [start, end) of the folded text; `agency` are its first words, folded."""

    start: int
    end: int
    agency: str


def find_numbers(folded: str, start: int = 0, end: int | None = None) -> Iterator[Number]:
    """Yield the document numbers of `folded[start:end]` in printed order, words of the sentence before them cut off.

    >>> [n.agency for n in find_numbers("按照澜政发〔2018〕16号和澜江省人民政府令第9号")]
    ['澜政发', '澜江省人民政府令']
    """
    stop = len(folded) if end is None else end
    found = [*_plain(folded, start, stop), *_orders(folded, start, stop)]
    last = start
    for number in sorted(found, key=lambda one: (one.start, -one.end)):
        if number.start >= last:
            yield number
            last = number.end


def _plain(folded: str, start: int, stop: int) -> Iterator[Number]:
    # From the bracket backwards: the first words would be tried at every character of the text.
    find = by_name("header")
    for match in find["number_tail"].finditer(folded, start, stop):
        words = find["agency_before"].search(
            folded, max(start, match.start() - LONGEST_AGENCY), match.start()
        )
        if words:
            agency = words["agency"]
            cut = _BEFORE.match(agency)
            at = cut.end() if cut and cut.end() < len(agency) else 0
            yield Number(words.start() + at, match.end(), agency[at:].strip())


def _orders(folded: str, start: int, stop: int) -> Iterator[Number]:
    find = by_name("header")
    for match in find["order_tail"].finditer(folded, start, stop):
        words = find["words_before"].search(folded, max(start, match.start() - LONGEST_AGENCY), match.start())
        if words:
            agency = words.group() + match["kind"]
            cut = _BEFORE_ORDER.match(agency)
            at = cut.end() if cut and cut.end() < len(agency) - 1 else 0
            yield Number(words.start() + at, match.end(), agency[at:])


def number_at(folded: str, start: int, end: int) -> Number | None:
    """Return the number that begins exactly at `start`, its first words whole, or None."""
    for name in ("number_whole", "order"):
        if match := by_name("header")[name].match(folded, start, end):
            return Number(match.start(), match.end(), match["agency"])
    return None


def whole_number(folded: str, start: int, end: int) -> Number | None:
    """Return the number that fills [start, end), brackets and a label (文号:) around it left out, else None."""
    match = _WHOLE.fullmatch(folded, start, end)
    if not match:
        return None
    return Number(match.start("number"), match.end("number"), match["agency"] or match["order"])
