"""Steps in processes of their own: each begins cold, and tells what it took."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from time import perf_counter
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parent.parent
_EVERY = 0.1  # seconds between two looks at the memory of a process tree


@dataclass(frozen=True, slots=True)
class Peak:
    """The most memory that a process and all below it had at one time, in bytes.

    `own` counts a page that several processes share once (PSS); `resident` counts it in each. Where the system does not
    tell the first, they are the same.
    """

    own: int
    resident: int


def step(name: str, *arguments: "str | Path | int") -> dict[str, Any]:
    """Run a function of `benchmarks.steps` in a new process; return what it told."""
    command = [sys.executable, "-m", "benchmarks.steps", name, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, check=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return this process's environment, such that texts pass as UTF-8 and our own packages are found first."""
    said = {"PYTHONUTF8": "1", "PYTHONPATH": str(ROOT), "ARCADEDB_LOG_CONSOLE": "0"}
    return {**os.environ, **said} | dict(more or {})


def wall(command: Sequence["str | Path"], more: Mapping[str, str] | None = None) -> float:
    """Return the seconds that a command takes from its start to its end; its output is read and let go."""
    started = perf_counter()
    subprocess.run([str(one) for one in command], cwd=ROOT, env=environment(more), capture_output=True, check=True)
    return perf_counter() - started


def watched(command: Sequence["str | Path"]) -> tuple[float, Peak]:
    """Run a command; return its seconds, and the peak memory of its process and all below."""
    started = perf_counter()
    process = subprocess.Popen([str(one) for one in command], cwd=ROOT, env=environment(), stdout=subprocess.PIPE)
    peak, over = [Peak(0, 0)], Event()

    def look() -> None:
        while not over.wait(_EVERY):
            now = _memory(process.pid)
            peak[0] = Peak(max(peak[0].own, now.own), max(peak[0].resident, now.resident))

    watcher = Thread(target=look)
    watcher.start()
    try:
        process.communicate()
    finally:
        over.set()
        watcher.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(map(str, command)))
    return perf_counter() - started, peak[0]


def _memory(pid: int) -> Peak:
    own = resident = 0
    try:
        top = psutil.Process(pid)
        tree = [top, *top.children(recursive=True)]
    except psutil.Error:
        return Peak(0, 0)
    for process in tree:
        try:
            held = process.memory_full_info()
        except psutil.Error:
            continue
        own += getattr(held, "pss", held.rss)
        resident += held.rss
    return Peak(own, resident)
