"""From the paths given to a build to the files it reads: names, content, what is skipped and what is refused."""

import hashlib
import os
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from graph.errors import InputError, PolicyGraphError
from loaders.ingest.reading_cache import Source
from loaders.read.charset import MAX_BYTES
from loaders.read.registry import known_suffixes, no_reader


@dataclass(frozen=True, slots=True)
class FileFailure:
    """A file that was not read, and why, in one line; `name` is what its document would have been called."""

    path: str
    message: str
    name: str = ""

    @classmethod
    def of(cls, path: Path | str, error: PolicyGraphError, name: str = "") -> Self:
        """Return the failure that an error makes of a file."""
        return cls(str(path), " ".join(str(error).split()), name)


@dataclass(slots=True)
class Scan:
    """The result of a scan: files to read and files that cannot be; `skipped` counts suffixes that no reader takes."""

    sources: list[Source] = field(default_factory=list)
    failures: list[FileFailure] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)


Look = Callable[[Sequence[tuple[str, Path]]], Scan]


def scan(paths: Sequence[Path], store: Path, look: Look | None = None) -> Scan:
    """Return the files of `paths`, each with its document's name: the path below the folder given, else the stem.

    Hidden files and folders and the graph's own folder are passed over. Two files of one name are both refused. `look`
    does what `open_files` does, in its own way.
    """
    result, named = Scan(), []
    by_name: dict[str, dict[str, Path]] = defaultdict(dict)
    for name, path in _named(paths, store.resolve(), result):
        by_name[name].setdefault(os.fspath(path.resolve()), path)
    for name in sorted(by_name):
        listed = list(by_name[name].values())
        if len(listed) > 1:
            why = _of_one_name(name, listed)
            result.failures += (FileFailure.of(path, why) for path in listed)
            continue
        named.append((name, listed[0]))
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


def _of_one_name(name: str, paths: Sequence[Path]) -> InputError:
    """Return why none of these files is read: nobody but the user can tell which of them the document is."""
    listed = ", ".join(str(path) for path in paths)
    folders = [path.resolve().parent for path in paths]
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
        if path.is_dir():
            for file in _below(path, store):
                if file.suffix.lower() in known:
                    yield _name(file.relative_to(path).with_suffix("").as_posix()), file
                else:
                    result.skipped[file.suffix.lower() or "(none)"] += 1
        elif not path.exists():
            why = InputError("{path}: there is no such file or folder; check the name", path=path)
            result.failures.append(FileFailure.of(path, why))
        elif path.suffix.lower() in known:
            yield _name(path.stem), path
        else:
            result.failures.append(FileFailure.of(path, no_reader(path)))


def _name(printed: str) -> str:
    # One name for what two systems write in two ways (NFC, NFD).
    return unicodedata.normalize("NFC", printed)


def _below(folder: Path, store: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith(".") and (Path(root) / one).resolve() != store)
        for file in sorted(files):
            if not file.startswith("."):
                yield Path(root) / file


def _open(name: str, path: Path, result: Scan) -> None:
    if any(ord(char) < 32 for char in name):
        why = InputError("{path!r}: a control character in the file's name; rename it", path=path)
        result.failures.append(FileFailure.of(path, why))
        return
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            why = InputError(
                "{path}: {count:,} bytes is over the limit of {limit:,}; split the file",
                path=path,
                count=size,
                limit=MAX_BYTES,
            )
            result.failures.append(FileFailure.of(path, why))
            return
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        why = InputError(
            "{path}: cannot be read ({reason}); check the name and the rights", path=path, reason=error.strerror
        )
        result.failures.append(FileFailure.of(path, why))
        return
    result.sources.append(Source(name, str(path), digest, path.suffix.lower(), size))
