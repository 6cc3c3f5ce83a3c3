"""Reading units out of the text of a test."""

from graph.issues import IssueLog
from graph.model import Span, UnitMention
from loaders.extract.units.duties import Duty, find_duties
from loaders.extract.units.unit_drafts import LeadNote
from loaders.extract.units.unit_lists import read_unit_list
from loaders.extract.units.unit_roles import column_role
from loaders.read.document import Document


def a_document(text: str) -> Document:
    """Return a document of nothing but text: no lines, no tables."""
    return Document(
        name="one",
        text=text,
        sha256="",
        text_sha256="",
        media_type="text/plain",
        charset="utf-8",
        lines=(),
    )


def a_list(text: str, header: str | None = None) -> tuple[tuple[UnitMention, ...], IssueLog]:
    document = a_document(text)
    log = IssueLog(document.name, text)
    if header is None:
        return read_unit_list(document, Span(0, len(text)), issues=log), log
    said = column_role(header)
    assert said is not None
    found = read_unit_list(
        document,
        Span(0, len(text)),
        role=said.role,
        first_leads=said.first_leads,
        stated=said.stated,
        issues=log,
    )
    return found, log


def duties_of(text: str, *, note: LeadNote | None = None) -> tuple[tuple[Duty, ...], IssueLog]:
    document = a_document(text)
    log = IssueLog(document.name, text)
    return find_duties(document, Span(0, len(text)), note=note, issues=log), log


def names(units: tuple[UnitMention, ...]) -> list[str]:
    """`市科委:l` for each; a `*` marks a group, `=` a second name."""
    return [
        f"{unit.surface}{'*' if unit.collective else ''}{'=' + unit.alias if unit.alias else ''}:{unit.role[0]}"
        for unit in units
    ]
