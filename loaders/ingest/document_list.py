"""The list of the files that a graph is made of, `documents.jsonl`: written with each generation, outliving every format.

A document whose file could not be read anew, by other rules than before, stands in it as unread: its file is kept and
each build tries it again.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.errors import DamagedError, StoreError
from graph.snapshot.snapshot import Snapshot
from loaders.ingest.reading_cache import Cache, Source
from loaders.reading.stated_facts import About

_FILE = "documents.jsonl"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SUFFIX = re.compile(r"\.\w{1,10}")


@dataclass(slots=True)
class DocumentList:
    """The files of a graph by their documents' names, and those of documents that it holds no rows of (`unread`)."""

    listed: dict[str, Source] = field(default_factory=dict)
    unread: dict[str, Source] = field(default_factory=dict)


def list_of(generation: Path) -> Path:
    """Return the file of a generation's list."""
    return generation / _FILE


def write_list(generation: Path, listed: Iterable[Source], unread: Iterable[Source]) -> None:
    """Write the list of a generation."""
    rows = [(one, False) for one in listed] + [(one, True) for one in unread]
    with list_of(generation).open("w", encoding="utf-8", newline="\n") as file:
        for one, is_unread in sorted(rows, key=lambda row: row[0].name):
            row = {"name": one.name, "sha256": one.sha256, "suffix": one.suffix, "size": one.size}
            if one.about:
                row["about"] = one.about
            if is_unread:
                row["unread"] = True
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def read_list(generation: Path, cache: Cache) -> DocumentList:
    """Return the list of a generation.

    Raises:
        DamagedError: it is not there, or not what was written.
    """
    path = list_of(generation)
    found = DocumentList()
    try:
        # At line feeds alone: a name may hold what else ends a line somewhere.
        for line in path.read_bytes().split(b"\n"):
            if line:
                row = json.loads(line)
                source = _source(row["name"], row["sha256"], row["suffix"], row["size"], cache, row.get("about", ""))
                (found.unread if row.get("unread") else found.listed)[source.name] = source
    except FileNotFoundError as error:
        raise _damaged(path) from error
    except OSError as error:
        raise StoreError("{root}: cannot be read ({reason})", root=path, reason=error.strerror) from error
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(path) from error
    return found


def recovered_list(generation: Path | None, cache: Cache) -> DocumentList:
    """Return the list of a generation whose own is damaged: out of its table of documents, else of the kept readings."""
    if generation is not None:
        try:
            rows = Snapshot.open(generation / "snapshot").rows("Document")
            return DocumentList(
                {
                    row["key"]: _source(row["key"], row["sha256"], row["suffix"], 0, cache, row["about"] or "")
                    for row in rows
                }
            )
        except (StoreError, ValueError, TypeError):
            pass
    return DocumentList({one.name: one for one in _of_readings(cache)})


def _of_readings(cache: Cache) -> Iterator[Source]:
    """Yield the files of all documents of which a reading and the file itself are kept."""
    for path in sorted(cache.home.readings.glob("*/*/*.reading")):
        if (reading := cache.opened(path)) is None:
            continue
        for kept in cache.kept(reading.sha256, "").parent.glob(f"{reading.sha256[2:]}.*"):
            if not kept.name.endswith(".part"):
                yield Source(reading.name, str(kept), reading.sha256, kept.suffix, kept.stat().st_size)


def _source(
    name: Any,  # noqa: ANN401 - as JSON has it
    sha256: Any,  # noqa: ANN401 - as JSON has it
    suffix: Any,  # noqa: ANN401 - as JSON has it
    size: Any,  # noqa: ANN401 - as JSON has it
    cache: Cache,
    about: Any = "",  # noqa: ANN401 - as JSON has it
) -> Source:
    """Return the file that a row names.

    Raises:
        ValueError: the row is not of the form that is written; nothing of it may become a path.
        TypeError: the same.
    """
    if not (_SHA256.fullmatch(sha256) and _SUFFIX.fullmatch(suffix) and isinstance(name, str) and name):
        raise ValueError(f"{name!r} has no file")
    name.encode()
    About.of(about)
    return Source(name, str(cache.kept(sha256, suffix)), sha256, suffix, int(size), about)


def _damaged(path: Path) -> DamagedError:
    return DamagedError("{path}: the file is damaged or lost; rebuild with zhengmai build", path=path)
