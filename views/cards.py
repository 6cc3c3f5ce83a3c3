"""The lines on a card, and its height in pixels."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from views.card_text import listed, wrap
from views.picture_records import RELATIONS, Card, DrawnLink
from views.picture_words import Words

CARD_WIDTH, PADDING, ACCENT = 280, 12, 5
_INNER = CARD_WIDTH - 2 * PADDING - ACCENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """The style of a line: type size and line height in pixels, weight, colour, and the tint behind it if any.

    Every colour keeps a contrast of at least 4.5 to what is behind it; a test measures that.
    """

    size: float
    line: int
    colour: str
    weight: int = 400
    tint: str | None = None

    @property
    def ems(self) -> float:
        """The number of Chinese characters that a line holds; a tinted line is a little shorter."""
        return (_INNER - (12 if self.tint else 0)) / self.size


STYLES: Mapping[str, Style] = {
    "head": Style(size=12, line=22, colour="#424a53"),
    "title": Style(size=15, line=21, colour="#14181c", weight=600),
    "units": Style(size=12.5, line=18, colour="#333b43"),
    "date": Style(size=12.5, line=18, colour="#333b43"),
    "missing": Style(size=12.5, line=20, colour="#a31515", weight=600, tint="#fdecea"),
    "unsure": Style(size=12.5, line=20, colour="#4a4f55", weight=600, tint="#eceff1"),
    "added": Style(size=12.5, line=20, colour="#0d47a1", weight=600, tint="#e3f0fd"),
    "skips": Style(size=12.5, line=20, colour="#6a3d00", weight=600, tint="#fff3dc"),
    "folded": Style(size=12.5, line=18, colour="#333b43"),
}
_TOP, _BOTTOM, _SPACE = 9, 9, 3
Lines = list[tuple[str, str]]


def state(card: Card) -> str:
    """Return the look of a card: `missing` (taken up nowhere below), `added`, `unsure`, or `plain`."""
    if card.added == "added":
        return "added"
    if card.added or ((card.unsure or card.doubtful) and not card.taken and not card.missing):
        return "unsure"
    return "missing" if card.missing and not card.taken else "plain"


def lines(card: Card, words: Words) -> Lines:
    """Return the lines of a task's card after its head, each with the name of its style."""
    printed: Lines = [("title", one) for one in wrap(card.title, STYLES["title"].ems, 3)]
    for role in ("lead", "responsible", "support", "assess", "part"):
        names = [name for one, name in card.units if one == role]
        if names:
            label, most = words.role(role) + words("colon"), 1 if role in ("support", "assess", "part") else 2
            units = listed(label, names, STYLES["units"].ems, most, words("rest.units"))
            printed += [("units", one) for one in units]
    if said := deadline(card, words):
        printed += [("date", one) for one in wrap(said, STYLES["date"].ems, 2)]
    return printed + states(card, words)


def deadline(card: Card, words: Words) -> str | None:
    """Return a card's deadline as printed, with its last day where it names one."""
    if card.deadline is None:
        return None
    if card.end is None:
        return words("deadline", raw=card.deadline)
    return words("deadline.day", raw=card.deadline, end=card.end)


def states(card: Card, words: Words) -> Lines:
    """Return the lines on a card about its cascade, each with the name of its style."""
    printed: Lines = []
    doubted = [place for place, _ in card.doubtful]
    for code, style, names in (
        ("missing", "missing", card.missing),
        ("doubtful", "unsure", list(dict.fromkeys(doubted))),
        ("unsure", "unsure", card.unsure),
    ):
        if names:
            some = listed(words(code), names, STYLES[style].ems, 2, words("rest.places"))
            printed += [(style, one) for one in some]
    if card.added:
        code = added_code(card.added)
        printed.append(("added" if code == "added" else "unsure", words(code)))
    for code, true in (("skips", card.skips), ("later", card.later), ("later.target", card.later_target)):
        if true:
            printed.append(("skips", words(code)))
    return printed


def added_code(answer: str) -> str:
    """Return the code of the words for a task that derives from nothing, by the answer that it has."""
    return {"added": "added", "doubtful": "added.doubtful"}.get(answer, "added.cannot_say")


def fold_lines(tasks: Sequence[Card], words: Words) -> Lines:
    """Return the lines of the card that stands for these tasks: how many, and where."""
    found: Lines = [("title", words("folded", count=len(tasks)))]
    places = Counter(task.place or words(f"level.{task.level}") for task in tasks)
    named = [words("folded.of", place=place, count=count) for place, count in places.items()]
    rest = words("rest.places")
    return found + [("folded", one) for one in listed("", named, STYLES["folded"].ems, 3, rest)]


def height(printed: Lines) -> int:
    """Return the height of a card with these lines below its head, in pixels."""
    return _TOP + STYLES["head"].line + sum(STYLES[name].line for name, _ in printed) + _SPACE + _BOTTOM


def offsets(printed: Lines) -> list[int]:
    """Return the distance of the middle of each line from the top of the card, in pixels, the head's first."""
    found, at = [_TOP + STYLES["head"].line // 2], _TOP + STYLES["head"].line + _SPACE
    for name, _ in printed:
        found.append(at + STYLES[name].line // 2)
        at += STYLES[name].line
    return found


def relation(link: DrawnLink, words: Words) -> str:
    """Return the words on a line: the kinds of the links it stands for, whether it skips, its chance where that is low."""
    kinds = sorted(link.relation.split("+"), key=lambda one: RELATIONS.index(one) if one in RELATIONS else 9)
    said = "/".join(words.relation(one) for one in kinds)
    said = words("skips.edge", relation=said) if link.skips else said
    return words("weak.edge", relation=said, score=f"{link.score:.2f}") if link.weak else said
