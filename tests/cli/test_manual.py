import os
import subprocess
import sys

import pytest

from tests.shared import ROOT

FILES = {"en": ROOT / "docs" / "cli.md", "zh": ROOT / "docs" / "cli.zh.md"}
REGENERATE = os.environ.get("ZHENGMAI_REGENERATE") == "1"


@pytest.mark.parametrize("language", sorted(FILES))
def test_the_manual_is_what_the_commands_say(language: str) -> None:
    # Help is made when the commands are hung up, so its language is that of a fresh process; its width is COLUMNS.
    given = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "ZHENGMAI_LANG": language,
        "COLUMNS": "100",
        "TERMINAL_WIDTH": "100",
    }
    command = [sys.executable, "-m", "tests.cli.manual", language]
    done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
    said = done.stdout.decode("utf-8")
    path = FILES[language]
    if REGENERATE:
        path.write_text(said, encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == said, "run it with ZHENGMAI_REGENERATE=1 and look at the difference"
    assert not REGENERATE, "the manual was written anew; run the tests again without the switch"
