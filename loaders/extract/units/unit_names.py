"""Whether words are the name of a body, by their form: `市财政局` is one, `格局` is none."""

import re
from functools import lru_cache

from loaders.extract.deadlines.deadline_kinds import holds_a_time
from loaders.patterns.pattern_files import by_name, load_words

_PATTERNS = by_name("units")
_FORM = _PATTERNS["form"]
_NO_FORM = _PATTERNS["no_form"]
_NO_NAME = _PATTERNS["no_name"]
_COLLECTIVE = _PATTERNS["collective"]
_BARE = _PATTERNS["bare"]
_MEASURE = _PATTERNS["measure"]
_GROUP = re.compile(r"\([^()\n]{0,40}\)|\[[^\[\]\n]{0,40}\]|〔[^〔〕\n]{0,40}〕|【[^【】\n]{0,40}】")
_QUOTED = _PATTERNS["quoted_office"]
_LEVEL = _PATTERNS["level_in_signs"]
_CHARACTERS = re.compile(r"[\u3400-\u9fffA-Za-z0-9·\-]{2,32}")
_NOBODY = _PATTERNS["nobody"]
_GROUP_END = _PATTERNS["group_end"]
_TITLE = _PATTERNS["title"]
_GROUP_SIGN = _PATTERNS["group_sign"]
_SURNAMES = frozenset(load_words("units")["SURNAMES"])


@lru_cache(maxsize=8192)
def without_groups(name: str) -> str:
    """Return `name` without white space, quotes before an office and what stands in brackets, however they are nested.

    >>> without_groups("各县(市、区) 政府")
    '各县政府'
    """
    name = _LEVEL.sub("", _QUOTED.sub(lambda match: match["words"].replace("、", ""), "".join(name.split())))
    for _ in range(3):
        shorter = _GROUP.sub("", name)
        if shorter == name:
            break
        name = shorter
    return name


@lru_cache(maxsize=8192)
def is_collective(folded_text: str) -> bool:
    """Tell whether the name is that of a group: `各镇(街道)`, `有关部门`, `市直部门`.

    >>> is_collective("各镇(街道)"), is_collective("区政府办")
    (True, False)
    """
    return bool(_COLLECTIVE.search("".join(folded_text.split())))


@lru_cache(maxsize=8192)
def is_bare(folded_text: str) -> bool:
    """Tell whether this is only the generic end of a name: `办公室`, `街道`, `党工委`."""
    return bool(_BARE.match("".join(folded_text.split())))


@lru_cache(maxsize=8192)
def is_unit_name(folded_text: str) -> bool:
    """Tell whether folded words look like the name of a body or of a group of bodies, by their form alone.

    >>> [is_unit_name(one) for one in ("市财政局", "各镇(街道)", "格局", "街道", "2018-2022年")]
    [True, True, False, False, False]
    """
    base = without_groups(folded_text)
    if not _CHARACTERS.fullmatch(base) or (is_bare(base) and base == folded_text):
        return False
    if _NO_NAME.search(base) or _NOBODY.fullmatch(base):
        return False
    if is_collective(folded_text):
        return bool(_GROUP_END.search(base) and _GROUP_SIGN.search(base))
    return not is_bare(base) and bool(_FORM.search(base)) and not _NO_FORM.search(base)


@lru_cache(maxsize=8192)
def may_be_unit(folded_text: str) -> bool:
    """Tell whether words in a place that is kept for units may be one: any short name that is no time and no person."""
    base = without_groups(folded_text)
    if not _CHARACTERS.fullmatch(base) or _NOBODY.fullmatch(base):
        return False
    return not (_NO_NAME.search(base) or is_measure(base) or may_be_person(base) or is_person_title(base))


@lru_cache(maxsize=8192)
def is_measure(folded_text: str) -> bool:
    """Tell whether words among names of units say when, how far or how many points, and name nobody.

    >>> is_measure("6月底完成"), is_measure("0.5分"), is_measure("市财政局")
    (True, True, False)
    """
    return _MEASURE.search(folded_text) is not None or holds_a_time(folded_text)


def may_be_person(folded_text: str) -> bool:
    """Tell whether two or three characters may be a person's name."""
    name = "".join(folded_text.split())
    return 2 <= len(name) <= 3 and name[0] in _SURNAMES and not _FORM.search(name)


def is_person_title(folded_text: str) -> bool:
    """Tell whether words are the office of a person, with or without a name: `分管副市长`, `市长某某`.

    >>> is_person_title("分管副市长"), is_person_title("市长热线办")
    (True, False)
    """
    name = without_groups(folded_text)
    found = [one.end() for one in _TITLE.finditer(name)]
    return bool(found) and (found[-1] == len(name) or may_be_person(name[found[-1] :]))
