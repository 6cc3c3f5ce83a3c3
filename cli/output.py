"""Where data and messages go: data to stdout or a file by its suffix, messages to stderr."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from cli.settings import SUFFIXES, Settings
from cli.words.messages import language, say, value
from graph.errors import StoreError, UsageError
from graph.export.whole_file import replace_whole
from graph.store.protocol import Store
from queries.answer import Answer, Note
from views.words.visible import visible

if TYPE_CHECKING:
    from loaders.ingest.kept_readings import KeptReadings
    from queries.catalog import Query
    from queries.question_rows import ParameterValue

T = TypeVar("T")
Drawing = Callable[[Answer], str]
"""Draws an answer as text for people, in place of the plain table."""


def utf8_when_piped() -> None:
    """Write UTF-8 into pipes and files whatever the locale says; a terminal keeps what it can show."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty():
            reconfigure(errors="backslashreplace")
        else:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def complain(line: str) -> None:
    """Say one line on stderr; where nobody can hear it nothing is said."""
    with suppress(OSError):
        sys.stderr.write(line + "\n")


def give(text: str) -> None:
    """Write text to stdout, all of it.

    Raises:
        StoreError: what stands behind it takes no more.
        BrokenPipeError: nobody reads it any more.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        let_go_of_stdout()
        raise StoreError("the output cannot be written ({reason})", reason=error.strerror or error) from error


def let_go_of_stdout() -> None:
    """Forget what could not be written: Python would try once more at its end, and complain in lines of its own."""
    with suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
        os.close(nothing)


@dataclass(slots=True)
class Run:
    """One run of one command: its settings, the store it asks, and where what it says goes."""

    settings: Settings

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Open the graph, read-only, and close it afterwards.

        Raises:
            StoreError: there is none.
        """
        from graph.store import open_store

        with open_store(self.settings.address) as opened:
            yield opened

    def ask(self, query: "Query | str", **params: "ParameterValue") -> Answer:
        """Return the answer of a catalogue question."""
        from queries.run import run

        with self.store() as store:
            return run(query, store, **params)

    def kept(self) -> "KeptReadings":
        """Return the readings and decisions that the builds of the graph kept."""
        # What reads documents takes longer to start than a question to answer.
        from graph.store.store_address import StoreAddress
        from loaders.ingest.kept_readings import KeptReadings

        return KeptReadings(StoreAddress.of(self.settings.address))

    def tell(self, code: str, **values: object) -> None:
        """Say a message on stderr, unless this run is quiet."""
        if not self.settings.quiet:
            complain(say(code, **values))

    def format(self, default: str = "table") -> str:
        """Return the format to write: the one asked for, else the file's suffix, else the default.

        Raises:
            UsageError: the file's suffix is of no format.
        """
        if self.settings.format:
            return self.settings.format
        if self.settings.output is None:
            return default
        suffix = self.settings.output.suffix.lower()
        if suffix not in SUFFIXES:
            raise UsageError(say("error.suffix", suffix=suffix or "-", known=" ".join(SUFFIXES)))
        return SUFFIXES[suffix]

    def show(self, answer: Answer, *, draw: Drawing | None = None, default: str = "table") -> None:
        """Write an answer in the format asked for, then its notes; `draw` is how the table looks."""
        kind = self.format(default)
        if kind == "xlsx":
            self._workbook(answer)
        elif kind == "table" and not answer.rows:
            self.tell("no_rows")
        else:
            from cli.draw import render

            excel = kind in ("csv", "tsv") and self.settings.output is not None and not self.settings.machine
            text = visible(draw(answer)) if draw and kind == "table" else render.text_of(answer, kind, excel=excel)
            self.write(text, newline="" if excel and kind == "csv" else "\n")
        self.tell_notes(answer.notes)

    def tell_notes(self, notes: Iterable[Note]) -> None:
        """Say notes on stderr, unless this run is quiet."""
        for note in notes:
            self.tell(f"note.{note.code}", **{name: value(name, one) for name, one in note.values.items()})

    def write(self, text: str, newline: str = "\n") -> None:
        """Write text to the file asked for, else to stdout."""
        if self.settings.output is None:
            give(text)
            return
        self.replace(self.settings.output, lambda path: _write_text(path, text, newline))

    def replace(self, target: Path, make: Callable[[Path], T]) -> T:
        """Make a file that is whole or not there, and say so; return what `make` did.

        Raises:
            UsageError: the folder is not there.
            StoreError: it cannot be written.
        """
        made = replace_whole(target, make)
        self.tell("written", path=target)
        return made

    def _workbook(self, answer: Answer) -> None:
        if self.settings.output is None:
            raise UsageError(say("error.xlsx_needs_file"))
        from views.office.answer_workbook import write_workbook

        self.replace(self.settings.output, lambda path: write_workbook(path, [answer], language()))


def _write_text(path: Path, text: str, newline: str) -> None:
    with path.open("w", encoding="utf-8", newline=newline) as file:
        file.write(text)
