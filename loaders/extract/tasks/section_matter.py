"""What a section is by what stands in it, where its heading alone says too little."""

from collections.abc import Sequence
from itertools import pairwise

from loaders.numbering import RANKS
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document
from loaders.structure.outline import Node
from loaders.structure.section_kinds import TASK_SECTIONS, SectionKind, section_kind

_PATTERNS = by_name("tasks")
_SAFEGUARD = _PATTERNS["safeguard"]
_SECURES = _PATTERNS["secures_work"]
_ORGANISES = _PATTERNS["organises"]
_WHY = _PATTERNS["tells_why"]
# A plan whose sections with items are fewer announces nothing.
_SEVERAL = 2


def runs_on(nodes: Sequence[Node]) -> bool:
    """Tell whether the items of each section continue the numbers of the one before, through three or more."""
    sections = [node.children for node in nodes if node.children and all(child.marker for child in node.children)]
    joints = [below[0].ordinal == above[-1].ordinal + 1 for above, below in pairwise(sections)]
    return len(joints) > 1 and all(joints)


def speaks_of_matter(document: Document, node: Node) -> bool:
    """Tell whether a section headed …保障 names a matter (健全法治服务保障), and most of its items say what is done in it.

    So it does where numbers run on through all sections, or where another section secures the work
    (docs/annotation.md, What is a task).
    """
    heading = document.plain(node.title)
    if not node.children or not _SAFEGUARD.search(heading) or _SECURES.search(heading):
        return False
    others = [document.plain(one.title) for one in node.beside if one is not node]
    secured = any(_SECURES.search(one) and section_kind(one) == "safeguard" for one in others)
    organised = sum(bool(_ORGANISES.search(document.plain(one.title))) for one in node.children)
    return organised * 2 < len(node.children) and (secured or _goes_on(node))


def _goes_on(node: Node) -> bool:
    """Tell whether the items of a section continue the numbers of the sections above it, of whatever depth."""
    first = node.children[0]
    above = next((one for one in reversed(node.beside) if one.piece.span.start < node.piece.span.start), None)
    if above is None or first.marker is None:
        return False
    alike = [one.ordinal for one in above.walk() if one.marker and one.marker.sign == first.marker.sign]
    return bool(alike) and first.ordinal == alike[-1] + 1


def announces(document: Document, node: Node, above: SectionKind | None) -> bool:
    """Tell whether 重点任务 inside a section of aims only names what the sections below it set out one by one.

    `above` is the kind of the section it stands in.
    """
    parent = node.parent
    if parent is None or above in TASK_SECTIONS or above is None or any(child.marker for child in node.children):
        return False
    later = [one for one in parent.beside if one.ordinal > parent.ordinal and one.children]
    kinds = [section_kind(document.plain(one.title)) for one in later]
    return section_kind(document.plain(node.title)) == "measure" and kinds.count("measure") >= _SEVERAL


def tells_why(document: Document, node: Node) -> bool:
    """Tell whether a first section without items only says why there is a plan: each of its paragraphs tells of what is.

    The sections beside it have items.
    """
    first = node.parent is None and node.beside and node.beside[0] is node and node.rank >= RANKS["cn"]
    if not first or node.children or node.own.start < node.own.end or not node.paragraphs:
        return False
    others = node.beside[1:]
    if sum(bool(one.children) for one in others) * 2 <= len(others):
        return False
    return all(_WHY.search(document.plain(piece.span)) for piece in node.paragraphs)
