"""The names of WordprocessingML, and small questions to its elements."""

from functools import cache

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
# The strict form of the standard has other names for the same things.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_OFF = frozenset({"0", "false", "off", "none"})


def usual(data: bytes) -> bytes:
    """Return a part with the usual names in place of those of the strict form."""
    for strict, plain in _STRICT:
        data = data.replace(strict, plain)
    return data


def value(parent: etree._Element | None, path: str, attribute: str = "val") -> str | None:
    """Return an attribute of the first element at a path of names such as `pPr/jc`, None where there is none."""
    found = below(parent, path)
    return None if found is None else found.get(f"{W}{attribute}")


def below(parent: etree._Element | None, path: str) -> etree._Element | None:
    """Return the first element at a path of names below `parent`, None where there is none."""
    return None if parent is None else parent.find(_named(path))


@cache
def _named(path: str) -> str:
    return "/".join(f"{W}{name}" for name in path.split("/"))


def is_on(parent: etree._Element | None, path: str) -> bool | None:
    """Return whether a property is switched on (`<w:b/>`) or off (`<w:b w:val="0"/>`); None where nothing is said."""
    found = below(parent, path)
    return None if found is None else found.get(f"{W}val", "1").lower() not in _OFF


def number(printed: str | None) -> int | None:
    """Return a whole number of an attribute, None where it is none or larger than any of these can be.

    >>> number("12"), number("-1"), number("many"), number(None), number("9" * 30)
    (12, -1, None, None, None)
    """
    if printed is None or len(printed) > 9:
        return None
    try:
        return int(printed)
    except ValueError:
        return None
