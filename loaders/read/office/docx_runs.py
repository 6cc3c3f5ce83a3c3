"""The words of a paragraph of a DOCX: what is printed of its runs, fields, links, tracked changes and drawings."""

from dataclasses import dataclass, field

from lxml import etree

from loaders.read.office.leftovers import Leftovers
from loaders.read.office.word_xml import MC, W, is_on

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"
_PICTURES = frozenset(
    {"{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata"}
)
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_INSERTED = frozenset({f"{W}ins", f"{W}moveTo"})
_DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
# What a run prints without holding words.
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
# The reading aids above words, the words of a deleted run and of a field's own name, marks that point to notes.
_UNPRINTED = frozenset(
    f"{W}{name}"
    for name in ("rt", "delText", "instrText", "delInstrText", "pPr", "rPr", "footnoteReference", "endnoteReference")
)
_PRIVATE = range(0xE000, 0xF900)


@dataclass(slots=True)
class Runs:
    """The words of one paragraph; `boxes` are the text boxes anchored in it, `bold` whether all its words are."""

    leftovers: Leftovers
    bold_style: bool
    hidden_style: bool
    parts: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    bold: bool = True

    @property
    def text(self) -> str:
        """The words."""
        return "".join(self.parts)

    def read(self, parent: etree._Element) -> None:
        """Add the words below an element of a paragraph."""
        for child in parent:
            self._child(child)

    def _child(self, child: etree._Element) -> None:
        tag = child.tag
        if tag in _DELETED:
            self.leftovers.deleted += 1
        elif tag == f"{W}r":
            self._run(child)
        elif tag == f"{MC}AlternateContent":
            self._alternative(child)
        elif tag not in _UNPRINTED:
            self.leftovers.inserted += tag in _INSERTED
            self.read(child)

    def _run(self, run: etree._Element) -> None:
        hidden = is_on(run, "rPr/vanish")
        if self.hidden_style if hidden is None else hidden:
            self.leftovers.hidden += 1
            return
        before = len(self.parts)
        for child in run:
            self._printed(child)
        bold = is_on(run, "rPr/b")
        if "".join(self.parts[before:]).strip() and not (self.bold_style if bold is None else bold):
            self.bold = False

    def _printed(self, child: etree._Element) -> None:
        tag = child.tag
        if tag in (f"{W}t", f"{_MATH}t"):
            self.parts.append(child.text or "")
        elif tag in _SIGNS:
            self.parts.append(_SIGNS[tag])
        elif tag == f"{W}sym":
            self.parts.append(_symbol(child))
        elif tag == f"{W}ruby":
            for base in child.iterfind(f"{W}rubyBase"):
                self.read(base)
        elif tag == f"{MC}AlternateContent":
            self._alternative(child)
        elif tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
            self._drawing(child)
        elif tag not in _UNPRINTED:
            self.read(child)

    def _alternative(self, element: etree._Element) -> None:
        """Read what is drawn twice, for new programs and for old ones, once."""
        chosen = next(iter(element), None)
        if chosen is not None:
            for child in chosen:
                if child.tag == f"{W}r":
                    self._run(child)
                else:
                    self._printed(child)

    def _drawing(self, element: etree._Element) -> None:
        """Keep the outermost text boxes of a drawing, and count what else it holds."""
        inside: etree._Element | None = None
        for event, one in etree.iterwalk(element, events=("start", "end")):
            if event == "end":
                inside = None if one is inside else inside
            elif inside is None and one.tag == f"{W}txbxContent":
                self.boxes.append(one)
                inside = one
            elif one.tag == _OLE:
                self.leftovers.objects[one.get("ProgID") or "object"] += 1
            elif one.tag == _CHART:
                self.leftovers.objects["chart"] += 1
            elif one.tag in _PICTURES and element.tag != f"{W}object":
                self.leftovers.pictures += 1


def _symbol(element: etree._Element) -> str:
    """Return the sign of a symbol font, nothing where only that font knows what it is."""
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 < code < 0xD800 and code not in _PRIVATE else ""


def end_is_deleted(said: etree._Element) -> bool:
    """Tell whether the end of the paragraph of which all this is said was deleted in a tracked change: the next goes on."""
    marks = said.find(f"{W}rPr")
    return marks is not None and any(child.tag in _DELETED for child in marks)
