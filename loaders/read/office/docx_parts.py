"""The parts of a DOCX: the text, its styles and lists, and what stands around it; found by what names them."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from loaders.read.archives.safe_xml import parsed
from loaders.read.archives.safe_zip import SafeZip
from loaders.read.office.docx_styles import DocxStyles
from loaders.read.office.word_xml import RELATIONS, W, usual
from loaders.read.refusals import damaged

_TITLE = "{http://purl.org/dc/elements/1.1/}title"
# What stands around the text, by the last word of its relation, and what a reader of the text calls it.
_AROUND = {"header": "page-header", "footer": "page-footer", "footnotes": "footnote", "endnotes": "footnote"}
_NOTES = (f"{W}footnote", f"{W}endnote")
_RULES = frozenset({"separator", "continuationSeparator", "continuationNotice"})


@dataclass(frozen=True, slots=True)
class _NamedPart:
    """A part that another one names: its place in the file and the kind of the relation."""

    path: str
    kind: str


class DocxParts:
    """The parts of one document, each read when it is asked for."""

    def __init__(self, data: bytes, where: str) -> None:
        """Open the document that `data` holds; `where` names it in errors.

        Raises:
            InputError: it is damaged, or no document.
        """
        self.where = where
        self._zip = SafeZip(data, where)
        named = [one for one in self._related("") if one.kind == "officeDocument" and one.path in self._zip]
        self._place = named[0].path if named else "word/document.xml"
        if self._place not in self._zip:
            raise damaged(where)
        self._beside = list(self._related(self._place))

    def body(self) -> etree._Element:
        """Return the element that holds the text.

        Raises:
            InputError: there is none.
        """
        body = self._root(self._place).find(f"{W}body")
        if body is None:
            raise damaged(self.where)
        return body

    def styles(self) -> DocxStyles:
        """Return the styles and lists."""
        return DocxStyles(self._first("styles"), self._first("numbering"))

    def title(self) -> str | None:
        """Return the title that the file gives itself beside the text."""
        place = next((one.path for one in self._related("") if one.kind == "core-properties"), "")
        root = self._root(place) if place in self._zip else None
        title = None if root is None else root.findtext(_TITLE)
        return title.strip() or None if title else None

    def around(self) -> Iterator[tuple[str, etree._Element]]:
        """Yield what stands around the text (headers, footers, notes), each with the name of what it is."""
        for kind, reason in _AROUND.items():
            for one in self._beside:
                if one.kind != kind or one.path not in self._zip:
                    continue
                root = self._root(one.path)
                notes = [note for note in root if note.tag in _NOTES and note.get(f"{W}type") not in _RULES]
                for element in notes if kind.endswith("notes") else [root]:
                    yield reason, element

    def comments(self) -> int:
        """Return how many comments people wrote beside the text."""
        root = self._first("comments")
        return 0 if root is None else len(root)

    def _first(self, kind: str) -> etree._Element | None:
        found = next((one for one in self._beside if one.kind == kind and one.path in self._zip), None)
        return None if found is None else self._root(found.path)

    def _root(self, path: str) -> etree._Element:
        return parsed(usual(self._zip.read(path)), self.where)

    def _related(self, path: str) -> Iterator[_NamedPart]:
        """Yield the parts that a part names ("" for the file itself), each once."""
        folder, name = posixpath.split(path)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self._zip:
            return
        seen: set[str] = set()
        for one in self._root(relations).iterfind(f"{RELATIONS}Relationship"):
            target = one.get("Target") or ""
            if one.get("TargetMode") == "External" or not target:
                continue
            place = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if place not in seen:
                seen.add(place)
                yield _NamedPart(place, (one.get("Type") or "").rpartition("/")[2])
