"""The subject of a heading, without the frame around it: 聚焦…,大力实施X工程 and X行动 are about X."""

import re
from functools import lru_cache

from graph.text import fold

_NUMBER = re.compile(
    r"^(?:[(]?[一二三四五六七八九十百\d]{1,4}[)、.:]|第[一二三四五六七八九十百\d]{1,4}[、章节篇条]?)\s*"
)
_HOW = r"大力|全面|深入|加快|着力|扎实|持续|积极|有序|切实|全力|稳步|统筹|进一步|不断|努力|系统|协同|坚决|突出"
_DO = r"实施|推进|推动|开展|加强|提升|提高|强化|深化|完善|健全|优化|打造|建设|构建|增强|促进|落实|抓好|做好|夯实|改善|规范|发展"
# What comes before the matter itself: 大力实施X工程, 加快推进X.
_LEAD = re.compile(rf"^(?:{_HOW}){{0,3}}(?:{_DO}){{1,2}}(?!的)")
# What kind of undertaking it is called says nothing about its matter.
_FORM = re.compile(r"(?:专项|三年|五年|攻坚|重点)?(?:工程|行动|计划|专项|工作|任务)$")
# A heading that only says that tasks follow names no theme.
_EMPTY = re.compile(
    r"(?:主要|重点|工作|具体|基本|目标|总体|政策|推进|实施|和|及|与|、){0,6}"
    r"(?:任务|举措|措施|内容|要求|安排|事项|分工|步骤|目标|清单|方案)(?:(?:及|和|与)?(?:分工|安排|清单))?"
)
_EDGE = " 。:;,"
# What is left names a matter from two characters on, unless it is the end of a word pair or a mere count.
_NAMES = re.compile(r"[\u3400-\u9fff]{2}|[a-z0-9]{2}", re.I)
_REMAINS = re.compile(
    r"(?:[与及、的化性]|和(?![平谐睦美田龙政静硕])|[一二三四五六七八九十百两多\d]{1,3}(?:[项大个条批类]|方面)$)"
)


@lru_cache(maxsize=65536)
def core(heading: str) -> str:
    """Return the subject of a heading: its naming clause, without number, verbs of doing and 工程, 行动.

    The empty string where it only says that tasks follow (主要任务).

    >>> core("聚焦平安渡运,大力实施渡口安全提升工程"), core("渡口安全提升行动。"), core("二、重点任务")
    ('渡口安全提升', '渡口安全提升', '')
    """
    about = _naming(fold(heading))
    if _EMPTY.fullmatch(about):
        return ""
    bare = _FORM.sub("", about)
    ways = (_LEAD.sub("", bare), _LEAD.sub("", about), bare, about)
    return next((one for one in ways if _stands(one)), about)


def _naming(folded: str) -> str:
    """Return the clause of a heading that names its matter: the last that calls it 工程, 行动 or the like, else the last."""
    text = _NUMBER.sub("", folded.strip(_EDGE))
    clauses = [clause.strip() for clause in re.split(r"[,;:。]", text) if clause.strip()]
    named = [clause for clause in clauses if _FORM.search(clause)]
    return (named or clauses or [text])[-1]


def _stands(about: str) -> bool:
    """Tell whether what is left of a heading names a matter by itself: 推进期 is not about 期, nor 七项工作 about 七项."""
    return bool(_NAMES.search(about)) and not _REMAINS.match(about) and not _EMPTY.fullmatch(about)


def wordings(heading: str) -> tuple[str, ...]:
    """Return the names that a heading gives a theme, the first choice first, each as it is printed there.

    What it is about, the clause that names it, all of it; () where it names none.

    >>> wordings("聚焦平安渡运，大力实施渡口安全提升工程。")
    ('渡口安全提升', '大力实施渡口安全提升工程', '聚焦平安渡运，大力实施渡口安全提升工程')
    """
    if not (about := core(heading)):
        return ()
    folded = fold(heading)
    found = []
    for words in (about, _naming(folded), folded.strip(_EDGE)):
        start = max(folded.rfind(words), 0)
        found.append(heading[start : start + len(words)])
    return tuple(dict.fromkeys(found))
