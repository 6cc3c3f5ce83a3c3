"""From the paths given to a build to the files it reads: names, content, what is skipped and what is refused."""

import hashlib
import os
import traceback
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Self

from graph.errors import InputError, PolicyGraphError, one_line
from graph.store.home import is_store
from loaders.ingest.reading_cache import Source
from loaders.ingest.same_documents import told_apart
from loaders.read.archives.archive_members import archive_above, is_archive
from loaders.read.archives.plain_file import open_plain, opened_archive, read_plain, unreadable
from loaders.read.registry import known_suffixes, no_reader


@dataclass(frozen=True, slots=True)
class FileFailure:
    """A file that was not read, and why, in one line; `name` is what its document would have been called.

    `trace` tells where in this program it failed, empty where the fault is the file's.
    """

    path: str
    message: str
    name: str = ""
    trace: str = ""

    @classmethod
    def of(cls, path: Path | str, error: PolicyGraphError, name: str = "", trace: str = "") -> Self:
        """Return the failure that an error makes of a file."""
        # What is said of it goes to other processes, where it must be text.
        said = " ".join(str(error).split())
        return cls(*(one.encode("utf-8", "backslashreplace").decode() for one in (str(path), said, name, trace)))

    @classmethod
    def of_fault(cls, path: Path | str, error: Exception, name: str = "") -> Self:
        """Return the failure that a fault of this program makes of a file which may be as good as any."""
        why = InputError(
            "{path}: could not be read: a fault of this program ({kind}: {said}); leave the file out, or report it with"
            " what --debug shows",
            path=path,
            kind=type(error).__name__,
            said=one_line(error),
        )
        return cls.of(path, why, name, "".join(traceback.format_exception(error)))

    @classmethod
    def of_fault_between(cls, child: str, parent: str, error: Exception) -> Self:
        """Return the failure that a fault of this program makes of two documents whose tasks were to be aligned."""
        why = InputError(
            "{child}, {parent}: could not be linked: a fault of this program ({kind}: {said}); report it with what"
            " --debug shows, and build again with the version that mends it",
            child=child,
            parent=parent,
            kind=type(error).__name__,
            said=one_line(error),
        )
        return cls.of(child, why, child, "".join(traceback.format_exception(error)))


@dataclass(slots=True)
class Scan:
    """What was found: files to read and files that cannot be.

    `skipped` counts suffixes that no reader takes; `passed` are these files, and folders that were not looked into, with
    what is said of each.
    """

    sources: list[Source] = field(default_factory=list)
    failures: list[FileFailure] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    passed: list[FileFailure] = field(default_factory=list)

    def fail(self, path: Path, why: PolicyGraphError) -> None:
        """Note a file, or a folder, that cannot be read."""
        self.failures.append(FileFailure.of(path, why))


Look = Callable[[Sequence[tuple[str, Path]]], Scan]


def scan(paths: Sequence[Path], store: Path, look: Look | None = None) -> Scan:
    """Return the files of `paths`, each with its document's name: the path below the folder given, else the stem.

    Hidden files and folders and the graph's own folder are passed over; links to folders and other graphs are, and it is
    told. Files of one name in one folder are one document in several formats where they say the same, and one of them is
    read; of one name in several folders all are refused. `look` does what `open_files` does, in its own way.
    """
    result, named = Scan(), []
    by_name: dict[str, dict[str, Path]] = defaultdict(dict)
    for name, path in _named(paths, _real(store), result):
        by_name[name].setdefault(os.fspath(_real(path)), path)
    for name in sorted(by_name):
        for own, path in _told_apart(name, list(by_name[name].values()), by_name, result):
            try:
                refuse_name(own, path)
            except InputError as why:
                result.fail(path, why)
            else:
                named.append((own, path))
    opened = (look or open_files)(named)
    result.sources += opened.sources
    result.failures = sorted([*result.failures, *opened.failures], key=lambda one: one.path)
    return result


def open_files(named: Iterable[tuple[str, Path]]) -> Scan:
    """Return the files with their names, sizes and digests, and those that cannot be read or are no document's."""
    result = Scan()
    for name, path in named:
        _open(name, path, result)
    return result


def _told_apart(name: str, listed: Sequence[Path], others: Collection[str], result: Scan) -> Sequence[tuple[str, Path]]:
    """Return the files of one name that are to be read, each with its own; say what becomes of the rest."""
    if len(listed) == 1:
        return [(name, listed[0])]
    in_one_folder = len({_real(path).parent for path in listed}) == 1
    found = told_apart(name, listed) if in_one_folder else None
    if found is None or any(own in others for own, _ in found.read[1:]):
        why = _of_one_name(name, listed)
        for path in listed:
            result.fail(path, why)
        return ()
    for path, error in found.failed:
        result.fail(path, error)
    for path, other in found.same:
        told = InputError("{path}: the same document as {other}; it was not read twice", path=path, other=other.name)
        result.passed.append(FileFailure.of(path, told))
    return found.read


def _of_one_name(name: str, paths: Sequence[Path]) -> InputError:
    """Return why none of these files is read: nobody but the user can tell which of them the document is."""
    listed = ", ".join(str(path) for path in paths)
    folders = [_real(path).parent for path in paths]
    if len(set(folders)) < len(folders):
        return InputError(
            "{listed}: their document would be named {name!r} alike, and none was read; give one of them, or rename"
            " the others",
            listed=listed,
            name=name,
        )
    return InputError(
        "{listed}: their document would be named {name!r} alike, and none was read; give the folder above them"
        " ({folder})",
        listed=listed,
        name=name,
        folder=os.path.commonpath(folders),
    )


def _named(paths: Iterable[Path], store: Path, result: Scan) -> Iterator[tuple[str, Path]]:
    known = known_suffixes()
    for path in paths:
        try:
            yield from _given(path, store, known, result)
        except OSError as error:
            # Such as a folder above it that may not be looked into.
            result.fail(path, unreadable(path, error))


def _given(path: Path, store: Path, known: Collection[str], result: Scan) -> Iterator[tuple[str, Path]]:
    if path.is_dir():
        if is_store(path):
            why = InputError("{path}: is the folder of a graph, not of documents; nothing in it was read", path=path)
            result.fail(path, why)
            return
        for file in _below(path, store, result):
            yield from _file(file, path, known, result)
    elif is_archive(path) and path.is_file():
        yield from _archived(path, path.parent, known, result)
    elif not path.exists() and not path.is_symlink() and not archive_above(path):
        result.fail(path, InputError("{path}: there is no such file or folder; check the name", path=path))
    elif path.suffix.lower() in known:
        yield _name(path.stem), path
    else:
        result.fail(path, no_reader(path))


def _file(file: Path, above: Path, known: Collection[str], result: Scan) -> Iterator[tuple[str, Path]]:
    """Yield a file below the folder `above` with its name, or all files of an archive; say what no reader takes."""
    if file.suffix.lower() in known:
        yield _name(file.relative_to(above).with_suffix("").as_posix()), file
    elif is_archive(file) and file.is_file():
        yield from _archived(file, above, known, result)
    else:
        result.skipped[_shown(file.suffix.lower()) or "(none)"] += 1
        result.passed.append(FileFailure.of(file, no_reader(file)))


def _archived(archive: Path, above: Path, known: Collection[str], result: Scan) -> Iterator[tuple[str, Path]]:
    """Yield the files of an archive, named as if it were a folder of its name without suffix."""
    try:
        listed = list(opened_archive(archive).files())
    except InputError as error:
        result.fail(archive, error)
        return
    for file in listed:
        if isinstance(file, InputError):
            result.fail(archive, file)
            continue
        for name, path in _file(file, above, known, result):
            parts = (PurePosixPath(part) for part in name.split("/"))
            yield "/".join(part.stem if is_archive(part) else part.name for part in parts), path


def _name(printed: str) -> str:
    # One name for what two systems write in two ways (NFC, NFD).
    return unicodedata.normalize("NFC", printed)


def _real(path: Path) -> Path:
    """Return where a path leads; one that leads round in a circle is itself."""
    return Path(os.path.realpath(path))


def _shown(suffix: str) -> str:
    """Return a suffix with stand-ins for what no terminal shows."""
    return suffix if suffix.isprintable() else ascii(suffix)[1:-1]


def _below(folder: Path, store: Path, result: Scan) -> Iterator[Path]:
    """Yield the files in a folder and below it; say which folders are not looked into, but for hidden ones."""

    def refused(error: OSError) -> None:
        where = Path(error.filename or folder)
        why = InputError(
            "{path}: the folder cannot be read ({reason}), and nothing in it was; check the rights",
            path=where,
            reason=error.strerror,
        )
        result.fail(where, why)

    for root, folders, files in os.walk(folder, onerror=refused):
        folders[:] = [one for one in sorted(folders) if _entered(Path(root) / one, store, result)]
        for file in sorted(files):
            if not file.startswith("."):
                yield Path(root) / file


def _entered(folder: Path, store: Path, result: Scan) -> bool:
    if folder.name.startswith(".") or _real(folder) == store:
        return False
    if os.path.islink(folder):
        why = InputError("{path}: a link to a folder is not followed; give the folder itself", path=folder)
    elif is_store(folder):
        why = InputError("{path}: is the folder of a graph, not of documents; nothing in it was read", path=folder)
    else:
        return True
    result.passed.append(FileFailure.of(folder, why))
    return False


def _open(name: str, path: Path, result: Scan) -> None:
    try:
        size, digest = _size_and_digest(path)
    except InputError as error:
        result.fail(path, error)
    except OSError as error:
        result.fail(path, unreadable(path, error))
    else:
        result.sources.append(Source(name, str(path), digest, path.suffix.lower(), size))


def _size_and_digest(path: Path) -> tuple[int, str]:
    if not path.exists() and archive_above(path):
        data = read_plain(path)
        return len(data), hashlib.sha256(data).hexdigest()
    with open_plain(path) as file:
        return os.fstat(file.fileno()).st_size, hashlib.file_digest(file, "sha256").hexdigest()


def refuse_name(name: str, path: Path) -> None:
    """Refuse a name that could not stand in a line of text: it is the key of a document, printed everywhere.

    Raises:
        InputError: it holds a control sign or a line's end of any kind, or is no text.
    """
    kinds = {unicodedata.category(char) for char in name}
    if "Cs" in kinds:
        raise InputError("{path!r}: the file's name is not written in UTF-8; rename it", path=path)
    if kinds & {"Cc", "Zl", "Zp"}:
        raise InputError("{path!r}: a control character in the file's name; rename it", path=path)
