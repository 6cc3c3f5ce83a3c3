"""What the styles and lists of a DOCX say of its paragraphs: headings, emphasis, automatic numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from loaders.read.office.list_numbers import LEVELS, ListLevel, NumberedList
from loaders.read.office.word_xml import W, below, is_on, number, value

# A style rests on another, and that on a third; no office program goes deeper.
_DEEPEST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphStyle:
    """What a style says: the level of a heading (1 …), the list and level it counts in, emphasis, place of the line."""

    heading: int | None = None
    listed: str | None = None
    level: int | None = None
    bold: bool = False
    centred: bool = False
    hidden: bool = False


class DocxStyles:
    """The styles and lists of a document, by their names."""

    def __init__(self, styles: etree._Element | None, numbering: etree._Element | None) -> None:
        """Take them from the roots of their parts, where the document has those."""
        self._elements = {str(one.get(f"{W}styleId")): one for one in _all(styles, "style")}
        self._default = next(
            (name for name, one in self._elements.items() if _is_default(one)),
            None,
        )
        self._known: dict[str | None, ParagraphStyle] = {}
        self._abstract = {str(one.get(f"{W}abstractNumId")): one for one in _all(numbering, "abstractNum")}
        self._nums = {str(one.get(f"{W}numId")): one for one in _all(numbering, "num")}
        self._of_style: dict[str, tuple[str, int]] = {}
        self.lists: Mapping[str, NumberedList] = dict(self._numbered())

    def style(self, name: str | None) -> ParagraphStyle:
        """Return what a style says with all that it rests on; that of the plain style where `name` is None."""
        name = name or self._default
        if name not in self._known:
            self._known[name] = self._resolved(name)
        return self._known[name]

    def _resolved(self, name: str | None) -> ParagraphStyle:
        heading, listed, level, title = None, None, None, False
        flags: dict[str, bool | None] = {"b": None, "vanish": None}
        centred: bool | None = None
        for one in self._chain(name):
            outline = number(value(one, "pPr/outlineLvl"))
            heading = outline + 1 if heading is None and outline is not None and 0 <= outline < LEVELS else heading
            title = title or (value(one, "name") or "").lower() == "title"
            if listed is None and (found := value(one, "pPr/numPr/numId")) is not None:
                listed = found
                level = number(value(one, "pPr/numPr/ilvl"))
                linked = self._of_style.get(str(one.get(f"{W}styleId")))
                level = linked[1] if linked and level is None else level
            for flag, said in flags.items():
                flags[flag] = is_on(one, f"rPr/{flag}") if said is None else said
            if centred is None and (place := value(one, "pPr/jc")) is not None:
                centred = place == "center"
        heading = 1 if heading is None and title else heading
        return ParagraphStyle(
            heading=heading,
            listed=listed,
            level=level,
            bold=bool(flags["b"]),
            centred=bool(centred),
            hidden=bool(flags["vanish"]),
        )

    def _chain(self, name: str | None) -> Iterator[etree._Element]:
        for _ in range(_DEEPEST):
            found = self._elements.get(name) if name else None
            if found is None:
                return
            yield found
            name = value(found, "basedOn")

    def _numbered(self) -> Iterator[tuple[str, NumberedList]]:
        for name, num in self._nums.items():
            counting = value(num, "abstractNumId") or ""
            abstract = self._levels_of(counting)
            levels = [_level(None)] * LEVELS
            for one in _all(abstract, "lvl"):
                at = number(one.get(f"{W}ilvl")) or 0
                if 0 <= at < LEVELS:
                    levels[at] = _level(one)
                    if style := value(one, "pStyle"):
                        self._of_style.setdefault(style, (name, at))
            starts: dict[int, int] = {}
            for one in _all(num, "lvlOverride"):
                at = number(one.get(f"{W}ilvl")) or 0
                if not 0 <= at < LEVELS:
                    continue
                if (own := below(one, "lvl")) is not None:
                    levels[at] = _level(own)
                if (start := number(value(one, "startOverride"))) is not None:
                    starts[at] = start
            yield name, NumberedList(counting=counting, levels=levels, starts=starts)

    def _levels_of(self, abstract: str) -> etree._Element | None:
        """Return the element that holds the levels of a list, which may only name a style that has them."""
        for _ in range(_DEEPEST):
            found = self._abstract.get(abstract)
            linked = value(found, "numStyleLink")
            if found is None or linked is None:
                return found
            num = self._nums.get(value(self._elements.get(linked), "pPr/numPr/numId") or "")
            abstract = value(num, "abstractNumId") or ""
        return None


def _all(parent: etree._Element | None, name: str) -> list[etree._Element]:
    return [] if parent is None else parent.findall(f"{W}{name}")


def _is_default(style: etree._Element) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default", "0") in ("1", "true", "on")


def _level(one: etree._Element | None) -> ListLevel:
    if one is None:
        return ListLevel()
    start = number(value(one, "start"))
    return ListLevel(
        kind=value(one, "numFmt") or "decimal",
        text=value(one, "lvlText") or "",
        start=1 if start is None else start,
        legal=bool(is_on(one, "isLgl")),
        restart=number(value(one, "lvlRestart")),
    )
