"""RTF: paragraphs with the numbers that the file prints before them, tables with merged cells, what stands around them."""

from loaders.read.document import Document
from loaders.read.office.leftovers import Leftovers
from loaders.read.office.rich_text.rtf_blocks import RtfBlocks
from loaders.read.office.rich_text.rtf_text import RtfText, headings_of, is_rtf
from loaders.read.text_draft import TextDraft


class RtfReader:
    """Reads RTF, whatever its suffix; older programs save it as `.doc` too."""

    suffixes: tuple[str, ...] = (".rtf",)
    formats: tuple[str, ...] = ("rtf",)
    apart = True

    def read(self, data: bytes, *, name: str, where: str, suffix: str) -> Document:
        """Return the document: paragraphs on lines, cells parted by tabs, headers, footers and notes behind the text."""
        is_rtf(data, where)
        text, draft = RtfText(data, where), TextDraft(where)
        RtfBlocks(draft, headings_of(data)).write(text.parts())
        counted = text.counted
        leftovers = Leftovers(
            inserted=counted["revised"],
            deleted=counted["deleted"],
            hidden=counted["hidden"],
            comments=counted["annotation"],
            pictures=counted["pict"],
        )
        if counted["object"]:
            leftovers.objects["object"] = counted["object"]
        return draft.document(
            name=name,
            data=data,
            media_type="application/rtf",
            title_hint=None,
            remarks=leftovers.remarks(draft.length),
        )
