"""A person's word in the browser: kept at once, in the graph soon after, and nothing lost where many speak at once."""

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from queries.run import run
from tests.views.web.conftest import SAME
from tests.views.web.dom import dom
from views.web.held_graph import HeldGraph

Opened = Callable[[], tuple[TestClient, HeldGraph]]
PAIR = {"child": "city/1.1", "parent": "province/1.1"}


def judgement(graph: HeldGraph) -> object:
    with graph.lent() as (store, _):
        links = run("links", store, document="city").rows
    return {(row["child"], row["parent"]): row["judgement"] for row in links}.get((PAIR["child"], PAIR["parent"]))


def settled(graph: HeldGraph) -> None:
    until = time.monotonic() + 60
    while graph.building:
        assert time.monotonic() < until, "the build does not come to an end"
        time.sleep(0.05)


def test_a_word_is_kept_shown_and_built(decided: Opened) -> None:
    client, graph = decided()
    with client:
        assert judgement(graph) == "none"
        back = "/review?by=李岚"
        sent = client.post(
            "/decide", headers=SAME, data=PAIR | {"said": "yes", "by": "李岚", "why": "同一件事", "back": back}
        )
        assert (sent.status_code, sent.headers["location"]) == (303, "/review?by=%E6%9D%8E%E5%B2%9A")
        shown = dom(client.get("/task?of=city/1.1").text).text_content()
        assert "已由人确认" in shown
        assert "李岚" in shown
        assert "同一件事" in shown
        settled(graph)
        assert judgement(graph) == "confirmed"
        assert "图谱尚在更新" not in client.get("/task?of=city/1.1").text
        client.post("/decide", headers=SAME, data=PAIR | {"said": "no"})
        settled(graph)
        assert judgement(graph) is None, "a link that was rejected is listed no more"
        review = client.get("/review?child=city/1.1&parent=province/1.1").text
        assert "已由人否定" in review
        client.post("/decide", headers=SAME, data=PAIR | {"said": "undo"})
        settled(graph)
        assert judgement(graph) == "none"
        assert graph.fault is None


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (PAIR, 400),
        (PAIR | {"said": "maybe"}, 400),
        ({"said": "yes", "child": "city/1.1"}, 400),
        ({"said": "yes", "child": "city/9.9", "parent": "province/1.1"}, 404),
        ({"said": "yes", "child": "province/1.1", "parent": "city/1.1"}, 400),
        ({"said": "yes", "child": "city/1.1", "parent": "city/1.2"}, 400),
        (PAIR | {"said": "yes", "why": "x" * 70_000}, 400),
    ],
)
def test_what_cannot_be_decided_is_refused(data: dict[str, str], status: int, hostile: TestClient) -> None:
    assert hostile.post("/decide", headers=SAME, data=data).status_code == status


@pytest.mark.parametrize(
    "back", ["//elsewhere.example", "http://elsewhere.example", "/\\elsewhere.example", "javascript:1", "/\nx"]
)
def test_nobody_is_sent_elsewhere(back: str, decided: Opened) -> None:
    client, _ = decided()
    with client:
        sent = client.post("/decide", headers=SAME, data=PAIR | {"said": "undo", "back": back})
        assert (sent.status_code, sent.headers["location"]) == (303, "/")


def units_of(graph: HeldGraph) -> dict[str, str]:
    with graph.lent() as (store, _):
        return {str(row["name"]): str(row["unit"]) for row in run("units", store).rows if row["kind"] == "unit"}


def test_two_units_are_one_by_a_word_and_two_again(decided: Opened) -> None:
    client, graph = decided()
    with client:
        keys = units_of(graph)
        one, other = keys["澄州市交通运输局"], keys["澄州市财政局"]
        pair = {"child": one, "parent": other}
        back = f"/review?what=units&child={one}&parent={other}"
        sent = client.post("/decide", headers=SAME, data=pair | {"said": "yes", "by": "李岚", "back": back})
        assert sent.status_code == 303
        shown = client.get(sent.headers["location"]).text
        assert "已由人认定为同一单位" in shown
        settled(graph)
        assert not {one, other} <= set(units_of(graph).values())
        shown = client.get(sent.headers["location"]).text
        assert "李岚" in shown
        client.post("/decide", headers=SAME, data=pair | {"said": "undo"})
        settled(graph)
        assert {one, other} <= set(units_of(graph).values())
        client.post("/decide", headers=SAME, data=pair | {"said": "no", "why": "两个局"})
        assert "已由人认定为不同单位" in client.get(sent.headers["location"]).text
        assert graph.fault is None


def test_the_last_word_is_taken_back_by_who_said_it(decided: Opened) -> None:
    client, _ = decided()
    with client:
        for who, (child, parent) in (("李岚", ("city/1.1", "province/1.1")), ("王川", ("city/1.2", "province/1.2"))):
            client.post("/decide", headers=SAME, data={"child": child, "parent": parent, "said": "yes", "by": who})
        for who, child in (("李岚", "city/1.1"), ("王川", "city/1.2")):
            page = dom(client.get(f"/review?by={who}&child=city/2.1&parent=province/2.1").text)
            form = page.xpath("//form[.//button[@value='undo']]")
            assert [one.xpath("string(.//input[@name='child']/@value)") for one in form] == [child]
        assert dom(client.get("/review?by=别人").text).xpath("//button[@value='undo']") == []


def test_fifty_at_once_lose_nothing(decided: Opened) -> None:
    client, graph = decided()
    pairs = [("city/1.1", "province/1.1"), ("city/1.2", "province/1.2"), ("city/2.1", "province/2.1")]

    def say(at: int) -> int:
        child, parent = pairs[at % 3]
        data = {"child": child, "parent": parent, "said": "yes", "by": f"核对人{at}"}
        return client.post("/decide", headers=SAME, data=data).status_code

    with client:
        with ThreadPoolExecutor(50) as people:
            assert list(people.map(say, range(50))) == [303] * 50
        lines = graph.home.decisions.read_text(encoding="utf-8").splitlines()
        assert sorted(json.loads(line)["by"] for line in lines) == sorted(f"核对人{at}" for at in range(50))
        settled(graph)
        assert judgement(graph) == "confirmed"
        assert client.get("/review").status_code == 200


def test_a_build_of_somebody_else_is_shown(decided: Opened) -> None:
    from loaders.ingest.graph_build import build

    client, graph = decided()
    with client:
        assert client.get("/document?of=late").status_code == 404
        folder = graph.home.root.parent
        (folder / "late.txt").write_text(
            (folder / "city.txt").read_text(encoding="utf-8").replace("99号", "97号"), encoding="utf-8"
        )
        build([folder / "late.txt"], graph.home.root, jobs=1)
        assert client.get("/document?of=late").status_code == 200
