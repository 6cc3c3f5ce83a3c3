"""Which kind of report a run asks for, and its notes in words."""

from collections.abc import Iterable

from cli.output import Run
from cli.words.messages import words
from queries.answer import Note
from views.office.reports.report_file import KINDS, ReportKind
from views.words.named_words import value_word
from views.words.visible import visible


def wanted(run: Run) -> ReportKind | None:
    """Return the kind of report that the run asks for by the suffix of its file; None where it asks for rows."""
    output = run.settings.output
    if output is None:
        return None
    if run.settings.format is None:
        return KINDS.get(output.suffix.lower())
    return next((kind for kind in ("md", "xlsx") if kind == run.settings.format), None)


def notes_in_words(notes: Iterable[Note], language: str) -> list[str]:
    """Return notes as a report prints them."""
    return [
        visible(
            words(language)[f"note.{note.code}"].format(
                **{name: value_word(name, one, language) for name, one in note.values.items()}
            )
        )
        for note in notes
    ]
