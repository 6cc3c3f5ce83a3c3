"""Files and folders that are no documents: each is one line, and those beside it are read."""

import os
import socket
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import InputError
from graph.store.home import Home, is_store
from loaders.ingest.sources import Scan, scan
from loaders.read.registry import read
from tests.unprivileged import unprivileged

POSIX = pytest.mark.skipif(os.name == "nt", reason="files of these kinds are not Windows's")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one plain document."""
    return with_plan(tmp_path)


def with_plan(place: Path) -> Path:
    made = place / "in"
    (made / "below").mkdir(parents=True)
    (made / "plan.txt").write_text("关于推进工作的通知", encoding="utf-8")
    return made


def scanned(folder: Path, *given: Path) -> Scan:
    return scan(list(given) or [folder], folder.parent / "graph")


def refused(found: Scan, *words: str) -> None:
    """Hold that the plan was found and one more thing was told in one line."""
    assert [one.name for one in found.sources] == ["plan"]
    assert len(found.failures) == 1
    line = found.failures[0].message
    assert "\n" not in line
    assert all(word in line for word in words), line


def circle(place: Path) -> None:
    place.symlink_to(place.parent / "other.txt")
    (place.parent / "other.txt").symlink_to(place)


def unix_socket(place: Path) -> None:
    here = Path.cwd()
    os.chdir(place.parent)  # its name may be no longer than a hundred characters
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(place.name)
    finally:
        os.chdir(here)


@POSIX
@pytest.mark.parametrize(
    ("make", "why"),
    [
        (os.mkfifo, "no plain file"),
        (unix_socket, "no plain file"),
        (lambda place: place.symlink_to("/dev/zero"), "no plain file"),
        (lambda place: place.symlink_to("/dev/random"), "no plain file"),
        (lambda place: place.symlink_to("gone.txt"), "cannot be read"),
    ],
    ids=["pipe", "socket", "zero", "random", "dangling"],
)
def test_only_plain_files_are_read(folder: Path, make: Callable[[Path], None], why: str) -> None:
    odd = folder / "below" / "odd.txt"
    make(odd)
    refused(scanned(folder), why, str(odd))
    with pytest.raises(InputError, match=why):
        read(odd)
    found = scanned(folder, folder / "plan.txt", odd)
    refused(found, why)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="there is no /proc here")
def test_what_the_kernel_makes_up_is_not_read(folder: Path) -> None:
    for name in ("status", "environ"):
        odd = folder / "below" / "odd.txt"
        odd.symlink_to(f"/proc/self/{name}")
        refused(scanned(folder), "the file is empty", str(odd))
        odd.unlink()


@POSIX
def test_a_circle_of_links_is_told_wherever_it_is(folder: Path) -> None:
    circle(folder / "below" / "round.txt")
    found = scanned(folder)
    assert [one.name for one in found.sources] == ["plan"]
    assert len(found.failures) == 2
    (folder / "below" / "other.txt").unlink()
    (folder / "below" / "round.txt").unlink()
    (folder / "round.txt").symlink_to("round.txt")
    refused(scanned(folder), "cannot be read")
    refused(scanned(folder, folder / "plan.txt", folder / "round.txt"), "cannot be read")


@POSIX
def test_a_link_to_a_folder_is_not_followed_and_told(folder: Path) -> None:
    (folder / "below" / "again").symlink_to(folder)
    found = scanned(folder)
    assert ([one.name for one in found.sources], found.failures) == (["plan"], [])
    assert [one.path for one in found.passed] == [str(folder / "below" / "again")]
    assert "is not followed" in found.passed[0].message


@POSIX
@pytest.mark.parametrize("named", [False, True])
def test_a_file_and_a_folder_without_rights_are_told(named: bool, request: pytest.FixtureRequest) -> None:
    # The folders that pytest makes are shut to other users altogether.
    place = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    request.addfinalizer(place.cleanup)
    Path(place.name).chmod(0o755)
    folder = with_plan(Path(place.name))
    shut = folder / "below" / "shut.txt"
    shut.write_text("关于不给看的通知", encoding="utf-8")
    for one in (folder, folder / "below"):
        one.chmod(0o755)
    (folder / "plan.txt").chmod(0o644)
    given = [folder / "plan.txt", shut] if named else [folder]
    for closed, rights in ((shut, 0o644), (folder / "below", 0o755)):
        closed.chmod(0)
        try:
            with unprivileged():
                refused(scanned(folder, *given), "cannot be read", "Permission denied", str(closed))
        finally:
            closed.chmod(rights)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux keeps names that are no UTF-8")
def test_a_name_that_is_no_utf8_is_told(folder: Path) -> None:
    odd = os.fsencode(folder) + b"/below/\xc4\xe3\xba\xc3.txt"
    with open(odd, "wb") as file:
        file.write("关于推进工作的通知".encode())
    refused(scanned(folder), "UTF-8", r"\udcc4")
    refused(scanned(folder, folder / "plan.txt", Path(os.fsdecode(odd))), "UTF-8")


@POSIX
@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\x9b", "\x7f", "\x1b", "\n", "\r"])
def test_a_control_sign_or_a_lines_end_in_a_name_is_told(folder: Path, sign: str) -> None:
    odd = folder / "below" / f"a{sign}b.txt"
    odd.write_text("关于推进工作的通知", encoding="utf-8")
    refused(scanned(folder), "a control character in the file's name")
    assert sign not in scanned(folder).failures[0].message


def test_another_graph_is_known_whatever_its_name_and_told(folder: Path) -> None:
    other = Home(folder / "below" / "results")
    other.publish(other.begin())
    (other.sources / "ab").mkdir(parents=True)
    (other.sources / "ab" / "cd.txt").write_text("关于推进工作的通知", encoding="utf-8")
    found = scanned(folder)
    assert ([one.name for one in found.sources], found.failures) == (["plan"], [])
    assert [one.path for one in found.passed] == [str(other.root)]
    assert "is the folder of a graph" in found.passed[0].message
    assert is_store(other.root)
    assert not is_store(folder)
    # Given by itself it is a mistake, of which more is said than a word.
    refused(scanned(folder, folder / "plan.txt", other.root), "is the folder of a graph")
    # The graph that is built, in the folder of its documents, needs no word.
    assert scan([folder], other.root).passed == []
