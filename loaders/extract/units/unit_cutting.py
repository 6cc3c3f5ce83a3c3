"""Cutting one stretch of a list of units into names, verbs and measures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Literal

from graph.gazetteer.joint_names import bodies, is_inside_name
from graph.text import trim
from loaders.extract.deadlines.deadline_kinds import says_when
from loaders.extract.deadlines.years import Years
from loaders.extract.units.unit_names import (
    is_bare,
    is_collective,
    is_measure,
    is_unit_name,
    may_be_person,
    may_be_unit,
    without_groups,
)
from loaders.patterns.pattern_files import by_name, load_words

_PATTERNS = by_name("units")
_ROLES = load_words("roles")
HIDDEN = "\ue000"
_OPEN = "([〔【{"
_SIGN = re.compile(r"[(\[〔【{)\]〕】}]")
_LEVEL = _PATTERNS["level_in_signs"]
# What stands in quotes is one name, whatever signs it holds: "双随机、一公开".
_QUOTED_SIGN = re.compile(r"\"[^\"\n]{1,16}\"(?=[\u4e00-\u9fff])")
_HARD = re.compile(r"[、,;。/|]|<br\s{0,2}/?>|$")
_SOFT = re.compile(r"\s+")
_EDGE = re.compile(r"(?:[\s★☆*△▲●◆■_#.·:\ufeff\u200b]|\d{1,2}[.)、]|[①-⑳])+")
_BEHIND = "★☆*△▲●◆■_#.·:\ufeff\u200b"
# The words that may lead a list of units are shorter.
_LEADS = 12
_LEADING = _PATTERNS["leading"]
_CONJUNCTION = _PATTERNS["conjunction"]
_PLACE = _PATTERNS["begins_name"]
_BARE_BODY = _PATTERNS["bare_body"]
# 市委、市人大常委会、市政府、市政协办公室: at most so many follow the first.
_BODIES = 5
# 、 parts a time into at most so many more pieces, and a time with its verb is no longer.
_PARTS, _LONG_TIME = 3, 40
_TWO_BODIES = _PATTERNS["two_bodies"]
_ADMIN = _PATTERNS["levels_all"]
_ADMIN_END = _PATTERNS["levels_all_end"]
_LEVELS = _PATTERNS["level"]
_LEVELS_END = _PATTERNS["level_end"]
_VERB = _PATTERNS["verb"]
# No name, nor a column of names without signs between them, is longer: beyond, words are left as they are.
LONG = 400
# A verb of duty ends in one of these: a cheap look before the pattern is tried.
VERB_ENDS = frozenset(_ROLES["VERB_ENDS"])
_TOGETHER = _ROLES["TOGETHER"]
_INSIDE = _PATTERNS["verb_inside"]
_ETC = _PATTERNS["etc"]
_MORE = _PATTERNS["more"]
_REMARK = _PATTERNS["remark"]
_DAY = _PATTERNS["day"]

AtomKind = Literal["name", "verb", "sign", "object", "remark", "comma"]


@dataclass(frozen=True, slots=True)
class Atom:
    """A cut of the list, in characters of the document.

    A name, a verb, a `;`, what a verb is said of, or a remark on the lists; `governed` names follow 各… and 、.
    """

    kind: AtomKind
    start: int
    end: int
    governed: bool = False


def hide_groups(folded: str, start: int, end: int) -> str:
    """Return the stretch with every complete bracket and its inside replaced, character for character.

    A bracket that is not closed, or was never opened, becomes a blank.
    """
    shown = _LEVEL.sub(lambda match: f"({match['level']})", folded[start:end])
    shown = _QUOTED_SIGN.sub(lambda match: match[0].replace("、", HIDDEN), shown) if '"' in shown else shown
    signs = list(_SIGN.finditer(shown))
    if not signs:
        return shown
    chars = list(shown)
    opened: list[int] = []
    for sign in signs:
        at = sign.start()
        if chars[at] in _OPEN:
            opened.append(at)
        elif opened:
            first = opened.pop()
            if not opened:
                chars[first : at + 1] = HIDDEN * (at + 1 - first)
        else:
            chars[at] = " "
    for at in opened:
        chars[at] = " "
    return "".join(chars)


class Cutter:
    """Cuts `hidden`, the stretch of a document that begins at `base`; `folded` is the whole document's text."""

    def __init__(self, folded: str, hidden: str, base: int) -> None:
        """Keep the texts; nothing is cut yet."""
        self.folded = folded
        self.hidden = hidden
        self.base = base

    def words(self, start: int, end: int) -> str:
        """Return the folded words of a cut, with their brackets."""
        return self.folded[self.base + start : self.base + end]

    def is_name(self, start: int, end: int) -> bool:
        """Tell whether a cut looks like a whole name."""
        return is_unit_name(self.words(start, end))

    def atoms(self, start: int, end: int) -> Iterator[Atom]:
        """Yield the cuts of hidden[start:end] in printed order."""
        governed = False
        for first, last in self._pieces(start, end):
            sign = self.hidden[last : last + 1]
            for atom in self._piece(first, last, governed):
                governed = self.words(atom.start, atom.end).startswith("各") if atom.kind == "name" else False
                yield self._place(atom)
            governed = governed and sign == "、"
            if sign in (";", "。") and last < end:
                yield self._place(Atom("sign", last, last + 1))
            elif sign == "," and last < end:
                yield self._place(Atom("comma", last, last + 1))

    def _place(self, atom: Atom) -> Atom:
        return Atom(atom.kind, atom.start + self.base, atom.end + self.base, atom.governed)

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        pieces: list[tuple[int, int]] = []
        at = start
        for sign in _HARD.finditer(self.hidden, start, end):
            pieces.append((at, sign.start()))
            at = sign.end()
            if sign.start() >= end:
                break
        if at < end:
            pieces.append((at, end))
        return self._rejoin(pieces)

    def _rejoin(self, pieces: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Put together what 、 parts inside one name or time: 各县、区政府, 市委、市政府督查室 and 2019、2020年."""
        at = 0
        while at < len(pieces):
            last = at
            if self._enumerated(pieces, at):
                last = self._admin_run(pieces, at) or self._body_run(pieces, at) or self._time_run(pieces, at) or at
            yield pieces[at][0], pieces[last][1]
            at = last + 1

    def _text(self, piece: tuple[int, int]) -> str:
        return self.hidden[piece[0] : piece[1]].strip()

    def _enumerated(self, pieces: list[tuple[int, int]], at: int) -> bool:
        return at + 1 < len(pieces) and self.hidden[pieces[at][1]] == "、"

    def _admin_run(self, pieces: list[tuple[int, int]], at: int) -> int | None:
        opening = self._text(pieces[at])
        if not _ADMIN.fullmatch(opening) and not _LEVELS.fullmatch(opening):
            return None
        last = at
        while self._enumerated(pieces, last):
            following = self._text(pieces[last + 1])
            if _ADMIN_END.fullmatch(_LEADING.sub("", _VERB.sub("", following))):
                last += 1
            elif _LEVELS.fullmatch(opening) and _LEVELS_END.match(following):
                return last + 1
            if not _ADMIN.fullmatch(following) or last == at:
                break
        return last if last > at else None

    def _body_run(self, pieces: list[tuple[int, int]], at: int) -> int | None:
        first = _BARE_BODY.fullmatch(self._text(pieces[at]))
        last = at
        while first and last - at < _BODIES and self._enumerated(pieces, last):
            following = self._text(pieces[last + 1])
            body = _BARE_BODY.match(following)
            if body is None or body["place"] != first["place"]:
                return None
            last += 1
            if body.end() < len(following):
                rest = _VERB.sub("", following)
                return last if body.end() < len(rest) and _ETC.match(rest, body.end()) is None else None
        return None

    def _time_run(self, pieces: list[tuple[int, int]], at: int) -> int | None:
        """Return the last of the pieces that say when only together: 2019、2020年, 按照省、市统一部署."""
        last = at
        while last - at < _PARTS and self._enumerated(pieces, last) and not self.is_name(*pieces[last]):
            last += 1
        if last == at or self.is_name(*pieces[last]):
            return None
        whole = self.hidden[pieces[at][0] : pieces[last][1]]
        return last if len(whole) <= _LONG_TIME and says_when(whole, 0, len(whole), Years(), "cell") else None

    def _piece(self, start: int, end: int, governed: bool) -> Iterator[Atom]:
        start, end = self._trim(start, end)
        if start >= end:
            return
        if end - start > LONG:
            yield Atom("name", start, end)
            return
        if _REMARK.search(self.hidden[start:end]):
            yield Atom("remark", start, end)
            return
        verb = _VERB.search(self.hidden[start:end]) if self.hidden[end - 1] in VERB_ENDS else None
        if self._is_measure(start, start + verb.start() if verb else end):
            yield from self._dated(start, end)
            return
        if verb and not self.is_name(start, end):
            yield from self._piece(start, start + verb.start(), governed)
            yield Atom("verb", start + verb.start(), end)
            return
        inside = _INSIDE.search(self.hidden, start, end)
        if inside and not self.is_name(start, end):
            yield from self._piece(start, inside.start(), governed)
            yield from self._after_verb(inside, end)
            return
        yield from self._names(start, end, governed)

    def _is_measure(self, start: int, end: int) -> bool:
        return not self.is_name(start, end) and is_measure(self.hidden[start:end])

    def _dated(self, start: int, end: int) -> Iterator[Atom]:
        """Yield a time as one cut, and the name before it where there is one: 市财政局2025年底前完成."""
        day = _DAY.search(self.hidden, start, end)
        if day and self.is_name(start, day.start()):
            yield Atom("name", start, day.start())
            start = day.end()
        yield Atom("name", start, end)

    def _after_verb(self, inside: re.Match[str], end: int) -> Iterator[Atom]:
        if inside.group() not in _TOGETHER:
            yield Atom("verb", inside.start(), inside.end())
        start, end = self._trim(inside.end(), end)
        cuts = list(self._piece(start, end, False))
        if all(self.is_name(cut.start, cut.end) for cut in cuts if cut.kind == "name"):
            yield from cuts
        else:
            yield Atom("object", start, end)

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        while start < end:
            if edge := _EDGE.match(self.hidden, start, end):
                start = edge.end()
                continue
            end = trim(self.hidden, start, end, _BEHIND)[1]
            lead = _LEADING.match(self.hidden[start : min(end, start + _LEADS)])
            if lead is None:
                break
            start += lead.end()
        return start, end

    def _names(self, start: int, end: int, governed: bool) -> Iterator[Atom]:
        closing = _ETC.search(self.hidden, start, end)
        if closing:
            yield from self._names(start, closing.start(), governed)
            start, end = self._trim(closing.end(), end)
            if _MORE.match(_SOFT.sub("", self.hidden[start:end])):
                return
            yield from self._piece(start, end, False)
            return
        for first, last in self._by_blanks(start, end):
            yield from self._by_conjunction(first, last, governed)

    def _by_blanks(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Cut at a blank only between two whole names: a line may also break inside of one."""
        start, end = self._trim(start, end)
        first = start
        for blank in _SOFT.finditer(self.hidden, start, end):
            before = self._trim(first, blank.start())
            if self.is_name(*before) and self._begins_another(before, blank.end(), end):
                yield before
                first = blank.end()
        if first < end:
            yield first, end

    def _begins_another(self, before: tuple[int, int], start: int, end: int) -> bool:
        """Tell whether the word at `start` begins a name of its own, or a person's, behind the name `before`."""
        following = self.hidden[start:end].split(maxsplit=1)
        if not following:
            return False
        word = self.words(*self._trim(start, start + len(following[0])))
        if _PLACE.match(word):
            return True
        if _BARE_BODY.fullmatch(self.words(*before)):
            return False
        return (is_unit_name(word) and not is_bare(word)) or may_be_person(word)

    def _by_conjunction(self, start: int, end: int, governed: bool, behind: bool = False) -> Iterator[Atom]:
        """Cut at 和, 及, 与 between two names; `behind` another 相关部门和单位 may have its noun alone."""
        for one in _CONJUNCTION.finditer(self.hidden, start, end):
            right = self._trim(one.end(), end)
            left = self._trim(start, one.start())
            words = self.words(*right)
            if left[0] < left[1] and is_inside_name(self.words(left[0], end), one.start() - left[0]):
                continue
            second = is_unit_name(words) or (is_collective(words) and may_be_unit(words))
            bare = behind and left[0] < left[1] and is_bare(self.words(*left))
            if left[0] < left[1] and (bare or self.is_name(*left)) and (second or self._is_more(right)):
                yield Atom("name", *left, governed or bare)
                yield from self._by_conjunction(*right, False, True)
                return
        start, end = self._trim(start, end)
        for first, last in self._joined(start, end):
            yield Atom("name", first, last, governed)

    def _joined(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the names that a cut without a sign is made of, parted at the ends of known ones: 市财政局市教育局."""
        words = self.hidden[start:end]
        parts = bodies(words) if _TWO_BODIES.search(words) else ()
        # 市委市政府 is printed as one.
        if len(parts) < 2 or any(_BARE_BODY.fullmatch(part) for part in parts) or "".join(parts) != words:
            return [(start, end)] if start < end else []
        edges = list(accumulate(map(len, parts), initial=start))
        return list(pairwise(edges))

    def _is_more(self, cut: tuple[int, int]) -> bool:
        """Tell whether the words behind a conjunction hold further names: 市教育局和市科技局及各县."""
        inner = without_groups(self.words(*cut))
        parts = [part for part in _CONJUNCTION.split(inner) if part]
        return len(parts) > 1 and all(is_unit_name(part) for part in parts)
