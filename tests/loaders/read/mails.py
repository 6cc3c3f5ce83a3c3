"""Mails and saved pages, made by the standard library and by hand."""

import base64
from email.message import EmailMessage


def mail(words: str = "", files: dict[str, bytes] | None = None, inner: EmailMessage | None = None) -> EmailMessage:
    """Return a mail with words, attached files and a mail inside it."""
    made = EmailMessage()
    made["From"] = "office@example.org"
    made["Subject"] = "报送方案"
    if words:
        made.set_content(words)
    for name, data in (files or {}).items():
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    if inner is not None:
        made.add_attachment(inner)
    return made


def saved_page(*pages: bytes) -> bytes:
    """Return a page as browsers save it in one file, with pages inside it."""
    parts = b"".join(
        b"--edge\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(page).replace(b"\n", b"\r\n")
        + b"\r\n"
        for page in pages
    )
    head = b'From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="edge"\r\n\r\n'
    return head + parts + b"--edge--\r\n"
