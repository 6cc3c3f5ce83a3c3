"""Files of one name in one folder, in several formats: which of them hold one document, and which of these is read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from graph.errors import PolicyGraphError
from loaders.read.document import Document
from loaders.read.registry import read

# Signs that every format keeps: no blanks, no marks, whose width a program may change.
_KEPT = re.compile(r"[\u3400-\u9fffA-Za-z0-9]+")
_PIECE = 6
# So much of the pieces of the shorter text stand in the longer one too where they are one document: a PDF lacks what it
# says in numbers that a program counts, a page has more around it. Two annexes of one plan share far less.
_SHARED = 0.8
# A text that has so much of the longest one is as full as it.
_FULL = 0.95
_ORDER = (".md", ".markdown", ".txt", ".text", ".html", ".htm", ".xhtml", ".docx", ".docm", ".dotx", ".doc", ".wps")


@dataclass(frozen=True, slots=True)
class OneText:
    """The text of a file: its pieces of some letters, how many letters it has, whether it has tables."""

    path: Path
    pieces: frozenset[str]
    length: int
    has_tables: bool

    @classmethod
    def of(cls, path: Path, document: Document) -> Self:
        """Return the text of a document without what stands around it."""
        words = "".join(_KEPT.findall("".join(_main(document))))
        pieces = frozenset(words[at : at + _PIECE] for at in range(max(len(words) - _PIECE, 0) + 1))
        return cls(path, pieces, len(words), bool(document.tables))

    def says_the_same(self, other: Self) -> bool:
        """Tell whether the shorter of two texts stands in the longer one."""
        fewer = min(len(self.pieces), len(other.pieces))
        return len(self.pieces & other.pieces) >= _SHARED * fewer


@dataclass(slots=True)
class FormatsOfOne:
    """What became of files of one name: those to be read with their names, those that say the same as one, failures."""

    read: list[tuple[str, Path]] = field(default_factory=list)
    same: list[tuple[Path, Path]] = field(default_factory=list)
    failed: list[tuple[Path, PolicyGraphError]] = field(default_factory=list)


def told_apart(name: str, paths: Sequence[Path]) -> FormatsOfOne:
    """Return which of the files of a name, all in one folder, are read; each of them is read for it.

    Of those that say the same the fullest is: of equally full ones one with tables, then Markdown, text, pages, Word, the
    rest. It keeps the name; the next that says something else has its suffix in it (`plan.xlsx`).
    """
    found = FormatsOfOne()
    texts: list[OneText] = []
    for path in paths:
        try:
            texts.append(OneText.of(path, read(path)))
        except PolicyGraphError as error:
            found.failed.append((path, error))
    while texts:
        chosen = _fullest(texts)
        found.read.append((f"{name}{chosen.path.suffix.lower()}" if found.read else name, chosen.path))
        same = [one for one in texts if one is not chosen and one.says_the_same(chosen)]
        found.same += ((one.path, chosen.path) for one in same)
        texts = [one for one in texts if one is not chosen and one not in same]
    return found


def _fullest(texts: Sequence[OneText]) -> OneText:
    longest = max(one.length for one in texts)
    full = [one for one in texts if one.length >= _FULL * longest]
    return min(full, key=lambda one: (not one.has_tables, _place_in_order(one.path), one.path.name))


def _place_in_order(path: Path) -> int:
    suffix = path.suffix.lower()
    return _ORDER.index(suffix) if suffix in _ORDER else len(_ORDER)


def _main(document: Document) -> Iterator[str]:
    """Yield the stretches of a document's text that are not told to stand around it."""
    start = 0
    for span, _ in sorted(document.furniture, key=lambda one: one[0]):
        yield document.text[start : span.start]
        start = max(start, span.end)
    yield document.text[start:]
