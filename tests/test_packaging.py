"""The wheel and the source archive hold all of every package, and the main job runs from the installed wheel alone."""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.snapshot.snapshot import MANIFEST
from graph.store.home import Home
from tests.golden_sets import build_set
from tests.shared import ROOT
from tests.sources import dotted, files, modules, packages

SAMPLE = ROOT / "samples" / "lanjiang"
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
# Left out of the copy where no git tells what belongs to the project.
NOT_OURS = (".*", "*.egg-info", "__pycache__", "venv")


def run(*command: str | Path, folder: Path) -> str:
    """Return what a command prints, run where nothing but what is installed can be imported."""
    given = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "ZHENGMAI"))}
    given |= {"PYTHONUTF8": "1", "ZHENGMAI_LANG": "en"}
    done = subprocess.run([str(part) for part in command], cwd=folder, env=given, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def clean_copy(folder: Path) -> Path:
    """Copy what belongs to the project, and nothing that was made in the checkout; return the copy."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    except (OSError, subprocess.CalledProcessError):
        return shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*NOT_OURS))
    for name in listed:
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    return folder


def wheel_of(source: Path, target: Path) -> Path:
    """Build the wheel of a folder with the setuptools that is installed; return it."""
    run(
        *PIP,
        "wheel",
        "--no-deps",
        "--no-index",
        "--no-build-isolation",
        "--wheel-dir",
        target,
        source,
        folder=target.parent,
    )
    (found,) = target.glob("*.whl")
    return found


def archive_of(source: Path, target: Path) -> Path:
    """Build the source archive of a folder; return it."""
    code = "import sys; from setuptools.build_meta import build_sdist; build_sdist(sys.argv[1])"
    run(sys.executable, "-c", code, target, folder=source)
    (found,) = target.glob("*.tar.gz")
    return found


def digests(wheel: Path) -> Mapping[str, str]:
    """Return the files of a wheel with their digests, but for the list of them."""
    with zipfile.ZipFile(wheel) as opened:
        names = [name for name in opened.namelist() if not name.endswith(("/", "/RECORD"))]
        return {name: hashlib.sha256(opened.read(name)).hexdigest() for name in names}


@dataclass(frozen=True)
class Built:
    wheel: Path
    archive: Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("built")
    source = clean_copy(folder / "source")
    # The archive first: building a wheel leaves what a clean checkout does not have.
    archive = archive_of(source, folder / "archive")
    return Built(wheel_of(source, folder / "wheel"), archive)


EXPECTED = {path.relative_to(ROOT).as_posix(): path for path in files()}


def test_there_is_something_to_pack() -> None:
    assert {"graph", "loaders", "queries", "cli", "zhengmai"} <= set(packages())
    assert len(EXPECTED) > 300
    assert {".py", ".toml", ".tsv", ".cypher", ".rq", ".html", ".css", ".js"} <= {path.suffix for path in files()}


def test_every_folder_of_a_package_is_a_package() -> None:
    folders = {path.parent for path in files()}
    assert sorted(path.relative_to(ROOT).as_posix() for path in folders if not (path / "__init__.py").exists()) == []


def test_the_wheel_holds_every_file_of_the_packages_and_nothing_else(built: Built) -> None:
    found = digests(built.wheel)
    ours = {name for name in found if ".dist-info/" not in name}
    assert sorted(EXPECTED.keys() - ours) == []
    assert sorted(ours - EXPECTED.keys()) == []
    assert {name: found[name] for name in EXPECTED} == {
        name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in EXPECTED.items()
    }


def test_the_wheel_holds_the_licence_and_says_that_it_is_typed(built: Built) -> None:
    found = digests(built.wheel)
    assert {name.rpartition("/")[2] for name in found if ".dist-info/licenses/" in name} == {"LICENSE", "NOTICE"}
    assert [name for name in packages() if f"{name}/py.typed" not in found] == []


def test_the_source_archive_holds_every_file_and_makes_the_same_wheel(built: Built, tmp_path: Path) -> None:
    with tarfile.open(built.archive) as opened:
        opened.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    assert [name for name in [*EXPECTED, "LICENSE", "NOTICE", "README.md"] if not (source / name).is_file()] == []
    assert digests(wheel_of(source, tmp_path / "wheel")) == digests(built.wheel)


@pytest.fixture(scope="module")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel, and with what the running one has besides; return the folder of its commands.

    A folder that a `.pth` file names is searched, but its own `.pth` files are not read: one of them may lead to the
    checkout, as an editable install does.
    """
    folder = tmp_path_factory.mktemp("installed") / "environment"
    venv.EnvBuilder(with_pip=False, symlinks=os.name != "nt").create(folder)
    commands = folder / ("Scripts" if os.name == "nt" else "bin")
    run(*PIP, "--python", commands / "python", "install", "--no-deps", "--no-index", built.wheel, folder=folder)
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    home = Path(run(commands / "python", "-c", code, folder=folder).strip())
    beside = dict.fromkeys(path for path in sys.path if Path(path).name in ("site-packages", "dist-packages"))
    (home / "beside.pth").write_text("\n".join(beside), encoding="utf-8")
    return commands


def test_every_package_is_imported_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    names = sorted({dotted(path) for path in modules() if path.name == "__init__.py"})
    assert len(names) > 10
    code = f"import importlib\nfor name in {names}:\n    print(importlib.import_module(name).__file__)"
    found = run(installed / "python", "-c", code, folder=tmp_path).split("\n")
    places = [Path(line) for line in found if line]
    assert len(places) == len(names)
    assert [path for path in places if not path.is_relative_to(installed.parent)] == []


def test_the_main_job_runs_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "documents")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    zhengmai = installed / "zhengmai"
    run(zhengmai, "build", tmp_path / "documents", "--store", "store", folder=elsewhere)
    assert "shipu/2.10" in run(zhengmai, "cascade", "province", "--store", "store", "--format", "csv", folder=elsewhere)
    run(zhengmai, "view", "cascade", "province", "--store", "store", "-o", "cascade.html", folder=elsewhere)
    page = (elsewhere / "cascade.html").read_text(encoding="utf-8")
    assert page.rstrip().endswith("</html>")
    assert "云溪" in page
    # The same rules and the same tables: nothing by which documents are read was left behind in the checkout.
    here = build_set("sample", tmp_path / "here")
    there = Home(elsewhere / "store").snapshot()
    assert (there / MANIFEST).read_text(encoding="utf-8") == (here / MANIFEST).read_text(encoding="utf-8")
