"""What a table beside a document says of its policy, put into the reading where the text says nothing of it.

The text holds where it says otherwise, and the difference is an issue.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Self

from graph.gazetteer import places
from graph.gazetteer.places import CENTRE
from graph.identity import normal_doc_number
from graph.issues import IssueLog
from graph.link.policies.titles import parts
from graph.model import Level, PolicyMention, Reading, StatedFact
from graph.text import bare, fold, squeeze
from loaders.extract.header.genres import genre_of, period_of
from loaders.extract.header.issuing_bodies import (
    is_organ,
    level_of,
    organs_in_line,
    organs_of_title,
    place_in_title,
    place_of,
)
from loaders.extract.header.printed_days import to_day
from loaders.extract.header.validity import is_draft

FIELDS = ("title", "number", "issuer", "date", "level", "region")
"""What a table may say of a document."""

# (no title), 无: a cell that says that there is nothing.
_SHORTEST_TITLE = 4
_HAN = re.compile(r"[\u4e00-\u9fff]")
# (no title) | 无标题
_NO_TITLE = re.compile(r"^[(\[]?(?:无|暂无|没有|未知)?(?:标题|题名|题目)?[)\]]?$")
# A title that no line prints: it was made of the sentence of purpose, or of a line that may be any.
_GUESSED = ("title-by-purpose", "title-by-place")
_TIME = re.compile(r"[T ]\d{1,2}:.*$")
_LEVELS: Mapping[str, Level] = {
    **dict.fromkeys(("central", "national", "state", "中央", "国家", "国家级", "中央级", "全国"), "central"),
    **dict.fromkeys(("province", "provincial", "省", "省级", "自治区", "直辖市", "省部级"), "province"),
    **dict.fromkeys(("city", "prefecture", "municipal", "市", "市级", "地市", "地市级", "地级市", "设区市"), "city"),
    **dict.fromkeys(("county", "district", "县", "区", "县级", "区级", "区县", "区县级", "县区", "县市区"), "county"),
    **dict.fromkeys(("town", "township", "乡", "镇", "乡级", "镇级", "乡镇", "乡镇级", "街道"), "town"),
}


@dataclass(frozen=True, slots=True)
class About:
    """One row of a table about documents: `said` maps a field (`FIELDS`) to its words and the head of their column."""

    table: str
    row: int
    said: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The same as one line of JSON, the empty text where nothing is said."""
        said = {name: list(words) for name, words in sorted(self.said.items())}
        row = {"table": self.table, "row": self.row, "said": said}
        return json.dumps(row, ensure_ascii=False) if said else ""

    @classmethod
    def of(cls, text: str) -> Self | None:
        """Return what `text` gave, None of the empty text."""
        if not text:
            return None
        row: dict[str, Any] = json.loads(text)
        return cls(row["table"], row["row"], {name: (words[0], words[1]) for name, words in row["said"].items()})

    def fact(self, name: str, of: str) -> StatedFact:
        """Return the proof that a property `name` is known from the field `of` of this row."""
        words, column = self.said[of]
        return StatedFact(name=name, words=words, table=self.table, row=self.row, column=column)


def with_about(reading: Reading, about: About | None) -> Reading:
    """Return a reading with what a table says of its policy; of a document that holds several nothing is taken."""
    own = reading.own
    if about is None or len(own) != 1:
        return reading
    log = IssueLog(reading.name, reading.text)
    mine = _without_guess(own[0], about)
    for told in _differences(mine, about):
        spans = mine.spans.get(told[0], ())
        message = f"the table says otherwise of the {told[1]} ({told[2]}); what the text says holds"
        log.add("about-differs", spans[0] if spans else None, message)
    completed = _completed(mine, about)
    policies = tuple(completed if one is own[0] else one for one in reading.policies)
    return replace(reading, policies=policies, issues=(*reading.issues, *log))


def _without_guess(own: PolicyMention, about: About) -> PolicyMention:
    """Return a policy without the title that reading made up for it, where the table has one."""
    if own.rule not in _GUESSED or _title(about) is None:
        return own
    spans = {name: places for name, places in own.spans.items() if name not in ("title", "genre")}
    return replace(own, rule="no-title", title=None, genre=None, spans=spans)


def _completed(own: PolicyMention, about: About) -> PolicyMention:
    """Return a document's own policy with the properties that its text does not give."""
    found: dict[str, Any] = {}
    stated: list[StatedFact] = []

    def put(name: str, value: object, of: str) -> None:
        if value and getattr(own, name) in (None, ()):
            found[name] = value
            stated.append(about.fact(name, of))

    title = _title(about)
    put("title", title, "title")
    put("status", "draft" if title and is_draft(title) else None, "title")
    if "title" in found:
        put("genre", genre_of(found["title"]), "title")
        period = period_of(found["title"])
        put("period_start", period and period.first, "title")
        put("period_end", period and period.last, "title")
    put("doc_number", normal_doc_number(_words(about, "number")), "number")
    put("issued", _day(about), "date")
    issuers = _issuers(about)
    put("issuers", issuers, "issuer")
    if not issuers and title:
        put("issuers", tuple(one.name for one in organs_of_title(fold(title), 0, len(title))), "title")
    for name, value, of in _where(own, about, issuers, title):
        put(name, value, of)
    return replace(own, **found, stated=tuple(stated))


def _where(
    own: PolicyMention, about: About, issuers: tuple[str, ...], title: str | None
) -> list[tuple[str, object, str]]:
    """Return place and level as issuer, title, level and region of a row tell them, the surest first."""
    told: list[tuple[str, object, str]] = []
    if own.place is None:
        for issuer in issuers[:1]:
            named = place_of(issuer)
            level = level_of(issuer)
            told += [("place", named[0] if named else "中央" if level == "central" else None, "issuer")]
            told += [("level", level, "issuer")]
        if title and not issuers and (named_in := place_in_title(fold(title))):
            told += [("place", fold(title)[named_in[0] : named_in[1]], "title"), ("level", named_in[2], "title")]
    level_said = _LEVELS.get(squeeze(_words(about, "level")).lower())
    told.append(("level", level_said, "level"))
    if own.place is None and level_said == "central" and not any(value for name, value, _ in told if name == "place"):
        told.append(("place", "中央", "level"))
    region = places.resolve(_words(about, "region"))
    if region is not None and region.code != CENTRE:
        # The region is the place itself where the policy is of its level.
        of_its_level = own.place is None and (own.level or level_said) == region.level
        told.append(("place" if of_its_level else "region", region.name, "region"))
    return told


def _words(about: About, name: str) -> str:
    return about.said.get(name, ("", ""))[0]


def _title(about: About) -> str | None:
    words = " ".join(_words(about, "title").split())
    if len(_HAN.findall(words)) < _SHORTEST_TITLE or _NO_TITLE.match(fold(words)):
        return None
    return words


def _day(about: About) -> date | None:
    return to_day(_TIME.sub("", _words(about, "date")))


def _issuers(about: About) -> tuple[str, ...]:
    words = fold(_words(about, "issuer"))
    if found := organs_in_line(words, 0, len(words)):
        return tuple(one.name for one in found)
    return (squeeze(words),) if is_organ(squeeze(words)) else ()


def _differences(own: PolicyMention, about: About) -> list[tuple[str, str, str]]:
    """Return the properties of which text and row say two things: property, field, what the row says."""
    told = []
    title, number, day = _title(about), normal_doc_number(_words(about, "number")), _day(about)
    if title and own.title and not _same_title(title, own):
        told.append(("title", "title", title))
    if number and own.doc_number and number != normal_doc_number(own.doc_number):
        told.append(("doc_number", "number", number))
    if day and own.issued and day != own.issued:
        told.append(("issued", "date", day.isoformat()))
    level = _LEVELS.get(squeeze(_words(about, "level")).lower())
    if level and own.level and level != own.level:
        told.append(("level", "level", level))
    return told


def _same_title(title: str, own: PolicyMention) -> bool:
    """Tell whether a row's title is the text's, or that of the notice that issues it."""
    one, other = bare(title), bare(own.title or "")
    if one in other or other in one:
        return True
    return parts(title).core == parts(own.title or "").core
