"""A build opens no socket, whatever the files name: an audit hook counts, in a process of its own and its children."""

import os
import subprocess
import sys
from pathlib import Path

from tests.loaders.read.office.docx_files import docx, p
from tests.loaders.read.paged.pdf_files import pdf, words
from tests.shared import ROOT

# Spark and engines are not of this process; a local socket between processes is no network.
HOOK = """
import os, sys
def refuse(event, given):
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "urllib.Request"):
        with open(os.environ["TOLD"], "a") as file:
            file.write(f"{event} {given!r}\\n")
sys.addaudithook(refuse)
"""
PAGE = (
    "<html><head><link rel=stylesheet href='http://127.0.0.1:9/a.css'><base href='http://127.0.0.1:9/'></head><body>"
    "<p>云溪县护堤方案</p><p>一、修堤坝。由县水务局负责，6月底前完成。</p><img src='http://127.0.0.1:9/a.png'>"
    "<iframe src='http://127.0.0.1:9/b'></iframe><a href='http://127.0.0.1:9/c.docx'>附件</a></body></html>"
)


def test_a_build_opens_no_socket(tmp_path: Path) -> None:
    folder, hooks, told = tmp_path / "in", tmp_path / "hooks", tmp_path / "told"
    folder.mkdir()
    hooks.mkdir()
    # Every Python that starts below it is watched.
    (hooks / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    (folder / "plan.docx").write_bytes(docx(p("云溪县护堤方案") + p("一、种树木。由县林业局负责。")))
    (folder / "list.pdf").write_bytes(pdf([words(80, 100, "一、疏浚河道。由县水务局负责。", 12)]))
    environment = {**os.environ, "TOLD": str(told), "PYTHONPATH": f"{hooks}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-m", "zhengmai", "build", str(folder), "--store", str(tmp_path / "graph"), "-j", "1"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "added 3" in done.stdout + done.stderr
    assert not told.exists(), told.read_text(encoding="utf-8")
    # The hook is there and sees a socket that is opened.
    opened = 'import socket; s = socket.socket(); s.settimeout(0.1); s.connect_ex(("127.0.0.1", 9))'
    subprocess.run([sys.executable, "-c", opened], env=environment, check=True)
    assert "socket.connect" in told.read_text(encoding="utf-8")
