"""The cache between builds: readings by content and rules, and the files as they were given.

Nothing here is needed to answer; what is missing is read again from the kept file.
"""

import hashlib
import os
import pickle
import zlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import graph.model as model
from graph.errors import InputError
from graph.store.home import Home, replace
from loaders.read.archives.plain_file import read_plain
from loaders.read.child.plain_pickle import records_from

# Only these may come out of a cached reading: a store that somebody hands on must not run code.
_ALLOWED = {("datetime", "date"): date} | {
    ("graph.model", name): getattr(model, name)
    for name in (
        "Reading",
        "Span",
        "FilePlace",
        "Signal",
        "Deadline",
        "Target",
        "UnitMention",
        "Detail",
        "Task",
        "PolicyMention",
        "Issue",
    )
}


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """One file given to a build: `name` is its document's key, `path` where it is, `sha256` of its bytes.

    `about` is what a table says of it (`loaders.reading.stated_facts.About.text`), empty where none does.
    """

    name: str
    path: str
    sha256: str
    suffix: str
    size: int = 0
    about: str = ""


@dataclass(frozen=True, slots=True)
class Cache:
    """The cached readings and kept files in the folder of a graph; `rules` names the rules by which they are read."""

    root: str
    rules: str

    @property
    def home(self) -> Home:
        """The folder that the cache is part of."""
        return Home(Path(self.root))

    def _reading(self, source: Source) -> Path:
        said = "\n".join((source.name, source.sha256, source.suffix))
        digest = hashlib.sha256(said.encode()).hexdigest()
        return self.home.readings / self.rules / digest[:2] / f"{digest[2:40]}.reading"

    def kept(self, sha256: str, suffix: str) -> Path:
        """Return where the file of that content is kept."""
        return self.home.sources / sha256[:2] / f"{sha256[2:]}{suffix}"

    def get(self, source: Source) -> model.Reading | None:
        """Return the cached reading of a file, or None where there is none that can be trusted."""
        reading = self.opened(self._reading(source))
        sound = reading is not None and (reading.name, reading.sha256) == (source.name, source.sha256)
        return reading if sound else None

    def opened(self, path: Path) -> model.Reading | None:
        """Return the reading in a file of the cache, None where it holds none."""
        try:
            reading = records_from(zlib.decompress(path.read_bytes()), _ALLOWED)
        except Exception:  # noqa: BLE001 - other bytes than were written may make pickle fail in any way
            return None
        return reading if isinstance(reading, model.Reading) else None

    def put(self, source: Source, reading: model.Reading) -> None:
        """Keep the reading of a file."""
        _write(self._reading(source), zlib.compress(pickle.dumps(reading, protocol=5), 1))

    def take(self, data: bytes, sha256: str, suffix: str) -> Path:
        """Keep the bytes of a document that stands in no file of its own; return where.

        Raises:
            OSError: they cannot be written.
        """
        place = self.kept(sha256, suffix)
        if not place.exists():
            _write(place, data)
        return place

    def keep(self, source: Source) -> None:
        """Keep the file itself, so that new rules can read it again when it is no longer where it was.

        Raises:
            InputError: it is no longer there, or no longer what was read.
            OSError: it cannot be written.
        """
        place = self.kept(source.sha256, source.suffix)
        if not place.exists():
            data = read_plain(Path(source.path))
            if hashlib.sha256(data).hexdigest() != source.sha256:
                raise InputError("{path}: the file changed while it was read; build again", path=source.path)
            _write(place, data)

    def forget(self, source: Source, *, also_file: bool) -> None:
        """Let go of what is kept of a document; of its file too where no other document has the same."""
        self._reading(source).unlink(missing_ok=True)
        if also_file:
            self.kept(source.sha256, source.suffix).unlink(missing_ok=True)


def _write(place: Path, data: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(f"{place.name}.{os.getpid()}.part")
    part.write_bytes(data)
    replace(part, place)
