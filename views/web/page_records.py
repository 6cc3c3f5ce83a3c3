"""Records of the explorer: what a page is asked with, and what it shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from graph.link.decisions import Decisions
from graph.model import Reading
from graph.store.protocol import Store
from queries.answer import Answer, Note
from queries.faults import ParameterError
from views.web.held_graph import KeptTexts
from views.web.page_words import PageWords

if TYPE_CHECKING:
    from loaders.reading.text_account import TextAccount


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a page is asked: the words of its address by name, the open graph, and the language to speak.

    Where a form of it was sent and not taken, `typed` is what was typed, and `problems` say what is wrong, by field.
    """

    values: Mapping[str, str]
    store: Store
    texts: KeptTexts
    decisions: Decisions
    words: PageWords
    today: date
    typed: Mapping[str, str] | None = None
    problems: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str | None:
        """Return a word of the address; None where it is not there or empty."""
        return self.values.get(name, "").strip() or None

    def need(self, name: str) -> str:
        """Return a word of the address.

        Raises:
            ParameterError: it is not there.
        """
        if (value := self.get(name)) is None:
            raise ParameterError(
                "parameter_missing", f"question page needs the parameter {name!r}", question="page", name=name
            )
        return value

    def reading(self, document: str) -> Reading:
        """Return the reading of a document, as the last build kept it."""
        return self.texts.reading(document)

    def account(self, document: str) -> "TextAccount":
        """Return where every character of a document went."""
        return self.texts.account(document)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page shows: `tables` are its rows, as a file gives them; `facts` is what its template needs besides.

    `subtitle` says what the thing is; `notes` say what the rows cannot.
    """

    title: str
    tables: tuple[Answer, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    subtitle: str = ""
    notes: tuple[Note, ...] = ()

    def table(self, name: str) -> Answer:
        """Return the table of that name."""
        return next(one for one in self.tables if one.name == name)
