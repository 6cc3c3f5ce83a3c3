"""Mails as folders of what is attached to them; saved pages; what a page shows from elsewhere is named."""

from pathlib import Path

import pytest

from graph.errors import InputError
from loaders.ingest.sources import scan
from loaders.read import limits
from loaders.read.archives.mail_members import MailFile
from loaders.read.registry import read
from loaders.read.web.html_reader import HtmlReader
from loaders.read.web.mhtml_reader import MhtmlReader
from tests.loaders.read.mails import mail, saved_page
from tests.loaders.read.office.docx_files import docx, p, zipped

WORDS = "云溪县护堤方案"


def test_a_mail_is_a_folder_of_its_words_and_of_what_is_attached(tmp_path: Path) -> None:
    inner = mail("请阅。", {"方案.docx": docx(p(WORDS)), "深.eml": mail("层").as_bytes()})
    made = mail("请查收附件。", {"方案.docx": docx(p(WORDS)), "表.zip": zipped({"a.txt": WORDS})}, inner)
    made.add_alternative("<p>请查收附件。</p>", subtype="html") if not made.is_multipart() else None
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "报送.eml").write_bytes(made.as_bytes())
    found = scan([tmp_path / "in"], tmp_path / "graph")
    assert [one.name for one in found.sources] == [
        "报送/mail",
        "报送/mail/mail",
        "报送/mail/方案",
        "报送/方案",
        "报送/表/a",
    ]
    assert read(Path(next(one.path for one in found.sources if one.name == "报送/mail/方案"))).text.strip() == WORDS
    # A mail in a mail in a mail is not opened; it is told.
    assert any("深.eml" in one.message and "inside too many others" in one.message for one in found.failures)


def test_of_words_in_two_forms_the_page_is_read_and_pictures_of_the_words_are_none() -> None:
    made = mail("文字")
    made.add_alternative("<p>网页</p>", subtype="html")
    assert MailFile(made.as_bytes(), "x").names == ("mail.html",)
    raw = (
        b"From: a\r\nContent-Type: multipart/mixed; boundary=e\r\n\r\n--e\r\nContent-Type: image/png\r\n"
        b"Content-ID: <1>\r\n\r\nx\r\n--e\r\nContent-Type: text/plain\r\n\r\nx\r\n--e--\r\n"
    )
    assert MailFile(raw, "x").names == ("mail.txt",)


@pytest.mark.parametrize(
    "head",
    [
        b'attachment; filename="=?gb2312?B?t72wuC50eHQ=?="',
        b'attachment; filename="' + "方案.txt".encode("gb18030") + b'"',
        b"attachment; filename*=utf-8''%E6%96%B9%E6%A1%88.txt",
    ],
)
def test_names_of_attached_files_are_read_as_mail_programs_write_them(head: bytes) -> None:
    raw = b"From: a\r\nContent-Type: application/x\r\nContent-Disposition: " + head + b"\r\n\r\nx"
    assert MailFile(raw, "x").names == ("方案.txt",)


def test_files_of_one_name_have_numbers_and_none_leads_out_of_the_mail() -> None:
    made = mail("x", {"../a.txt": b"1"})
    for data in (b"2", b"3"):
        made.add_attachment(data, maintype="application", subtype="x", filename=".._a.txt")
    assert MailFile(made.as_bytes(), "x").names == ("mail.txt", ".._a.txt", ".._a (2).txt", ".._a (3).txt")


def test_what_is_no_mail_or_too_many_or_too_deep_is_refused() -> None:
    with pytest.raises(InputError, match="the file is damaged"):
        MailFile(b"\x00\x01 nothing", "x")
    many = b"From: a\nContent-Type: multipart/mixed; boundary=e\n\n" + b"--e\n\nx\n" * (limits.MEMBERS + 2)
    with pytest.raises(InputError, match="more than 5,000 members"):
        MailFile(many, "x")
    deep = b"From: a\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=e%d\n\n--e%d\n" % (at, at) for at in range(3_000)
    )
    with pytest.raises(InputError):
        MailFile(deep, "x")


def test_the_page_of_a_saved_page_is_read_and_frames_give_way_to_what_they_hold() -> None:
    frames = b"<html><frameset><frame src='a'></frameset></html>"
    data = saved_page(frames, f"<p>{WORDS}</p>".encode("gb18030"), b"<p>other</p>")
    document = MhtmlReader().read(data, name="x", where="x.mht", suffix=".mht")
    assert document.text.strip() == WORDS
    assert [(one.code, one.message) for one in document.remarks] == [
        ("frame-unread", "1 more pages inside the file were not read")
    ]
    with pytest.raises(InputError):
        MhtmlReader().read(saved_page(), name="x", where="x.mht", suffix=".mht")


def test_frames_and_attached_files_are_named_and_not_fetched() -> None:
    page = (
        f"<p>{WORDS}</p><iframe src='http://example.invalid/a'></iframe><iframe src='about:blank'></iframe>"
        "<a href='/f/a.docx'>附件1.任务 分工表</a><a href='b.pdf?x=1'></a><a href='c.html'>更多</a>"
        "<a style='display:none' href='d.doc'>藏</a>"
    )
    document = HtmlReader().read(page.encode(), name="x", where="x.html", suffix=".html")
    assert [(one.code, one.message) for one in document.remarks] == [
        ("frame-unread", "1 frames show other pages, which were not fetched: http://example.invalid/a"),
        ("attachment-unread", "2 attached files were not fetched: 附件1.任务分工表, b.pdf?x=1"),
    ]


def test_an_archive_by_itself_says_how_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(mail("x").as_bytes())
    with pytest.raises(InputError, match="give it to zhengmai build, or name a file in it"):
        read(tmp_path / "a.eml")
    assert read(tmp_path / "a.eml" / "mail.txt").text.strip() == "x"
