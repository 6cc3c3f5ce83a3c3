"""What kind of section a heading opens: measures, safeguards, phases, or one that holds no tasks."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, cast

from loaders.patterns.pattern_files import any_of, by_name, load_patterns
from loaders.read.document import Document
from loaders.structure.outline import Node

SectionKind = Literal["measure", "safeguard", "phase", "general", "bodies"]
TASK_SECTIONS: frozenset[SectionKind] = frozenset({"measure", "safeguard", "phase"})
_PERIOD = by_name("sections")["period"]
_KINDS = tuple(
    (cast(SectionKind, one.data["kind"]), one.name, one.regex)
    for one in load_patterns("sections")
    if "kind" in one.data
)
_ANY = any_of(one for one in load_patterns("sections") if "kind" in one.data)
_BLANKS = re.compile(r"\s+")
# What is longer is the first sentence of an article or item, and no heading: 制定…发展规划,明确…保障措施 says what is done.
_LONGEST = 40


def section_kind(heading: str, above: SectionKind | None = None) -> SectionKind:
    """Return the kind of the section that a folded heading opens; `above` is the kind of the section it stands in.

    A section that holds no tasks stays so for what is below it, unless a heading there says 主要任务; a section of
    measures keeps its kind below, but for a part that says 工作目标.

    >>> section_kind("保障措施"), section_kind("加快数字转型"), section_kind("指导思想", "general")
    ('safeguard', 'measure', 'general')
    """
    return _told(heading, above)[0]


@lru_cache(maxsize=4096)
def _told(heading: str, above: SectionKind | None) -> tuple[SectionKind, str | None]:
    """Return the kind of the section, and the name of the pattern that says so; None where the section above does."""
    # 总  则, 附  则: the letters of a short heading are set apart.
    heading = _BLANKS.sub("", heading).strip("\"'。:;*")
    if len(heading) > _LONGEST:
        return above or "measure", None
    later = _PERIOD.sub("", heading)
    if not _ANY.search(heading) and (later == heading or not _ANY.search(later)):
        return above or "measure", None
    for kind, name, words in _KINDS:
        if not (words.search(heading) or (kind == "general" and words.search(later))):
            continue
        if above in TASK_SECTIONS and kind in ("safeguard", "bodies", "phase", "measure"):
            return above, None
        if above in ("general", "bodies") and kind in ("safeguard", "phase"):
            return above, None
        return kind, name
    return above or "measure", None


def without_tasks(
    document: Document, nodes: Sequence[Node], above: SectionKind | None = None
) -> Iterator[tuple[Node, SectionKind]]:
    """Yield the sections that hold no tasks by their heading (goals, standing duties of bodies) and all in them."""
    for node in nodes:
        kind = section_kind(document.plain(node.title), above)
        if kind not in TASK_SECTIONS:
            yield node, kind
        yield from without_tasks(document, node.children, kind)


def left_out_sections(
    document: Document, nodes: Sequence[Node], above: SectionKind | None = None, rule: str | None = None
) -> Iterator[tuple[Node, str]]:
    """Yield the same sections as `without_tasks`, each with the name of the rule that leaves it out."""
    for node in nodes:
        kind, name = _told(document.plain(node.title), above)
        named = name or rule
        if kind not in TASK_SECTIONS and named:
            yield node, named
        yield from left_out_sections(document, node.children, kind, named)
