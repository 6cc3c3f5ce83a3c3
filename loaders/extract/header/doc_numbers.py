"""Document numbers (文号) in all their brackets, and the numbers of orders (令第706号)."""

from collections.abc import Iterator
from dataclasses import dataclass

from graph.model import Span
from loaders.patterns.pattern_files import by_name

_FIND = by_name("header")
LONGEST_AGENCY = 48


@dataclass(frozen=True, slots=True)
class Number:
    """A document number at [start, end) of the folded text; `agency` are its first words, folded.

    `lead` is the place of the first words where they are printed once for a chain of numbers: 澜政发 of 〔2020〕9号 in
    澜政发〔2019〕6号、〔2020〕9号, 澜政发〔2019〕 of 9号 in 澜政发〔2019〕6号、9号.
    """

    start: int
    end: int
    agency: str
    lead: tuple[int, int] | None = None

    def text(self, folded: str) -> str:
        """Return the whole number out of the text that it stands in, its first words before it."""
        return (folded[slice(*self.lead)] if self.lead else "") + folded[self.start : self.end]

    @property
    def spans(self) -> tuple[Span, ...]:
        """The places of all its words, in order."""
        own = Span(self.start, self.end)
        return (Span(*self.lead), own) if self.lead else (own,)


def find_numbers(folded: str, start: int = 0, end: int | None = None) -> Iterator[Number]:
    """Yield the document numbers of `folded[start:end]` in printed order, words of the sentence before them cut off.

    >>> [n.agency for n in find_numbers("按照澜政发〔2018〕16号和澜江省人民政府令第9号")]
    ['澜政发', '澜江省人民政府令']
    """
    stop = len(folded) if end is None else end
    numbers = [*_plain(folded, start, stop), *_orders(folded, start, stop)]
    last = start
    for number in sorted(numbers, key=lambda one: (one.start, -one.end)):
        if number.start < last:
            continue
        yield number
        last = number.end
        for further in _chained(folded, number, stop):
            yield further
            last = further.end


def _chained(folded: str, number: Number, stop: int) -> Iterator[Number]:
    """Yield the numbers behind one that leave out the words that they share with it."""
    whole = _FIND["number_whole"].match(folded, number.start, number.end)
    if not whole:
        return
    at, same_year = number.end, True
    while match := _FIND["number_chained"].match(folded, at, stop):
        if match["year"]:
            same_year = False
            yield Number(match.start("year"), match.end(), number.agency, (number.start, whole.end("agency")))
        elif same_year:
            yield Number(match.start("running"), match.end(), number.agency, (number.start, whole.end("year")))
        else:
            # Its words stand in two places, and a number has one place for them.
            return
        at = match.end()


def _plain(folded: str, start: int, stop: int) -> Iterator[Number]:
    # From the bracket backwards: the first words would be tried at every character of the text.
    for match in _FIND["number_tail"].finditer(folded, start, stop):
        words = _FIND["agency_before"].search(folded, max(start, match.start() - LONGEST_AGENCY), match.start())
        if words:
            agency = words["agency"]
            cut = _FIND["sentence_before_number"].match(agency)
            at = cut.end() if cut and cut.end() < len(agency) else 0
            yield Number(words.start() + at, match.end(), agency[at:].strip())


def _orders(folded: str, start: int, stop: int) -> Iterator[Number]:
    for match in _FIND["order_tail"].finditer(folded, start, stop):
        words = _FIND["words_before"].search(folded, max(start, match.start() - LONGEST_AGENCY), match.start())
        if words:
            agency = words.group() + match["kind"]
            cut = _FIND["sentence_before_order"].match(agency)
            at = cut.end() if cut and cut.end() < len(agency) - 1 else 0
            yield Number(words.start() + at, match.end(), agency[at:])


def number_at(folded: str, start: int, end: int) -> Number | None:
    """Return the number that begins exactly at `start`, its first words whole, or None."""
    for name in ("number_whole", "order"):
        if match := _FIND[name].match(folded, start, end):
            return Number(match.start(), match.end(), match["agency"])
    return None


def whole_number(folded: str, start: int, end: int) -> Number | None:
    """Return the number that fills [start, end), brackets and a label (文号:) around it left out, else None."""
    match = _FIND["number_row"].fullmatch(folded, start, end)
    if not match:
        return None
    return Number(match.start("number"), match.end("number"), match["agency"] or match["order"])
