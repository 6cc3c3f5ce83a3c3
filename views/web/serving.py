"""The explorer's server: on this machine alone, unless an address and a token say otherwise."""

import secrets
import socket
import sys
import webbrowser
from collections.abc import Callable
from ipaddress import ip_address
from urllib.parse import quote

import uvicorn

from graph.errors import StoreError
from views.web.door import LOOPBACK
from views.web.explorer import explorer
from views.web.held_graph import HeldGraph

PORT = 8765
_LOCAL = "127.0.0.1"


def serve(
    address: str,
    *,
    port: int = PORT,
    host: str | None = None,
    token: str | None = None,
    tell: Callable[[str], None] = lambda url: None,
    show: bool = False,
) -> None:
    """Serve the graph at an address until it is interrupted; `tell` is told the address of the first page.

    That address holds a token, made where none is given: without it nobody writes, and on another host than this machine's
    own nobody reads either. `show` opens the page in a browser. Port 0 is any that is free.

    Raises:
        StoreError: there is no graph, or the port is taken.
        UsageError: the graph is on a server.
    """
    near = host is None or is_loopback(host)
    secret = token or secrets.token_urlsafe(24)
    names = (*LOOPBACK, *(() if host is None else _names_of(host)))
    listening = _listen(host or _LOCAL, port)
    try:
        pages = explorer(HeldGraph(address), names, secret, closed=not near)
        url = _url(host or _LOCAL, listening.getsockname()[1], secret)
        tell(url)
        if show:
            webbrowser.open(url)
        config = uvicorn.Config(pages, log_level="warning", access_log=False, server_header=False, proxy_headers=False)
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        listening.close()


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine, seen from itself alone.

    >>> is_loopback("localhost"), is_loopback("127.0.0.5"), is_loopback("0.0.0.0"), is_loopback("office.example")
    (True, True, False, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _names_of(host: str) -> list[str]:
    """Return the names by which a host that is listened on is asked for; of every address, those of this machine."""
    if host not in ("0.0.0.0", "::"):
        return [host]
    own = socket.gethostname()
    try:
        return [own, *{str(found[4][0]) for found in socket.getaddrinfo(own, None)}]
    except OSError:
        return [own]


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    if sys.platform != "win32":
        # There it would let another program take the port as well.
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        # Who opens the address as soon as it is told waits until the pages are there, and is not refused.
        listening.listen()
    except OSError as error:
        listening.close()
        raise StoreError(
            "{host}:{port}: cannot be listened on ({reason}); choose another port with --port",
            host=host,
            port=port,
            reason=error.strerror or error,
        ) from error
    return listening


def _url(host: str, port: int, token: str) -> str:
    named = f"[{host}]" if ":" in host else host
    return f"http://{named}:{port}/?token={quote(token)}"
