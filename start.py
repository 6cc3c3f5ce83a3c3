#!/usr/bin/env python3
"""Makes the environment and runs something in it; needs nothing but Python 3.11 or later.

python3 start.py demo     the main job on the sample: build, a cascade in the terminal, the picture cascade.html
python3 start.py test     the tests; `test --fast` those that take under two minutes in all, and says what it leaves out
python3 start.py check    format, lint, types, layers
python3 start.py run …    the command `zhengmai …`
"""

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
HOME = ROOT / ".venv"
BIN = HOME / ("Scripts" if os.name == "nt" else "bin")
ENGINE = "arcadedb>=26.11.1.dev2,<27"
SAMPLE = Path("samples") / "lanjiang"
STORE = Path(".zhengmai")
PARENT = "province"
FAST = "not slow and not server and not conformance and not spark"
# The fast lane runs these beside all others.
SECOND = ["tests/cli", "tests/queries", "tests/views"]
LEFT_OUT = """the fast lane leaves out: what asks a real server, every question on every engine, Spark, and what builds
many graphs, kills builds or fills disks (marker slow); python3 start.py test runs them"""


def say(text: str) -> None:
    """Write a line for people."""
    print(text, file=sys.stderr, flush=True)


def surroundings() -> "dict[str, str]":
    """Return the environment of what is run: this one, with text in UTF-8 and nobody's modules before ours."""
    found = {**os.environ, "PYTHONUTF8": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    found.pop("PYTHONPATH", None)
    return found


def call(*command: "str | Path", quiet: bool = False) -> None:
    """Run a command in the project's folder; leave with its exit code where it fails."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, env=surroundings(), stdout=2 if quiet else None)
    if done.returncode:
        sys.exit(done.returncode)


def ready(lock: str) -> bool:
    """Tell whether the environment was made from this very lock."""
    stamp = HOME / f"{lock}.installed"
    return stamp.exists() and stamp.read_bytes() == wanted(lock)


def wanted(lock: str) -> bytes:
    """Return what the environment is made from: the lock and the project's own settings."""
    return (ROOT / lock).read_bytes() + (ROOT / "pyproject.toml").read_bytes()


def environment(lock: str) -> None:
    """Make `.venv` with what the lock names, hashes checked, the newest engine of its range, and the project itself."""
    if sys.version_info < (3, 11):
        sys.exit(f"zhengmai needs Python 3.11 or later; this is {sys.version.split()[0]}")
    if not (HOME / "pyvenv.cfg").exists():
        say("making the environment in .venv …")
        try:
            venv.EnvBuilder(with_pip=True, symlinks=os.name != "nt").create(HOME)
        except (subprocess.CalledProcessError, OSError) as error:
            sys.exit(f"the environment cannot be made ({error}); on Debian and Ubuntu install python3-venv")
    if ready(lock):
        return
    say(f"installing what {lock} names …")
    pip = [BIN / "python", "-m", "pip", "install", "--quiet"]
    call(*pip, "--require-hashes", "--requirement", lock, quiet=True)
    call(*pip, ENGINE, quiet=True)
    call(*pip, "--no-deps", "--no-build-isolation", "--editable", ".", quiet=True)
    (HOME / f"{lock}.installed").write_bytes(wanted(lock))


def demo() -> None:
    """Run the main job on the project's own sample."""
    environment("requirements.txt")
    zhengmai = [BIN / "python", "-m", "zhengmai"]
    call(*zhengmai, "build", SAMPLE, "--store", STORE)
    call(*zhengmai, "cascade", PARENT, "--store", STORE)
    call(*zhengmai, "view", "cascade", PARENT, "--store", STORE, "-o", "cascade.html")


def test(arguments: list[str]) -> None:
    """Run the tests, with pytest's own arguments behind; without any, in two processes beside each other."""
    environment("requirements-dev.txt")
    pytest = [str(BIN / "python"), "-m", "pytest"]
    fast, rest = "--fast" in arguments, [word for word in arguments if word != "--fast"]
    chosen = ["-m", FAST] if fast else []
    if fast:
        say(LEFT_OUT)
    if rest or (os.cpu_count() or 1) < 2:
        call(*pytest, *chosen, *rest)
    elif fast:
        others = [f"--ignore={folder}" for folder in SECOND]
        together(
            [*pytest, "-q", *chosen, *others],
            [*pytest, "-q", *chosen, *SECOND],
            "the tests of commands, questions and pictures",
        )
    else:
        together([*pytest, "-m", "not server"], [*pytest, "-m", "server"], "the tests of real servers")


def together(first: list[str], second: list[str], name: str) -> None:
    """Run two test commands beside each other and show what the second said behind the first; leave where one fails."""
    with tempfile.TemporaryFile() as said:
        beside = subprocess.Popen(
            [*second, "-p", "no:cacheprovider"], cwd=ROOT, env=surroundings(), stdout=said, stderr=subprocess.STDOUT
        )
        try:
            here = subprocess.run(first, cwd=ROOT, env=surroundings(), check=False).returncode
            there = beside.wait()
        finally:
            beside.kill()
        say(f"\n{name}:")
        said.seek(0)
        sys.stdout.buffer.write(said.read())
        sys.stdout.flush()
    if here or there:
        sys.exit(here or there)


def check() -> None:
    """Run everything that is not a test: lint, types, layers."""
    environment("requirements-dev.txt")
    call(BIN / "ruff", "format", "--check", "--quiet", ".")
    call(BIN / "ruff", "check", ".")
    call(BIN / "mypy")
    call(BIN / "lint-imports")


def main() -> None:
    """Do what the first argument names."""
    task, *rest = sys.argv[1:] or ["help"]
    if task == "demo":
        demo()
    elif task == "test":
        test(rest)
    elif task == "check":
        check()
    elif task == "run":
        environment("requirements.txt")
        call(BIN / "python", "-m", "zhengmai", *rest)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
