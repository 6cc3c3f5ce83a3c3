"""From the paths given to a build to the files it reads: names, content, what is skipped and what is refused."""

import hashlib
import os
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from loaders.cache import Source
from loaders.charset import MAX_BYTES
from loaders.registry import known_suffixes


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that was not read, and why, in one line; `name` is what its document would have been called."""

    path: str
    message: str
    name: str = ""


@dataclass(slots=True)
class Scan:
    """What was found: files to read and files that cannot be; `skipped` counts suffixes that no reader takes."""

    sources: list[Source] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)


Look = Callable[[Sequence[tuple[str, Path]]], Scan]


def scan(paths: Sequence[Path], store: Path, look: Look | None = None) -> Scan:
    """Return the files of `paths`, each with its document's name: the path below the folder given, else the stem.

    Hidden files and folders and the graph's own folder are passed over. Two files of one name are both refused. `look`
    does what `open_files` does, in its own way.
    """
    found, named = Scan(), []
    by_name: dict[str, dict[str, Path]] = defaultdict(dict)
    for name, path in _named(paths, store.resolve(), found):
        by_name[name].setdefault(os.fspath(path.resolve()), path)
    for name in sorted(by_name):
        listed = list(by_name[name].values())
        if len(listed) > 1:
            for path in listed:
                other = next(one for one in listed if one is not path)
                found.failures.append(Failure(str(path), _two_of_one_name(name, path, other)))
            continue
        named.append((name, listed[0]))
    opened = (look or open_files)(named)
    found.sources += opened.sources
    found.failures = sorted([*found.failures, *opened.failures], key=lambda one: one.path)
    return found


def open_files(named: Iterable[tuple[str, Path]]) -> Scan:
    """Return the files with their names, sizes and digests, and those that cannot be read or are no document's."""
    found = Scan()
    for name, path in named:
        _open(name, path, found)
    return found


def _two_of_one_name(name: str, path: Path, other: Path) -> str:
    if path.parent == other.parent:
        advice = "rename one of them"
    else:
        advice = f"give the folder above both ({os.path.commonpath([path.resolve().parent, other.resolve().parent])})"
    return f"{path}: {other} has the same name, {name}; {advice}"


def _named(paths: Iterable[Path], store: Path, found: Scan) -> Iterator[tuple[str, Path]]:
    known = known_suffixes()
    for path in paths:
        if path.is_dir():
            for file in _below(path, store):
                if file.suffix.lower() in known:
                    yield _name(file.relative_to(path).with_suffix("").as_posix()), file
                else:
                    found.skipped[file.suffix.lower() or "(none)"] += 1
        elif not path.exists():
            found.failures.append(Failure(str(path), f"{path}: there is no such file or folder; check the name"))
        elif path.suffix.lower() in known:
            yield _name(path.stem), path
        else:
            listed = " ".join(sorted(known))
            said = f"{path}: no reader for {path.suffix or 'a file without suffix'!r}; there is one for {listed}"
            found.failures.append(Failure(str(path), said))


def _name(printed: str) -> str:
    # One name for what two systems write in two ways (NFC, NFD).
    return unicodedata.normalize("NFC", printed)


def _below(folder: Path, store: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith(".") and (Path(root) / one).resolve() != store)
        for file in sorted(files):
            if not file.startswith("."):
                yield Path(root) / file


def _open(name: str, path: Path, found: Scan) -> None:
    if any(ord(char) < 32 for char in name):
        found.failures.append(Failure(str(path), f"{path!r}: a control character in the file's name; rename it"))
        return
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            said = f"{path}: {size:,} bytes is over the limit of {MAX_BYTES:,}; split the file"
            found.failures.append(Failure(str(path), said))
            return
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        said = f"{path}: cannot be read ({error.strerror}); check the name and the rights"
        found.failures.append(Failure(str(path), said))
        return
    found.sources.append(Source(name, str(path), digest, path.suffix.lower(), size))
