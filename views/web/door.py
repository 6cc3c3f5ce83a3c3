"""Who may ask the explorer what: known hosts, pages of its own, those who know the token. Every answer says what it may do."""

import hmac
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

AsgiScope = MutableMapping[str, Any]
AsgiMessage = MutableMapping[str, Any]
AsgiReceive = Callable[[], Awaitable[AsgiMessage]]
AsgiSend = Callable[[AsgiMessage], Awaitable[None]]
AsgiApp = Callable[[AsgiScope, AsgiReceive, AsgiSend], Awaitable[None]]

LOOPBACK = ("127.0.0.1", "localhost", "::1")
COOKIE = "zhengmai"
HEADERS: Sequence[tuple[str, str]] = (
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    # Nobody else learns what was looked at; our own forms must say where they come from.
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
)


WRITES = "zhengmai.writes"
"""In the scope of a request: whether who asks may write."""


class Door:
    """Lets in what may come in, and refuses the rest with a line."""

    def __init__(
        self, app: AsgiApp, hosts: Sequence[str] = LOOPBACK, token: str | None = None, *, closed: bool = False
    ) -> None:
        """Guard `app`, which is known by these names of its host; only who has the token writes, and where it is `closed` reads."""
        self.app, self.hosts, self.token, self.closed = app, frozenset(one.lower() for one in hosts), token, closed

    async def __call__(self, scope: AsgiScope, receive: AsgiReceive, send: AsgiSend) -> None:
        """Answer, or have the application answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = _headers(scope)
        refused = self._refused(scope, headers)
        if refused is not None:
            await _answer(send, refused[0], refused[1])
        elif self._brings_token(scope):
            await self._take_token(scope, headers, send)
        elif not (knows := self._knows(headers)) and (self.closed or scope["method"] == "POST"):
            await _answer(
                send, 403, "this explorer wants a token: open the address that it printed when it was started"
            )
        else:
            scope[WRITES] = knows
            await self.app(scope, receive, _telling(send))

    def _refused(self, scope: AsgiScope, headers: dict[str, list[str]]) -> tuple[int, str] | None:
        """Return why a request is not answered, None where it is."""
        hosts = headers.get("host", [])
        if len(hosts) != 1 or host_name(hosts[0]) not in self.hosts:
            return 400, "unknown host"
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return 405, "only GET, HEAD and POST"
        if scope["method"] == "POST" and not (_own_page(headers, hosts[0]) or self._is_program(headers)):
            return 403, "only this site's own pages may send this"
        return None

    def _is_program(self, headers: dict[str, list[str]]) -> bool:
        """Tell whether a program sends it, with the token in a header: no page of another site can."""
        return (
            not ({"origin", "sec-fetch-site"} & headers.keys()) and bool(self._borne(headers)) and self._knows(headers)
        )

    def _knows(self, headers: dict[str, list[str]]) -> bool:
        """Tell whether a request has the token, in its cookie or in a header; where there is none, nobody needs it."""
        if self.token is None:
            return True
        given, cookie = self._borne(headers), cookie_name(headers["host"][0])
        for line in headers.get("cookie", []):
            try:
                jar = SimpleCookie(line)
            except CookieError:
                continue
            given += [jar[cookie].value] if cookie in jar else []
        return any(self._is_token(one) for one in given)

    @staticmethod
    def _borne(headers: dict[str, list[str]]) -> list[str]:
        borne = (line.split(" ", 1) for line in headers.get("authorization", []))
        return [one[1].strip() for one in borne if len(one) == 2 and one[0].lower() == "bearer"]

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), str(self.token).encode())

    def _brings_token(self, scope: AsgiScope) -> bool:
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = [value for name, value in query if name == "token"]
        wanted = self.token is not None and scope["method"] == "GET" and len(given) == 1
        return wanted and self._is_token(given[0])

    async def _take_token(self, scope: AsgiScope, headers: dict[str, list[str]], send: AsgiSend) -> None:
        """Let in who brings the token in the address: it goes into a cookie, and out of the address."""
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        rest = urlencode([(name, value) for name, value in query if name != "token"])
        # Two strokes at the beginning would be another site's address.
        path = "/" + scope["raw_path"].decode("latin-1").split("?")[0].lstrip("/")
        cookie = f"{cookie_name(headers['host'][0])}={self.token}; HttpOnly; SameSite=Strict; Path=/"
        await _answer(send, 303, "", [("location", path + (f"?{rest}" if rest else "")), ("set-cookie", cookie)])


def cookie_name(host: str) -> str:
    """Return the name of the cookie for a Host header: ports of one machine share its cookies, and each has a token of its own.

    >>> cookie_name("127.0.0.1:8765"), cookie_name("office.example")
    ('zhengmai-8765', 'zhengmai-80')
    """
    return f"{COOKIE}-{urlsplit(f'//{host}').port or 80}"


def host_name(header: str) -> str:
    """Return the host of a Host header without its port, in small letters; empty where it is none.

    >>> host_name("LOCALHOST:8765"), host_name("[::1]:8765"), host_name("127.0.0.1.nip.io"), host_name("a@localhost")
    ('localhost', '::1', '127.0.0.1.nip.io', '')
    """
    try:
        split = urlsplit(f"//{header}")
        split.port  # noqa: B018 - raises where it is no number
    except ValueError:
        return ""
    plain = not (split.path or split.query or split.fragment or "@" in header)
    return (split.hostname or "") if plain else ""


def _own_page(headers: dict[str, list[str]], host: str) -> bool:
    """Tell whether a form was sent from a page of ours: browsers say so, by one header or by the other."""
    if site := headers.get("sec-fetch-site"):
        return site == ["same-origin"]
    return [urlsplit(one).netloc for one in headers.get("origin", [])] == [host]


def _headers(scope: AsgiScope) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        found.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    return found


def _telling(send: AsgiSend) -> AsgiSend:
    """Return a sender that puts the headers of every answer before it."""

    async def tell(message: AsgiMessage) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", []), *_encoded(HEADERS)]
        await send(message)

    return tell


def _encoded(headers: Sequence[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]


async def _answer(send: AsgiSend, status: int, line: str, headers: Sequence[tuple[str, str]] = ()) -> None:
    body = f"{line}\n".encode() if line else b""
    told = [("content-type", "text/plain; charset=utf-8"), ("content-length", str(len(body))), *headers]
    await _telling(send)({"type": "http.response.start", "status": status, "headers": _encoded(told)})
    await send({"type": "http.response.body", "body": body})
