"""Files and documents in tables put together for a build, each with what a table says of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from graph.errors import InputError, StoreError
from loaders.ingest.collection.about_table import AboutTable, Columns
from loaders.ingest.collection.corpus_table import TextInTable, texts_in
from loaders.ingest.reading_cache import Cache, Source
from loaders.ingest.rules import reading_rules
from loaders.ingest.sources import Scan, refuse_name


def scan_tables(paths: Sequence[Path], store: Path, columns: Columns) -> Scan:
    """Return the documents that stand in tables; their texts are kept in the graph's folder, as those of files are.

    Raises:
        StoreError: the folder of the graph cannot be written.
    """
    found = Scan()
    cache = Cache(str(store), reading_rules())
    for path in paths:
        sources: list[Source] = []
        try:
            for text in texts_in(path, columns):
                refuse_name(text.name, path)
                sources.append(_kept(text, cache))
        except InputError as error:
            found.fail(path, error)
            continue
        except OSError as error:
            raise StoreError(
                "{root}: cannot be written ({reason}); choose another with --store", root=store, reason=error.strerror
            ) from error
        for name in _twice(sources):
            why = InputError(
                "{path}: two of its rows name a document {name!r}; none of them was read", path=path, name=name
            )
            found.fail(path, why)
            sources = [one for one in sources if one.name != name]
        if not sources:
            found.fail(path, InputError("{path}: holds no document; no row has a text", path=path))
        found.sources += sources
    return found


def _kept(text: TextInTable, cache: Cache) -> Source:
    place = cache.take(text.data, text.sha256, text.suffix)
    return Source(text.name, str(place), text.sha256, text.suffix, len(text.data), text.about)


def _twice(sources: Sequence[Source]) -> list[str]:
    counts = Counter(one.name for one in sources)
    return sorted(name for name, count in counts.items() if count > 1)


def joined_scan(files: Scan, texts: Scan) -> Scan:
    """Return what two looks found as one; a document that both have is refused twice."""
    both = {one.name for one in files.sources} & {one.name for one in texts.sources}
    failures = [*files.failures, *texts.failures]
    joined = Scan([], failures, files.skipped + texts.skipped, [*files.passed, *texts.passed])
    for name in sorted(both):
        joined.fail(
            Path(name), InputError("{name}: a file and a row of a table have this name; none was read", name=name)
        )
    joined.sources += (one for one in (*files.sources, *texts.sources) if one.name not in both)
    return joined


def with_table(given: Scan, table: AboutTable | None) -> Scan:
    """Return what was given with what the table says of each document.

    Raises:
        InputError: it speaks of none of them.
    """
    if table is None:
        return given
    sources = []
    for source in given.sources:
        about = table.of(source.name)
        sources.append(replace(source, about=about.text) if about else source)
    if given.sources and sources == given.sources:
        raise InputError(
            "{path}: no row names a document that was given (such as {name}); compare its files with their paths",
            path=table.path,
            name=given.sources[0].name,
        )
    return replace(given, sources=sources)
