"""The explorer's pages as an API, described by OpenAPI 3.1: the rows of every page as JSON, and the two that write."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from graph.ledger.progress import LONGEST_WORDS, STATUSES
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
    " rows is data. The host must be one that `zhengmai serve` answers to; on another host than the server's own machine reading needs"
    " the token of the printed address. Only /decide and /progress write; they need the token everywhere: as the cookie that the printed"
    " address sets, from this site's own pages alone (Sec-Fetch-Site, else Origin), or, from a program, as `Authorization: Bearer TOKEN`."
)
_TOKEN: Sequence[Described] = ({"cookie": []}, {"token": []})
_LINE = {"content": {"text/plain": {"schema": {"type": "string"}}}}


@cache
def _told() -> Mapping[str, Any]:
    return tomllib.loads(files("views.web.programs").joinpath("api.toml").read_text(encoding="utf-8"))


def api_description(pages: Iterable[str], version: str) -> Described:
    """Return the description of these pages and of the two forms that write; one that is not told of takes any parameter."""
    paths = {f"/{name}.json": {"get": _page(name)} for name in pages}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Zhengmai", "version": version, "description": _ABOUT},
        "servers": [{"url": "/"}],
        "paths": {**paths, "/decide": {"post": _decide()}, "/progress": {"post": _progress()}},
        "components": {
            "schemas": {"Page": _PAGE},
            "securitySchemes": {
                "cookie": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": f"{COOKIE}-8765",
                    "description": "Set by the address that `zhengmai serve` prints; behind the stroke stands the port.",
                },
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The token of the address that `zhengmai serve` prints.",
                },
            },
        },
        # Without a token as well: reading on the server's own machine needs none.
        "security": [*_TOKEN, {}],
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
    return _form("decide", "Keep a person's word on a link; the graph is built anew behind it.", schema)


def _progress() -> Described:
    fields = {
        "task": {"type": "string"},
        "status": {"enum": list(STATUSES)},
        "share": {"type": "string", "description": "A percentage from 0 to 100."},
        "words": {"type": "string", "maxLength": LONGEST_WORDS},
        "by": {"type": "string"},
        "addresses": {"type": "string", "description": "What shows it: addresses of http or https, one a line."},
        "files": {
            "type": "string",
            "description": "What shows it: a file a line, its SHA-256, blanks, its name; no file is looked for or kept.",
        },
        "seen": {
            "type": "string",
            "description": "The key (`entry`) of the last entry that the sender knows, empty for none: where another stands, nothing"
            " is recorded (409).",
        },
        "lang": {"enum": ["zh", "en"]},
    }
    schema = {"type": "object", "required": ["task", "status", "seen"], "properties": fields}
    late = {"409": {"description": "Another entry was recorded since; the page shows it, and the form as it was sent."}}
    return _form("progress", "Record how far a task is, behind what was recorded before.", schema, late)


def _form(name: str, summary: str, schema: Described, more: Described | None = None) -> Described:
    return {
        "operationId": name,
        "summary": summary,
        "security": list(_TOKEN),
        "requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": schema}}},
        "responses": {
            "303": {"description": "It is kept; on to the page that was asked for."},
            "400": {"description": "A field is missing or cannot be read."},
            "403": {"description": "It does not come from a page of this site, or without the token."},
            "404": {"description": "Nothing is named so."},
            **(more or {}),
        },
    }
