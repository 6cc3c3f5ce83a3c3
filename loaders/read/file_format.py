"""What a file is, told by its first bytes: a suffix says what somebody thought that it is."""

import re
import struct

from loaders.read.archives.safe_zip import SafeZip

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
# Signatures of formats, the place of each, and the format's name.
_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, COMPOUND, "compound"),
    (0, b"{\\rtf", "rtf"),
    (0, b"Rar!\x1a\x07", "rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"\x1f\x8b\x08", "gzip"),
    (4, b"1AY&SY", "bzip2"),
    (0, b"\xfd7zXZ\x00", "xz"),
    (257, b"ustar", "tar"),
    (0, b"\x89PNG\r\n\x1a\n", "image"),
    (0, b"\xff\xd8\xff", "image"),
    (0, b"II*\x00", "image"),
    (0, b"MM\x00*", "image"),
    (0, b"GIF8", "image"),
    (0, b"\x31\xbe\x00\x00", "old-word"),
    (0, b"\xdb\xa5\x2d\x00", "old-word"),
    (0, b"MZ\x90\x00", "program"),
    (0, b"\x7fELF", "program"),
    (0, b"SQLite format 3\x00", "database"),
)
# A BMP has a word of two letters only; its size stands behind it.
_BITMAP = struct.Struct("<2sI")
_PDF, _PDF_REACH = b"%PDF-", 1024
# A page, a mail and a mail with a page in it, as programs of offices save them under names of Word and Excel.
_HEAD = 2_048
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|table|div|p|style)\b", re.I)
_MAIL = re.compile(rb"^(?:MIME-Version|Received|Return-Path|Message-ID|From|Content-Type|X-Mailer)\s*:", re.I | re.M)
_RELATED = re.compile(rb"multipart/related|Snapshot-Content-Location", re.I)
_WORD_XML = re.compile(rb"progid\s*=\s*[\"']Word\.Document|schemas\.microsoft\.com/office/word/2003", re.I)
_EXCEL_XML = re.compile(rb"progid\s*=\s*[\"']Excel\.Sheet|urn:schemas-microsoft-com:office:spreadsheet", re.I)
_OFFICE_SUFFIXES = frozenset({".doc", ".docx", ".wps", ".wpt", ".dot", ".xls", ".xlsx", ".et", ".pdf", ".ofd", ".rtf"})
_OF_TEXT = {".html": "html", ".htm": "html", ".xhtml": "html", ".csv": "csv"}
# A member that only a format of this name has.
_MEMBERS = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("ppt/presentation.xml", "presentation"),
    ("OFD.xml", "ofd"),
)
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_KINDS_OF_TEXT = re.compile(rb"officeDocument/2006/relationships/officeDocument\"[^>]*Target=\"/?(word|xl|ppt)/")


def format_of(data: bytes, suffix: str, where: str) -> str:
    """Return the name of the format of a file; the suffix (in small letters) decides among formats of text.

    Raises:
        InputError: it is an archive whose list of members cannot be read.
    """
    head = data[:_HEAD]
    for at, signature, name in _SIGNATURES:
        if data.startswith(signature, at):
            return name
    if data.startswith(_ZIP):
        return _of_zip(data, where)
    if _PDF in data[:_PDF_REACH]:
        return "pdf"
    if len(data) > _BITMAP.size and _BITMAP.unpack_from(data) == (b"BM", len(data)):
        return "image"
    if suffix in _OFFICE_SUFFIXES or suffix in (".mht", ".mhtml", ".eml", ".xml"):
        return _of_words(head, suffix)
    return _OF_TEXT.get(suffix, "text")


def _of_words(head: bytes, suffix: str) -> str:
    """Return the format of a file that begins with words although its suffix is of none that does."""
    plain = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe\r\n\t ")
    if _WORD_XML.search(plain):
        return "word-xml"
    if _EXCEL_XML.search(plain):
        return "excel-xml"
    if _MAIL.match(plain):
        return "mhtml" if _RELATED.search(plain) else "mail"
    return "html" if _PAGE.search(plain) else "text"


def _of_zip(data: bytes, where: str) -> str:
    opened = SafeZip(data, where)
    for member, name in _MEMBERS:
        if member in opened:
            return name
    if "mimetype" in opened:
        return _OPEN_DOCUMENTS.get(opened.read("mimetype", _HEAD).strip(), "zip")
    if "[Content_Types].xml" in opened and "_rels/.rels" in opened:
        named = _KINDS_OF_TEXT.search(opened.read("_rels/.rels"))
        return {b"word": "docx", b"xl": "xlsx", b"ppt": "presentation"}[named[1]] if named else "zip"
    return "zip"
