"""What a page shows from elsewhere, or links to as an attachment: named, never fetched."""

import re
from collections.abc import Iterator

from lxml import etree

from graph.text import squeeze
from loaders.read.document import Remark
from loaders.read.web.page_walk import hidden

_FILE = re.compile(r"\.(?:docx?|wps|pdf|ofd|xlsx?|et|csv|zip|rar|7z|rtf|pptx?)(?:[?#].*)?$", re.I)
_NAMED, _LONGEST = 6, 60


def link_remarks(body: etree._Element) -> Iterator[Remark]:
    """Yield what is to be said of frames that show other pages, and of attached files that a page links to."""
    frames = [
        src for one in body.iter("iframe", "frame") if (src := (one.get("src") or "").strip()) and not hidden(one)
    ]
    frames = [one for one in frames if not one.lower().startswith(("about:", "javascript:", "data:"))]
    if frames:
        yield Remark(
            "frame-unread", None, f"{len(frames)} frames show other pages, which were not fetched: {_shown(frames)}"
        )
    files = dict.fromkeys(
        squeeze("".join(map(str, one.itertext())))[:_LONGEST] or href.rpartition("/")[2]
        for one in body.iter("a")
        if _FILE.search(href := (one.get("href") or "").strip()) and not hidden(one)
    )
    if files:
        yield Remark("attachment-unread", None, f"{len(files)} attached files were not fetched: {_shown(list(files))}")


def _shown(names: list[str]) -> str:
    shown = ", ".join(one[:_LONGEST] for one in names[:_NAMED])
    return shown + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")
