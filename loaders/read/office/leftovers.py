"""What a document of a word processor holds besides its printed words, and what is to be said of it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from loaders.read.document import Remark

# Pictures in so short a text are its pages.
_HARDLY_ANY = 200


@dataclass(slots=True)
class Leftovers:
    """Counts of tracked changes, of what is hidden, and of what is not read."""

    inserted: int = 0
    deleted: int = 0
    hidden: int = 0
    comments: int = 0
    pictures: int = 0
    objects: Counter[str] = field(default_factory=Counter)

    def remarks(self, size: int) -> Iterator[Remark]:
        """Yield what is to be said of all this beside a text of so many characters."""
        if self.inserted or self.deleted:
            said = f"tracked changes are read as accepted ({self.inserted} insertions, {self.deleted} deletions)"
            yield Remark("tracked-changes", None, said)
        if self.hidden:
            yield Remark("hidden-text", None, f"{self.hidden} stretches of text are hidden; they were not read")
        if self.comments:
            yield Remark("comments", None, f"{self.comments} comments stand beside the text; they were not read")
        if self.objects:
            kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(self.objects.items()))
            yield Remark("object-unread", None, f"embedded objects were not read: {kinds}")
        if self.pictures and size < _HARDLY_ANY:
            yield Remark("picture-unread", None, f"hardly any text, and {self.pictures} pictures, which were not read")
