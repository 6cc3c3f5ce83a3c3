"""Why a file is not read, and what to do: the errors that several readers have in common."""

from graph.errors import InputError, UnknownFormatError
from loaders.read import limits

UNREAD = {
    "rar": "a RAR archive; unpack it and give the folder with its files",
    "7z": "a 7z archive; unpack it and give the folder with its files",
    "gzip": "a packed file (gzip); unpack it and give what was in it",
    "bzip2": "a packed file (bzip2); unpack it and give what was in it",
    "xz": "a packed file (xz); unpack it and give what was in it",
    "tar": "a tar archive; unpack it and give the folder with its files",
    "zip": "an archive inside too many others, or where none is looked for; unpack it and give the folder with its files",
    "old-word": "a document of Word before 1997; save it as DOCX and give that",
    "word-xml": "a document of Word 2003 in XML; save it as DOCX and give that",
    "excel-xml": "a workbook of Excel 2003 in XML; save it as XLSX and give that",
    "works": "a document of Works; save it as DOCX and give that",
    "compound": "a file of an office program that holds no document; save what it shows as DOCX and give that",
    "image": "a picture; pip install 'zhengmai[ocr]' makes pictures readable, or give the text that it shows",
    "presentation": "a presentation; give the document that it presents",
    "odt": "an OpenDocument text; save it as DOCX and give that",
    "ods": "an OpenDocument workbook; save it as XLSX and give that",
    "mail": "a mail; give it the suffix .eml, and zhengmai build reads its words and the files attached to it",
    "outlook-mail": "a mail of Outlook; save it as EML and give that",
    "archive": "an archive or a mail; give it to zhengmai build, or name a file in it (papers.zip/plan.docx)",
    "program": "a program; it is no document",
    "database": "a database; it is no document",
}
"""What is not read, by format: the words that say so, and what to do."""

UNREAD_SUFFIXES = {
    ".rar": "rar",
    ".7z": "7z",
    ".gz": "gzip",
    ".tgz": "gzip",
    ".bz2": "bzip2",
    ".xz": "xz",
    ".tar": "tar",
    ".odt": "odt",
    ".ods": "ods",
    ".ppt": "presentation",
    ".pptx": "presentation",
    ".msg": "outlook-mail",
    ".exe": "program",
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".gif", ".bmp"), "image"),
}
"""The formats that suffixes without a reader stand for."""


def unread(where: str, name: str) -> UnknownFormatError:
    """Return the error of a file in a format that no reader takes."""
    return UnknownFormatError("{where}: was not read: it is {reason}", where=where, reason=UNREAD[name])


def damaged(where: str) -> InputError:
    """Return the error of a file that does not hold what its format says."""
    return InputError("{where}: the file is damaged; fetch it again", where=where)


def protected(where: str) -> InputError:
    """Return the error of a file that only a password opens."""
    return InputError("{where}: is protected by a password; take the protection off and give it again", where=where)


def too_many_cells(where: str) -> InputError:
    """Return the error of a workbook or table that is larger than any list of tasks."""
    return InputError("{where}: holds more than {most:,} filled cells; split the file", where=where, most=limits.CELLS)
