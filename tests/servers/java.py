"""Java programs for tests: which Java there is, and the jars that a pom names, fetched once by Maven."""

import os
import re
import shutil
import subprocess
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
KEPT = ROOT / ".servers"
"""Where jars are kept between runs; git looks away."""


class Missing(Exception):
    """What a server needs and this machine has not; the message says which."""


@cache
def javas() -> dict[int, Path]:
    """Return the Java programs of this machine by their major version: JAVA_HOME's, the path's, then where they lie."""
    named = [Path(os.environ["JAVA_HOME"]) / "bin" / "java"] if os.environ.get("JAVA_HOME") else []
    on_path = shutil.which("java")
    listed = [*named, *([Path(on_path)] if on_path else [])]
    for folder, below in (
        ("/usr/lib/jvm", "*/bin/java"),
        ("/Library/Java", "JavaVirtualMachines/*/Contents/Home/bin/java"),
    ):
        listed += sorted(Path(folder).glob(below))
    found: dict[int, Path] = {}
    for one in listed:
        if (version := _version(one)) is not None:
            found.setdefault(version, one)
    return found


def _version(java: Path) -> int | None:
    try:
        said = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=30, check=True).stderr
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.search(r'version "(?:1\.)?(\d+)', said)
    return int(match[1]) if match else None


def java(*wanted: int, least: int | None = None) -> Path:
    """Return a Java of one of these major versions, the first that is there; else, with `least`, the oldest from that on.

    Raises:
        Missing: there is none.
    """
    later = [version for version in sorted(javas()) if least is not None and version >= least]
    for version in (*wanted, *later):
        if version in javas():
            return javas()[version]
    here = " ".join(str(one) for one in sorted(javas())) or "none"
    needed = " or ".join(map(str, wanted)) if least is None else f"{least} or later"
    raise Missing(f"needs Java {needed}; here: {here}")


def jars(pom: Path, name: str, *profiles: str) -> Path:
    """Return the folder of the jars that a pom names; Maven fetches them the first time.

    Raises:
        Missing: there is no Maven, or it could not fetch them.
    """
    kept = KEPT / name
    if kept.exists():
        return kept
    maven = shutil.which("mvn")
    if maven is None:
        raise Missing("needs Maven (mvn), which is not here")
    KEPT.mkdir(exist_ok=True)
    fresh = KEPT / f"{name}.{os.getpid()}.part"
    command = [maven, "-q", "-B", "-f", str(pom), *(f"-P{one}" for one in profiles)]
    done = subprocess.run(
        [*command, "dependency:copy-dependencies", f"-DoutputDirectory={fresh}"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=1800,
        check=False,
    )
    if done.returncode:
        shutil.rmtree(fresh, ignore_errors=True)
        said = [line for line in (done.stdout + done.stderr).splitlines() if "ERROR" in line][:1]
        raise Missing(f"Maven could not fetch {name}: {' '.join(said)[:200]}")
    try:
        fresh.rename(kept)
    except OSError:  # another run was faster
        shutil.rmtree(fresh, ignore_errors=True)
    return kept


class Kept:
    """A server that runs until it is stopped or this process ends."""

    def __init__(self, command: list[str], log: Path) -> None:
        """Start it."""
        keeper = [sys.executable, str(Path(__file__).with_name("keep.py")), str(log), *command]
        self._process = subprocess.Popen(keeper, stdin=subprocess.PIPE, start_new_session=True)

    @property
    def running(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def stop(self, *, kill: bool = False) -> None:
        """End it, in order or at once, and wait until it has gone."""
        assert self._process.stdin is not None
        with suppress(OSError):  # it may have gone by itself
            self._process.stdin.write(b"kill\n" if kill else b"\n")
            self._process.stdin.flush()
        with suppress(OSError):
            self._process.stdin.close()
        self._process.wait(60)
