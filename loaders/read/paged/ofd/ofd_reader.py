"""OFD, the national format of pages (GB/T 33190): text by its place, seals by their names."""

from collections.abc import Iterator

from loaders.read.document import Document, Remark
from loaders.read.paged.ofd.ofd_file import OfdFile
from loaders.read.paged.ofd.ofd_pages import OfdPages
from loaders.read.paged.paged_document import paged_document

# Kinds of values in a seal, as it is written (DER): words in UTF-8, and what holds other values.
_WORDS, _HOLDS = 0x0C, 0x20
_NAMED, _LONGEST, _DEEPEST = 40, 1 << 20, 12


class OfdReader:
    """Reads OFD; a page that is a picture is said to be one."""

    suffixes: tuple[str, ...] = (".ofd",)
    formats: tuple[str, ...] = ("ofd",)
    apart = True

    def read(self, data: bytes, *, name: str, where: str, suffix: str) -> Document:
        """Return the document: lines and ruled tables; heads, feet, notes, annotations and templates behind the text."""
        file = OfdFile(data, where)
        return paged_document(
            OfdPages(file).pages(),
            name=name,
            data=data,
            where=where,
            media_type="application/ofd",
            title_hint=file.title(),
            remarks=_remarks(file),
        )


def _remarks(file: OfdFile) -> Iterator[Remark]:
    names = [seal_name(seal) or "without a name" for seal in file.seals()]
    if names:
        said = ", ".join(dict.fromkeys(names))
        yield Remark("seal", None, f"bears {len(names)} seals, which were not checked: {said}")
    if attached := file.attached():
        yield Remark("object-unread", None, f"{attached} attached files were not read")


def seal_name(data: bytes) -> str | None:
    """Return the name of a seal: the first words in Chinese that it holds; None where it holds none.

    >>> seal_name(bytes([0x30, 11, 0x0C, 9]) + "县政府".encode())
    '县政府'
    """
    for word in _utf8_words(memoryview(data)[:_LONGEST], _DEEPEST):
        if 2 <= len(word) <= _NAMED and any("\u4e00" <= sign <= "\u9fff" for sign in word):
            return " ".join(word.split())
    return None


def _utf8_words(data: memoryview, deep: int) -> Iterator[str]:
    """Yield the words that values hold, and values inside them."""
    at = 0
    while at + 2 <= len(data):
        kind, size = data[at], data[at + 1]
        at += 2
        if size & 0x80:
            count = size & 0x7F
            size = int.from_bytes(data[at : at + count], "big")
            at += count
        held = data[at : at + size]
        if kind == _WORDS:
            yield bytes(held).decode("utf-8", "ignore")
        elif kind & _HOLDS and deep:
            yield from _utf8_words(held, deep - 1)
        at += size
