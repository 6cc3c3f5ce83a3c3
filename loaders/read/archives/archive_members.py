"""Files inside ZIP archives and mails, as if each were a folder: `papers.zip/2026/plan.docx`, `a.eml/plan.docx`.

Nothing is unpacked to disk.
"""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from graph.errors import InputError
from loaders.read import limits
from loaders.read.archives.mail_members import MailFile
from loaders.read.archives.safe_zip import SafeZip
from loaders.read.refusals import unread

_MAIL = ".eml"
ARCHIVES = (".zip", _MAIL)
"""The suffixes of archives that are looked into."""
_DRIVE = re.compile(r"[A-Za-z]:")
# What systems add to an archive: nobody put it there.
_ADDED = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})


def is_archive(path: PurePosixPath | Path) -> bool:
    """Tell whether a file's name is that of an archive that is looked into."""
    return path.suffix.lower() in ARCHIVES


def archive_above(path: Path) -> Path | None:
    """Return the archive on disk that a path leads into; None for a file of its own, be it not there."""
    return next((one for one in path.parents if is_archive(one) and one.is_file()), None)


def names_in(archive: SafeZip | MailFile) -> Iterator[tuple[PurePosixPath, str]]:
    """Yield the members of an archive: the place that each has below it, and its name there.

    Hidden ones and what systems add are left out.
    """
    for name in archive.names:
        place = PurePosixPath(name.replace("\\", "/"))
        if not any((part.startswith(".") and part != "..") or part in _ADDED for part in place.parts):
            yield place, name


def leads_out(place: PurePosixPath) -> bool:
    """Tell whether the name of a member is that of no file below the archive, or cannot stand in a line.

    >>> [leads_out(PurePosixPath(one)) for one in ("a/b.txt", "../b.txt", "/b.txt", "C:/b.txt")]
    [False, True, True, True]
    """
    odd = any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in str(place))
    return odd or place.is_absolute() or ".." in place.parts or bool(_DRIVE.match(str(place)))


class ArchiveFolder:
    """An archive on disk, opened once for all that is read from it."""

    def __init__(self, path: Path, data: bytes) -> None:
        """Open the archive at `path`, which holds `data`.

        Raises:
            InputError: it is damaged, or has too many members.
        """
        self.path = path
        self._zips: dict[tuple[str, ...], SafeZip | MailFile] = {(): _opened(data, path)}

    def files(self) -> Iterator[Path | InputError]:
        """Yield the paths of all files in it and in the archives in it; for one that cannot be looked into, why."""
        yield from self._files((), self.path)

    def read(self, path: Path) -> bytes:
        """Return the bytes of a file of `files`.

        Raises:
            InputError: there is no such file in it, or it cannot be read.
        """
        rest, above = path.relative_to(self.path).parts, ()  # type: tuple[str, ...], tuple[str, ...]
        for _ in range(limits.DEPTH):
            inside = dict(names_in(self._zip(above, self.path / Path(*above))))
            if (place := PurePosixPath(*rest)) in inside:
                return self._zip(above, path).read(inside[place], limits.MAX_BYTES)
            at = next((at for at in range(1, len(rest)) if PurePosixPath(*rest[:at]) in inside), None)
            if at is None or not is_archive(PurePosixPath(*rest[:at])):
                break
            above, rest = (*above, str(PurePosixPath(*rest[:at]))), rest[at:]
        raise InputError("{path}: there is no such file in the archive; check the name", path=path)

    def _files(self, above: tuple[str, ...], shown: Path) -> Iterator[Path | InputError]:
        try:
            listed = list(names_in(self._zip(above, shown)))
        except InputError as error:
            yield error
            return
        for place, _ in listed:
            path = shown / place
            if leads_out(place):
                yield InputError(
                    "{path!r}: the name of a member of an archive that leads out of it; it was not read", path=path
                )
            elif not is_archive(place):
                yield path
            elif len(above) + 1 < limits.DEPTH:
                yield from self._files((*above, str(place)), path)
            else:
                yield unread(str(path), "zip")

    def _zip(self, above: tuple[str, ...], shown: Path) -> SafeZip | MailFile:
        """Return the archive in the archives `above`, each named by its place in the one before."""
        if above not in self._zips:
            outer = self._zip(above[:-1], shown)
            name = dict(names_in(outer))[PurePosixPath(above[-1])]
            self._zips[above] = _opened(outer.read(name, limits.MAX_BYTES), shown)
        return self._zips[above]


def _opened(data: bytes, shown: Path) -> SafeZip | MailFile:
    """Return the archive or the mail that a file is, by its name."""
    return (MailFile if shown.suffix.lower() == _MAIL else SafeZip)(data, str(shown))
