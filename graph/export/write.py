"""Writing the graph of a folder in one of the formats, whole or not at all."""

import shutil
from pathlib import Path

from graph.errors import UsageError
from graph.export.formats import EXPORTERS, Exported, exporter
from graph.export.whole_file import replace_whole
from graph.snapshot.snapshot import Snapshot
from graph.store.home import Home
from graph.store.neo4j_server.pushed_folder import id_of

# What only our exports hold: a folder with it may be written anew.
_MARKS = ("import.sh",)


def default_target(to: str) -> Path:
    """Return where an export in a format goes when nothing else is said: a file or folder in the current one."""
    form = EXPORTERS[to]
    return Path(f"zhengmai-{to}" if form.folder else f"zhengmai{form.suffix}")


def export(store: Path, to: str, target: Path) -> Exported:
    """Write the graph in the folder `store` in the format `to`, to a file or folder that is made or replaced.

    Raises:
        UsageError: there is no such format; `target` is in the way: a folder with other things, or a file where a folder
            is to be.
        StoreError: there is no graph; `target` cannot be written.
    """
    write, home = exporter(to), Home(store)
    snapshot = Snapshot.open(home.snapshot())
    if EXPORTERS[to].folder and target.exists():
        _make_room(target)
    return replace_whole(target, lambda path: write(snapshot, path, store_id=id_of(home)))


def _make_room(target: Path) -> None:
    """Take an older export away; a folder that holds anything else stays.

    Raises:
        UsageError: it does.
    """
    if target.is_dir() and (not any(target.iterdir()) or any((target / mark).exists() for mark in _MARKS)):
        shutil.rmtree(target)
        return
    raise UsageError("{path} holds something else; name a folder that is not there yet", path=target)
