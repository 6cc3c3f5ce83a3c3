"""Lines that the library says in English, in the language of a run: errors, issues, rules that a graph breaks.

An error has its template and its values. A line that comes from another process, or stands in a graph, has only its
words: it is told by the template that it fits.
"""

import re
import string
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import import_module

_ANY = r".{0,4000}?"


def of_template(template: str, values: Mapping[str, object], language: str) -> str | None:
    """Return an error's line in a language; None where that has no words for the template.

    >>> of_template("{where}: the file is empty; nothing to read", {"where": "plan.txt"}, "zh")
    'plan.txt：文件是空的，没有可读的内容'
    """
    words = _catalogue("ERRORS", language).get(template)
    if words is None:
        return None
    shown = {name: format(values[name], spec) for name, spec in _fields(template) if name in values}
    return words.format(**_inner(shown, language, "ERRORS"))


@lru_cache(maxsize=4096)
def in_words(line: str, language: str, kind: str = "ERRORS") -> str:
    """Return an English line (of `ERRORS`, `ISSUES`, `RULES` or `USAGE`) in a language, or as it is where none fits.

    >>> in_words("number 5 follows 3", "zh", "ISSUES"), in_words("number 5 follows 3", "en", "ISSUES")
    ('序号 5 接在 3 之后', 'number 5 follows 3')
    """
    for pattern, words in _patterns(kind, language):
        if found := pattern.fullmatch(line):
            return words.format(**_inner(found.groupdict(), language, kind))
    return line


def _inner(values: dict[str, str], language: str, kind: str) -> dict[str, str]:
    """Return the values with those that are lines themselves, or a system's reason, in the language."""
    kinds = {"message": kind, "reason": "REASONS", "why": "REASONS"}
    return {name: in_words(one, language, kinds[name]) if name in kinds else one for name, one in values.items()}


def _catalogue(kind: str, language: str) -> dict[str, str]:
    # English is what the library says itself.
    return {} if language == "en" else getattr(import_module(f"views.words.lines_{language}"), kind)


def _fields(template: str) -> list[tuple[str, str]]:
    return [(name, spec or "") for _, name, spec, _ in string.Formatter().parse(template) if name]


@cache
def _patterns(kind: str, language: str) -> list[tuple[re.Pattern[str], str]]:
    """Return a pattern for each template with its words, the templates with the longest fixed text first."""
    listed = sorted(_catalogue(kind, language).items(), key=lambda pair: (-len(_plain(pair[0])), pair[0]))
    return [(re.compile(_pattern(english), re.DOTALL), words) for english, words in listed]


def _plain(template: str) -> str:
    return "".join(text for text, *_ in string.Formatter().parse(template))


def _pattern(template: str) -> str:
    pattern, seen = "", set()
    for text, name, _, conversion in string.Formatter().parse(template):
        pattern += re.escape(text)
        if name:
            group = f"(?P={name})" if name in seen else f"(?P<{name}>{_ANY})"
            pattern += f"['\"]{group}['\"]" if conversion == "r" else group
            seen.add(name)
    return pattern
