"""A server that plays the first words of the Bolt protocol by a script, and one that hands bytes on until it is cut."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread

_LOOPBACK = "127.0.0.1"


def _text(value: str) -> bytes:
    data = value.encode()
    return bytes([0x80 + len(data)]) + data if len(data) < 16 else bytes([0xD0, len(data)]) + data


def success(**said: str) -> bytes:
    """Return a SUCCESS message with these words, as it goes over the wire."""
    body = b"\xb1\x70" + bytes([0xA0 + len(said)]) + b"".join(_text(n) + _text(v) for n, v in said.items())
    return len(body).to_bytes(2, "big") + body + b"\x00\x00"


@contextmanager
def scripted(version: bytes, agent: str | None) -> Iterator[str]:
    """Answer every handshake with `version` and, where `agent` is given, every message with a SUCCESS that names it."""

    def serve(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.recv(20)
            connection.sendall(version)
            while agent is not None and connection.recv(65_536):
                connection.sendall(success(server=agent, connection_id="bolt-1"))

    with _listening(serve) as port:
        yield f"bolt://{_LOOPBACK}:{port}"


@contextmanager
def trap() -> Iterator[tuple[str, list[bytes]]]:
    """Listen as a web server would; yield the address and what was asked of it."""
    asked: list[bytes] = []

    def serve(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            asked.append(connection.recv(1_000))
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nx\n")

    with _listening(serve) as port:
        yield f"http://{_LOOPBACK}:{port}/x.csv", asked


class Cut:
    """Hands bytes on to a port until it is told to stop, then drops every connection."""

    def __init__(self, port: int) -> None:
        """Name the port behind."""
        self.port, self.broken = port, False
        self._open: list[socket.socket] = []

    def cut(self) -> None:
        """Drop every connection, and every later one."""
        self.broken = True
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def serve(self, connection: socket.socket) -> None:
        """Hand on one connection."""
        if self.broken:
            connection.close()
            return
        behind = socket.create_connection((_LOOPBACK, self.port))
        self._open += [connection, behind]
        back = Thread(target=self._hand_on, args=(behind, connection), daemon=True)
        back.start()
        self._hand_on(connection, behind)
        back.join()
        connection.close()
        behind.close()

    def _hand_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                target.sendall(data)
        with suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)


@contextmanager
def between(port: int) -> Iterator[tuple[str, Cut]]:
    """Stand between a client and a port; yield the address and what cuts it."""
    middle = Cut(port)
    with _listening(middle.serve) as own:
        yield f"bolt://{_LOOPBACK}:{own}", middle


@contextmanager
def _listening(serve: Callable[[socket.socket], None]) -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind((_LOOPBACK, 0))
        listener.listen()

        def accept() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    Thread(target=serve, args=(connection,), daemon=True).start()

        Thread(target=accept, daemon=True).start()
        try:
            yield int(listener.getsockname()[1])
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
