"""What a reader is: one family of formats each, from bytes to a Document."""

from typing import Protocol

from loaders.read.document import Document


class Reader(Protocol):
    """Reads the files of some suffixes, and whatever file is of one of its `formats` (`loaders.read.file_format`).

    `apart` tells whether it does so in the child process: whatever parses what a stranger may have made harmful.
    """

    suffixes: tuple[str, ...]
    formats: tuple[str, ...]
    apart: bool

    def read(self, data: bytes, *, name: str, where: str, suffix: str) -> Document:
        """Return the document that `data` holds.

        `name` is the document's key, `where` the path to name in errors, `suffix` the file's own, in small letters.

        Raises:
            InputError: `data` cannot be read as this format.
        """
        ...
