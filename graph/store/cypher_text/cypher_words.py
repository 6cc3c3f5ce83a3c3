"""The clauses, procedures and functions that a Cypher text names, however it is written."""

import re
from collections.abc import Iterator
from typing import NamedTuple

PROCEDURES = frozenset({"db.index.fulltext.querynodes", "db.labels", "db.relationshiptypes", "db.propertykeys"})
"""The procedures that read the graph and nothing else."""
# Functions with a dot in their name that come with every server; others (apoc.load…) may call out.
_SPACES = frozenset({"date", "datetime", "localdatetime", "localtime", "time", "duration", "point", "vector"})
_WRITES = frozenset(
    {
        "CREATE",
        "MERGE",
        "DELETE",
        "DETACH",
        "SET",
        "REMOVE",
        "DROP",
        "ALTER",
        "FOREACH",
        "INSERT",
        "UPDATE",
        "TRUNCATE",
        "GRANT",
        "REVOKE",
        "DENY",
    }
)
# A comment at the end of a line ends with either sign of one: what an engine takes for its end is looked at.
_TOKEN = re.compile(
    r"(?P<empty>\s+|//[^\r\n]*|/\*(?:[^*]|\*(?!/))*\*/)"
    r"|(?P<text>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
    r"|`(?P<name>(?:[^`]|``)*)`|(?P<word>\w+)|(?P<sign>.)",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\u+([0-9A-Fa-f]{4})")
_NO_CLAUSE = frozenset(".:$")
# `call` is a name as well, of a variable: `WITH n AS call RETURN call ORDER BY call`. No procedure is called so.
_AFTER_A_NAME = frozenset({"RETURN", "ORDER", "WHERE", "WITH", "MATCH", "LIMIT", "SKIP", "UNION", "AS", "AND", "OR"})


class Token(NamedTuple):
    """A word, a name in back-ticks (without them), a text in quotes or a sign; `kind` is one of those four names."""

    kind: str
    said: str


class Refusal(NamedTuple):
    """The reason to refuse a text: `writes`, `files`, `calls` or `several`, and the word that says so."""

    code: str
    word: str


def tokens(text: str) -> list[Token]:
    """Return the tokens of a text, without blanks and comments.

    >>> [token.said for token in tokens("CALL/* x */`a.b` . c('d') // e")]
    ['CALL', 'a.b', '.', 'c', '(', "'d'", ')']
    """
    return [
        Token(str(found.lastgroup), found[str(found.lastgroup)])
        for found in _TOKEN.finditer(text)
        if found.lastgroup != "empty"
    ]


def readings(text: str) -> list[list[Token]]:
    r"""Return the tokens of a text, and of the text with its escapes \uXXXX made characters where it has any.

    An engine that decodes them first sees other words than one that does so in texts only.
    """
    decoded = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return [tokens(text)] if decoded == text else [tokens(text), tokens(decoded)]


def refusals(said: list[Token]) -> Iterator[Refusal]:
    """Yield why a text may not be asked: by its clauses, then by what it calls; nothing for one that only reads."""
    for number, token in enumerate(said):
        if token == ("sign", ";"):
            yield Refusal("several", ";")
        if not _may_be_clause(said, number):
            continue
        word, after = token.said.upper(), said[number + 1] if number + 1 < len(said) else None
        following = after.said.upper() if after and after.kind == "word" else ""
        if word in _WRITES:
            yield Refusal("writes", word)
        elif (word, following) in {("LOAD", "CSV"), ("IMPORT", "DATABASE")}:
            yield Refusal("files", f"{word} {following}")
        elif word == "USE" and after and after.kind in ("word", "name") and following not in _AFTER_A_NAME:
            yield Refusal("calls", word)
    yield from (Refusal("calls", name) for name in called(said))


def called(said: list[Token]) -> Iterator[str]:
    """Yield the procedures and functions that a text calls and that are not known to read the graph only.

    >>> list(called(tokens("CALL `merge.node`(x)"))), list(called(tokens("RETURN date.truncate('month', d)")))
    (['merge.node'], [])
    """
    number = 0
    while number < len(said):
        begun, asked = number, _is_call(said, number)
        number += asked
        name, number = _dotted(said, number)
        opened = number < len(said) and said[number].said == "("
        if not name:
            number = max(number, begun + 1)
        elif asked and not (name.upper() in _AFTER_A_NAME and not opened):
            if not allowed(name):
                yield name
        elif opened and "." in name and name.partition(".")[0].lower() not in _SPACES and not allowed(name):
            yield name


def _is_call(said: list[Token], number: int) -> bool:
    return said[number].said.upper() == "CALL" and _may_be_clause(said, number)


def _may_be_clause(said: list[Token], number: int) -> bool:
    """Tell whether a token can begin a clause: no name in back-ticks, nor what a property, label or parameter is called."""
    if said[number].kind != "word":
        return False
    before = said[number - 1] if number else Token("", "")
    # `WHERE n.value > 1. SET n.value = 2`: the point is the number's.
    of_number = before.said == "." and number > 1 and _is_number(said[number - 2])
    return before.kind != "sign" or before.said not in _NO_CLAUSE or of_number


def _is_number(token: Token) -> bool:
    return token.kind == "word" and token.said[0].isdigit()


def _dotted(said: list[Token], number: int) -> tuple[str, int]:
    """Return the name that begins at a token, `` `a`.b . c `` as a.b.c, and where it ends; no name, the same place."""
    parts: list[str] = []
    while number < len(said) and said[number].kind in ("word", "name"):
        parts.append(said[number].said)
        number += 1
        last = number + 1 >= len(said) or _is_number(said[number - 1])
        if last or said[number] != ("sign", ".") or said[number + 1].kind not in ("word", "name"):
            break
        number += 1
    return ".".join(parts), number


def allowed(procedure: str) -> bool:
    """Tell whether a procedure only reads the graph."""
    return procedure.lower() in PROCEDURES
