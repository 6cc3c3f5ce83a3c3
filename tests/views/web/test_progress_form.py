"""Progress recorded on the page of a task: what is kept, what is refused, and that nothing typed is lost."""

import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from graph.ledger.kept_lines import PROGRESS_FILE
from loaders.ingest.graph_build import build
from tests.views.web.conftest import EVIL, SAME
from tests.views.web.dom import dom
from views.web.held_graph import HeldGraph

Opened = Callable[[], tuple[TestClient, HeldGraph]]
HASH = hashlib.sha256(b"photo").hexdigest()
SAID = {"task": "city/1.1", "status": "going_on", "share": "60%", "by": "李敏", "words": "栈桥主体完工", "seen": ""}


def kept(graph: HeldGraph) -> list[dict[str, Any]]:
    """Return the entries in the graph's folder."""
    path = graph.home.root / PROGRESS_FILE
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def send(client: TestClient, **fields: str) -> Any:  # noqa: ANN401 - what the client returns
    return client.post("/progress", headers=SAME, data=SAID | fields)


def seen(client: TestClient) -> str:
    """Return what the form on the page says that its reader has seen."""
    [given] = dom(client.get("/task?of=city/1.1").text).xpath("//form[@action='/progress']/input[@name='seen']/@value")
    return str(given)


def rows(client: TestClient, address: str = "/task?of=city/1.1") -> list[str]:
    found = dom(client.get(address).text).xpath("//table[@data-table='progress']/tbody/tr")
    return [" ".join("".join(one.itertext()).split()) for one in found]


def test_what_is_said_is_kept_and_shown_with_its_history(decided: Opened) -> None:
    client, graph = decided()
    with client:
        assert "尚未记录进展" in client.get("/task?of=city/1.1").text
        sent = send(client, files=f"{HASH}  现场.jpg\n", addresses="https://city.example/a\n")
        assert sent.status_code == 303
        assert sent.headers["location"] == f"/task?by={quote(SAID['by'])}&of=city/1.1&recorded=yes#progress"
        [entry] = kept(graph)
        assert entry | {"when": ""} == {
            **{name: entry[name] for name in ("title", "text", "policy")},
            **{"task": "city/1.1", "status": "going_on", "share": 60.0, "words": "栈桥主体完工", "by": "李敏"},
            **{"files": [{"name": "现场.jpg", "sha256": HASH}], "addresses": ["https://city.example/a"], "when": ""},
        }
        shown = client.get(sent.headers["location"]).text
        assert "已记录" in shown
        assert "现场.jpg" in shown
        assert send(client, status="done", share="", words="验收", seen=seen(client)).status_code == 303
        history = rows(client)
        assert ["已完成" in one or "办结" in one or "done" in one for one in history] == [True, False]
        files = client.get("/task.json?of=city/1.1").json()["tables"]["progress"]
        assert [one["progress"] for one in files] == ["done", "going_on"]


def test_an_entry_is_said_again_as_a_new_one(decided: Opened) -> None:
    client, graph = decided()
    with client:
        send(client)
        send(client, status="done", share="100", words="全部完工", seen=seen(client))
        [again] = dom(client.get("/task?of=city/1.1").text).xpath(
            "//table[@data-table='progress']//a[contains(@href,'again=')]/@href"
        )
        form = dom(client.get(again).text).xpath("//form[@action='/progress']")[0]
        assert form.xpath(".//option[@selected]/@value") == ["going_on"]
        assert form.xpath(".//input[@name='share']/@value") == ["60"]
        assert form.xpath("string(.//textarea[@name='words'])").strip() == "栈桥主体完工"
        assert send(client, by="王川", seen=seen(client)).status_code == 303
        assert [one["status"] for one in kept(graph)] == ["going_on", "done", "going_on"]
        same = send(client, by="王川", seen=seen(client))
        assert same.headers["location"].partition("#")[0].endswith("recorded=same")
        assert len(kept(graph)) == 3


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"share": "120"}, "share"),
        ({"share": "很多"}, "share"),
        ({"share": "nan"}, "share"),
        ({"status": ""}, "status"),
        ({"status": "finished"}, "status"),
        ({"files": "/etc/passwd"}, "files"),
        ({"files": f"{HASH[:-1]}  a.jpg"}, "files"),
        ({"files": "\n".join([f"{HASH}  a.jpg"] * 51)}, "files"),
        ({"addresses": "javascript:alert(1)"}, "addresses"),
        ({"addresses": "file:///etc/passwd"}, "addresses"),
        ({"words": "长" * 5001}, "words"),
        ({"by": "长" * 201}, "by"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(fields: dict[str, str], wrong: str, decided: Opened) -> None:
    client, graph = decided()
    with client:
        sent = send(client, **fields)
        assert sent.status_code == 400
        [page] = dom(sent.text).xpath("//form[@action='/progress']")
        assert page.xpath(f".//*[@name='{wrong}']/@aria-describedby") == [f"wrong-{wrong}"]
        assert page.xpath(f"string(.//*[@id='wrong-{wrong}'])").strip()
        # Nothing that was typed is lost.
        typed = SAID | fields
        assert page.xpath(".//input[@name='share']/@value") == [typed["share"]]
        assert page.xpath("string(.//textarea[@name='words'])") == typed["words"]
        assert page.xpath(".//input[@name='by']/@value") == [typed["by"]]
        assert kept(graph) == []


def test_a_file_is_told_by_its_name_alone(decided: Opened) -> None:
    client, graph = decided()
    with client:
        assert send(client, files=f"{HASH.upper()} *C:\\照片\\a.jpg\n{HASH}  ../../b.jpg").status_code == 303
        assert kept(graph)[0]["files"] == [{"name": "a.jpg", "sha256": HASH}, {"name": "b.jpg", "sha256": HASH}]


def test_who_has_not_seen_what_stands_is_told(decided: Opened) -> None:
    client, graph = decided()
    with client:
        before = seen(client)
        send(client, by="李敏", seen=before)
        late = send(client, by="王川", status="delayed", words="汛期停工", seen=before)
        assert late.status_code == 409
        page = dom(late.text)
        assert "李敏" in page.xpath("string(//p[@role='alert'])")
        assert page.xpath("string(//textarea[@name='words'])") == "汛期停工"
        assert len(kept(graph)) == 1
        [now] = page.xpath("//form[@action='/progress']/input[@name='seen']/@value")
        assert send(client, by="王川", status="delayed", words="汛期停工", seen=str(now)).status_code == 303
        assert [one["by"] for one in kept(graph)] == ["李敏", "王川"]


def test_fifty_at_once_lose_nothing_and_double_nothing(decided: Opened) -> None:
    client, graph = decided()
    tasks = ["city/1.1", "city/1.2", "city/2.1", "province/1.1", "province/2.1"]

    def say(at: int) -> int:
        """Send until it is taken, each time with what stands then."""
        for _ in range(200):
            page = dom(client.get(f"/task?of={tasks[at % 5]}").text)
            [before] = page.xpath("//form[@action='/progress']/input[@name='seen']/@value")
            status = int(send(client, task=tasks[at % 5], by=f"记录人{at}", seen=str(before)).status_code)
            if status != 409:
                return status
        return 0

    with client:
        with ThreadPoolExecutor(50) as people:
            assert list(people.map(say, range(50))) == [303] * 50
        assert sorted(one["by"] for one in kept(graph)) == sorted(f"记录人{at}" for at in range(50))
        told = client.get("/task.json?of=city/1.1").json()["tables"]["progress"]
        assert len(told) == 10


def test_progress_follows_its_task_after_a_rebuild(decided: Opened, tmp_path: Path) -> None:
    client, _ = decided()
    with client:
        send(client)
        text = (tmp_path / "city.txt").read_text(encoding="utf-8")
        (tmp_path / "city.txt").write_text(
            text.replace("一、整修渡口\n", "一、普查渡口\n（一）逐个查明渡口现状。\n二、整修渡口\n").replace(
                "二、开行渡船", "三、开行渡船"
            ),
            encoding="utf-8",
        )
        build([tmp_path / "city.txt"], tmp_path / "store", jobs=1)
        assert rows(client, "/task?of=city/1.1") == []
        [row] = rows(client, "/task?of=city/2.1")
        assert "city/1.1" in row


def test_words_of_a_form_run_nothing(decided: Opened) -> None:
    client, _ = decided()
    with client:
        send(client, words=EVIL, by=EVIL, files=f"{HASH}  {EVIL}".replace("/", ""), addresses="https://x.example/?<b>")
        for shown in (client.get("/task?of=city/1.1").text, send(client, words=EVIL, share="x").text):
            assert dom(shown).xpath("//table//script | //table//img | //form//script | //form//img") == []
        workbook = client.get("/task.csv?of=city/1.1&table=progress").text
        assert "going_on" in workbook or "进行中" in workbook


def test_an_unknown_task_and_a_form_of_nothing_are_refused(decided: Opened) -> None:
    client, graph = decided()
    with client:
        assert send(client, task="city/9.9").status_code == 404
        assert send(client, task="").status_code in (400, 404)
        assert client.post("/progress", headers=SAME, content=b"&".join([b"a=1"] * 30)).status_code in (400, 404)
        assert client.post("/progress", headers=SAME, content=b"words=" + b"a" * 70_000).status_code in (400, 404)
        assert client.get("/progress?task=city/1.1&status=done").status_code == 405
        assert kept(graph) == []
