"""What a reader is: one format each, from bytes to a Document."""

from typing import Protocol

from loaders.read.document import Document


class Reader(Protocol):
    """Reads the formats of some suffixes."""

    suffixes: tuple[str, ...]

    def read(self, data: bytes, *, name: str, where: str, suffix: str) -> Document:
        """Return the document that `data` holds.

        `name` is the document's key, `where` the path to name in errors, `suffix` the file's own, in small letters.

        Raises:
            InputError: `data` cannot be read as this format.
        """
        ...
