"""The graph that the explorer shows: opened once, opened anew when a build changed over, rebuilt when a person decided."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import PolicyGraphError, UsageError
from graph.link.decisions import Decision, Decisions, decide
from graph.link.tasks.align_tasks import TaskLink
from graph.model import Reading, Span
from graph.store.home import Home
from graph.store.opening import open_store
from graph.store.protocol import Store
from graph.store.store_address import StoreAddress
from graph.text import fold
from loaders.ingest.kept_readings import KeptReadings, links_now

if TYPE_CHECKING:
    from loaders.reading.text_account import TextAccount

_KEPT = 8
"""So many readings of documents stay in memory."""


class KeptTexts:
    """The texts and readings of one generation of a graph; the last few stay in memory."""

    def __init__(self, kept: KeptReadings) -> None:
        """Read by `kept` what is asked for."""
        self._reading = lru_cache(_KEPT)(kept.reading)
        self._account = lru_cache(_KEPT)(kept.account)
        self._kept = kept
        self._texts: dict[str, tuple[str, str]] | None = None
        self._folding = threading.Lock()

    def reading(self, document: str) -> Reading:
        """Return the reading of a document.

        Raises:
            NotFoundError: nothing was kept of it.
        """
        return self._reading(document)

    def account(self, document: str) -> "TextAccount":
        """Return where every character of a document went.

        Raises:
            NotFoundError: nothing was kept of it.
        """
        return self._account(document)

    def page_picture(self, document: str, page: int, at: Span | None) -> tuple[bytes, str]:
        """Return a page of a document's file as a picture, the lines that hold the words at `at` marked, and its media type.

        Raises:
            NotFoundError: there is none: nothing was kept, the file has no such page, or it is of another format.
            InputError: the file cannot be read.
        """
        places = self.reading(document).places if at else ()
        boxes = [
            one.box
            for one in places
            if at and one.page == page and one.box and one.span.start < at.end and one.span.end > at.start
        ]
        return self._kept.page_picture(document, page, boxes)

    def all_texts(self) -> dict[str, tuple[str, str]]:
        """Return the texts of all documents by key, as printed and folded; the first who asks waits until they are read."""
        with self._folding:
            if self._texts is None:
                self._texts = {name: (text, _folded(text)) for name, text in self._kept.texts()}
            return self._texts

    def links(self, child: str, parent: str, decisions: Decisions) -> list[TaskLink]:
        """Return the links between two documents as they are computed now, without those that a person rejected.

        Raises:
            NotFoundError: nothing was kept of one.
        """
        return links_now(self.reading(child), self.reading(parent), decisions)


def _folded(text: str) -> str:
    """Return a text folded (`graph.text.fold`); the same one, in the same memory, where that changes nothing."""
    folded = fold(text)
    return text if folded == text else folded


class _Lent:
    """One generation of the graph, opened, and how many pages are being made of it."""

    def __init__(self, generation: Path, store: Store, texts: KeptTexts) -> None:
        self.generation, self.store, self.texts = generation, store, texts
        self.users = 0
        self.stale = False


class HeldGraph:
    """A graph in a folder. Pages borrow it; who decides waits for no build: that follows in a thread of its own."""

    def __init__(self, address: str) -> None:
        """Open the graph.

        Raises:
            StoreError: there is none.
            UsageError: the address is a server's, which keeps neither texts nor decisions.
        """
        where = StoreAddress.of(address)
        if where.folder is None:
            raise UsageError(
                "{address}: a server only answers questions; give the graph's folder with --store", address=where.shown
            )
        self.address = where
        self.home = Home(where.folder)
        self.kept = KeptReadings(where)
        self.fault: PolicyGraphError | None = None
        self._lock = threading.Lock()
        self._held = self._open()
        self._change = threading.Condition()
        self._kept_decisions = self._built_decisions = 0
        self._closing = False
        self._builder = threading.Thread(target=self._build, name="rebuild", daemon=True)
        self._builder.start()

    def _open(self) -> _Lent:
        generation = self.home.generation()
        return _Lent(generation, open_store(self.address), KeptTexts(self.kept))

    @contextmanager
    def lent(self) -> Iterator[tuple[Store, KeptTexts]]:
        """Lend the graph of today: what a build has changed over to since is opened first."""
        with self._lock:
            if self.home.current() != self._held.generation:
                old, self._held = self._held, self._open()
                old.stale = True
                self._close_unused(old)
            held = self._held
            held.users += 1
        try:
            yield held.store, held.texts
        finally:
            with self._lock:
                held.users -= 1
                self._close_unused(held)

    @staticmethod
    def _close_unused(held: _Lent) -> None:
        if held.stale and not held.users:
            held.store.close()

    # -- decisions

    def decide(self, decision: Decision) -> None:
        """Keep a person's decision, and have the graph built by it; that takes a while, and nobody waits for it.

        Raises:
            UsageError: the decision contradicts itself or others.
            StoreError: it cannot be kept.
        """
        decide(self.home.decisions, decision)
        with self._change:
            self._kept_decisions += 1
            self._change.notify_all()

    @property
    def building(self) -> bool:
        """Whether a decision is not yet in the graph."""
        return self._built_decisions < self._kept_decisions

    def _build(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._closing or self.building)
                if self._closing:
                    return
                # What is decided while this build runs needs another.
                aim = self._kept_decisions
            # The grammar of documents takes a second to compile: whoever only looks does not wait for it.
            from loaders.ingest.graph_build import build

            try:
                # One process: another started in the midst of threads would have to begin from nothing.
                build([], self.home.root, jobs=1)
                self.fault = None
            except PolicyGraphError as error:
                self.fault = error
            with self._change:
                self._built_decisions = aim

    def close(self) -> None:
        """Let go of the graph, after the build that runs; a decision that waits is in its file for the next build."""
        with self._change:
            self._closing = True
            self._change.notify_all()
        self._builder.join()
        with self._lock:
            self._held.stale = True
            self._close_unused(self._held)
