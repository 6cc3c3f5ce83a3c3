"""Reading a file in the child process, which is started once for many files and ended where it takes too much.

Each process of a build has a child of its own. What comes back are records of a Document, checked, and no code.
"""

import atexit
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import fields
from pathlib import Path
from typing import Any

from graph.errors import InputError, NotFoundError, UnknownFormatError
from graph.model import FilePlace, Span
from loaders.read import limits
from loaders.read.child.plain_pickle import records_from
from loaders.read.child.wire import OUT_OF_MEMORY, receive, send
from loaders.read.document import Cell, Document, Line, Meta, Remark, Table

_ROOT = Path(__file__).parents[3]
_RECORDS: dict[tuple[str, str], type] = {
    (one.__module__, one.__name__): one for one in (Cell, Document, Line, Meta, Remark, Table, Span, FilePlace)
}
# Seconds in which the child must be there, and those in which one that says nothing any more ends by itself.
_STARTED, _LAST = 30.0, 0.2


class ParsingChild:
    """A child process that parses one file at a time; it is gone once it took too much, or was ended."""

    def __init__(self) -> None:
        """Start the process.

        Raises:
            InputError: it does not come up.
        """
        path = os.pathsep.join(part for part in (str(_ROOT), os.environ.get("PYTHONPATH", "")) if part)
        self.owner = os.getpid()
        self.fresh = True
        self._process = subprocess.Popen(
            # -P: the current folder, where somebody's own graph.py may lie, is not looked into; -B: nothing is written.
            [sys.executable, "-P", "-B", "-X", "utf8", "-m", "loaders.read.child.parsing_child", str(limits.MEMORY)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._asked, self._answers = self._process.stdin, self._process.stdout
        with self._ended_after(_STARTED):
            ready = self._received()
        if ready is None:
            self.end()
            raise InputError("the process that reads documents of office programs does not start; try again")

    @property
    def number(self) -> int:
        """The number that the system has for it."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it can take a file, from this process."""
        return self.owner == os.getpid() and self._process.poll() is None

    def ask(self, head: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes] | str:
        """Return the answer for one file, else what ended the process: `time`, `memory`, or `fault`."""
        self.fresh = False
        with self._ended_after(limits.SECONDS) as late:
            try:
                send(self._asked, head | {"seconds": limits.SECONDS}, data)
            except OSError:
                answer = None
            else:
                answer = self._received()
        # A page that is a picture has a time of its own.
        for _ in range(limits.PAGES):
            if answer is None or "more" not in answer[0]:
                break
            with self._ended_after(limits.SECONDS) as late:
                answer = self._received()
        if answer is not None:
            return answer
        ended = self.end()
        if late.is_set():
            return "time"
        # A library that is no Python's has no other way to say that there is no memory.
        return "memory" if ended in (OUT_OF_MEMORY, -signal.SIGABRT) else "fault"

    def end(self) -> int:
        """End the process; return how it ended, be it before."""
        with suppress(OSError):
            self._asked.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_LAST)
        self._kill()
        self._answers.close()
        return self._process.wait()

    def _received(self) -> tuple[dict[str, Any], bytes] | None:
        try:
            return receive(self._answers)
        except (ValueError, OSError):
            return None

    def _kill(self) -> None:
        with suppress(OSError):
            if sys.platform == "win32":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)

    @contextmanager
    def _ended_after(self, seconds: float) -> Iterator[threading.Event]:
        """Have the process killed when its time is up; yield what tells that it was."""
        late = threading.Event()

        def kill() -> None:
            late.set()
            self._kill()

        timer = threading.Timer(seconds, kill)
        timer.daemon = True
        timer.start()
        try:
            yield late
        finally:
            timer.cancel()


class _Pool:
    """The child of this process: started when there is something to read, and started anew after one that is gone."""

    def __init__(self) -> None:
        self._child: ParsingChild | None = None
        self._lock = threading.Lock()

    def ask(self, head: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes] | str:
        """Return what the child says of a file; one that fails in a child that read others has a second try."""
        with self._lock:
            used = self._ready()
            again = not used.fresh
            said = used.ask(head, data)
            if isinstance(said, str) and said != "time" and again:
                said = self._ready().ask(head, data)
            return said

    def end(self) -> None:
        """End the child of this process, if it has one."""
        if self._child is not None and self._child.owner == os.getpid():
            self._child.end()
        self._child = None

    def _ready(self) -> ParsingChild:
        if self._child is None or not self._child.alive:
            self._child = ParsingChild()
        return self._child


_POOL = _Pool()


def end_child() -> None:
    """End the child of this process, if it has one; the next file starts another."""
    _POOL.end()


atexit.register(end_child)


def read_apart(found: str, data: bytes, *, name: str, where: str, suffix: str) -> Document:
    """Return the document of a file in the format `found`, parsed in the child process.

    Raises:
        InputError: the file cannot be read as its format, or takes more time or memory than it may.
    """
    body = _answered({"format": found, "name": name, "where": where, "suffix": suffix}, data, where)
    return _checked(body, name, where)


def picture_apart(
    data: bytes, *, drawn: bool, where: str, page: int, boxes: Sequence[tuple[float, float, float, float]]
) -> bytes:
    """Return a page (1-based) with the boxes marked, made in the child process: of a PDF as a PNG; `drawn`, of an OFD as an SVG.

    Raises:
        InputError: the file cannot be read, or takes more time or memory than it may.
        NotFoundError: it has no such page.
    """
    asked = {"page": page, "drawn": drawn, "boxes": [list(box) for box in boxes], "where": where}
    body = _answered(asked, data, where)
    if not body.startswith(b"<?xml" if drawn else b"\x89PNG\r\n\x1a\n"):
        raise InputError("{where}: ends the program that reads it; the file is damaged, save it anew", where=where)
    return body


def _answered(asked: dict[str, Any], data: bytes, where: str) -> bytes:
    """Return what the child answers to a request.

    Raises:
        InputError: it tells of an error, or takes more time or memory than it may.
        NotFoundError: what is asked for is not there.
    """
    said = _POOL.ask(asked, data)
    if said == "time":
        raise InputError(
            "{where}: takes more than {seconds:g} seconds to read; it was not read, split the file",
            where=where,
            seconds=limits.SECONDS,
        )
    if said == "memory":
        raise InputError(
            "{where}: takes more than {most} MB of memory to read; it was not read, split the file",
            where=where,
            most=limits.MEMORY >> 20,
        )
    if isinstance(said, str):
        raise InputError("{where}: ends the program that reads it; the file is damaged, save it anew", where=where)
    head, body = said
    if "error" in head:
        raise _error(head, where)
    return body


def _error(head: dict[str, Any], where: str) -> InputError | NotFoundError:
    """Return the error that the child tells of."""
    if head["error"] == "fault":
        return InputError(
            "{where}: the file is damaged, or not made as its format says ({kind}: {said}); save it anew",
            where=where,
            kind=head["kind"],
            said=head["said"],
        )
    kinds: dict[str, type[InputError | NotFoundError]] = {"missing": NotFoundError, "unknown": UnknownFormatError}
    kind = kinds.get(str(head["error"]), InputError)
    return kind(str(head["template"]), **head["values"])


def _checked(body: bytes, name: str, where: str) -> Document:
    """Return the document of an answer; a child that a file made say anything else is not believed."""
    try:
        document = records_from(body, _RECORDS)
        if isinstance(document, Document) and _is_sound(document, name):
            return document
    except Exception:  # noqa: BLE001 - other bytes than were written may make pickle fail in any way
        pass
    raise InputError("{where}: ends the program that reads it; the file is damaged, save it anew", where=where)


def _is_sound(document: Document, name: str) -> bool:
    """Tell whether all places of a document are places of its text."""
    length = len(document.text)
    spans = [
        *(line.span for line in document.lines),
        *(table.span for table in document.tables),
        *(cell.span for table in document.tables for cell in table.cells),
        *(meta.span for meta in document.meta),
        *(span for span, _ in document.furniture),
        *(remark.span for remark in document.remarks if remark.span),
        *(place.span for place in document.places),
    ]
    whole = document.name == name and all(hasattr(document, one.name) for one in fields(Document))
    return whole and all(0 <= one.start <= one.end <= length for one in spans)
