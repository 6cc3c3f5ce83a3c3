"""The readers in order, and from a path to a Document."""

from pathlib import Path

from graph.errors import UnknownFormatError
from loaders.read.archives.archive_members import is_archive
from loaders.read.archives.plain_file import read_plain
from loaders.read.child.foreign_readers import FOREIGN
from loaders.read.child.parsing_process import read_apart
from loaders.read.document import Document
from loaders.read.file_format import format_of
from loaders.read.reader import Reader
from loaders.read.refusals import UNREAD_SUFFIXES, unread
from loaders.read.sheets.csv_reader import CsvReader
from loaders.read.text.text_reader import TextReader
from loaders.read.web.html_reader import HtmlReader

READERS: tuple[Reader, ...] = (HtmlReader(), TextReader(), CsvReader(), *FOREIGN)


def known_suffixes() -> tuple[str, ...]:
    """Return every suffix that a reader takes, in small letters with the dot; those of pages and texts first."""
    return tuple(suffix for reader in READERS for suffix in reader.suffixes)


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
    if is_archive(path):
        return unread(str(path), "archive")
    if (name := UNREAD_SUFFIXES.get(path.suffix.lower())) is not None:
        return unread(str(path), name)
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

    What the bytes are decides over the suffix: a DOCX that is called `.doc` is read as DOCX.

    Raises:
        InputError: the file is not there, no plain file, too large, empty, of no format that is read, or not of its own.
    """
    reader_for(path)
    data, suffix, where = read_plain(path), path.suffix.lower(), str(path)
    found = format_of(data, suffix, where)
    reader = next((one for one in READERS if found in one.formats), None)
    if reader is None:
        raise unread(where, found)
    document_name = name or path.stem
    if reader.apart:
        return read_apart(found, data, name=document_name, where=where, suffix=suffix)
    return reader.read(data, name=document_name, where=where, suffix=suffix)
