"""What a cold command costs and what it looks at: modules it imports, names that hide ours, encodings."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.shared import ROOT

HEAVY = {"pyarrow", "opencc", "lxml", "networkx", "pandas", "rdflib", "neo4j", "pyvis", "readability"}


def python(code: str, *, folder: Path, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    given = {**os.environ, "PYTHONPATH": str(ROOT), "ZHENGMAI_LANG": "en", **environment}
    return subprocess.run([sys.executable, "-c", code], cwd=folder, env=given, capture_output=True, timeout=60)


def imported_by_a_cold_cascade(address: Path, folder: Path) -> set[str]:
    code = (
        "import sys, json, zhengmai\n"
        f"sys.argv = ['zhengmai', 'cascade', 'lanjiang', '--store', {str(address)!r}, '-q', '-f', 'jsonl']\n"
        "from cli.main import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "sys.stderr.write(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))\n"
    )
    done = python(code, folder=folder)
    assert b"chengzhou/1.1" in done.stdout
    return set(json.loads(done.stderr.splitlines()[-1]))


def test_a_cold_cascade_imports_only_what_it_needs(address: Path, tmp_path: Path) -> None:
    assert HEAVY & imported_by_a_cold_cascade(address, tmp_path) == set()


def test_help_asks_for_neither_the_engine_nor_rich(tmp_path: Path) -> None:
    code = (
        "import sys, json, zhengmai\nsys.argv = ['zhengmai', '--help']\nfrom cli.main import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "sys.stderr.write(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))\n"
    )
    done = python(code, folder=tmp_path)
    assert b"cascade" in done.stdout
    assert {*HEAVY, "arcadedb", "rich"} & set(json.loads(done.stderr.splitlines()[-1])) == set()


def test_a_graph_of_somebody_elses_in_the_folder_hides_nothing(address: Path, tmp_path: Path) -> None:
    (tmp_path / "graph.py").write_text("raise SystemExit('hidden')\n", encoding="utf-8")
    code = f"import zhengmai\nwith zhengmai.open({str(address)!r}) as g: print(len(g.answer('documents')))"
    done = python(code, folder=tmp_path)
    assert done.stdout.strip() == b"3", done.stderr.decode()


def test_a_module_that_was_imported_before_is_named(tmp_path: Path) -> None:
    (tmp_path / "graph.py").write_text("", encoding="utf-8")
    code = "import graph\ntry:\n    import zhengmai\nexcept ImportError as error:\n    print(error)"
    said = python(code, folder=tmp_path).stdout.decode()
    assert str(tmp_path / "graph.py") in said
    assert "hides the package 'graph'" in said


def test_a_pipe_gets_utf8_whatever_the_locale(address: Path, tmp_path: Path) -> None:
    code = (
        "import sys, zhengmai\n"
        f"sys.argv = ['zhengmai', 'docs', '--store', {str(address)!r}, '-f', 'csv', '--lang', 'zh']\n"
        "from cli.main import main\nmain()"
    )
    done = python(code, folder=tmp_path, PYTHONUTF8="0", LC_ALL="C", PYTHONIOENCODING="gbk", PYTHONCOERCECLOCALE="0")
    assert "云溪区放心用水行动实施方案" in done.stdout.decode("utf-8")
