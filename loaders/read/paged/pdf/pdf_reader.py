"""PDF: pages with text, read as they are printed."""

from loaders.read.document import Document
from loaders.read.paged.paged_document import paged_document
from loaders.read.paged.pdf.pdf_pages import PdfPages


class PdfReader:
    """Reads PDF; a page that is a picture is said to be one."""

    suffixes: tuple[str, ...] = (".pdf",)
    formats: tuple[str, ...] = ("pdf",)
    apart = True

    def read(self, data: bytes, *, name: str, where: str, suffix: str) -> Document:
        """Return the document: printed lines and ruled tables, heads, feet and notes of the pages behind the text."""
        pdf = PdfPages(data, where)
        return paged_document(
            pdf.pages(),
            name=name,
            data=data,
            where=where,
            media_type="application/pdf",
            title_hint=None,
        )
