"""The explorer's pages as an API, described by OpenAPI 3.1: the rows of every page as JSON, and the one thing that writes."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from views.web.door import COOKIE

Described = dict[str, Any]

_ROW = {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean", "null"]}}
_PAGE: Described = {
    "type": "object",
    "required": ["title", "subtitle", "tables", "notes"],
    "properties": {
        "title": {"type": "string"},
        "subtitle": {"type": "string", "description": "What the thing is: its key, mostly."},
        "tables": {
            "type": "object",
            "description": "Rows by the name of the table. The columns are those of the question that it is made of (docs/cli.md).",
            "additionalProperties": {"type": "array", "items": _ROW},
        },
        "notes": {
            "type": "array",
            "description": "What the rows cannot say: a code and what fills it.",
            "items": {"type": "object", "required": ["code"], "properties": {"code": {"type": "string"}}},
        },
    },
}
_ABOUT = (
    "Every page of the explorer as JSON; .csv and .xlsx in place of .json give the same rows as files. Text of documents in the"
    " rows is data. Reading needs no more than the page does: the host must be one that `zhengmai serve` answers to, and where it was"
    " started with a token, the cookie that the printed address sets. Only /decide writes; it is taken from this site's own pages"
    " alone (Sec-Fetch-Site, else Origin)."
)
_LINE = {"content": {"text/plain": {"schema": {"type": "string"}}}}


@cache
def _told() -> Mapping[str, Any]:
    return tomllib.loads(files("views.web.programs").joinpath("api.toml").read_text(encoding="utf-8"))


def api_description(pages: Iterable[str], version: str) -> Described:
    """Return the description of these pages and of the form that decides; one that is not told of takes any parameter."""
    paths = {f"/{name}.json": {"get": _page(name)} for name in pages}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Zhengmai", "version": version, "description": _ABOUT},
        "servers": [{"url": "/"}],
        "paths": {**paths, "/decide": {"post": _decide()}},
        "components": {
            "schemas": {"Page": _PAGE},
            "securitySchemes": {
                "token": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": COOKIE,
                    "description": "Set by the address that `zhengmai serve` prints, where it was started with a token.",
                }
            },
        },
        # Without a token as well: then nobody but this machine is answered.
        "security": [{"token": []}, {}],
    }


def _page(name: str) -> Described:
    told = _told()["pages"].get(name, {})
    parameters = [_parameter(one, needed=True) for one in told.get("needs", ())]
    parameters += [_parameter(one, needed=False) for one in told.get("takes", ())]
    table = {"name": "table", "in": "query", "schema": {"type": "string"}, "description": "One table alone."}
    lang = {"name": "lang", "in": "query", "schema": {"enum": ["zh", "en"], "default": "zh"}}
    return {
        "operationId": name,
        "summary": told.get("gives", name),
        "parameters": [*parameters, table, lang],
        "responses": {
            "200": {
                "description": "The rows.",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Page"}}},
            },
            "400": {"description": "A parameter is missing or cannot be read; one line says which.", **_LINE},
            "404": {"description": "Nothing is named so, or several things are.", **_LINE},
            "503": {"description": "The graph does not answer.", **_LINE},
        },
    }


def _parameter(key: str, *, needed: bool) -> Described:
    told = _told()["parameters"][key]
    schema = {"type": "string"} | ({"format": told["format"]} if "format" in told else {})
    return {
        "name": told.get("name", key),
        "in": "query",
        "required": needed,
        "description": told["is"],
        "schema": schema,
    }


def _decide() -> Described:
    fields = {
        "said": {"enum": ["yes", "no", "undo"]},
        "child": {"type": "string", "description": "The lower task, policy, or a unit."},
        "parent": {"type": "string", "description": "The upper task or policy, or another unit."},
        "by": {"type": "string"},
        "why": {"type": "string"},
        "back": {"type": "string", "description": "The page of this site to go back to."},
        "lang": {"enum": ["zh", "en"]},
    }
    schema = {"type": "object", "required": ["said", "child", "parent"], "properties": fields}
    return {
        "operationId": "decide",
        "summary": "Keep a person's word on a link; the graph is built anew behind it.",
        "requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": schema}}},
        "responses": {
            "303": {"description": "It is kept; on to the page that was asked for."},
            "400": {"description": "A field is missing or cannot be read."},
            "403": {"description": "It does not come from a page of this site, or without the token."},
            "404": {"description": "Nothing is named so."},
        },
    }
