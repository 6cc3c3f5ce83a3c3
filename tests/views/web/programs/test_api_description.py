"""The pages as an API: described by the standard, every page and parameter of it, and answers as described."""

from urllib.parse import parse_qsl, urlsplit

import jsonschema
import pytest
from openapi_spec_validator import validate
from starlette.testclient import TestClient

from tests.views.web.test_pages import SAMPLE
from views.web.explorer import PAGES
from views.web.programs.api_description import Described, api_description


@pytest.fixture(scope="module")
def described(sample: TestClient) -> Described:
    answer = sample.get("/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    found: Described = answer.json()
    return found


def test_the_description_keeps_to_the_standard_and_names_every_page(described: Described) -> None:
    validate(described)
    assert set(described["paths"]) == {f"/{name}.json" for name in PAGES} | {"/decide", "/progress"}
    assert described["info"]["version"]
    for name in PAGES:
        assert described["paths"][f"/{name}.json"]["get"]["summary"] != name, f"{name} is not told of in api.toml"


@pytest.mark.parametrize("name", SAMPLE)
def test_an_answer_is_as_described_and_takes_what_is_described(
    name: str, sample: TestClient, described: Described
) -> None:
    split = urlsplit(SAMPLE[name])
    path = "/start.json" if split.path == "/" else f"{split.path}.json"
    answer = sample.get(f"{path}?{split.query}")
    assert answer.status_code == 200
    jsonschema.validate(answer.json(), described["components"]["schemas"]["Page"])
    taken = {one["name"] for one in described["paths"][path]["get"]["parameters"]}
    assert {key for key, _ in parse_qsl(split.query)} <= taken


@pytest.mark.parametrize("name", PAGES)
def test_what_is_needed_is_needed(name: str, sample: TestClient, described: Described) -> None:
    parameters = described["paths"][f"/{name}.json"]["get"]["parameters"]
    needed = any(one.get("required") for one in parameters)
    assert sample.get(f"/{name}.json").status_code == (400 if needed else 200)


def test_two_paths_write_and_are_shut_to_others(sample: TestClient, described: Described) -> None:
    writing = [path for path, told in described["paths"].items() if set(told) - {"get"}]
    assert writing == ["/decide", "/progress"]
    for path in writing:
        assert described["paths"][path]["post"]["security"] == [{"cookie": []}, {"token": []}]
        assert sample.post(path, data={"said": "yes"}, headers={"origin": "http://evil.invalid"}).status_code == 403
    fields = described["paths"]["/decide"]["post"]["requestBody"]["content"]["application/x-www-form-urlencoded"]
    assert fields["schema"]["required"] == ["said", "child", "parent"]
    assert sample.post("/decide", data={"said": "yes"}, headers={"origin": "http://evil.invalid"}).status_code == 403
    assert sample.post("/start.json").status_code in (403, 405)


def test_a_page_that_nobody_told_of_is_described_all_the_same() -> None:
    validate(api_description([*PAGES, "brand_new"], "1"))
