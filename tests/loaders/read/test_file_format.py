"""What a file is, its bytes tell: read as that, or refused by the name of that, whatever its suffix."""

from pathlib import Path

import pytest

from graph.errors import InputError, UnknownFormatError
from loaders.read.file_format import format_of
from loaders.read.paged import picture_reader
from loaders.read.paged.scans.ocr_engine import ocr_version
from loaders.read.refusals import UNREAD, UNREAD_SUFFIXES
from loaders.read.registry import READERS, known_suffixes, read
from tests.loaders.read.mails import saved_page
from tests.loaders.read.office.doc_files import Said, compound, doc
from tests.loaders.read.office.docx_files import docx, p, zipped
from tests.loaders.read.office.rtf_files import rtf

WORDS = "云溪县护堤方案"
PAGE = f"<html><body><p>{WORDS}</p></body></html>".encode()
ODT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}
READ = {
    "a DOCX called .doc": ("plan.doc", docx(p(WORDS)), "officedocument"),
    "a DOCX called .txt": ("plan.txt", docx(p(WORDS)), "officedocument"),
    "a DOCX called .wps": ("plan.wps", docx(p(WORDS)), "officedocument"),
    "a DOC called .docx": ("plan.docx", doc([Said(WORDS)]), "msword"),
    "a DOC called .wps": ("plan.wps", doc([Said(WORDS)]), "msword"),
    "a page called .doc": ("plan.doc", PAGE, "text/html"),
    "a page called .xls": ("plan.xls", PAGE, "text/html"),
    "rich text called .doc": ("plan.doc", rtf(WORDS), "application/rtf"),
    "a saved page called .doc": ("plan.doc", saved_page(PAGE), "text/html"),
    "a text called .rtf": ("plan.rtf", WORDS.encode("gb18030"), "text/plain"),
    "a text called .doc": ("plan.doc", WORDS.encode("gb18030"), "text/plain"),
}
MAIL = b"From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nx"
REFUSED = {
    "a mail": ("plan.doc", MAIL, "a mail"),
    "Word 2003 in XML": (
        "plan.doc",
        b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>',
        "Word 2003",
    ),
    "slides": ("plan.docx", zipped({"ppt/presentation.xml": "<a/>"}), "a presentation"),
    "OpenDocument": ("plan.docx", zipped(ODT), "an OpenDocument text"),
    "an archive": ("plan.docx", zipped({"a.txt": "x"}), "an archive"),
    "RAR": ("plan.doc", b"Rar!\x1a\x07\x01\x00", "a RAR archive"),
    "7z": ("plan.txt", b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    "Works": ("plan.wps", compound({"CONTENTS": b"x"}), "a document of Works"),
    "an old document": ("plan.doc", b"\x31\xbe\x00\x00" + bytes(200), "before 1997"),
}


@pytest.mark.parametrize(("name", "data", "media_type"), READ.values(), ids=list(READ))
def test_a_file_is_read_as_what_it_is(name: str, data: bytes, media_type: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    document = read(tmp_path / name)
    assert WORDS in document.text
    assert media_type in document.media_type


@pytest.mark.parametrize(("name", "data", "why"), REFUSED.values(), ids=list(REFUSED))
def test_what_is_not_read_is_named(name: str, data: bytes, why: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UnknownFormatError, match=f"was not read: it is .*{why}"):
        read(tmp_path / name)


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\nx", b"BM" + (20).to_bytes(4, "little") + bytes(14)])
def test_a_picture_is_one_whatever_it_is_called(data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert format_of(data, ".txt", "x") == "image"
    monkeypatch.setattr(picture_reader, "ocr_version", lambda: "")
    with pytest.raises(UnknownFormatError, match="was not read: it is a picture"):
        picture_reader.PictureReader().read(data, name="x", where="x", suffix=".txt")


@pytest.mark.parametrize(("name", "data"), [("plan.docx", b"%PDF-1.7\n"), ("plan.doc", zipped({"OFD.xml": "<a/>"}))])
def test_a_file_that_only_begins_as_a_format_is_damaged(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match="the file is damaged; fetch it again"):
        read(tmp_path / name)


def test_a_text_that_begins_like_a_picture_is_a_text(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("BM 牌水泵更换方案", encoding="utf-8")
    assert read(tmp_path / "plan.txt").media_type == "text/plain"


def test_a_format_is_either_read_or_named() -> None:
    formats = [name for reader in READERS for name in reader.formats]
    assert len(formats) == len(set(formats))
    # A container that holds none of what is read in it is named too.
    assert set(formats) & set(UNREAD) == {"compound", "image"}
    assert set(UNREAD_SUFFIXES.values()) <= set(UNREAD)
    read_twice = set(UNREAD_SUFFIXES) & set(known_suffixes())
    assert {UNREAD_SUFFIXES[one] for one in read_twice} == ({"image"} if ocr_version() else set())
    assert len(known_suffixes()) == len(set(known_suffixes()))
