"""Collecting what was in scope and not understood while a document is read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from graph.model import Issue, Span


@dataclass(slots=True)
class IssueLog:
    """Collects the issues of one document while it is read; keeps their order."""

    document: str
    text: str
    found: list[Issue] = field(default_factory=list)

    def add(self, code: str, span: Span | None, message: str, end: date | None = None) -> None:
        """Record one issue; the words at `span` are copied from the document, `end` is the last day that they state."""
        quote = self.text[span.start : span.end] if span else ""
        self.found.append(
            Issue(document=self.document, code=code, message=message, span=span, quote=quote, deadline_end=end)
        )

    def __iter__(self) -> Iterator[Issue]:
        """Yield the issues in the order they were found."""
        return iter(self.found)
