"""A page as a parser sees it."""

from typing import Any

from lxml import html


def dom(text: str) -> Any:  # noqa: ANN401 - what an expression finds has too many types to be told
    """Return the root of a page."""
    return html.fromstring(text)
