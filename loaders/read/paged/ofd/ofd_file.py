"""The parts of an OFD (GB/T 33190): its pages, templates, annotations, resources and signatures, found by what names them."""

import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from graph.errors import InputError
from loaders.read import limits
from loaders.read.archives.safe_xml import parsed
from loaders.read.archives.safe_zip import SafeZip
from loaders.read.refusals import damaged

_ROOT = "OFD.xml"


@dataclass(slots=True)
class OfdPage:
    """The parts of one page: its content, its templates (with how many pages each is printed on), its annotations.

    `area` is the box of a page that names none of its own.
    """

    content: etree._Element
    area: str
    templates: list[tuple[etree._Element, int]] = field(default_factory=list)
    annotations: list[etree._Element] = field(default_factory=list)


def name_of(element: etree._Element) -> str:
    """Return the name of an element without its namespace, which programs write in several ways or not at all."""
    return str(element.tag).rpartition("}")[2]


def named(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the elements of a name below an element, at any depth."""
    return (one for one in element.iter() if isinstance(one.tag, str) and name_of(one) == name)


def first_named(element: etree._Element, name: str) -> etree._Element | None:
    """Return the first element of a name below an element."""
    return next(named(element, name), None)


def words_of(element: etree._Element | None) -> str:
    """Return the words of an element, nothing where there is none."""
    return (element.text or "").strip() if element is not None else ""


class OfdFile:
    """One OFD; it may hold several documents, whose pages follow each other."""

    def __init__(self, data: bytes, where: str) -> None:
        """Open the OFD that `data` holds; `where` names it in errors.

        Raises:
            InputError: it is damaged, or has no documents.
        """
        self.where = where
        self._zip = SafeZip(data, where)
        if _ROOT not in self._zip:
            raise damaged(where)
        self.root = self._part(_ROOT)
        places = [self._beside(_ROOT, words_of(one)) for one in named(self.root, "DocRoot")]
        self._pictures: dict[str, str] | None = None
        self._documents = [(place, self._part(place)) for place in places if place in self._zip]
        if not self._documents:
            raise damaged(where)

    def title(self) -> str | None:
        """Return the title that the file gives itself."""
        return words_of(first_named(self.root, "Title")) or None

    def pages(self) -> Iterator[OfdPage]:
        """Yield the pages of all documents in order.

        Raises:
            InputError: there are more of them than are read, or one is damaged.
        """
        for place, root in self._documents:
            pages = [one for one in named(root, "Page") if one.get("BaseLoc")]
            if len(pages) > limits.PAGES:
                raise InputError(
                    "{where}: has {count:,} pages, over the limit of {most:,}; split the file",
                    where=self.where,
                    count=len(pages),
                    most=limits.PAGES,
                )
            yield from self._pages(place, root, pages)

    def units(self) -> dict[str, etree._Element]:
        """Return what pages name to be drawn in several places (composite units), by their numbers."""
        found: dict[str, etree._Element] = {}
        for place, root in self._documents:
            for kind in ("PublicRes", "DocumentRes"):
                for one in named(root, kind):
                    resources = self._beside(place, words_of(one))
                    if resources in self._zip:
                        units = named(self._part(resources), "CompositeGraphicUnit")
                        found |= {unit.get("ID") or "": unit for unit in units}
        return found

    def picture(self, name: str) -> bytes | None:
        """Return the file of a picture that pages name, None where there is none."""
        if self._pictures is None:
            self._pictures = dict(self._named_pictures())
        place = self._pictures.get(name, "")
        return self._zip.read(place) if place in self._zip else None

    def _named_pictures(self) -> Iterator[tuple[str, str]]:
        """Yield the number of each picture, and the place of its file."""
        for place, root in self._documents:
            for kind in ("PublicRes", "DocumentRes"):
                for one in named(root, kind):
                    resources = self._beside(place, words_of(one))
                    if resources not in self._zip:
                        continue
                    listed = self._part(resources)
                    folder = posixpath.join(posixpath.dirname(resources), listed.get("BaseLoc") or "")
                    for media in named(listed, "MultiMedia"):
                        file = words_of(first_named(media, "MediaFile"))
                        yield media.get("ID") or "", self._beside(posixpath.join(folder, "x"), file)

    def seals(self) -> Iterator[bytes]:
        """Yield the seals that the file bears, each as its maker wrote it."""
        for one in named(self.root, "Signatures"):
            listed = self._beside(_ROOT, words_of(one))
            if listed not in self._zip:
                continue
            for signature in named(self._part(listed), "Signature"):
                place = self._beside(listed, signature.get("BaseLoc") or "")
                if place in self._zip and first_named(self._part(place), "Seal") is not None:
                    seal = first_named(self._part(place), "Seal")
                    held = self._beside(place, words_of(first_named(seal, "BaseLoc"))) if seal is not None else ""
                    yield self._zip.read(held) if held in self._zip else b""

    def attached(self) -> int:
        """Return how many files are attached."""
        count = 0
        for place, root in self._documents:
            for one in named(root, "Attachments"):
                listed = self._beside(place, words_of(one))
                count += sum(1 for _ in named(self._part(listed), "Attachment")) if listed in self._zip else 0
        return count

    def _pages(self, place: str, root: etree._Element, pages: list[etree._Element]) -> Iterator[OfdPage]:
        area = words_of(first_named(root, "PhysicalBox"))
        templates = {
            one.get("ID"): self._beside(place, one.get("BaseLoc") or "") for one in named(root, "TemplatePage")
        }
        annotated = self._annotated(place, root)
        # A template's use is counted on the pages themselves, which are small beside what they print.
        contents = [self._beside(place, page.get("BaseLoc") or "") for page in pages]
        uses: Counter[str | None] = Counter()
        for content in contents:
            if content not in self._zip:
                raise damaged(self.where)
            uses.update(one.get("TemplateID") for one in named(self._part(content), "Template"))
        for page, content in zip(pages, contents, strict=True):
            found = OfdPage(self._part(content), area)
            for one in named(found.content, "Template"):
                template = templates.get(one.get("TemplateID"), "")
                if template in self._zip:
                    found.templates.append((self._part(template), uses[one.get("TemplateID")]))
            found.annotations = [self._part(one) for one in annotated.get(page.get("ID"), ()) if one in self._zip]
            yield found

    def _annotated(self, place: str, root: etree._Element) -> dict[str | None, list[str]]:
        """Return the parts with the annotations of each page, by its number."""
        found: dict[str | None, list[str]] = {}
        for one in named(root, "Annotations"):
            listed = self._beside(place, words_of(one))
            if listed in self._zip:
                for page in named(self._part(listed), "Page"):
                    held = self._beside(listed, words_of(first_named(page, "FileLoc")))
                    found.setdefault(page.get("PageID"), []).append(held)
        return found

    def _part(self, place: str) -> etree._Element:
        return parsed(self._zip.read(place), self.where)

    def _beside(self, place: str, target: str) -> str:
        """Return the place of a part that the part at `place` names; programs count from it, or from the whole file."""
        if not target:
            return ""
        found = posixpath.normpath(posixpath.join("/", posixpath.dirname(place), target)).lstrip("/")
        return found if found in self._zip else posixpath.normpath(target).lstrip("/")
