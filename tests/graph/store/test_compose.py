"""docker-compose.yml: the very version that the tests run, a health check, a volume, the password from outside."""

import os
import re
import shutil
import subprocess
from typing import Any

import pytest

from tests.servers.neo4j_server import versions
from tests.shared import ROOT

FILE = ROOT / "docker-compose.yml"


def parsed() -> dict[str, Any]:
    """Read the part of YAML that the file uses: maps by indent, lists of one line a piece."""
    root: dict[str, Any] = {}
    stack: list[tuple[int, Any]] = [(-1, root)]
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        indent, text = len(line) - len(line.lstrip()), line.strip()
        while indent <= stack[-1][0]:
            stack.pop()
        above = stack[-1][1]
        if text.startswith("- "):
            above.setdefault("-", []).append(text[2:].strip('"'))
            continue
        name, _, value = text.partition(":")
        above[name] = value.strip().strip('"') if value.strip() else {}
        if not value.strip():
            stack.append((indent, above[name]))
    return root


def test_the_image_is_the_version_that_the_tests_run() -> None:
    assert parsed()["services"]["neo4j"]["image"] == f"neo4j:{versions()['lts']}-community"


def test_the_password_comes_from_the_environment() -> None:
    given = parsed()["services"]["neo4j"]["environment"]["NEO4J_AUTH"]
    assert re.fullmatch(r"neo4j/\$\{NEO4J_PASSWORD:\?[^}]+\}", given)


def test_it_is_checked_kept_and_on_loopback_only() -> None:
    service = parsed()["services"]["neo4j"]
    assert service["healthcheck"]["test"]
    assert service["volumes"]["-"] == ["neo4j-data:/data"]
    assert "neo4j-data" in parsed()["volumes"]
    assert all(port.startswith("127.0.0.1:") for port in service["ports"]["-"])
    settings = service["environment"]
    assert settings["NEO4J_dbms_security_allow__csv__import__from__file__urls"] == "false"


def test_compose_reads_it() -> None:
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode:
        pytest.skip("docker compose is not on this machine")
    command = [docker, "compose", "-f", str(FILE), "config", "--quiet"]
    given = {**os.environ, "NEO4J_PASSWORD": "long-enough"}
    assert subprocess.run(command, env=given, capture_output=True, check=False).returncode == 0
    given.pop("NEO4J_PASSWORD")
    assert subprocess.run(command, env=given, capture_output=True, check=False).returncode != 0
