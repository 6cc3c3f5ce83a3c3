"""Who is let in: hosts, forms, tokens; and what every answer says of itself."""

import pytest
from starlette.testclient import TestClient

from tests.views.web.conftest import BASE, SAME
from tests.views.web.dom import dom
from views.web.door import COOKIE, HEADERS
from views.web.explorer import explorer
from views.web.held_graph import HeldGraph


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8765", 200),
        ("localhost:8765", 200),
        ("LOCALHOST", 200),
        ("[::1]:8765", 200),
        ("elsewhere.example", 400),
        ("127.0.0.1.nip.io", 400),
        ("localhost.elsewhere.example", 400),
        ("localhost@elsewhere.example", 400),
        ("elsewhere.example:80@localhost", 400),
        ("localhost:port", 400),
        ("localhost/x", 400),
        ("", 400),
    ],
)
def test_only_known_hosts_are_answered(host: str, status: int, hostile: TestClient) -> None:
    assert hostile.get("/keys", headers={"host": host}).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "none"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": BASE}, 403),
        ({"origin": "http://elsewhere.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://127.0.0.1:9999"}, 403),
        ({"origin": BASE}, 400),
        (SAME, 400),
    ],
)
def test_a_form_comes_from_a_page_of_ours(headers: dict[str, str], status: int, hostile: TestClient) -> None:
    # What is let in lacks what to decide on, and is told so.
    assert hostile.post("/decide", headers=headers, data={"said": "yes"}).status_code == status


def test_asking_decides_nothing(hostile: TestClient) -> None:
    assert hostile.get("/decide?said=yes&child=city/1.1&parent=province/1.1").status_code == 405
    assert hostile.request("DELETE", "/").status_code == 405
    assert hostile.request("PUT", "/decide", headers=SAME).status_code == 405


@pytest.mark.parametrize("path", ["/", "/start.json", "/assets/explorer.js", "/nowhere", "/document?of=nowhere"])
def test_every_answer_says_what_it_may_do(path: str, hostile: TestClient) -> None:
    told = hostile.get(path).headers
    for name, value in HEADERS:
        assert told[name] == value
    assert "access-control-allow-origin" not in told
    assert "unsafe" not in told["content-security-policy"]


def test_a_refusal_says_it_too(hostile: TestClient) -> None:
    told = hostile.get("/", headers={"host": "elsewhere.example"}).headers
    assert told["x-content-type-options"] == "nosniff"


TOKEN = "a-long-secret"


def test_a_token_lets_in_and_leaves_the_address(hostile_store: object) -> None:
    app = explorer(HeldGraph(str(hostile_store)), ["office.example"], TOKEN, closed=True)
    with TestClient(app, base_url="http://office.example", follow_redirects=False) as client:
        assert client.get("/").status_code == 403
        assert client.get("/?token=wrong").status_code == 403
        assert client.get(f"/?token={TOKEN}&token=wrong").status_code == 403
        assert client.post(f"/decide?token={TOKEN}", headers=SAME).status_code == 403
        opened = client.get(f"http://office.example//elsewhere.example/?token={TOKEN}&lang=en")
        assert opened.status_code == 303
        assert opened.headers["location"] == "/elsewhere.example/?lang=en"
        assert "HttpOnly; SameSite=Strict" in opened.headers["set-cookie"]
        assert client.get("/").status_code == 200
        client.cookies.clear()
        for cookie in (f"{COOKIE}-80=wrong", f"{COOKIE}={TOKEN}", f"{COOKIE}-81={TOKEN}"):
            assert client.get("/", headers={"cookie": cookie}).status_code == 403
        assert client.get("/assets/explorer.css").status_code == 403


@pytest.mark.parametrize("path", ["/decide", "/progress"])
def test_who_writes_has_the_token_who_reads_needs_none(path: str, hostile_store: object) -> None:
    app = explorer(HeldGraph(str(hostile_store)), token=TOKEN)
    with TestClient(app, base_url=BASE, follow_redirects=False) as client:
        page = client.get("/task?of=city/1.1")
        assert page.status_code == 200
        assert dom(page.text).xpath("//form[@method='post']") == []
        assert "令牌" in page.text
        assert client.post(path, headers=SAME).status_code == 403
        assert client.get(f"/?token={TOKEN}").status_code == 303
        # What is let in lacks its fields, and is told so.
        assert client.post(path, headers=SAME).status_code in (400, 404)
        assert client.post(path).status_code == 403
        assert client.post(path, headers={"sec-fetch-site": "cross-site"}).status_code == 403
        forms = dom(client.get("/task?of=city/1.1").text).xpath("//form[@method='post']/@action")
        assert {"/decide", "/progress"} == set(forms)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"authorization": f"Bearer {TOKEN}"}, 400),
        ({"authorization": f"bearer  {TOKEN} "}, 400),
        ({"authorization": f"Bearer {TOKEN}x"}, 403),
        ({"authorization": TOKEN}, 403),
        ({"authorization": f"Bearer {TOKEN}", "origin": "http://elsewhere.example"}, 403),
        ({"authorization": f"Bearer {TOKEN}", "sec-fetch-site": "cross-site"}, 403),
        ({}, 403),
    ],
)
def test_a_program_brings_the_token_in_a_header(headers: dict[str, str], status: int, hostile_store: object) -> None:
    app = explorer(HeldGraph(str(hostile_store)), token=TOKEN)
    with TestClient(app, base_url=BASE, follow_redirects=False) as client:
        assert client.post("/decide", headers=headers).status_code == status
