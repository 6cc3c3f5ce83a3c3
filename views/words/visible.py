"""Signs of a document that steer a terminal or turn the order of its words, as signs that one sees."""

import re

# C0 but tab and line breaks, DEL, C1, the signs that turn the direction of text, and two line breaks that editors obey.
_STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_LONE_RETURN = re.compile(r"\r(?!\n)")
_PICTURES, _DELETE = 0x2400, 0x7F


def visible(text: str) -> str:
    r"""Return `text` with a stand-in for every sign that steers a terminal: pictures of C0, numbers of the others.

    >>> visible("a\x1b[2J\u202eb\n")
    'a␛[2J\\u202eb\n'
    """
    return _LONE_RETURN.sub("␍", _STEERING.sub(_stand_in, text))


def escaped(json: str) -> str:
    r"""Return JSON with the same signs escaped as JSON escapes them; they stand in its strings alone.

    >>> escaped('"a\u202e"')
    '"a\\u202e"'
    """
    return _STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", json)


def _stand_in(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code == _DELETE:
        return "␡"
    return chr(_PICTURES + code) if code < ord(" ") else f"\\u{code:04x}"
