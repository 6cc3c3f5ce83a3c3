"""Runs in an interpreter that has the peers: {"peer": name, "files": [path]} on stdin, on stdout what the peer makes of each file.

For each file its `text` and `tables` (rows of cells; None where the peer gives text alone), or None where it fails; the seconds of
all of them warm, the peak of memory in bytes, and the bytes of all packages that it needs.
"""

import json
import os
import re
import resource
import sys
from collections.abc import Callable
from importlib import import_module, metadata
from time import process_time
from typing import Any

Made = dict[str, Any]


def by_docling() -> Callable[[str], Made]:
    """Return what reads a file by docling; DOCX and HTML need no models."""
    converter = import_module("docling.document_converter").DocumentConverter()

    def convert(path: str) -> Made:
        document = converter.convert(path).document
        tables = [[[cell.text for cell in row] for row in table.data.grid] for table in document.tables]
        return {"text": document.export_to_markdown(), "tables": tables}

    return convert


def by_markitdown() -> Callable[[str], Made]:
    """Return what reads a file by markitdown; its tables stand in its Markdown."""
    converter = import_module("markitdown").MarkItDown()
    return lambda path: {"text": converter.convert(path).text_content, "tables": None}


PEERS = {"docling": by_docling, "markitdown": by_markitdown}


_NEED = re.compile(r"(?P<name>[A-Za-z0-9._-]+)\s*(?:\[(?P<extras>[^\]]*)\])?")
_EXTRA = re.compile(r"extra\s*==\s*[\"']([^\"']+)")


def installed(name: str) -> int:
    """Return the bytes of a package and of all that it needs, the extras that are asked for too, as they are installed."""
    seen: set[tuple[str, str]] = set()
    files: set[str] = set()
    left = [(name, "")]
    while left:
        one, extra = left.pop()
        one = re.sub(r"[-_.]+", "-", one).lower()
        if (one, extra) in seen:
            continue
        seen.add((one, extra))
        try:
            package = metadata.distribution(one)
        except metadata.PackageNotFoundError:
            continue
        files |= {str(file.locate()) for file in package.files or ()}
        for need in package.requires or ():
            wanted, found = _EXTRA.search(need), _NEED.match(need)
            if found and (wanted is None or wanted[1] == extra):
                extras = (found["extras"] or "").split(",")
                left += [(found["name"], asked.strip()) for asked in ("", *extras)]
    return sum(os.path.getsize(file) for file in files if os.path.isfile(file))


def main() -> None:
    """Answer what is asked."""
    asked = json.load(sys.stdin)
    convert = PEERS[asked["peer"]]()
    made: list[Made | None] = []
    seconds = 0.0
    for path in asked["files"]:
        try:
            convert(path)
            started = process_time()
            made.append(convert(path))
            seconds += process_time() - started
        except Exception as error:  # noqa: BLE001 - a peer may fail in any way, which is an answer too
            sys.stderr.write(f"{path}: {type(error).__name__}: {error}\n")
            made.append(None)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    json.dump({"made": made, "seconds": seconds, "memory": peak, "installed": installed(asked["peer"])}, sys.stdout)


if __name__ == "__main__":
    main()
