"""What kind of section a heading opens: measures, safeguards, phases, or one that holds no tasks."""

from typing import Literal, cast

from loaders.extract.patterns import load_patterns

SectionKind = Literal["measure", "safeguard", "phase", "general", "bodies"]
TASK_SECTIONS: frozenset[SectionKind] = frozenset({"measure", "safeguard", "phase"})


def section_kind(heading: str, above: SectionKind | None = None) -> SectionKind:
    """Return the kind of the section that a folded heading opens; `above` is the kind of the section it stands in.

    A section that holds no tasks stays so for what is below it, unless a heading there says 主要任务; a section of
    measures keeps its kind below, but for a part that says 工作目标.

    >>> section_kind("保障措施"), section_kind("加快数字转型"), section_kind("指导思想", "general")
    ('safeguard', 'measure', 'general')
    """
    heading = heading.strip(" \"'。:;*")
    for pattern in load_patterns("sections"):
        if not pattern.regex.search(heading):
            continue
        kind = cast(SectionKind, pattern.data["kind"])
        if above in TASK_SECTIONS and kind in ("safeguard", "bodies", "phase", "measure"):
            return above
        if above in ("general", "bodies") and kind in ("safeguard", "phase"):
            return above
        return kind
    return above or "measure"
