"""The readers that work in the child process, by the formats that they read."""

from loaders.read.office.compound_reader import CompoundReader
from loaders.read.office.docx_reader import DocxReader
from loaders.read.office.rich_text.rtf_reader import RtfReader
from loaders.read.paged.ofd.ofd_reader import OfdReader
from loaders.read.paged.pdf.pdf_reader import PdfReader
from loaders.read.paged.picture_reader import PictureReader
from loaders.read.reader import Reader
from loaders.read.sheets.workbook import WorkbookReader
from loaders.read.web.mhtml_reader import MhtmlReader

FOREIGN: tuple[Reader, ...] = (
    DocxReader(),
    CompoundReader(),
    RtfReader(),
    WorkbookReader(),
    PdfReader(),
    OfdReader(),
    MhtmlReader(),
    PictureReader(),
)


def foreign_reader(found: str) -> Reader:
    """Return the reader of a format (`loaders.read.file_format`); there is one for every format that is asked for."""
    return next(one for one in FOREIGN if found in one.formats)
