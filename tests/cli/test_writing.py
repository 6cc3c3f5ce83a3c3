"""What cannot be written, or is no file of ours to replace: one line and exit code 6."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from graph.store.home import Home
from tests.cli.test_failures import one_line, zm
from tests.loaders.built import SAMPLE
from tests.servers.java import Missing
from tests.servers.small_disk import fill, small_disk

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="there is no device that is always full")


@LINUX
@pytest.mark.parametrize("words", [("docs",), ("tasks", "--json"), ("--help",), ("schema", "--help")])
def test_output_onto_a_full_device_is_one_line(words: tuple[str, ...], address: Path) -> None:
    given = list(words) if "--help" in words else [*words, "--store", str(address)]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "zhengmai", *given], stdout=full, stderr=subprocess.PIPE, text=True, check=False,
            env={**os.environ, "ZHENGMAI_LANG": "en"},
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (6, "error: the output cannot be written (No space left on device)\n")


@LINUX
def test_messages_onto_a_full_device_change_nothing_else(address: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "zhengmai", "show", "nobody", "--store", str(address)]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=full, check=False)
    assert done.returncode == 3


@pytest.mark.parametrize("format", ["csv", "json", "xlsx"])
def test_output_into_a_folder_is_one_line(format: str, address: Path, tmp_path: Path) -> None:
    (tmp_path / "more").touch()
    one_line(zm("docs", "--store", address, "-f", format, "-o", tmp_path))
    assert [one.name for one in tmp_path.iterdir()] == ["more"]


def test_a_decision_that_cannot_be_kept_is_one_line(tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert zm("build", SAMPLE / "yunxi.md", SAMPLE / "province.txt", "--store", store, "-j", 1).returncode == 0
    before = Home(store).generation()
    (store / "decisions.jsonl").mkdir()
    one_line(zm("decide", "yunxi/2.1.1", "province/2.1.1", "no", "--store", store))
    one_line(zm("build", "--store", store))
    (store / "decisions.jsonl").rmdir()
    if sys.platform.startswith("linux"):
        (store / "decisions.jsonl").symlink_to("/dev/full")
        one_line(zm("decide", "yunxi/2.1.1", "province/2.1.1", "no", "--store", store))
    assert Home(store).generation() == before


@pytest.mark.slow
@pytest.mark.parametrize("room", [100_000, 600_000, 2_000_000, 5_000_000])
def test_no_room_for_the_first_build_is_one_line(room: int, tmp_path: Path) -> None:
    try:
        with small_disk(tmp_path / "disk", 40) as disk:
            fill(disk, room)
            done = zm("build", SAMPLE, "--store", disk / "store", "-j", 1)
            one_line(done)
            assert "No space left on device" in done.stderr
    except Missing as error:
        pytest.skip(str(error))


@pytest.mark.slow
def test_a_store_on_a_disk_that_is_only_read_answers_and_takes_no_decision(tmp_path: Path) -> None:
    try:
        with small_disk(tmp_path / "disk", 40) as disk:
            store = disk / "store"
            assert zm("build", SAMPLE / "yunxi.md", SAMPLE / "province.txt", "--store", store, "-j", 1).returncode == 0
            mount = shutil.which("mount")
            if mount is None or subprocess.run([mount, "-o", "remount,ro", str(disk)], check=False).returncode:
                pytest.skip("needs to mount a disk read-only")
            assert zm("docs", "--store", store).returncode == 0
            for words in (("decide", "yunxi/2.1.1", "province/2.1.1", "no"), ("build",), ("build", SAMPLE)):
                one_line(zm(*words, "--store", store))
            one_line(zm("docs", "--store", store, "-o", disk / "docs.csv"))
    except Missing as error:
        pytest.skip(str(error))
