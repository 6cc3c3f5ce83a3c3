"""What the manifest of a snapshot says: its format, its rules, of each part of a table the rows and the digest.

Nothing here imports pyarrow, so that a store which answers a question need not either.
"""

import json
from pathlib import Path
from typing import Any

from graph.errors import DamagedError, StoreError
from graph.snapshot.tables import FORMAT, tables

MANIFEST = "manifest.json"


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of the snapshot in `folder`.

    Raises:
        StoreError: there is none, or it is of another format version.
        DamagedError: it is not what a build wrote.
    """
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise StoreError("{folder}: no snapshot here; make one with zhengmai build", folder=folder) from error
    except OSError as error:
        raise StoreError("{root}: cannot be read ({reason})", root=path, reason=error.strerror) from error
    except (ValueError, RecursionError) as error:
        raise DamagedError("{path}: the file is damaged or lost; rebuild with zhengmai build", path=path) from error
    if not isinstance(manifest, dict):
        raise DamagedError("{path}: the file is damaged or lost; rebuild with zhengmai build", path=path)
    if manifest.get("format") != FORMAT:
        raise StoreError(
            "{folder}: the snapshot has format {format}, this version reads {reads}; rebuild with zhengmai build",
            folder=folder,
            format=manifest.get("format"),
            reads=FORMAT,
        )
    if not _is_whole(manifest):
        raise DamagedError("{path}: the file is damaged or lost; rebuild with zhengmai build", path=path)
    return manifest


def _is_whole(manifest: dict[str, Any]) -> bool:
    """Tell whether a manifest names every table, and of each part its rows and its digest."""
    listed = manifest.get("tables")
    if not isinstance(listed, dict) or not all(isinstance(manifest.get(one), str) for one in ("rules", "decisions")):
        return False
    parts = [listed.get(name) for name in tables()]
    return all(
        isinstance(one, dict)
        and all(
            isinstance(said, dict) and type(said.get("rows")) is int and isinstance(said.get("sha256"), str)
            for said in one.values()
        )
        for one in parts
    )
