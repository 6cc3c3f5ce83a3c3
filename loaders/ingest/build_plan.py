"""The plan of a build (files to read, documents to keep and to take away) and its report."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.errors import InputError
from graph.link.policies.probable_relations import ProbableRelation
from graph.snapshot.snapshot import Snapshot
from loaders.ingest.reading_cache import Source
from loaders.ingest.sources import FileFailure


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """The report of a build: names of documents, files that were not read, and the size of the graph now.

    `skipped` counts files in folders by suffixes that no reader takes, `passed` says what is said of each of these files, and of
    folders that were not looked into;
    `mended` are files of the graph's folder that were damaged, lost or of another version, for which it was built anew
    from what is kept; `changed` tells whether there is a new graph. `probable` are relations, between what is new and the rest,
    that nobody states.
    """

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failures: tuple[FileFailure, ...] = ()
    skipped: Mapping[str, int] = field(default_factory=dict)
    passed: tuple[FileFailure, ...] = ()
    mended: tuple[str, ...] = ()
    changed: bool = False
    probable: tuple[ProbableRelation, ...] = ()
    documents: int = 0
    tasks: int = 0
    links: int = 0
    issues: int = 0
    seconds: float = 0.0


@dataclass(slots=True, kw_only=True)
class BuildPlan:
    """The plan of a build: the graph that there is and its files, files to read, documents to take away."""

    before: Snapshot | None
    listed: dict[str, Source]
    read: dict[str, Source]
    unchanged: list[str]
    gone: list[str]
    failures: list[FileFailure]
    held: dict[str, Source]
    """Files that are kept and that the graph before has no rows of which could stay."""
    unread: dict[str, Source] = field(default_factory=dict)
    """Of these those that could not be read now: they stay kept, for rules that can."""
    twins: list[FileFailure] = field(default_factory=list)
    """Files that the graph holds already, byte for byte, under another name."""

    def pass_over(self, source: Source, twin: str) -> None:
        """Leave out a file whose bytes the graph holds already under another name; that document is unchanged."""
        why = InputError(
            "{path}: the graph holds the same file as {name}; it is not added again", path=source.path, name=twin
        )
        self.twins.append(FileFailure.of(source.path, why, source.name))
        if twin not in self.unchanged:
            self.unchanged.append(twin)

    def fail(self, failures: Iterable[FileFailure]) -> None:
        """Note files that could not be read; where the graph has an older version of one, that stays."""
        for failure in failures:
            self.failures.append(failure)
            self.read.pop(failure.name, None)
            if failure.name in self.held:
                self.unread[failure.name] = self.held[failure.name]

    @property
    def after(self) -> dict[str, Source]:
        """The files of the graph to come, by name."""
        kept = {} if self.before is None else {n: s for n, s in self.listed.items() if n not in self.gone}
        return kept | self.read

    @property
    def kept(self) -> list[Source]:
        """The files of the graph to come that are not read now."""
        return [source for name, source in self.after.items() if name not in self.read]
