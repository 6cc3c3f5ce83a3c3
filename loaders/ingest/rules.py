"""The modules and data files that are rules, and the digests by which a build knows that they changed.

A cached reading holds as long as the rules of reading stay as they are; the rows of a graph as long as the rules of
linking do besides. Everything that is not listed here (stores, exports, the running of a build) changes neither.
"""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import loaders
from loaders.read.paged.scans.ocr_engine import ocr_version

READING = (
    "graph.gazetteer",
    "graph.identity",
    "graph.issues",
    "graph.link.policies",
    "graph.link.tasks.details",
    "graph.link.tasks.task_features",
    "graph.link.tasks.task_view",
    "graph.link.wording",
    "graph.model",
    "graph.numerals",
    "graph.text",
    "loaders.extract",
    "loaders.numbering",
    "loaders.patterns",
    "loaders.read",
    "loaders.reading",
    "loaders.structure",
)
"""What turns the bytes of a file into a reading: modules, packages with all below them, `package:data file`."""

LINKING = (
    "graph.assemble",
    "graph.link",
    "graph.schema",
    "graph.snapshot.arrow_columns",
    "graph.snapshot.manifest",
    "graph.snapshot.partitions",
    "graph.snapshot.snapshot",
    "graph.snapshot.tables",
)
"""What turns readings into the rows of a graph."""

_SUFFIXES = (".py", ".toml", ".tsv")


@cache
def reading_rules() -> str:
    """Return a digest of the rules by which documents are read: of the sources and data files that they are made of."""
    return digest_of(READING)


@cache
def graph_rules() -> str:
    """Return a digest of the rules by which documents are read, linked and put into a graph."""
    return digest_of((*READING, *LINKING))


def digest_of(names: Iterable[str], root: Path | None = None) -> str:
    """Return a digest of all files that `names` stand for; `root` is the folder of our packages, where not this one's.

    Raises:
        LookupError: there is no module, package or data file of a name.
    """
    folder = root or Path(loaders.__path__[0]).parent
    # What reads pictures is a rule too: a document that holds some is read again once it is there.
    digest = hashlib.sha256(ocr_version().encode())
    for inside in sorted({path.relative_to(folder).as_posix() for name in names for path in files_of(name, folder)}):
        digest.update(inside.encode())
        # A checkout on Windows may end its lines in another way.
        digest.update((folder / inside).read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]


def files_of(name: str, root: Path) -> list[Path]:
    """Return the files of a module, of a package and all below it, or the one data file of `package:file`.

    Raises:
        LookupError: there is none.
    """
    dotted, _, data = name.partition(":")
    place = root.joinpath(*dotted.split("."))
    if data:
        files = [place / data]
    elif place.is_dir():
        files = [path for path in place.rglob("*") if path.suffix in _SUFFIXES]
    else:
        files = [place.with_suffix(".py")]
    if not files or not all(path.is_file() for path in files):
        raise LookupError(f"{name}: there is no such module, package or data file; loaders.ingest.rules names it")
    return files
