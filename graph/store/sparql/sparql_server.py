"""A SPARQL 1.1 server by address (`sparql+http://…` names its query endpoint), through the standard library alone.

Credentials come from the environment, ZHENGMAI_SPARQL_USER and ZHENGMAI_SPARQL_PASSWORD, and are printed nowhere.
"""

import base64
import json
import os
from collections.abc import Mapping
from http.client import HTTPException
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from graph.errors import StoreError, UsageError, one_line
from graph.rdf.rdf_write import triples
from graph.rdf.statements import things
from graph.store.address import sparql_endpoint
from graph.store.protocol import AnswerRow, Dialect, Parameters, Scalar, Store
from graph.store.sparql.sparql_text import askable, scalar

if TYPE_CHECKING:
    from graph.snapshot.snapshot import Snapshot

_RESULTS = "application/sparql-results+json"
# Where servers take whole graphs, beside their query endpoint: Fuseki's and Oxigraph's names for it.
_GRAPH_STORES = ("data", "store")
_SECONDS = 60.0
# By this header Fuseki is known, the one of these servers that takes a limit with a request. Others give the same word
# another meaning (Virtuoso: so many milliseconds, then the rows found so far), so that it is told to nobody else.
_FUSEKI = "Fuseki-Request-Id"
_WRITING = 1800.0


class _Stay(HTTPRedirectHandler):
    """Follows no redirect: a query goes to the server that was named, with its credentials, or nowhere."""

    def redirect_request(self, *told: object, **more: object) -> None:
        """Return no new request."""


class SparqlServer(Store):
    """A store on a server. `ask` reads; `load` replaces the server's default graph."""

    dialect: Dialect = "sparql"

    def __init__(self, address: str, *, seconds: float | None = None) -> None:
        """Name the query endpoint; nothing is asked yet.

        Raises:
            UsageError: the address names no server, or holds a user or password.
        """
        self.endpoint = sparql_endpoint(address)
        self.seconds = seconds or _SECONDS
        # Whether the server ends a question by itself where it is told to; None where it must be asked first.
        self._ends: bool | None = None if seconds else False
        self._opener = build_opener(_Stay)

    def close(self) -> None:
        """Do nothing: every question is a request of its own."""

    def load(self, snapshot: "Snapshot") -> None:
        """Make the default graph of the server hold just what `snapshot` holds.

        Raises:
            StoreError: the server takes no graphs there, or cannot be reached.
        """
        parts = urlsplit(self.endpoint)
        beside = parts.path.rpartition("/")[0]
        body = "".join(triples(things(snapshot))).encode()
        for name in _GRAPH_STORES:
            address = urlunsplit((parts.scheme, parts.netloc, f"{beside}/{name}", "default", ""))
            headers = {"Content-Type": "application/n-triples"}
            try:
                self._send(Request(address, body, headers, method="PUT"), _WRITING)
            except _Refused as error:
                if error.status in (404, 405):
                    continue
                raise StoreError(
                    "{endpoint}: the server does not take the graph ({reason})", endpoint=self.endpoint, reason=error
                ) from error
            return
        raise StoreError(
            "{endpoint}: the server takes no graph at {known} beside it",
            endpoint=self.endpoint,
            known=" or ".join(_GRAPH_STORES),
        )

    def ask(self, text: str, parameters: Parameters | None = None) -> list[AnswerRow]:
        """Return the rows of a read-only SPARQL query, as the embedded store gives them; SELECT and ASK only.

        Raises:
            UsageError: the server does not understand the query, or it calls out.
            StoreError: the server cannot be reached, or does not answer.
        """
        asked = askable(text, parameters)
        headers = {"Content-Type": "application/sparql-query", "Accept": _RESULTS}
        try:
            if self._ends is None:
                self._send(Request(self.endpoint, b"ASK {}", headers, method="POST"), self.seconds)
            body = self._send(Request(self._limited(), asked.encode(), headers, method="POST"), self.seconds)
        except _Refused as error:
            if error.status == 400:
                raise UsageError("the query is not understood: {reason}", reason=error) from error
            if self._ends and error.status == 503:
                raise StoreError(
                    "{endpoint}: no answer within {seconds:g} seconds", endpoint=self.endpoint, seconds=self.seconds
                ) from error
            raise StoreError(
                "{endpoint}: the server refuses ({status} {reason})",
                endpoint=self.endpoint,
                status=error.status,
                reason=error,
            ) from error
        try:
            return _rows(json.loads(body))
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            # Another service may answer there, with JSON of its own.
            raise StoreError(
                "{endpoint}: what the server answers is no result of a query", endpoint=self.endpoint
            ) from error

    def _limited(self) -> str:
        """Return where a question goes, with the seconds after which the server itself ends it, where it can."""
        mark = "&" if "?" in self.endpoint else "?"
        return f"{self.endpoint}{mark}timeout={self.seconds:g}" if self._ends else self.endpoint

    def _send(self, request: Request, seconds: float) -> bytes:
        user = os.environ.get("ZHENGMAI_SPARQL_USER")
        if user:
            word = f"{user}:{os.environ.get('ZHENGMAI_SPARQL_PASSWORD', '')}"
            request.add_header("Authorization", "Basic " + base64.b64encode(word.encode()).decode())
        try:
            with self._opener.open(request, timeout=seconds) as answer:
                body: bytes = answer.read()
                self._ends = _FUSEKI in answer.headers
                return body
        except HTTPError as error:
            with error:
                said = one_line(error.read(2000).decode("utf-8", "replace"))
            if error.code in (401, 403):
                raise StoreError(
                    "{endpoint}: the server wants other credentials; set ZHENGMAI_SPARQL_USER and"
                    " ZHENGMAI_SPARQL_PASSWORD",
                    endpoint=self.endpoint,
                ) from None
            raise _Refused(error.code, said) from None
        except TimeoutError as error:
            raise StoreError(
                "{endpoint}: no answer within {seconds:g} seconds", endpoint=self.endpoint, seconds=seconds
            ) from error
        except HTTPException as error:
            raise StoreError(
                "{endpoint}: what the server answers is no result of a query", endpoint=self.endpoint
            ) from error
        except (URLError, OSError) as error:
            reason = getattr(error, "reason", error)
            raise StoreError(
                "{endpoint}: the server cannot be reached ({reason})", endpoint=self.endpoint, reason=reason
            ) from error


class _Refused(Exception):
    """An answer of a server that is an error."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said or str(status))
        self.status = status


def _rows(said: Any) -> list[AnswerRow]:  # noqa: ANN401 - any JSON
    if "boolean" in said:
        return [{"answer": bool(said["boolean"])}]
    names = said["head"].get("vars", [])
    return [{name: _plain(row.get(name)) for name in names} for row in said["results"]["bindings"]]


def _plain(term: Mapping[str, Any] | None) -> Scalar:
    if term is None:
        return None
    return scalar(term["value"], term.get("datatype")) if term["type"] != "uri" else str(term["value"])
