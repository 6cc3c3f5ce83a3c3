"""The readers in order, and from a path to a Document."""

from pathlib import Path

from graph.errors import UnknownFormatError
from loaders.read.document import Document
from loaders.read.plain_file import read_plain
from loaders.read.reader import Reader
from loaders.read.text.text_reader import TextReader
from loaders.read.web.html_reader import HtmlReader

READERS: tuple[Reader, ...] = (HtmlReader(), TextReader())


def known_suffixes() -> frozenset[str]:
    """Return every suffix that a reader takes, in small letters with the dot."""
    return frozenset(suffix for reader in READERS for suffix in reader.suffixes)


def reader_for(path: Path) -> Reader:
    """Return the first reader that takes the file's suffix.

    Raises:
        UnknownFormatError: no reader does; the message names the suffixes that there are.
    """
    for reader in READERS:
        if path.suffix.lower() in reader.suffixes:
            return reader
    raise no_reader(path)


def no_reader(path: Path) -> UnknownFormatError:
    """Return the error of a file that no reader takes; it names the suffixes that some reader does."""
    known = " ".join(sorted(known_suffixes()))
    if path.suffix:
        return UnknownFormatError(
            "{path}: no reader for {suffix!r}; there is one for {known}", path=path, suffix=path.suffix, known=known
        )
    return UnknownFormatError(
        "{path}: no reader for a file without suffix; there is one for {known}", path=path, known=known
    )


def read(path: Path, name: str | None = None) -> Document:
    """Return the document in the file at `path`; `name` is its key, else the file's stem.

    Raises:
        InputError: the file is not there, no plain file, too large, empty or not of its format.
    """
    reader = reader_for(path)
    data = read_plain(path)
    return reader.read(data, name=name or path.stem, where=str(path), suffix=path.suffix.lower())
