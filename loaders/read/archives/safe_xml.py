"""The tree of a part of a document in XML: no definitions of its own, no entities, nothing fetched, no tree without end."""

from lxml import etree

from graph.errors import InputError
from loaders.read import limits
from loaders.read.refusals import damaged

_DEFINITIONS = tuple(
    word.encode(codec) for word in ("<!DOCTYPE", "<!ENTITY") for codec in ("ascii", "utf-16-le", "utf-16-be")
)


def parsed(data: bytes, where: str) -> etree._Element:
    """Return the root of the XML in `data`; `where` names the file in errors.

    Raises:
        InputError: it is no well-formed XML, defines entities or elements, or holds too many elements.
    """
    if data.count(b"<") > limits.XML_MARKS:
        raise InputError(
            "{where}: holds more than {most:,} marks of its format; split the file", where=where, most=limits.XML_MARKS
        )
    if any(one in data for one in _DEFINITIONS):
        raise _defines(where)
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        raise damaged(where) from error
    # An encoding that hides the words from the look above.
    if root.getroottree().docinfo.internalDTD is not None:
        raise _defines(where)
    return root


def _defines(where: str) -> InputError:
    return InputError(
        "{where}: its XML defines words of its own, as no office program writes; it was not read", where=where
    )
