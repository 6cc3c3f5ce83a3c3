"""What the documentation shows is what a command prints, and what it points at is there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shared import ROOT

CONSOLE = re.compile(r"```console\n\$ zhengmai (?P<command>[^\n]+)\n(?P<output>.*?)```", re.S)
LINK = re.compile(r"\]\((?!https?://|#)(?P<path>[^)#\s]+)")
READMES = {"README.md": "en", "README.zh.md": "zh"}
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
        *ROOT.glob("annotations/**/*.md"),
        ROOT / "samples" / "README.md",
    ]
)


def run(command: list[str], language: str) -> str:
    environment = {**os.environ, "ZHENGMAI_LANG": language, "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "zhengmai", *command], cwd=ROOT, env=environment, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs") / "store"
    run(["build", "samples/lanjiang", "--store", str(folder)], "en")
    return folder


@pytest.mark.parametrize("name", READMES)
def test_a_readme_shows_what_its_commands_print(name: str, store: Path) -> None:
    shown = list(CONSOLE.finditer((ROOT / name).read_text(encoding="utf-8")))
    assert len(shown) >= 3
    for example in shown:
        command = example["command"].split()
        if command[0] != "evaluate":
            command += ["--store", str(store)]
        assert run(command, READMES[name]).rstrip("\n") == example["output"].rstrip("\n")


def test_the_page_of_the_ledger_shows_what_its_commands_print(store: Path, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "ledger.md").read_text(encoding="utf-8")
    graph = str(shutil.copytree(store, tmp_path / "graph"))
    recorded = re.search(r"```sh\n(.*?)```", page, re.S)
    assert recorded
    for line in recorded[1].splitlines():
        run([*line.split()[1:], "--store", graph], "en")
    shown = list(CONSOLE.finditer(page))
    assert len(shown) == 1
    for example in shown:
        printed = run([*example["command"].split(), "--store", graph], "en")
        assert printed.rstrip("\n") == example["output"].rstrip("\n")


def test_the_notebook_page_runs_from_top_to_bottom(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, re.S)
    assert len(blocks) >= 8
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    code = "".join([*blocks, "graph.close()\n"])
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "cascade.html").exists()
    assert (tmp_path / "plans.ttl").exists()


@pytest.mark.parametrize("name", READMES)
def test_the_first_two_sh_blocks_are_one_line_each(name: str) -> None:
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.S)
    assert [block.count("\n") for block in blocks[:2]] == [1, 1]


def test_the_pages_are_found() -> None:
    assert {"README.md", "docs/cli.md", "annotations/README.md"} <= {
        path.relative_to(ROOT).as_posix() for path in PAGES
    }
    assert len(PAGES) >= 20
    assert sum(1 for page in PAGES for _ in LINK.finditer(page.read_text(encoding="utf-8"))) > 20


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_to_a_file(page: Path) -> None:
    for match in LINK.finditer(page.read_text(encoding="utf-8")):
        assert (page.parent / match["path"]).exists(), match["path"]
