"""Compound files (OLE): DOC, the WPS of Kingsoft that is made like it, XLS; and what else comes in such a container."""

from loaders.read.document import Document
from loaders.read.office.word97.doc_document import doc_document
from loaders.read.office.word97.doc_file import opened, streams_of
from loaders.read.refusals import protected, unread
from loaders.read.sheets.workbook import workbook_document

_WORD, _BOOKS = "WordDocument", ("Workbook", "Book")
_ENCRYPTED = ("EncryptedPackage", "EncryptionInfo")
# Streams that tell other formats, and their names.
_OTHERS = (("PowerPoint Document", "presentation"), ("CONTENTS", "works"), ("MatOST", "works"), ("MN0", "works"))


class CompoundReader:
    """Reads `.doc` and `.wps`, and every other file that is a compound file."""

    suffixes: tuple[str, ...] = (".doc", ".dot", ".wps", ".wpt")
    formats: tuple[str, ...] = ("compound",)
    apart = True

    def read(self, data: bytes, *, name: str, where: str, suffix: str) -> Document:
        """Return the document, or the sheets, that the file holds; what it is, its streams tell."""
        with opened(data, where) as ole:
            streams = set(streams_of(ole))
        if streams.intersection(_ENCRYPTED):
            raise protected(where)
        if _WORD in streams:
            return doc_document(data, name=name, where=where)
        if streams.intersection(_BOOKS):
            return workbook_document(data, name=name, where=where, media_type="application/vnd.ms-excel")
        raise unread(where, next((kind for stream, kind in _OTHERS if stream in streams), "compound"))
