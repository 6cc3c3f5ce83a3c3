"""Without what a real server needs its tests skip and say why; where CI says that all of them run, they fail."""

import shutil
import sys
from pathlib import Path

import pytest

from tests.servers import java as programs
from tests.servers.fixtures import GIVEN, lines, unavailable
from tests.servers.java import Missing, jars, java
from tests.servers.neo4j_server import POM, java_for, versions


@pytest.mark.parametrize(
    ("said", "outcome"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception), ("1", pytest.fail.Exception)]
)
def test_a_server_that_cannot_be_had(said: str, outcome: type[BaseException], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", said)
    with pytest.raises(outcome, match="needs Java 17"):
        unavailable("needs Java 17")


def test_without_java_or_maven_it_is_said_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Missing, match="needs Java 7"):
        java(7)
    monkeypatch.setattr(programs, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(Missing, match="needs Maven"):
        jars(POM, "neo4j-of-no-version")
    assert not (tmp_path / "kept").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="plays Maven by a shell script")
def test_a_maven_that_cannot_fetch_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    maven = tmp_path / "mvn"
    maven.write_text("#!/bin/sh\necho '[ERROR] no way to the repository'\nexit 1\n", encoding="utf-8")
    maven.chmod(0o755)
    monkeypatch.setattr(programs, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(shutil, "which", lambda name: str(maven))
    with pytest.raises(Missing, match="no way to the repository"):
        jars(POM, "neo4j-of-no-version")
    assert list((tmp_path / "kept").iterdir()) == []


@pytest.mark.parametrize(
    ("here", "chosen"),
    [({17}, None), ({17, 20}, None), ({21}, 21), ({17, 22}, 22), ({23, 24}, 23), ({26}, 26), ({17, 21, 25, 26}, 25)],
)
def test_the_newest_line_runs_with_java_21_or_later(
    here: set[int], chosen: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(GIVEN, raising=False)
    monkeypatch.setattr(programs, "javas", lambda: {version: Path(str(version)) for version in here})
    assert lines() == (["lts", "newest"] if chosen else ["lts"])
    if chosen:
        assert java_for("newest") == Path(str(chosen))
    else:
        with pytest.raises(Missing, match="needs Java 21 or later; here: 17"):
            java_for("newest")


def test_a_server_that_is_given_is_the_only_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(GIVEN, raising=False)
    assert versions()["lts"].startswith("5.26.")
    monkeypatch.setenv(GIVEN, "bolt://127.0.0.1:7687")
    assert lines() == ["given"]
