"""What goes between a build and the child process that parses for it: requests and answers, each with its length before it."""

import json
import struct
from collections.abc import Mapping
from typing import IO, Any

OUT_OF_MEMORY = 71
"""How the child ends where it has no memory left to answer."""
# The lengths of a head in JSON and of the bytes behind it.
_LENGTHS = struct.Struct(">II")
# No answer is longer: a text of the greatest length, with places for all of its lines.
_LONGEST = 1 << 30


def send(pipe: IO[bytes], head: Mapping[str, Any], body: bytes = b"") -> None:
    """Write one message.

    Raises:
        OSError: nobody reads any more.
    """
    packed = json.dumps(head).encode("ascii")
    pipe.write(_LENGTHS.pack(len(packed), len(body)) + packed)
    pipe.write(body)
    pipe.flush()


def receive(pipe: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """Return one message, None where the other side is gone, be it in the middle of a message.

    Raises:
        ValueError: it is no message.
    """
    lengths = pipe.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    of_head, of_body = _LENGTHS.unpack(lengths)
    if of_head > _LONGEST or of_body > _LONGEST:
        raise ValueError("a message without end")
    head, body = pipe.read(of_head), pipe.read(of_body)
    if len(head) < of_head or len(body) < of_body:
        return None
    said = json.loads(head)
    if not isinstance(said, dict):
        raise ValueError("a message without a head")
    return said, body
