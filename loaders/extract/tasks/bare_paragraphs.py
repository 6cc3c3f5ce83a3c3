"""Paragraphs with a heading sentence that stand below no heading: the tasks of a text without sections or numbers."""

from loaders.extract.tasks.headed_paragraphs import has_heading_sentence, is_told
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document
from loaders.structure.outline import DocumentOutline
from loaders.structure.paragraphs import Piece

_PATTERNS = by_name("tasks")
_ACT, _SUM, _INTRODUCES = _PATTERNS["act"], _PATTERNS["sum"], _PATTERNS["introduces"]
# One heading sentence may be chance; of several paragraphs most have one where they are tasks.
_FEWEST = 2


def bare_paragraphs(document: Document, outline: DocumentOutline) -> list[tuple[Piece, Piece]]:
    """Return (first, last) of the paragraphs above the first heading that are tasks; nothing where they are not.

    Only a text whose parts bear no numbers has such. At least two paragraphs, and half of them, open with a short sentence that
    heads them; one without goes with the paragraph above it, and what stands above the first is an introduction, unless it says an
    act at once.
    """
    if any(node.marker for node in outline.nodes):
        return []
    content = [piece for piece in outline.preamble if not piece.marker]
    if any(is_told(document, piece) for piece in content):
        return []
    heads = [has_heading_sentence(document, piece) for piece in content]
    if sum(heads) < _FEWEST or sum(heads) * 2 < len(heads):
        return []
    groups: list[tuple[Piece, Piece]] = []
    for piece, head in zip(content, heads, strict=True):
        if head or (not groups and says_an_act(document, piece)):
            groups.append((piece, piece))
        elif groups:
            groups[-1] = (groups[-1][0], piece)
    return groups


def says_an_act(document: Document, piece: Piece) -> bool:
    """Tell whether a paragraph of several sentences begins with an act (实行…，), however long its first sentence is."""
    text = document.plain(piece.span)
    return bool(_ACT.match(text)) and "。" in text[:-1] and not _INTRODUCES.search(text)


def says_what(document: Document, piece: Piece) -> bool:
    """Tell whether a paragraph says an act, or what sum or rate somebody gets: it introduces nothing."""
    text = document.plain(piece.span)
    return says_an_act(document, piece) or bool(_SUM.search(text) and not _INTRODUCES.search(text))
