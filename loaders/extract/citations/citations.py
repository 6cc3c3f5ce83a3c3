"""The policies that a document names: which of them it carries out, and which it only cites."""

import re
from bisect import insort
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from graph.identity import normal_doc_number
from graph.issues import IssueLog
from graph.model import PolicyMention, Span
from graph.text import fold, squeeze
from loaders.extract.citations.cited_instruments import Cited, number_behind, to_policy
from loaders.extract.citations.purpose import LONGEST_REST, carried_out, ends_here, without_list
from loaders.extract.header.doc_numbers import Number, find_numbers, whole_number
from loaders.extract.header.genres import begins_or_ends_like_a_title, is_form, is_instrument, is_short_name
from loaders.extract.header.header import Header
from loaders.extract.header.issuing_bodies import organs_of_title, place_in_title
from loaders.extract.header.own_title import joined
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document
from loaders.structure.covered_places import CoveredPlaces
from loaders.structure.furniture import mark

_FIND = by_name("citations")
_TITLE_FORMS = by_name("genres")
# A shorter name in 《》 is that of a book, a song, a paper.
SHORTEST = 6
# A sentence between 〈〉 is a remark.
_CLAUSE = re.compile(r"[,，:：;；。]")
_QUOTED = re.compile(r"《(?P<title>(?:[^《》]|《[^《》]{1,100}》){2,160})》")


@dataclass(frozen=True, slots=True)
class _Name:
    """What a title is compared by: all of it (`whole`), the text that it issues (`inner`), and who issued it."""

    whole: str
    inner: str
    organs: tuple[str, ...]

    @property
    def titles(self) -> tuple[str, str]:
        """Return what a title of the same policy has in common with it, one of the two."""
        return f"whole {self.whole}", f"inner {self.inner}"

    def same(self, other: "_Name") -> bool:
        """Tell whether two titles name one policy: a notice and the plan that it issues are one."""
        if self.whole == other.whole:
            return True
        return self.inner == other.inner and not (self.organs and other.organs and self.organs != other.organs)


@dataclass(slots=True)
class _Reading:
    """What has been read so far: the citations with their names, and the names of the document itself.

    A citation is found by the key of its number and by its titles; of titles those of citations without a number apart.
    """

    cited: list[tuple[Cited, _Name]] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    numbered: dict[str, list[int]] = field(default_factory=dict)
    unnumbered: dict[str, list[int]] = field(default_factory=dict)
    aliases: dict[str, Cited] = field(default_factory=dict)
    own: list[_Name] = field(default_factory=list)
    own_number: str | None = None
    own_issuers: tuple[str, ...] = ()
    place: str | None = None
    unclear: dict[str, Span] = field(default_factory=dict)


def read_citations(
    document: Document,
    scope: Span,
    header: Header,
    furniture: Collection[tuple[Span, str]] | None = None,
    issues: IssueLog | None = None,
) -> list[PolicyMention]:
    """Return every policy instrument that the text in `scope` cites, once each, in the order of first mention.

    The role is `implements` where notice or preamble names it as what is carried out, else `cites`. The document
    itself, its annexes and what is no instrument (forms, papers) are left out; a quoted title of which that is not clear
    is told in `issues`. `furniture` is what `furniture.mark` gave; without it the lines are marked again.
    """
    reading = _own_names(document, scope, header)
    hidden = [span for span, _ in (mark(document) if furniture is None else furniture)]
    if header.notice and header.notice.end < header.body_start:
        # The title that is printed again between notice and text.
        hidden.append(Span(header.notice.end, header.body_start))
    start = _start(scope, header)
    for quoted in _quoted(document, start, scope.end, CoveredPlaces(hidden)):
        _add_title(document, quoted, scope, header, reading)
    bare = _bare_numbers(document, start, scope, header, hidden, reading)
    if issues is not None:
        for span in reading.unclear.values():
            issues.add("citation-unclear", span, "it is not clear whether this title in 《》 is that of a policy")
    in_order = sorted([*(cited for cited, _ in reading.cited), *bare], key=lambda cited: cited.start)
    return [to_policy(document, cited, header.policy) for cited in in_order]


def _start(scope: Span, header: Header) -> int:
    if header.policy.role == "reports_on":
        return scope.start
    return header.notice.start if header.notice else min(header.body_start, header.preamble.start)


def _own_names(document: Document, scope: Span, header: Header) -> _Reading:
    issuers = tuple(squeeze(name) for name in header.policy.issuers)
    reading = _Reading(own_issuers=issuers, place=squeeze(header.policy.place) if header.policy.place else None)
    places = [header.policy.spans.get(name, ()) for name in ("title", "notice_title")]
    for spans in (*places, *((span,) for span in header.issued)):
        if spans:
            reading.own.append(_name(joined(document, spans)))
    if header.policy.doc_number:
        reading.own_number = _number_key(header.policy.doc_number)
    below = False
    for line in document.lines_of(scope):
        if not (scope.start <= line.span.start < scope.end and line.span.end - line.span.start < 200):
            below = False
            continue
        plain = document.plain(line.span)
        listed = _FIND["annex_listed"].match(plain) or (_FIND["annex_further"].match(plain) if below else None)
        below = listed is not None
        if listed:
            reading.own.append(_name(listed["title"]))
    return reading


def _name(title: str) -> _Name:
    folded = squeeze(title)
    match = _TITLE_FORMS["issued_by_title"].match(folded)
    organs = tuple(organ.name for organ in organs_of_title(folded, 0, len(folded)))
    return _Name(_core(folded), _core(match["title"]) if match else _core(folded), organs)


def _core(title: str) -> str:
    plain = _TITLE_FORMS["state_at_end"].sub("", title)
    return re.sub(r"[\W_]+", "", plain).removeprefix("关于")


def _number_key(printed: str) -> str:
    return normal_doc_number(printed) or squeeze(printed)


def _quoted(document: Document, start: int, end: int, hidden: CoveredPlaces) -> Iterator[re.Match[str]]:
    for match in _QUOTED.finditer(document.folded, start, end):
        if match["title"].count("\n") <= 2 and not hidden.at(match.start()):
            yield match


def _key(document: Document, number: Number | None) -> str | None:
    return _number_key(number.text(document.folded)) if number else None


def _add_title(document: Document, quoted: re.Match[str], scope: Span, header: Header, reading: _Reading) -> None:
    title = joined(document, (Span(*quoted.span("title")),))
    name = _name(title)
    if whole_number(document.folded, *quoted.span("title")):
        # 《财政部公告2022年第9号》: a number in place of a title, read as one below.
        return
    number = number_behind(document.folded, quoted.end(), scope.end)
    mention = Span(quoted.start(), number.end if number else quoted.end())
    known = _known(document, name, number, reading)
    if known:
        known.mentions.append(mention)
        _decide_role(document, known, mention, title, header)
        return
    behind = without_list(document.folded[mention.end : mention.end + LONGEST_REST])
    if _is_own(document, name, number, reading) and not ends_here(behind):
        return
    if (is_short_name(title) and number is None) or _FIND["in_annex"].match(
        document.folded[quoted.end() : quoted.end() + 20]
    ):
        return
    cited = Cited(mention.start, mention.end, Span(*quoted.span("title")), number, mentions=[mention])
    _decide_role(document, cited, mention, title, header)
    if not _is_policy(title, cited):
        if len(name.whole) >= SHORTEST and not is_form(title) and not _CLAUSE.search(title):
            reading.unclear.setdefault(name.whole, mention)
        return
    _add(document, cited, name, reading)
    _note_short_names(document, cited, title, reading)


def _is_policy(title: str, cited: Cited) -> bool:
    """Tell whether a quoted title is that of an instrument: by its genre, its number, or how it begins or ends.

    What the document says that it carries out is one whatever its last word is.
    """
    if cited.number or is_instrument(title):
        return True
    if is_form(title):
        return False
    if begins_or_ends_like_a_title(title) or cited.role == "implements":
        return True
    folded = fold(title)
    return place_in_title(folded) is not None or bool(organs_of_title(folded, 0, len(folded)))


def _known(document: Document, name: _Name, number: Number | None, reading: _Reading) -> Cited | None:
    """Return the citation that this title or number repeats."""
    key = _key(document, number)
    places = [reading.numbers[key]] if key in reading.numbers else []
    for titles in (reading.unnumbered,) if key else (reading.unnumbered, reading.numbered):
        for title in name.titles:
            places += [
                next((at for at in titles.get(title, ()) if name.same(reading.cited[at][1])), len(reading.cited))
            ]
    first = min(places)
    if first == len(reading.cited):
        return reading.aliases.get(name.whole) if key is None else None
    cited, other = reading.cited[first]
    if cited.number is None and number:
        for title in other.titles:
            reading.unnumbered[title].remove(first)
            insort(reading.numbered.setdefault(title, []), first)
        cited.number = number
        reading.numbers[str(key)] = min(first, reading.numbers.get(str(key), first))
    return cited


def _add(document: Document, cited: Cited, name: _Name, reading: _Reading) -> None:
    """Add a citation, found from now on by its titles and its number."""
    at, key = len(reading.cited), _key(document, cited.number)
    reading.cited.append((cited, name))
    for title in name.titles:
        (reading.numbered if key else reading.unnumbered).setdefault(title, []).append(at)
    if key:
        reading.numbers.setdefault(key, at)


def _is_own(document: Document, name: _Name, number: Number | None, reading: _Reading) -> bool:
    """Tell whether a title names the document itself: not another body's plan of that name, nor an older text."""
    key = _key(document, number)
    if key and reading.own_number:
        return key == reading.own_number
    for own in reading.own:
        if name.whole == own.whole or _without_years(name.whole, own.whole):
            return True
        if name.inner == own.inner:
            return not name.organs or name.organs == (own.organs or reading.own_issuers)
        if name.organs and not own.organs and _subject(name, reading.place) == _subject(own, reading.place):
            # An annex cites its own document by issuer and subject: 澄州市人民政府关于河道保洁的意见, 澄州市河道保洁意见.
            return reading.place is not None and name.organs[0].startswith(reading.place)
    return False


def _subject(name: _Name, place: str | None) -> str:
    """Return what a title is about, without its issuers, the place that it begins with, 关于 and 的."""
    words = name.inner
    for organ in name.organs:
        words = words.removeprefix(_core(organ))
    words = words.removeprefix(place or "")
    return words.replace("关于", "").replace("的", "")


def _without_years(short: str, whole: str) -> bool:
    """Tell whether a title is the other one without the years in brackets at its end."""
    return (
        short != whole
        and whole.startswith(short)
        and _TITLE_FORMS["years_alone"].fullmatch(whole, len(short)) is not None
    )


def _note_short_names(document: Document, cited: Cited, title: str, reading: _Reading) -> None:
    """Note the names that stand for a citation from here on: (以下简称《条例》), a law without the state's name."""
    behind = document.folded[cited.end : cited.end + 90].lstrip(" ")
    match = _FIND["short_name"].match(behind) or _FIND["short_name"].match(behind.lstrip(" )〕]"))
    names = [squeeze(title).removeprefix("中华人民共和国")]
    if match:
        names.append(match["quoted"] or match["bare"])
    for name in names:
        reading.aliases.setdefault(_core(name), cited)


def _bare_numbers(
    document: Document, start: int, scope: Span, header: Header, hidden: list[Span], reading: _Reading
) -> list[Cited]:
    """Return the numbers that are cited without a title; a number that is known is mentioned once more."""
    bare: list[Cited] = []
    taken = [span for cited, _ in reading.cited for span in cited.mentions]
    covered = CoveredPlaces([*taken, *hidden, *header.tail, *header.policy.spans.get("doc_number", ())])
    known = {_key(document, cited.number): cited for cited, _ in reading.cited if cited.number}
    for number in find_numbers(document.folded, start, scope.end):
        key = _key(document, number)
        if key == reading.own_number or covered.touch(number.start, number.end):
            continue
        mention = Span(number.start, number.end)
        if key in known:
            known[key].mentions.append(mention)
            continue
        cited = Cited(number.start, number.end, None, number, rule="cited-number", mentions=[mention])
        _decide_role(document, cited, mention, "", header)
        bare.append(cited)
        known[key] = cited
    return bare


def _decide_role(document: Document, cited: Cited, mention: Span, title: str, header: Header) -> None:
    """Set `implements` where this mention names the policy as what is carried out."""
    if cited.role == "cites" and (words := carried_out(document, mention, title, header)):
        cited.role = "implements"
        cited.rule = f"carries-out:{words}"
