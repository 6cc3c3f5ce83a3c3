"""DOCX: the document of a word processor, with automatic numbers printed into the text as if typed."""

from lxml import etree

from loaders.read.document import Document
from loaders.read.office.docx_body import DocxBody
from loaders.read.office.docx_parts import DocxParts
from loaders.read.office.word_xml import W
from loaders.read.text_draft import TextDraft
from loaders.read.web.script_text import han


class DocxReader:
    """Reads documents in DOCX, whatever their suffix."""

    suffixes: tuple[str, ...] = (".docx", ".docm", ".dotx")
    formats: tuple[str, ...] = ("docx",)
    apart = True

    def read(self, data: bytes, *, name: str, where: str, suffix: str) -> Document:
        """Return the document: paragraphs on lines, cells parted by tabs, headers, footers and notes behind the text."""
        parts = DocxParts(data, where)
        body = parts.body()
        draft = TextDraft(where)
        writer = DocxBody(draft, parts.styles(), boxes_are_text=_is_laid_out_in_boxes(body))
        writer.write(body)
        size, writer.leftovers.comments = draft.length, parts.comments()
        for reason, root in parts.around():
            writer.write(root, reason)
        return draft.document(
            name=name,
            data=data,
            media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            title_hint=parts.title(),
            remarks=writer.leftovers.remarks(size),
        )


def _is_laid_out_in_boxes(body: etree._Element) -> bool:
    """Tell whether most words of a document stand in text boxes: then they are its text."""
    inside = sum(han(one.text or "") for box in body.iter(f"{W}txbxContent") for one in box.iter(f"{W}t"))
    every = sum(han(one.text or "") for one in body.iter(f"{W}t"))
    return inside * 2 > every
