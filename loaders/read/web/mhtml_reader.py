"""MHTML: a web page saved as one file, by a browser or by a word processor; its page is read like any other."""

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import Message

from graph.errors import InputError
from loaders.read import limits
from loaders.read.document import Document, Remark
from loaders.read.refusals import damaged
from loaders.read.text.text_reader import digest
from loaders.read.web.html_reader import HtmlReader

_PAGES = ("text/html", "application/xhtml+xml")


class MhtmlReader:
    """Reads `.mht` and `.mhtml`, and the same under other names."""

    suffixes: tuple[str, ...] = (".mht", ".mhtml")
    formats: tuple[str, ...] = ("mhtml",)
    apart = True

    def read(self, data: bytes, *, name: str, where: str, suffix: str) -> Document:
        """Return the document of the page that the file begins with; one that only holds frames gives way to the next.

        Raises:
            InputError: no page of it shows text.
        """
        try:
            pages = list(_pages(message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"), policy=policy.compat32)))
        except RecursionError as error:
            raise damaged(where) from error
        failed: InputError | None = None
        for at, page in enumerate(pages[: limits.MEMBERS]):
            try:
                found = HtmlReader().read(page, name=name, where=where, suffix=".html")
            except InputError as error:
                failed = failed or error
                continue
            others = len(pages) - at - 1
            said = (
                [Remark("frame-unread", None, f"{others} more pages inside the file were not read")] if others else []
            )
            return replace(found, sha256=digest(data), remarks=(*found.remarks, *said))
        raise failed or damaged(where)


def _pages(whole: Message) -> Iterator[bytes]:
    """Yield the pages inside a file, in order."""
    for part in whole.walk():
        if part.get_content_type() in _PAGES:
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                yield page
