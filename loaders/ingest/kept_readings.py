"""The readings and decisions that builds keep in a graph's folder, for whoever compares the texts of its documents."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.assemble.unit_rows import names_of_one
from graph.errors import NotFoundError, UsageError
from graph.link.decisions import Decisions, apply
from graph.link.tasks.align_tasks import AlignedTasks, TaskLink
from graph.link.tasks.task_view import from_reading
from graph.model import Reading
from graph.snapshot.snapshot import Snapshot
from graph.store.home import Home
from graph.store.store_address import StoreAddress
from loaders.ingest.document_list import list_of, read_list
from loaders.ingest.reading_cache import Cache, Source
from loaders.ingest.rules import reading_rules
from loaders.read.archives.plain_file import read_plain
from loaders.read.child.parsing_process import picture_apart
from loaders.read.file_format import format_of
from loaders.reading.stated_facts import About, with_about

# The grammar of documents takes a second to compile: what is in the cache is there without it.
if TYPE_CHECKING:
    from loaders.reading.text_account import TextAccount

# The formats whose pages can be shown: whether we draw them ourselves, else PDFium does, and what comes of it.
_PICTURED = {"pdf": (False, "image/png"), "ofd": (True, "image/svg+xml")}


@dataclass(frozen=True, slots=True)
class KeptReadings:
    """The readings, texts and decisions kept at a graph's address; a server keeps none of them."""

    address: StoreAddress

    def decisions(self) -> Decisions:
        """Return what people decided; nothing where the graph is on a server."""
        folder = self.address.folder
        return Decisions() if folder is None else Decisions.read(Home(folder).decisions)

    def reading(self, document: str) -> Reading:
        """Return the reading of a document of the graph, by its key.

        It is the one that the last build cached, else its kept file is read again.

        Raises:
            NotFoundError: nothing was kept of it.
            DamagedError: the list of what was kept is.
            UsageError: the graph is on a server.
        """
        cache, source = self._source(document)
        read = cache.get(source) or _read_file(Path(source.path), document)
        return with_about(read, About.of(source.about))

    def account(self, document: str) -> "TextAccount":
        """Return where every character of a document of the graph went, by its key; its kept file is read again.

        Raises:
            NotFoundError: nothing was kept of it.
            DamagedError: the list of what was kept is.
            UsageError: the graph is on a server.
        """
        from loaders.reading.document_reading import account_of_file

        return account_of_file(Path(self._source(document)[1].path), document)

    def page_picture(
        self, document: str, page: int, boxes: Sequence[tuple[float, float, float, float]]
    ) -> tuple[bytes, str]:
        """Return a page (1-based) of a document's file as a picture, the boxes (points from the top left) marked, and its media type.

        Raises:
            NotFoundError: nothing was kept of it, its file has no such page, or is of a format that is not drawn.
            DamagedError: the list of what was kept is.
            InputError: the file cannot be read.
            UsageError: the graph is on a server.
        """
        source = self._source(document)[1]
        data = read_plain(Path(source.path))
        found = format_of(data, source.suffix.lower(), document)
        if found not in _PICTURED:
            raise NotFoundError("{name}: pages of its format are not drawn", name=document)
        drawn, media = _PICTURED[found]
        return picture_apart(data, drawn=drawn, where=document, page=page, boxes=boxes), media

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield the documents of the graph by key, each with its text; nothing where the graph was made by no build.

        Raises:
            DamagedError: the list of what was kept is.
        """
        from loaders.read.registry import read

        folder = self.address.folder
        if folder is None:
            return
        cache = Cache(str(folder), reading_rules())
        generation = cache.home.generation()
        listed = read_list(generation, cache).listed if list_of(generation).exists() else {}
        for name, source in listed.items():
            # After a change of rules there is no reading; a text needs none.
            kept = cache.get(source)
            yield name, kept.text if kept else read(Path(source.path), name).text

    def _source(self, document: str) -> tuple[Cache, Source]:
        """Return the cache of the graph and the kept file of a document."""
        if (folder := self.address.folder) is None:
            raise UsageError(
                "{store} is a server, which keeps no text of {name}; give the graph's folder with --store, or files to"
                " links --between",
                store=self.address.shown,
                name=document,
            )
        cache = Cache(str(folder), reading_rules())
        generation = cache.home.generation()
        # A graph that no build made keeps nothing.
        listed = read_list(generation, cache).listed if list_of(generation).exists() else {}
        if (source := listed.get(document)) is None:
            raise NotFoundError("the graph keeps no text of {name}; build it again with zhengmai build", name=document)
        return cache, source

    def names_of_unit(self, key: str) -> list[tuple[str, str]]:
        """Return the keys, with a name each, of all that a person said is one with a unit of the graph, itself included.

        Raises:
            UsageError: the graph is on a server.
        """
        if (folder := self.address.folder) is None:
            raise UsageError(
                "{address}: a server only answers questions; open the graph's folder", address=self.address.shown
            )
        return names_of_one(Snapshot.open(Home(folder).snapshot()), key)

    def links(self, child: str, parent: str) -> list[TaskLink]:
        """Return the links between two documents of the graph as they are computed now, without the rejected ones."""
        return links_now(self.reading(child), self.reading(parent), self.decisions())

    def links_between(self, child: str, parent: str, key_of: Callable[[str], str]) -> list[TaskLink]:
        """Return the links between two documents, each named by its file or by what `key_of` makes its key.

        Whoever names two documents so holds them to be related.
        """
        below, above = (
            _read_file(Path(name)) if Path(name).is_file() else self.reading(key_of(name)) for name in (child, parent)
        )
        return links_now(below, above, self.decisions(), related=True)


def _read_file(path: Path, name: str | None = None) -> Reading:
    from loaders.reading.document_reading import read_file

    return read_file(path, name)


def links_now(child: Reading, parent: Reading, decisions: Decisions, *, related: bool = False) -> list[TaskLink]:
    """Return the links between two readings with what was decided of them, without the rejected ones.

    `related` tells that a person holds the two to be related.
    """
    aligned = AlignedTasks(from_reading(child), from_reading(parent), related=related)
    return [link for link in apply(aligned, decisions) if link.judgement != "rejected"]
