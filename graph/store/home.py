"""The folder of a graph: generations side by side, a pointer to the one that answers, a lock for a build.

```text
.zhengmai/current                 the name of the generation that answers, replaced in one rename
.zhengmai/generations/000007/     snapshot/ (Parquet), arcade/ (the projection), arcade.json (its files' sizes),
                                  documents.jsonl (the files it is made of), COMPLETE
.zhengmai/readings/ sources/      what was read, by content and rules; the files as they were given
.zhengmai/decisions.jsonl         what a person said of links, policies and units
.zhengmai/progress.jsonl          what people recorded of how far tasks are
.zhengmai/log.jsonl lock engine-log/
```
"""

import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from graph.errors import DamagedError, StoreError
from graph.ledger.file_lock import try_lock, unlock
from graph.ledger.kept_lines import PROGRESS_FILE

DEFAULT = Path(".zhengmai")
_POINTER, _MARKER, _LOCK = "current", "COMPLETE", "lock"
_GENERATION = re.compile(rb"[0-9]{6,18}")
# A rename over a file that a reader has open for a moment fails on Windows; it is tried again this often.
_TRIES = 20


class Home:
    """One graph's folder. Reading needs no lock; a build holds it from first look to last rename."""

    def __init__(self, root: Path = DEFAULT) -> None:
        """Name the folder; it is made by the first build."""
        self.root = root

    @property
    def decisions(self) -> Path:
        """The file of a person's decisions; it may not be there."""
        return self.root / "decisions.jsonl"

    @property
    def progress(self) -> Path:
        """The file of what was recorded of the progress of tasks; it may not be there."""
        return self.root / PROGRESS_FILE

    @property
    def readings(self) -> Path:
        """The folder of cached readings."""
        return self.root / "readings"

    @property
    def sources(self) -> Path:
        """The folder of the files as they were given, by content."""
        return self.root / "sources"

    @property
    def engine_log(self) -> Path:
        """The folder that the embedded engine logs to."""
        return self.root / "engine-log"

    # -- reading

    def current(self) -> Path | None:
        """Return the folder of the generation that answers, or None where nothing was built yet.

        Raises:
            DamagedError: the pointer names none.
        """
        path = self.root / _POINTER
        try:
            name = path.read_bytes().strip()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise StoreError("{root}: cannot be read ({reason})", root=self.root, reason=error.strerror) from error
        if not _GENERATION.fullmatch(name):
            raise DamagedError("{path}: the file is damaged or lost; rebuild with zhengmai build", path=path)
        return self.root / "generations" / name.decode("ascii")

    def holds_graph(self) -> bool:
        """Tell whether a build has made a graph here, be the pointer to it as it was written, damaged or lost."""
        try:
            return self.current() is not None or bool(self._whole())
        except DamagedError:
            return True

    def _whole(self) -> list[Path]:
        return [one for one in _listed(self.root / "generations") if (one / _MARKER).exists()]

    def repair_pointer(self) -> Path | None:
        """Point at the last generation that is whole where the pointer names none; return the pointer then.

        None is returned where it is as it was written. Where no generation is whole, one that names none is left.
        """
        path, whole = self.root / _POINTER, self._whole()
        try:
            answering = self.current()
            if answering in whole or not whole:
                return None
        except DamagedError:
            if not whole:
                path.unlink()
                return path
        self._point_at(max(whole, key=lambda one: one.name))
        return path

    def generation(self) -> Path:
        """Return the folder of the generation that answers.

        Raises:
            StoreError: there is none, or what `current` names is not whole.
        """
        found = self.current()
        if found is None:
            raise StoreError("{root}: there is no graph here; make one with zhengmai build PATH", root=self.root)
        if not (found / _MARKER).exists():
            raise StoreError("{found}: the graph is not whole; rebuild with zhengmai build PATH", found=found)
        return found

    def snapshot(self) -> Path:
        """Return the folder of the snapshot that answers."""
        return self.generation() / "snapshot"

    def graph(self) -> Path:
        """Return the folder of the embedded projection that answers."""
        return self.generation() / "arcade"

    # -- writing; all of it under the lock

    @contextmanager
    def lock(self, wait: float = 600.0, say: Callable[[str], None] | None = None) -> Iterator[None]:
        """Hold the folder for one build; a second one tells `say` and waits `wait` seconds at most.

        Raises:
            StoreError: the folder cannot be made, or another build still holds it after that time.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            handle = (self.root / _LOCK).open("a+", encoding="utf-8")
        except OSError as error:
            raise StoreError(
                "{root}: cannot be written ({reason}); choose another with --store",
                root=self.root,
                reason=error.strerror,
            ) from error
        with handle:
            _take(handle, self.root, wait, say)
            try:
                yield
            finally:
                unlock(handle)

    def sweep(self) -> None:
        """Take away what builds that were killed left behind."""
        if self._drop_generations():
            for kept in (self.readings, self.sources):
                for left in kept.rglob("*.part"):
                    with suppress(OSError):
                        left.unlink()
        with suppress(OSError):
            (self.root / f"{_POINTER}.new").unlink()

    def _drop_generations(self) -> bool:
        """Take away all generations but the one that answers; tell whether there were any."""
        answering = self.current()
        found = [one for one in _listed(self.root / "generations") if answering is None or one.name != answering.name]
        for folder in found:
            shutil.rmtree(folder, ignore_errors=True)
        return bool(found)

    def begin(self) -> Path:
        """Return a new, empty folder for the next generation; nothing reads it until `publish`."""
        answering = self.current()
        taken = [int(folder.name) for folder in _listed(self.root / "generations") if folder.name.isdigit()]
        if answering is not None and answering.name.isdigit():
            taken.append(int(answering.name))
        made = self.root / "generations" / f"{max(taken, default=0) + 1:06d}"
        made.mkdir(parents=True)
        return made

    def publish(self, generation: Path) -> None:
        """Make `generation` the one that answers, in one rename; then let the older ones go."""
        (generation / _MARKER).write_text("", encoding="utf-8")
        self._point_at(generation)
        self._drop_generations()

    def _point_at(self, generation: Path) -> None:
        fresh = self.root / f"{_POINTER}.new"
        with fresh.open("w", encoding="utf-8", newline="\n") as file:
            file.write(generation.name + "\n")
            file.flush()
            os.fsync(file.fileno())
        replace(fresh, self.root / _POINTER)

    def log(self, event: str, **said: object) -> None:
        """Add one line to the log: when, what, and what of it. Times stand here and nowhere else."""
        line = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "event": event} | said
        with (self.root / "log.jsonl").open("a", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def is_store(folder: Path) -> bool:
    """Tell whether a folder is one of a graph, whatever its name, also where its first build was never finished."""
    # What may not be looked into is none, as far as anybody can see.
    marks = (folder / one for one in (_POINTER, _LOCK))
    return os.path.isdir(folder / "generations") and any(map(os.path.isfile, marks))


def replace(source: Path, target: Path) -> None:
    """Rename `source` over `target`, trying again while another process has `target` open (Windows)."""
    for attempt in range(_TRIES):
        try:
            os.replace(source, target)
        except PermissionError:
            if attempt == _TRIES - 1:
                raise
            time.sleep(0.05)
        else:
            return


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(one for one in folder.iterdir() if one.is_dir())
    except FileNotFoundError:
        return []


def _take(handle: IO[str], root: Path, wait: float, say: Callable[[str], None] | None) -> None:
    until, told = time.monotonic() + wait, False
    while not try_lock(handle):
        if time.monotonic() >= until:
            raise StoreError("{root}: another build is running; try again when it is done", root=root)
        if say and not told:
            say(f"{root}: another build is running; waiting for it")
            told = True
        time.sleep(0.1)
